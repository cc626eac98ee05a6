"""How a batch ends: what stops it, and the one exit code and outcome of all its orders."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.answer import Answer
from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.batch.course import Course, interrupted, why_it_ends
from automation.aliexpress.batch.plan import BatchPlan, PlannedRow
from automation.aliexpress.batch.rows import Row
from automation.engine.outcome import Outcome
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ToolError
from rules import Facts

if TYPE_CHECKING:
    from automation.aliexpress.batch_answer import BatchAnswer

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def ended(
    code: int = 0, outcome: Outcome = Outcome.NOT_DONE, error: ErrorCode | None = None
) -> Answer:
    """The answer of an order that ended so."""
    told = ErrorAnswer(code=error, message="seen", hint="do", evidence="") if error else None
    return Answer(
        command="cancel", order="8190000000000001", outcome=outcome, exit_code=code, error=told,
        sent=Sent.ONE if outcome is Outcome.DONE else Sent.NOTHING, verify_command="verify it",
    )  # fmt: skip


DONE = ended(0, Outcome.DONE)
GOES_ON = {
    "done": DONE,
    "the site refused it": ended(1),
    "the rules refuse it now": ended(3, error=ErrorCode.REFUSED),
    "its pages differ from the plan": ended(7, error=ErrorCode.PLAN_STALE),
    "its dialog warns of something new": ended(7, error=ErrorCode.WARNINGS_NOT_ACCEPTED),
}
STOPS = {
    "unknown": ended(8, Outcome.UNKNOWN),
    "unknown with an error": ended(8, Outcome.UNKNOWN, ErrorCode.OUTCOME_UNKNOWN),
    "unknown whatever the code says": ended(3, Outcome.UNKNOWN, ErrorCode.REFUSED),
    "a page that is not recognised": ended(5, error=ErrorCode.PAGE_NOT_RECOGNISED),
    "a dialog that is not": ended(5, error=ErrorCode.DIALOG_NOT_RECOGNISED),
    "a captcha": ended(4, error=ErrorCode.CAPTCHA),
    "nothing fitted the permit": ended(1, error=ErrorCode.NOTHING_SENT),
    "no connection": ended(1, error=ErrorCode.PAGE_NOT_LOADED),
    "a warning that the buyer refused": ended(6, error=ErrorCode.DECLINED),
    "Ctrl-C": ended(130, error=ErrorCode.INTERRUPTED),
}


@pytest.mark.parametrize("name", GOES_ON)
def test_what_is_certain_and_about_one_order_lets_the_next_begin(name: str) -> None:
    """GIVEN such an end THEN the batch goes on."""
    assert why_it_ends(GOES_ON[name]) is None


@pytest.mark.parametrize("name", STOPS)
def test_whatever_else_ended_an_order_ends_the_batch(name: str) -> None:
    """GIVEN such an end THEN nothing more is begun, and the code is the order's or 8."""
    answer = STOPS[name]

    stop = why_it_ends(answer)

    assert stop is not None
    wanted = 8 if answer.outcome is Outcome.UNKNOWN else answer.exit_code
    assert (stop.exit_code, bool(stop.hint)) == (wanted, True)


@pytest.mark.parametrize(
    ("dry_run", "words"),
    [(False, "planned, not cancelled: consent not given"), (True, "dry run: made a plan")],
)
def test_a_declined_line_says_what_became_of_it(words: str, *, dry_run: bool) -> None:
    """GIVEN a batch that the buyer declined THEN its lines were no dry run; those of one were."""
    rows = tuple(Row(line=line, order=DONE.order or "", said=Facts()) for line in (2, 3))
    course = Course(rows, dry_run=dry_run)
    course.read[2] = ended().model_copy(update={"reason": "dry run: made a plan"})
    course.keep(rows[1], ended(3).model_copy(update={"reason": "refused by a rule"}))
    course.stopped_by = ToolError("consent not given", code=ErrorCode.DECLINED)

    assert [each.reason for each in course.answer().answers] == [words, "refused by a rule"]


def batch_of(*answers: Answer | None, stop: bool = False, left_out: int = 0) -> BatchAnswer:
    """The answer of a batch whose orders ended so; ``None`` was not begun."""
    rows = tuple(
        Row(line=number, order=str(8_190_000_000_000_001 + 10_000 * number), said=Facts())
        for number in range(2, 2 + len(answers))
    )
    planned = tuple(
        PlannedRow(line=row.line, order=row.order, dispute="1", trade_line=None, digest="0" * 12)
        for row in rows[: len(rows) - left_out]
    )
    course = Course(rows, committing=True)
    course.plan = BatchPlan(rows_digest="", planned=planned, created=NOW, expires=NOW)
    for row, answer in zip(rows, answers, strict=True):
        if answer is not None and row.line not in {each.line for each in planned}:
            course.keep(row, answer)
        elif answer is not None:
            course.ends[row.line] = answer
    course.stopped_by = interrupted() if stop else None
    return course.answer()


@pytest.mark.parametrize(
    ("answers", "code", "outcome"),
    [
        ((DONE, DONE), 0, "done"),
        ((DONE, ended(3)), 3, "not_done"),
        ((ended(3), ended(7)), 7, "not_done"),
        ((ended(7), ended(1)), 1, "not_done"),
        ((ended(1), ended(5)), 5, "not_done"),
        ((DONE, ended(8, Outcome.UNKNOWN), ended(4)), 8, "unknown"),
    ],
)
def test_the_worst_order_decides_the_exit_code(
    answers: tuple[Answer, ...], code: int, outcome: str
) -> None:
    """GIVEN these ends THEN the exit code is the worst, and done needs all."""
    answer = batch_of(*answers)

    assert (answer.exit_code, answer.outcome) == (code, outcome)


def test_what_was_not_begun_says_so() -> None:
    """GIVEN Ctrl-C after the first order THEN the second was not started, and exit 130."""
    answer = batch_of(DONE, None, stop=True)

    first, second = answer.answers
    assert (first.started, first.outcome, first.line) == (True, "done", 2)
    assert (second.started, second.outcome, second.exit_code) == (False, "not_done", 130)
    assert second.reason == "not started: interrupted"
    assert (answer.exit_code, answer.totals.not_started, answer.totals.sent) == (130, 1, 1)


def test_an_unknown_outcome_beats_what_ended_the_batch() -> None:
    """GIVEN an unknown outcome and Ctrl-C THEN exit 8."""
    assert batch_of(ended(8, Outcome.UNKNOWN), None, stop=True).exit_code == 8


def test_a_line_that_was_left_out_counts_too() -> None:
    """GIVEN one order done and one left out by the rules THEN exit 3, and the totals tell them apart."""
    answer = batch_of(DONE, ended(3, error=ErrorCode.REFUSED), left_out=1)

    assert (answer.exit_code, answer.totals.left_out, answer.totals.planned) == (3, 1, 1)
