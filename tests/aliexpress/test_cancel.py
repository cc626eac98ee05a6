"""The end of a run whose request was sent: what the pages show, and what the site answered."""

from __future__ import annotations

import pytest

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel import end_of
from automation.aliexpress.report import Confirmed, End, Replied
from automation.engine.looking import Concluded
from automation.engine.outcome import Outcome, Reply, Verdict

NO = "the site answered that it did not cancel the dispute"
SECOND = (
    "the site answered the first request, but the page wanted to send a second one, which was "
    "held back"
)


def concluded(outcome: Outcome) -> Concluded:
    """What the looks at fresh pages gave."""
    return Concluded(Verdict(outcome, "a row"), "the page says 'so'")


@pytest.mark.parametrize(
    ("outcome", "replied", "reason"),
    [
        (Outcome.DONE, Replied(Reply.SUCCESS), ""),
        (Outcome.DONE, Replied(Reply.FAILURE, "FAIL_X"), ""),
        (Outcome.DONE, Replied(Reply.SECOND), f"; {SECOND}"),
        (Outcome.NOT_DONE, Replied(Reply.FAILURE, "FAIL_X"), f"; {NO} ('FAIL_X')"),
        (Outcome.UNKNOWN, Replied(Reply.FAILURE), f"; {NO}"),
    ],
)
def test_an_end_says_what_was_seen_and_where_it_matters_what_was_answered(
    outcome: Outcome, replied: Replied, reason: str
) -> None:
    """GIVEN an outcome THEN a done one needs no answer, and only an unknown one may change."""
    is_done = outcome is Outcome.DONE

    assert end_of(concluded(outcome), replied, Confirmed()) == End(
        outcome,
        f"the page says 'so'{reason}",
        verified=outcome is not Outcome.UNKNOWN,
        at=Step.FINISHED if is_done else Step.VERIFY,
    )


def test_a_dialog_that_opened_afterwards_is_told() -> None:
    """GIVEN another dialog after the confirm THEN every end has its words, and what was not done."""
    later = Confirmed(opened_after=("Was it received?",))

    told = end_of(concluded(Outcome.DONE), Replied(Reply.SUCCESS), later).reason

    assert told.endswith("another dialog opened: 'Was it received?'; nothing in it was pressed")
