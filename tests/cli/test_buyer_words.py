"""The buyer's options become the same facts that a file would state."""

from __future__ import annotations

from datetime import UTC, datetime

from automation.cli.buyer_words import REASONS, said_facts
from rules import DisputeStatus, Reason, advise_on_words

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def test_every_reason_on_the_command_line_is_one_of_the_facts() -> None:
    """The words with hyphens are exactly the reasons of the rules."""
    assert {word.replace("-", "_") for word in REASONS} == {reason.value for reason in Reason}


def test_a_status_becomes_a_state_of_the_rules() -> None:
    """The option's word is the same state as in a fact file."""
    said = said_facts({"dispute_status": "waiting_seller"}, NOW)
    assert said.dispute_status is DisputeStatus.WAITING_SELLER


def test_unknown_status_still_blocks() -> None:
    """Positive control: words that are not a status do not become one."""
    advice = advise_on_words(said_facts({"dispute_status": "nearly-done"}, NOW))
    assert "status-unreadable" in {finding.rule for finding in advice.findings}
