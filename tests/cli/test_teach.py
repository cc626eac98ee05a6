"""``teach``: a human points, in their own browser, at what the site data does not know."""

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

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic

READS = '[traffic]\nreads = ["mtop.ae.shelf.cardView", "mtop.ae.shelf.sheetView", "mtop.ae.matter.boardView"]\n'
SHOWS = (
    Answer("Click the card of order", clicks="8194370215560042"),
    Answer("Click the order's number", clicks="8194370215560042"),
    Answer("Click the box, button or link", clicks="Din pågående sak"),
    Answer("Click the line that says how", clicks="Butiken tittar på saken"),
    Answer("press Enter if you do not know", types="1"),
    Answer("withdraws your dispute", clicks="Ta tillbaka mitt krav"),
    Answer("Enter to leave it out", types="yes"),
    Answer("Click the question in the dialog", clicks="Kravet upphör då."),
    Answer("Click the button that confirms", clicks="Ja, ta tillbaka"),
    Answer("Type yes to add them", types="yes"),
)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[str]:
    """The buyer's own browser."""
    with chromium(tmp_path / "profile") as address:
        yield address


def test_a_stranger_is_cancelled_after_teaching(
    tool: Tool, mimic: Mimic, window: str, playwright: Playwright, tmp_path: Path
) -> None:
    """GIVEN a site of which nothing is known WHEN its buyer points at it THEN the ordinary command cancels."""
    site = mimic("stranger")
    order, data = disputed_order(site), tmp_path / "site.toml"
    data.write_text(READS, "utf-8")
    with playwright.chromium.connect_over_cdp(window) as person:
        seen, unasked = at_the_window(
            tool.words("teach", order, "--attach", window, "--site-data", str(data), "--json", site=site),
            person,
            SHOWS,
        )  # fmt: skip
    print(seen.screen)
    print(seen.out)
    assert (seen.code, unasked) == (0, [])
    site.ledger.assert_no_writes()
    print(data.read_text())
