"""The session that ``login`` saved: renewed cookies are saved, a sign-out never is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import open_session
from automation.engine.session.options import SessionOptions
from automation.engine.session.state import save_session
from tests.engine.guard.rig.vectors import HOME

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

pytestmark = pytest.mark.usefixtures("shared_driver")

ORIGINS = [{"origin": "http://x.example", "localStorage": [{"name": "k", "value": "v"}]}]


def after_a_run(bench: Bench, site: Site, folder: Path, *, signed_in: bool) -> list[str]:
    """What the file has of its own after a run in which the site set a cookie and stored a text."""
    save_session(folder, {"cookies": [], "origins": ORIGINS})

    async def run() -> None:
        options = SessionOptions(state_dir=folder, timeout=15)
        async with open_session(
            options, Guard(SiteOrigins.only(site.url), site_traffic())
        ) as session:
            await session.page.goto(site.url + HOME)
            await session.page.evaluate(
                "() => { document.cookie = 'renewed=1'; localStorage.setItem('token', 'renewed'); }"
            )
            session.signed_in = signed_in

    bench.run(run())
    kept = json.loads((folder / "session.json").read_text("utf-8"))
    assert kept["origins"][: len(ORIGINS)] == ORIGINS
    stored = {each["origin"]: each["localStorage"] for each in kept["origins"][len(ORIGINS) :]}
    assert set(stored) <= {site.url}
    texts = [f"{item['name']}={item['value']}" for item in stored.get(site.url, ())]
    return [*(cookie["name"] for cookie in kept["cookies"]), *texts]


def test_what_the_site_renews_is_kept_for_the_owner_alone(
    bench: Bench, site: Site, tmp_path: Path
) -> None:
    """GIVEN a saved session WHEN a run shows orders THEN its new cookies and texts are saved, 0600."""
    assert after_a_run(bench, site, tmp_path, signed_in=True) == ["renewed", "token=renewed"]
    assert (tmp_path / "session.json").stat().st_mode & 0o077 == 0


def test_a_run_without_orders_changes_nothing(bench: Bench, site: Site, tmp_path: Path) -> None:
    """GIVEN a saved session WHEN the site never shows orders THEN the file stays as it was."""
    assert after_a_run(bench, site, tmp_path, signed_in=False) == []
