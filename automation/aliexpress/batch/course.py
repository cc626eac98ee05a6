"""How far a batch has come, and the one answer that this makes, whatever ended it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from automation.aliexpress.answer import Answer
from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.batch.plan import LeftOut
from automation.aliexpress.batch_answer import (
    BatchAnswer,
    BatchPlanAnswer,
    PlannedAnswer,
    RowAnswer,
    TotalsAnswer,
)
from automation.engine.outcome import Outcome
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.batch.plan import BatchPlan
    from automation.aliexpress.batch.rows import Row
    from automation.aliexpress.running import Run

# From the worst to the best; what ended the whole batch counts before them all.
_WORST_FIRST: Final = (
    ExitCode.UNKNOWN_OUTCOME,
    ExitCode.INTERRUPTED,
    ExitCode.HUMAN_NEEDED,
    ExitCode.PAGE_NOT_RECOGNISED,
    ExitCode.FAILED,
    ExitCode.PLAN_STALE,
    ExitCode.DECLINED,
    ExitCode.REFUSED,
)
# Certain ends of one order that say nothing about the next.
_GOES_ON: Final = frozenset({ExitCode.OK, ExitCode.REFUSED, ExitCode.PLAN_STALE})
_LONGEST: Final = 600


@dataclass
class Course:
    """What a batch has found so far.

    Args:
        rows: the lines of the file, in its order.
        read: what the dry run of each line found, by its number.
        ends: what became of the lines that were carried out, or were done before.
        left_out: the lines that are no part of the plan.
        dry_run: nothing more than a plan was asked for.
        committing: the buyer has agreed, and orders are cancelled.
        now: the run of the order under way.
        stopped_by: what ended the batch before its last order.
    """

    rows: tuple[Row, ...]
    read: dict[int, Answer] = field(default_factory=dict)
    ends: dict[int, Answer] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    plan: BatchPlan | None = None
    dry_run: bool = False
    committing: bool = False
    now: Run | None = None
    stopped_by: ToolError | None = None

    @contextlib.contextmanager
    def waiting_for_human(self) -> Iterator[None]:
        """No order is under way inside the block, so the watchdog waits for the buyer."""
        self.now = None
        yield

    def keep(self, row: Row, answer: Answer) -> None:
        """Keep the end of a line that is no part of the plan: done before, or left out."""
        if answer.outcome is Outcome.DONE:
            self.ends[row.line] = answer
        else:
            self.read[row.line] = answer
            self.left_out.add(row.line)

    def end(self, row: Row, answer: Answer) -> None:
        """Keep what became of a line that was carried out, in place of its dry run."""
        self.ends[row.line] = answer
        self.read.pop(row.line, None)

    def reasons_left_out(self) -> tuple[LeftOut, ...]:
        """Every line without a plan, and why; those that were done before are among them."""
        found = self.read | self.ends
        return tuple(
            LeftOut(
                line=row.line,
                outcome=found[row.line].outcome,
                reason=found[row.line].reason,
                exit_code=found[row.line].exit_code,
                error=found[row.line].error,
            )
            for row in self.rows
            if row.line in self.left_out or row.line in self.ends
        )

    @property
    def request_left(self) -> bool:
        """True while the request of the order under way is sent, or may be."""
        return self.now is not None and self.now.request_left

    def answer(self) -> BatchAnswer:
        """The JSON answer, as a value."""
        answers = tuple(self._of(row) for row in self.rows)
        stop = self.stopped_by
        return BatchAnswer(
            outcome=_outcome(answers),
            reason=stop.message if stop else "",
            plan=_plan_answer(self.plan) if self.plan else None,
            answers=answers,
            totals=self._totals(answers),
            exit_code=self._exit_code(answers),
            error=error_answer(stop) if stop else None,
        )

    def _of(self, row: Row) -> RowAnswer:
        """What is known of a line."""
        if (end := self.ends.get(row.line)) is not None:
            return _row_answer(row, end)
        read = self.read.get(row.line)
        if read is None or (self.committing and row.line not in self.left_out):
            return self._not_begun(row, read)
        told = _row_answer(row, read)
        if self.dry_run or row.line in self.left_out:
            return told
        return told.model_copy(update={"reason": self._why_only_planned()})

    def _why_only_planned(self) -> str:
        """Why a line that was to be cancelled has a plan, and no more than that."""
        stop = self.stopped_by
        return f"planned, not cancelled: {stop.message}"[:_LONGEST] if stop else "planned"

    def _not_begun(self, row: Row, read: Answer | None) -> RowAnswer:
        """The end of a line that waits still, or waits no longer."""
        stop = self.stopped_by
        told = _row_answer(
            row, read or Answer(command="cancel", order=row.order, outcome=Outcome.NOT_DONE)
        )
        why = f"not started: {stop.message}" if stop else "not started"
        code = int(stop.exit_code) if stop else int(ExitCode.OK)
        return told.model_copy(
            update={"started": False, "reason": why[:_LONGEST], "exit_code": code}
        )

    def _totals(self, answers: tuple[RowAnswer, ...]) -> TotalsAnswer:
        begun = [each for each in answers if each.started]
        ends = [each.outcome for each in begun]
        planned = len(self.plan.planned) if self.plan else 0
        return TotalsAnswer(
            orders=len(answers),
            planned=planned,
            left_out=len(self.left_out),
            done=ends.count(Outcome.DONE),
            not_done=ends.count(Outcome.NOT_DONE),
            unknown=ends.count(Outcome.UNKNOWN),
            not_started=len(answers) - len(begun),
            sent=sum(each.sent is not Sent.NOTHING for each in begun),
        )

    def _exit_code(self, answers: tuple[RowAnswer, ...]) -> int:
        """The worst end of an order; what ended the batch counts as one."""
        codes = {each.exit_code for each in answers if each.started}
        if any(each.outcome is Outcome.UNKNOWN for each in answers):
            codes.add(int(ExitCode.UNKNOWN_OUTCOME))
        if self.stopped_by is not None:
            stop = int(self.stopped_by.exit_code)
            unknown = int(ExitCode.UNKNOWN_OUTCOME)
            return unknown if unknown in codes else stop
        return int(next((code for code in _WORST_FIRST if code in codes), ExitCode.OK))


def _row_answer(row: Row, answer: Answer) -> RowAnswer:
    """The answer of an order as that of its line; the values are checked already."""
    return RowAnswer.model_construct(None, **{**dict(answer), "line": row.line, "item": row.item})


def _outcome(answers: tuple[RowAnswer, ...]) -> Outcome:
    found = {each.outcome for each in answers}
    if Outcome.UNKNOWN in found:
        return Outcome.UNKNOWN
    return Outcome.DONE if found == {Outcome.DONE} else Outcome.NOT_DONE


def _plan_answer(plan: BatchPlan) -> BatchPlanAnswer:
    orders = tuple(PlannedAnswer.model_validate(row.model_dump()) for row in plan.planned)
    return BatchPlanAnswer(
        digest=plan.digest, created=plan.created, expires=plan.expires, orders=orders
    )


def error_answer(error: ToolError) -> ErrorAnswer:
    """An error as part of the contract."""
    return ErrorAnswer.model_validate(error.as_json())


def stopped_answer(run: Run, error: ToolError) -> Answer:
    """The answer of an order that an error ended."""
    end = run.found.end
    unclear = error.exit_code is ExitCode.UNKNOWN_OUTCOME
    outcome = Outcome.UNKNOWN if unclear else end.outcome
    answer = run.answer(replace(end, outcome=outcome, reason=end.reason or error.message))
    told = {"exit_code": int(error.exit_code), "error": error_answer(error)}
    return answer.model_copy(update=told)


def why_it_ends(answer: Answer) -> ToolError | None:
    """Why nothing more is begun after this order; ``None`` if the next one may be.

    What is certain and concerns this order alone lets the batch go on: it is done, the site
    refused it, the rules refuse it now, or its pages differ from the plan. Whatever else ended it
    may end the next one too, perhaps after its request is sent.
    """
    told, certain = answer.error, answer.outcome is not Outcome.UNKNOWN
    if certain and (told is None or answer.exit_code in _GOES_ON):
        return None
    where = f"order {answer.order}"
    if not certain or told is None:
        verify = pasted(answer.verify_command or "")
        return ToolError(
            f"{where}: {answer.reason or 'the outcome is unknown'}",
            code=ErrorCode.OUTCOME_UNKNOWN,
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint=f"do not try again; run {verify}, then the same command again",
        )
    if told.code is ErrorCode.INTERRUPTED:
        return interrupted()
    return ToolError(
        f"{where}: {told.message}",
        code=told.code,
        exit_code=ExitCode(answer.exit_code),
        hint=told.hint,
        evidence=told.evidence,
    )


def interrupted() -> ToolError:
    """The end by Ctrl-C."""
    return ToolError(
        "interrupted",
        code=ErrorCode.INTERRUPTED,
        exit_code=ExitCode.INTERRUPTED,
        hint="run the same command again; it knows what it has sent",
    )
