"""Attach what a run knows to its answer, on every exit path."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from automation.aliexpress.said import buyer_says
from automation.aliexpress.site_warnings import UnseenWarningsError
from automation.cli.output import report_document
from automation.cli.terminal import echo
from automation.cli.verdicts import show_advice
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from automation.aliexpress.answer import WordsAnswer
    from automation.aliexpress.report import Report
    from rules import Facts


@contextlib.contextmanager
def answering(
    document: Callable[[ToolError], dict[str, Any]],
    state_dir: Path | None,
    fault_code: Callable[[], ExitCode] = lambda: ExitCode.FAILED,
) -> Iterator[None]:
    """Attach what the run knows to any error that ends it, internal ones included.

    Args:
        document: the JSON answer, without its exit code and error.
        fault_code: the exit code of an internal error, which depends on what was sent.
    """
    try:
        yield
    except ToolError as error:
        problem = error
    except KeyboardInterrupt:
        problem = ToolError(
            "interrupted", code=ErrorCode.INTERRUPTED, exit_code=ExitCode.INTERRUPTED
        )
    except Exception as fault:  # noqa: BLE001  whatever broke, the answer says what is known
        problem = internal_error(fault, state_dir, fault_code())
    else:
        return
    problem.document = document(problem)
    raise problem


def internal_error(
    fault: BaseException, state_dir: Path | None, code: ExitCode = ExitCode.FAILED
) -> ToolError:
    """An internal error in one line; a file keeps where it happened."""
    from automation.engine.session.state import default_state_dir
    from automation.fault_log import keep_fault

    kept = keep_fault(state_dir or default_state_dir(), fault)
    return ToolError(
        f"internal error ({type(fault).__name__})",
        code=ErrorCode.INTERNAL_ERROR,
        exit_code=code,
        hint="report it with the file below, which contains none of your data" if kept else "",
        evidence=str(kept or ""),
    )


@contextlib.contextmanager
def tell_truth(
    report: Report, options: dict[str, Any], said: Facts | None = None
) -> Iterator[None]:
    """Attach the report to an error, and show the findings of a refusal."""

    def document(error: ToolError) -> dict[str, Any]:
        _complete(report, error)
        return report_document(report)

    try:
        with answering(document, options["state_dir"], lambda: _code_of_a_fault(report)):
            yield
    except ToolError as error:
        if not (options["as_json"] or options["quiet"]):
            _show_findings(report, error, buyer_says(said) if said else ())
        raise


def show_receipt(report: Report) -> None:
    """Print where the receipt is, or why there is none."""
    if report.receipt:
        echo(f"  receipt: {report.receipt}")
    if report.receipt_problem:
        echo(f"  {report.receipt_problem}")


def _code_of_a_fault(report: Report) -> ExitCode:
    """Exit 1 only if nothing was sent; a broken verification proves nothing."""
    from automation.engine.outcome import EXIT_CODES, Outcome

    if report.verified:
        return EXIT_CODES[report.outcome]
    unclear = report.command == "verify" or report.outcome is Outcome.UNKNOWN
    return ExitCode.UNKNOWN_OUTCOME if unclear or report.request_left else ExitCode.FAILED


def _complete(report: Report, error: ToolError) -> None:
    """Set outcome and reason, and claim what ``cancel`` sent: the only place that does."""
    from automation.engine.outcome import Outcome

    if error.code is ErrorCode.INTERNAL_ERROR and error.exit_code is ExitCode.UNKNOWN_OUTCOME:
        report.outcome = Outcome.UNKNOWN
        if report.request_left:
            error.hint = f"do not try again; run '{report.verify_command}'"
    report.reason = report.reason or error.message
    if report.command == "cancel":
        error.claim = report.claim


def _show_findings(report: Report, error: ToolError, said: tuple[str, ...]) -> None:
    if error.code is ErrorCode.REFUSED and report.advice:
        show_advice(report.advice, datetime.now(UTC), said)
    if error.code is ErrorCode.NOTHING_SENT:
        _show_held_back(report)
    if isinstance(error, UnseenWarningsError):
        _show_warnings(error)
    if report.words:
        _show_words(report.words)


def _show_held_back(report: Report) -> None:
    """Show what the page wanted to send, which shows how the site cancels."""
    held = report.guard.report().held_at_permit if report.guard else ()
    for line, why in dict.fromkeys((record.in_words, record.reason) for record in held):
        echo(f"  held back: {clean_text(line, 300)}", err=True)
        echo(f"             {clean_text(why, 200)}", err=True)


def _show_warnings(error: UnseenWarningsError) -> None:
    """Every warning in full, after the digest that accepts it."""
    echo("\nThe site's own dialog warns:", err=True)
    for warning in error.warnings:
        echo(f"  {warning.digest}  {warning.words}", err=True, hang=16)
    echo(err=True)


def _show_words(doubt: WordsAnswer) -> None:
    """The lines for a words file, ready to copy."""
    echo(f"\nlabels read as {doubt.what}, for {doubt.where}:", err=True)
    for line in doubt.lines:
        echo(f"    {line}", err=True, wrap=False)
    echo(err=True)
