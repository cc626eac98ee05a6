"""A bare yes or no is told from a message."""

from __future__ import annotations

import pytest

from automation.cli.prompts.bare_answer import BareAnswer, bare_answer


@pytest.mark.parametrize(
    "text",
    [
        "no", "No.", "n", "N/A", "none", "Nothing!", "nope", "-", "--", "?", "...", "NO", "not yet",
        "no, they did not write anything", "they didn't write", "They didn’t", "I don't know", "nada",
        "нет", "没有", "nein", "🤷",
    ],
)  # fmt: skip
def test_a_bare_no_has_no_words(text: str) -> None:
    """GIVEN a no in other words, or no letter at all THEN it is a no."""
    assert bare_answer(text) is BareAnswer.NO


@pytest.mark.parametrize(
    "text",
    ["yes", "Y", "YES!", "yeah", "yes they did", "ok", "Yes, on WhatsApp", "да", "sí", "1", "2"],
)
def test_a_bare_yes_does_not_say_what_they_wrote(text: str) -> None:
    """GIVEN a yes, or the number of a choice THEN it is a yes, and no message."""
    assert bare_answer(text) is BareAnswer.YES


@pytest.mark.parametrize(
    "text",
    [
        "Please cancel the dispute", "cancel it", "No problem, cancel and I will resend",
        "yes, I will refund you", "I have sent it", "LP00987654321CN", "420123456789", "refund",
        "Dear friend", "ok, we send it again", "no worries dear", "请取消纠纷", "No refund", "wait 2 days",
    ],
)  # fmt: skip
def test_a_message_stays_one(text: str) -> None:
    """GIVEN words that could matter THEN they are kept, though a yes or a no is among them (control)."""
    assert bare_answer(text) is None
