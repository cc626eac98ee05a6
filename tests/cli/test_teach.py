"""``teach``: a human points, in their own browser, at what the site data does not know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.calls import NO_SITE, ORDER
from tests.cli.person import Answer, at_the_window
from tests.conftest import GOOD_REASON, Tool, disputed_order
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call
    from tests.terminal import Seen

CALLS = """
[traffic]
reads = ["mtop.ae.shelf.cardView", "mtop.ae.shelf.sheetView", "mtop.ae.matter.boardView"]
permitted_apis = ["mtop.ae.matter.turnBack"]
"""
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


@pytest.mark.timeout(400)
def test_a_stranger_is_cancelled_after_teaching(
    tool: Tool, mimic: Mimic, window: str, playwright: Playwright, tmp_path: Path
) -> None:
    """GIVEN a site of which nothing is known WHEN its buyer points at it THEN the ordinary command cancels."""
    site = mimic("stranger")
    order, data = disputed_order(site), tmp_path / "site.toml"
    data.write_text(CALLS, "utf-8")
    with_data = ("--site-data", str(data))

    def show(*answers: Answer) -> Seen:
        with playwright.chromium.connect_over_cdp(window) as person:
            words = ("teach", order, "--attach", window, *with_data, "--json")
            seen, unasked = at_the_window(tool.words(*words, site=site), person, answers)
        assert unasked == [], seen.screen
        return seen

    taught = show(*SHOWS)
    document = json.loads(taught.out)
    refused = [r for r in document["guard"]["refused"] if "mtop" in r["request"]]
    assert taught.code == 0, (document.get("error"), refused)
    document = json.loads(taught.out)
    assert document["saved"] == str(data)
    assert document["read_again"].startswith("Butiken tittar på saken (waiting_seller)")
    assert {each["state"] for each in document["landmarks"]} == {"taught", "known", "not_shown"}
    site.ledger.assert_no_writes()

    sent = tool.cancel_typed(order, site, *GOOD_REASON, *with_data)
    site.ledger.assert_one_write()
    assert (sent.code, sent.json["outcome"]) == (8, "unknown"), "no one knows the new status yet"

    again = show(
        Answer("press Enter if you do not know", types="12"), Answer("Type yes to add", types="yes")
    )
    assert again.code == 0, json.loads(again.out)
    settled = tool.run("verify", order, *with_data, "--json", site=site)
    assert (settled.code, settled.json["outcome"]) == (0, "done"), settled.out
    site.ledger.assert_one_write()


@pytest.mark.parametrize("words", [(), ("--profile", "p")])
def test_a_hidden_browser_cannot_be_clicked_in(
    call: Call, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """GIVEN no window THEN exit 2 names the options that give one, and no browser starts."""
    ran = call(
        "teach", ORDER, *words, *NO_SITE, "--state-dir", str(tmp_path), "--json", opens=False
    )

    assert ran.code == 2
    assert "--headed" in ran.json["error"]["hint"]
    assert "--attach" in ran.json["error"]["hint"]
    assert ran.sessions == []
