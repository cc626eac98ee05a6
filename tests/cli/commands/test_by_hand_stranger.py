"""``cancel --by-hand`` alone, on a site of which nothing is known, at a terminal and a window."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal
from tests.cli.stranger import by_hand_alone
from tests.cli.stranger_data import KEPT
from tests.conftest import GOOD_REASON, disputed_order
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The buyer's own browser."""
    with chromium(tmp_path_factory.mktemp("theirs"), "--disable-popup-blocking") as address:
        yield address


@pytest.mark.timeout(900)  # only ends a run that hangs
@pytest.mark.further
def test_from_nothing_to_a_verified_cancel_by_hand_alone(
    mimic: Mimic,
    window: str,
    playwright: Playwright,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a site of which nothing is known WHEN its buyer acts by hand THEN it is done and kept.

    Their other tab stays as it is.
    """
    site = mimic("stranger", inline=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with playwright.chromium.connect_over_cdp(window) as person:
        theirs = person.contexts[0].new_page()
        theirs.goto("data:text/html,<title>Mine</title><input value=typed>")
        day = by_hand_alone(site, ("--attach", window), person, tmp_path)
        assert theirs.locator("input").input_value() == "typed"
        theirs.close()

    assert day.unasked == (), day.ran.screen
    site.ledger.assert_one_write()
    assert (day.ran.code, " DONE " in day.ran.out) == (0, True), day.ran.screen + day.ran.out
    kept = (tmp_path / "dispute-guard" / "site.toml").read_text("utf-8")
    assert tomllib.loads(kept) == tomllib.loads(KEPT)
    with Journal.open(tmp_path / "state") as journal:
        events = journal.events(journal.attempts()[0].id)
    [verified] = [each for each in events if each.event is Event.VERIFIED]
    assert verified.details["status_named_by"] == "buyer"


@pytest.mark.further
def test_what_was_kept_lets_the_ordinary_command_plan(
    mimic: Mimic, call: Call, tmp_path: Path
) -> None:
    """GIVEN the site data of a cancel by hand THEN a plan needs nobody at the window.

    What its commit needs beyond is what a commit in ``test_teach.py`` has: the same lines, but for
    the dialog's own hook, which the next test has.
    """
    site = mimic("stranger", inline=True)
    here = kept(site, tmp_path)

    dry = call("cancel", disputed_order(site), *GOOD_REASON, "--dry-run", *here)

    assert dry.code == 0, dry.out
    site.ledger.assert_no_writes()


@pytest.mark.further
@pytest.mark.timeout(900)  # only ends a run that hangs
def test_what_was_kept_lets_the_ordinary_command_cancel_the_same_stranger(
    mimic: Mimic, call: Call, tmp_path: Path
) -> None:
    """GIVEN the same THEN the plan's commit needs nobody either."""
    site = mimic("stranger", inline=True)
    here, order = kept(site, tmp_path), disputed_order(site)

    dry = call("cancel", order, *GOOD_REASON, "--dry-run", *here)
    ran = call("cancel", order, *GOOD_REASON, "--plan", dry.json["plan"]["digest"], *here)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out
    site.ledger.assert_one_write()


def kept(site: MimicSite, folder: Path) -> tuple[str, ...]:
    """The options of a call on this site, with the site data of a cancel by hand."""
    data = folder / "site.toml"
    data.write_text(KEPT, "utf-8")
    return (
        "--site", site.url, "--gateway", site.gateway_url, "--site-data", str(data),
        "--state-dir", str(folder / "state"), "--json",
    )  # fmt: skip
