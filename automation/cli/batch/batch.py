"""``cancel --from FILE``: the run of a whole file, and what it says on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.problems import BadRowsError
from automation.aliexpress.batch.rows import read_rows
from automation.aliexpress.batch.run import Batch, run_batch
from automation.aliexpress.batch_answer import BadLineAnswer, BatchAnswer
from automation.aliexpress.plan.order_number import spelled
from automation.aliexpress.running import Run
from automation.cli.batch.consent import ask_for_all
from automation.cli.batch.screen import (
    sent_in_words,
    show_bad_lines,
    show_batch_plan,
    show_quiet,
    show_summary,
    words_of,
)
from automation.cli.call import this_call, until_told
from automation.cli.main import tool_version
from automation.cli.prompts.consent import ask_about_warnings, ask_about_words
from automation.cli.runs import answering, make_request, verify_command
from automation.cli.screen.output import Progress, print_json
from automation.cli.screen.terminal import echo, style
from automation.engine.outcome import Outcome, Sent
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from automation.aliexpress.answer import Answer
    from automation.aliexpress.batch.rows import Row
    from automation.aliexpress.request import Request
    from automation.aliexpress.walk.progress import StepRecord
    from automation.cli.options.options import BrowserOptions, ReceiptOutput

# Of its dry run, and of its cancel.
_RECEIPTS_OF_A_ROW: Final = 2


class FileConsent(Struct, frozen=True):
    """What the buyer agreed to on the command line of a batch."""

    dry_run: bool
    plan_digest: str | None
    accepted_warnings: frozenset[str]
    is_asked_for: bool


def cancel_file(
    path: Path,
    consent: FileConsent,
    browser: BrowserOptions,
    output: ReceiptOutput,
    next_step: Callable[[Answer, str], ErrorAnswer | None],
) -> int:
    """Run a file of orders, and show what became of each.

    Args:
        next_step: the error of an order that ran to its end without being cancelled.

    Raises:
        ToolError: the file or the plan cannot be used, or something ended the batch.
    """
    rows = _rows(path, output)
    course = Course(rows, dry_run=consent.dry_run)
    progress = Progress(on=output.for_people)
    until_told(course)
    with answering(
        lambda problem: _answer_to(course, problem),
        browser.state_dir,
        lambda: _fault_code(course),
    ):
        request = _with_consent(
            make_request(rows[0].order, browser, say=progress.say, asks=output.for_people),
            consent,
            output,
            kept=max(output.keep_receipts, _RECEIPTS_OF_A_ROW * len(rows)),
        )
        told = _Told(len(rows), on=output.for_people)
        ask = ask_for_all(quiet=output.quiet, explain=output.explain)
        batch = Batch(
            request,
            _runs(told.step),
            tool_version(),
            consent.plan_digest,
            ask if consent.is_asked_for else None,
            told.row,
        )
        run_batch(batch, course)
    return _show(course, consent, output, next_step)


def _rows(path: Path, output: ReceiptOutput) -> tuple[Row, ...]:
    """The lines of the file.

    Raises:
        BadRowsError: it cannot be used; a person is shown every bad line.
    """
    try:
        return read_rows(path, datetime.now(UTC))
    except BadRowsError as error:
        bad = tuple(
            BadLineAnswer(line=each.line, problem=each.what, hint=each.hint)
            for each in error.problems
        )
        answer = BatchAnswer(outcome=Outcome.NOT_DONE, reason=error.message, bad_lines=bad)
        error.document, error.claim = answer.as_json(), Sent.NOTHING.words
        if bad and not output.as_json:
            show_bad_lines(bad)
            error.message = error.message.partition(":")[0]
        raise


def _runs(step: Callable[[StepRecord], None]) -> Callable[[Row], Run]:
    def run_for(row: Row) -> Run:
        return Run("cancel", row.order, verify_command(row.order, row.item), step)

    return run_for


def _with_consent(
    request: Request, consent: FileConsent, output: ReceiptOutput, *, kept: int
) -> Request:
    """The request, with what the buyer agreed to and how to ask for the rest.

    Args:
        kept: how many receipts stay; the batch's own are among them.
    """
    request = replace(
        request,
        dry_run=consent.dry_run,
        accepted_warnings=consent.accepted_warnings,
        keep_receipts=kept,
    )
    if not consent.is_asked_for:
        return request
    return replace(
        request,
        confirm_words=ask_about_words(quiet=output.quiet),
        confirm_warnings=ask_about_warnings,
    )


class _Told:
    """Says what became of each line, one line for each."""

    def __init__(self, rows: int, *, on: bool) -> None:
        self._rows = rows
        self._on = on
        self._number = 0
        self._seconds = 0.0

    def step(self, record: StepRecord) -> None:
        """Count how long an order takes; its single steps are not shown."""
        self._seconds += record.seconds

    def row(self, row: Row, answer: Answer) -> None:
        """Say what became of a line."""
        seconds, self._seconds = self._seconds, 0.0
        if self._on:
            took = style(f"{seconds:6.2f} s", "dim")
            echo(f"{took}  line {row.line}: {spelled(row.order)} – {words_of(answer)}", err=True)


def _answer_to(course: Course, problem: ToolError) -> dict[str, object]:
    """The answer of a batch that an error ended."""
    course.stopped_by = problem
    answer = course.answer()
    if course.now is None and not any(each.started for each in answer.answers):
        problem.claim = Sent.NOTHING.words
    return answer.as_json()


def _fault_code(course: Course) -> ExitCode:
    return ExitCode.UNKNOWN_OUTCOME if course.request_left else ExitCode.FAILED


def _show(
    course: Course,
    consent: FileConsent,
    output: ReceiptOutput,
    next_step: Callable[[Answer, str], ErrorAnswer | None],
) -> int:
    """Print the answer; what ended the batch early is raised, as any other error.

    Raises:
        ToolError: what ended it.
    """
    answer = _explained(course.answer(), next_step)
    this_call().done = answer.outcome is Outcome.DONE
    stop = course.stopped_by
    if output.for_people and consent.dry_run:
        show_batch_plan(answer, dry_run=True, stopped=stop is not None)
    elif output.for_people:  # the plan was shown when it was asked about
        show_summary(answer)
    elif output.quiet and not output.as_json:
        show_quiet(answer, dry_run=consent.dry_run)
    if stop is not None:
        stop.document = answer.as_json()
        stop.claim = sent_in_words(answer)
        stop.exit_code = ExitCode(answer.exit_code)
        raise stop
    if output.as_json:
        print_json(answer.as_json())
    return answer.exit_code


def _explained(
    answer: BatchAnswer, next_step: Callable[[Answer, str], ErrorAnswer | None]
) -> BatchAnswer:
    """With the error of each order that ran to its end without being cancelled."""
    answers = tuple(
        each
        if each.error or not each.started or each.plan is None
        else each.model_copy(update={"error": next_step(each, each.verify_command or "")})
        for each in answer.answers
    )
    told = answer.model_copy(update={"answers": answers})
    return told if told.error else told.model_copy(update={"error": _worst(told)})


def _worst(answer: BatchAnswer) -> ErrorAnswer | None:
    """The error of the order that decides the exit code, if none ended the batch itself."""
    code = answer.exit_code
    worst = next((each for each in answer.answers if code and each.exit_code == code), None)
    if worst is None:
        return None
    told = worst.error or ErrorAnswer(
        code=_CODES.get(ExitCode(code), ErrorCode.SITE_REFUSED),
        message=worst.reason,
        hint="",
        evidence="",
    )
    return told.model_copy(update={"message": f"line {worst.line}: {told.message}"})


# Of orders that ended in an earlier run, and of plans that kept no errors of what they left out.
_CODES: Final = {
    ExitCode.REFUSED: ErrorCode.REFUSED,
    ExitCode.PAGE_NOT_RECOGNISED: ErrorCode.PAGE_NOT_RECOGNISED,
    ExitCode.PLAN_STALE: ErrorCode.PLAN_STALE,
    ExitCode.UNKNOWN_OUTCOME: ErrorCode.OUTCOME_UNKNOWN,
}
