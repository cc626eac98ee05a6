"""The buyer's options become the same facts that a file would state."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from automation.cli.buyer_words import REASONS, said_facts
from rules import Reason, advise_on_words

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def test_every_reason_on_the_command_line_is_one_of_the_facts() -> None:
    """The words with hyphens are exactly the reasons of the rules."""
    assert {word.replace("-", "_") for word in REASONS} == {reason.value for reason in Reason}


@pytest.mark.parametrize("status", ["waiting_seller", "waiting-seller", " waiting_seller "])
def test_status_may_be_written_like_the_other_words(status: str) -> None:
    """Hyphens and stray spaces in a status change nothing."""
    assert said_facts({"dispute_status": status}, NOW).dispute_status == "waiting_seller"


def test_unknown_status_still_blocks() -> None:
    """Positive control: words that are not a status do not become one."""
    advice = advise_on_words(said_facts({"dispute_status": "nearly-done"}, NOW))
    assert "status-unreadable" in {finding.rule for finding in advice.findings}
