"""The summary of ``cancel --from FILE``, as a person reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.batch_answer import (
    BatchAnswer,
    BatchPlanAnswer,
    PlannedAnswer,
    RowAnswer,
    TotalsAnswer,
)
from automation.cli.batch.screen import sent_in_words, show_batch_plan, show_summary
from automation.engine.outcome import Outcome
from automation.engine.sent import Sent
from automation.errors import ErrorCode
from tests.cli.calls import ORDER

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
DIGEST = "0a1b2c3d4e5f"
LOST = "no fresh page could be read: grid.example:4444 ended the connection to its browser"
TO_DO = ErrorAnswer(
    code=ErrorCode.OUTCOME_UNKNOWN,
    message=LOST,
    hint="do not try again; run 'X verify'",
    evidence="",
)


def row(line: int, outcome: Outcome, reason: str, **more: object) -> RowAnswer:
    """What became of one line."""
    told = {"command": "cancel", "order": ORDER, "line": line, "outcome": outcome, "reason": reason}
    return RowAnswer.model_validate(told | more)


def stopped_in_the_middle() -> BatchAnswer:
    """Of four orders one is done, one left out and one unknown, which kept the last from starting."""
    rows = (
        row(
            2,
            Outcome.DONE,
            "two looks show it cancelled",
            sent=Sent.ONE,
            receipt_page="/r/1/receipt.html",
        ),
        row(3, Outcome.NOT_DONE, "the rules refuse", exit_code=3),
        row(
            4,
            Outcome.UNKNOWN,
            LOST,
            exit_code=8,
            sent=Sent.ONE,
            receipt_page="/r/2/receipt.html",
            error=TO_DO,
        ),
        row(5, Outcome.NOT_DONE, f"not started: order {ORDER}: {LOST}", started=False),
    )
    planned = tuple(
        PlannedAnswer(line=line, order=ORDER, dispute="1", trade_line="2", digest=DIGEST)
        for line in (2, 4, 5)
    )
    plan = BatchPlanAnswer(
        digest=DIGEST, created=NOW, expires=NOW + timedelta(minutes=15), orders=planned
    )
    totals = TotalsAnswer(
        orders=4, planned=3, left_out=1, done=1, not_done=1, unknown=1, not_started=1, sent=2
    )
    return BatchAnswer(
        outcome=Outcome.UNKNOWN, reason=LOST, plan=plan, answers=rows, totals=totals, exit_code=8
    )


@pytest.mark.parametrize("width", [40, 80])
def test_a_summary_says_what_became_of_each_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    """GIVEN a run that ended early THEN each line's end, the totals, and the next step, in its width.

    What ended it is said where it happened, and not once more for each order that waits.
    """
    monkeypatch.setenv("COLUMNS", str(width))

    show_summary(stopped_in_the_middle())

    shown = capsys.readouterr().out
    lines, words = shown.splitlines(), " ".join(shown.split())
    table = lines[: next(i for i, line in enumerate(lines) if line.startswith("4 orders"))]
    assert max(map(len, table)) <= width
    assert words.count("no fresh page could be read") == 1
    assert words.count("the run ended before this order") == 1
    assert (
        "4 orders: 1 done, 1 unknown, 1 left out, 1 not started; 2 requests were sent, each for another dispute"
        in words
    )
    for line, end in ((2, "done"), (3, "left out"), (4, "unknown"), (5, "not started")):
        [told] = [
            each
            for each in table
            if each.split()[:1] == [str(line)] or each.startswith(f"line {line}:")
        ]
        assert end in told
    assert "receipt of line 2: /r/1/receipt.html receipt of line 4: /r/2/receipt.html" in words
    assert "next for line 4: do not try again; run 'X verify'" in words


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ((), "nothing was sent"),
        ((Sent.ONE,), "one request was sent"),
        ((Sent.MAYBE,), "one request may have been sent"),
        ((Sent.ONE, Sent.ONE), "2 requests were sent, each for another dispute"),
        (
            (Sent.ONE, Sent.MAYBE),
            "1 request was sent and 1 request may have been sent, each for another dispute",
        ),
        (
            (Sent.ONE, Sent.ONE, Sent.MAYBE),
            "2 requests were sent and 1 request may have been sent, each for another dispute",
        ),
    ],
)
def test_one_request_is_for_no_other_dispute(sent: tuple[Sent, ...], words: str) -> None:
    """GIVEN one request or several THEN the claim fits their number, and doubt is never certainty."""
    begun = [
        row(line, Outcome.DONE, "", sent=each)
        for line, each in enumerate((*sent, Sent.NOTHING), start=2)
    ]
    waits = row(9, Outcome.NOT_DONE, "", started=False)

    assert sent_in_words(BatchAnswer(outcome=Outcome.UNKNOWN, answers=(*begun, waits))) == words


def ended_early(orders: int) -> BatchAnswer:
    """A dry run that was stopped behind its first order, which could be cancelled."""
    first = row(1, Outcome.NOT_DONE, "dry run: made a plan")
    rest = (
        row(n, Outcome.NOT_DONE, "not started: interrupted", started=False)
        for n in range(2, orders + 1)
    )
    return BatchAnswer(outcome=Outcome.NOT_DONE, reason="interrupted", answers=(first, *rest), exit_code=130)  # fmt: skip


@pytest.mark.parametrize(("orders", "rest"), [(5_000, ", 4999 orders not begun"), (1, "")])
def test_a_dry_run_that_was_stopped_does_not_say_that_nothing_can_be_cancelled(
    capsys: pytest.CaptureFixture[str], orders: int, rest: str
) -> None:
    """GIVEN one order that was looked at THEN it is not left out; the rest, if any, is one number.

    Control: without a stop, an order that is in no plan is left out.
    """
    show_batch_plan(ended_early(orders), dry_run=True, stopped=True)
    shown = " ".join(capsys.readouterr().out.split())
    show_batch_plan(ended_early(orders), dry_run=True)
    ended = capsys.readouterr().out

    assert "Looked at: line 1:" in shown
    assert shown.endswith(f"There is no plan: the run was stopped{rest}.")
    assert "line 2:" not in shown
    assert "Left out:" in ended
    assert "There is nothing to cancel." in ended


@pytest.mark.parametrize(("orders", "lines"), [(21, 21), (5_000, 1)])
def test_many_orders_that_were_not_begun_are_a_number(
    capsys: pytest.CaptureFixture[str], orders: int, lines: int
) -> None:
    """GIVEN a run that ended behind its first order THEN a line for each of a few others, none for many."""
    show_summary(ended_early(orders))

    shown = capsys.readouterr().out
    assert shown.count("8190") == lines
