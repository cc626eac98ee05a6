"""A hidden browser has a mouse, as the buyer's own has: a page may look different without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import open_session
from automation.engine.session.options import SessionOptions
from tests.engine.guard.rig.vectors import HOME

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

ASKED = "['(hover: hover)', '(pointer: fine)'].map((asked) => matchMedia(asked).matches)"
pytestmark = pytest.mark.usefixtures("shared_driver")


def test_a_page_finds_a_mouse(bench: Bench, site: Site, tmp_path: Path) -> None:
    """GIVEN a browser that the tool hides THEN its pages can be pointed at, exactly."""
    found: list[bool] = []

    async def run() -> None:
        guard = Guard(SiteOrigins.only(site.url), site_traffic())
        async with open_session(SessionOptions(state_dir=tmp_path, timeout=15), guard) as session:
            await session.page.goto(site.url + HOME)
            found.extend(await session.page.evaluate(ASKED))

    bench.run(run())
    assert found == [True, True]
