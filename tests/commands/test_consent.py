from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from tests.conftest import GOOD_REASON, disputed_order
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

QUESTION = "type the last four digits"


def test_typed_consent_cancels_with_one_write(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a terminal WHEN the last four digits are typed THEN one write, and JSON stands alone."""
    site = mimic("quick")
    order = disputed_order(site)
    words = tool.words("cancel", order, *GOOD_REASON, "--json", site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer=order[-4:])

    assert seen.code == 0, seen.screen + seen.out
    assert json.loads(seen.out)["outcome"] == "done"
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) == 1


@pytest.mark.parametrize("answer", ["", "y", "yes", "0000", "8194"])
def test_anything_else_declines(mimic: Mimic, tool: Tool, answer: str) -> None:
    """GIVEN a terminal WHEN something else is typed THEN exit 6 and no write."""
    site = mimic("quick")
    words = tool.words("cancel", disputed_order(site), *GOOD_REASON, "--json", site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer=answer)

    assert seen.code == 6, seen.screen
    document = json.loads(seen.out)
    assert (document["outcome"], document["stopped_at"]) == ("not_done", "consent")
    assert site.ledger.writes() == ()


def test_ctrl_c_at_the_question_sends_nothing(mimic: Mimic, tool: Tool) -> None:
    """GIVEN the question WHEN Ctrl-C is pressed THEN exit 130, the truth as JSON, no write."""
    site = mimic("quick")
    words = tool.words("cancel", disputed_order(site), *GOOD_REASON, "--json", site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer=None)

    assert seen.code == 128 + signal.SIGINT, seen.screen
    document = json.loads(seen.out)
    assert (document["outcome"], document["error"]["code"]) == ("not_done", "interrupted")
    assert site.ledger.writes() == ()


def test_the_question_shows_what_is_cancelled(mimic: Mimic, tool: Tool) -> None:
    """GIVEN the question THEN order, item, claim, status and findings stand above it."""
    site = mimic("quick")
    order = disputed_order(site)
    words = tool.words("cancel", order, *GOOD_REASON, site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer="no")

    for part in (order, "US $", "Waiting for the seller's response", "after-cancel", "taken back"):
        assert part in seen.screen
