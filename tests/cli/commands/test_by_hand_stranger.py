"""``cancel --by-hand`` alone, on a site of which nothing is known, at a terminal and a window."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.cli.person import Answer, at_the_window
from tests.conftest import GOOD_REASON, Tool, disputed_order
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call

ACTS = (
    Answer("load the page again, type yes", types="yes"),
    Answer("sheetView which was held back", types="yes"),
    Answer("open your dispute:", clicks="Din pågående sak", on="order/detail"),
    Answer("boardView which was held back", types="yes"),
    Answer("Click the line that says how", clicks="Butiken tittar på saken"),
    Answer("press Enter if you do not know", types="1"),
    Answer("type the group before the last one (four digits):", types="1556"),
    Answer("and confirm: ", clicks="Ta tillbaka mitt krav", on="reverse-pages", until="Ja, ta tillbaka"),
    Answer("and confirm: ", clicks="Ja, ta tillbaka", on="reverse-pages"),
    Answer("If you pressed Cancel Request and confirmed, type yes", types="yes"),
    Answer("Press it again in the window", clicks="Ta tillbaka mitt krav", on="reverse-pages", until="Ja, ta tillbaka"),
    Answer("and confirm: ", clicks="Ja, ta tillbaka", on="reverse-pages"),
    Answer("Du tog tillbaka kravet", types="12"),
    Answer("To keep these lines", types="yes"),
)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The buyer's own browser."""
    with chromium(tmp_path_factory.mktemp("theirs")) as address:
        yield address


@pytest.mark.timeout(900)
def test_from_nothing_to_a_verified_cancel_by_hand_alone(
    tool: Tool, mimic: Mimic, window: str, playwright: Playwright, tmp_path: Path, call: Call
) -> None:
    """GIVEN a site of which nothing is known WHEN its buyer acts by hand THEN it is verified."""
    site = mimic("stranger")
    order, data = disputed_order(site), tmp_path / "site.toml"
    with playwright.chromium.connect_over_cdp(window) as person:
        words = (
            "cancel", order, *GOOD_REASON, "--by-hand", "--attach", window,
        )
        ran, unasked = at_the_window([w if w!="automation" else w for w in tool.words(*words, site=site)], person, ACTS)
    print(ran.screen)
    print(ran.out)
    assert unasked == [], ran.screen
    site.ledger.assert_one_write()
    assert ran.code == 0
