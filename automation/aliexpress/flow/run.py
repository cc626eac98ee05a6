"""Run a request with its journal entry, and end with one exit code, whatever happens."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from automation.aliexpress.flow.advice import (
    advise_first,
    advise_on_pages,
    refuse_if_blocked,
    rules_at_hand,
)
from automation.aliexpress.flow.attempt import begin_attempt
from automation.aliexpress.flow.cancel import cancel
from automation.aliexpress.flow.ending import Ending
from automation.aliexpress.flow.interrupts import Interrupts
from automation.aliexpress.flow.opening import open_walk
from automation.aliexpress.flow.report import Report, Step
from automation.aliexpress.flow.settle import verify_order
from automation.aliexpress.flow.unsettled import point_to_verify, unsettled
from automation.aliexpress.read_order import read_disputes
from automation.aliexpress.targets import order_target
from automation.engine.journal import Journal, target_lock
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.session.owned import end_leftovers, leftovers
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from automation.aliexpress.flow.request import Request
    from automation.engine.session.options import SessionOptions

Result = TypeVar("Result")


def run_cancel(request: Request, report: Report, version: str) -> ExitCode:
    """Cancel, or dry-run a cancel.

    Raises:
        ToolError: what stopped it before a request was sent; the report has the rest.
    """
    try:
        return _run_cancel(request, report, version)
    except ToolError as error:
        point_to_verify(error, report, unsettled(request.state_dir, request.order_id))
        raise


def _run_cancel(request: Request, report: Report, version: str) -> ExitCode:
    advise_first(request, report)
    interrupts = Interrupts(report, request.timeout, request.state_dir)
    with interrupts, contextlib.ExitStack() as stack:
        journal = stack.enter_context(contextlib.closing(Journal.open(request.state_dir)))
        if not request.dry_run:
            _may_send(journal)
            _lock(stack, request, report)
        log = begin_attempt(journal, request, report.command, version)
        report.attempt = log.number
        with Ending(request, report, log) as ending:
            ending.code = _ended(ending, interrupts)
        return ending.code


def _ended(ending: Ending, interrupts: Interrupts) -> ExitCode:
    """Run, and end the attempt in the journal on every path."""
    try:
        _tidy(ending.request.session)
        interrupts.run(cancel(ending.request, ending.report, ending.log))
    except ToolError as error:
        name_the_gateway(error, ending.request, ending.report)
        return ending.stopped(error)
    except KeyboardInterrupt:
        return ending.stopped(_interrupted())
    return ending.well()


def _may_send(journal: Journal) -> None:
    reason = journal.must_not_send().rstrip(".")
    if reason:
        raise ToolError(
            f"{reason}; dispute-guard sends nothing until you accept that",
            code=ErrorCode.JOURNAL_LOST,
            hint="check the order, then run 'dispute-guard doctor --accept-lost-journal'",
        )


def _lock(stack: contextlib.ExitStack, request: Request, report: Report) -> None:
    """Allow one run at a time on a dispute; the refused one has an unknown outcome."""
    try:
        stack.enter_context(
            target_lock(request.state_dir, order_target(request.order_id), attempt=report.attempt)
        )
    except ToolError as error:
        if error.code is ErrorCode.ALREADY_RUNNING:
            report.outcome, error.exit_code = Outcome.UNKNOWN, ExitCode.UNKNOWN_OUTCOME
        raise


def _tidy(session: SessionOptions) -> None:
    """Close browsers left behind by a killed run of this state folder, and say so."""
    found = leftovers(session.state_dir)
    stuck = end_leftovers(session.state_dir)
    if found:
        session.say(f"closed {len(found) - len(stuck)} browser(s) of a killed run")


def _interrupted() -> ToolError:
    return ToolError(
        "interrupted",
        code=ErrorCode.INTERRUPTED,
        exit_code=ExitCode.INTERRUPTED,
        hint="run the command again",
    )


def run_verify(request: Request, report: Report) -> ExitCode:
    """Settle an outcome from fresh pages; sends nothing.

    Raises:
        ToolError: the pages could not be read. Never with exit code 1, which would mean that
            the dispute is not cancelled.
    """
    try:
        with contextlib.ExitStack() as stack:
            journal = stack.enter_context(contextlib.closing(Journal.open(request.state_dir)))
            if journal.open_intents(order_target(request.order_id)):
                # A run in progress has an open intent too: never settle that.
                _lock(stack, request, report)
            run_work(verify_order(request, report, journal), request, report)
    except ToolError as error:
        if error.exit_code is ExitCode.FAILED:
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        raise
    return EXIT_CODES[report.outcome]


def run_advise(request: Request, report: Report) -> ExitCode:
    """Advise on an order from its pages; sends nothing.

    Raises:
        ToolError: also if the rules block (exit 3).
    """
    run_work(_advise(request, report), request, report)
    return ExitCode.OK


async def _advise(request: Request, report: Report) -> None:
    async with rules_at_hand(), open_walk(request, report) as walk:
        reading = await read_disputes(walk, request.order_id, request.item)
        advice = await advise_on_pages(request, report, walk, reading)
        report.stopped_at = Step.ADVISE
        refuse_if_blocked(report, advice)


def run_work(
    work: Coroutine[Any, Any, Result],
    request: Request,
    report: Report,
    progress: Callable[[], object] = lambda: None,
) -> Result:
    """Run work that only reads, until it ends, hangs or is interrupted.

    Args:
        progress: returns another value while a long step makes progress.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    try:
        return run_in_browser(work, request.session, report, progress)
    except ToolError as error:
        name_the_gateway(error, request, report)
        raise


def run_for_human(work: Coroutine[Any, Any, Result], session: SessionOptions) -> Result:
    """Run work that waits for a human in a browser window, and return its result.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130).
    """
    report = Report("login")
    with report.waiting_for_human():
        return run_in_browser(work, session, report)


def run_in_browser(
    work: Coroutine[Any, Any, Result],
    session: SessionOptions,
    report: Report,
    progress: Callable[[], object] = lambda: None,
) -> Result:
    """Run any work with a browser: first close what a killed run left, and always tidy up.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    with Interrupts(report, session.timeout, session.state_dir, progress) as interrupts:
        try:
            _tidy(session)
            return interrupts.run(work)
        except KeyboardInterrupt:
            raise _interrupted() from None
        finally:
            work.close()


def name_the_gateway(error: ToolError, request: Request, report: Report) -> None:
    """Name the cause if a mimic's pages stay empty because its API was taken for a stranger."""
    given = request.addresses
    if given.is_real or report.guard is None or error.exit_code is not ExitCode.PAGE_NOT_RECOGNISED:
        return
    held = [
        record.loopback
        for record in report.guard.report().refused
        if record.kind == "foreign" and record.loopback and not record.main_frame
    ]
    if held:
        origin = max(held, key=held.count)
        instead = f" instead of {given.gateway}" if given.gateway else ""
        error.message = f"{error.message}; calls to {origin} were held back"
        error.hint = f"pass --gateway {origin}{instead} if that is the API of this mimic"
