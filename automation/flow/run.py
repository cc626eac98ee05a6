"""Runs a request to its end: journal around it, one exit code after it, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from automation.errors import ExitCode, ToolError
from automation.flow.advice import advise_first, advise_on_pages, refuse_if_blocked
from automation.flow.attempt import AttemptLog
from automation.flow.cancel import cancel
from automation.flow.opening import open_walk
from automation.flow.reading import read_order_and_dispute
from automation.flow.receipting import keep_receipt
from automation.flow.report import Outcome, Report, Step
from automation.flow.settle import verify_order
from automation.journal import Event, Journal, dispute_lock

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from automation.flow.request import Request

_BY_OUTCOME = {
    Outcome.DONE: ExitCode.OK,
    Outcome.NOT_DONE: ExitCode.FAILED,
    Outcome.UNKNOWN: ExitCode.UNKNOWN_OUTCOME,
}
_WAYS_OUT = {
    ExitCode.REFUSED: Event.REFUSED,
    ExitCode.DECLINED: Event.DECLINED,
    ExitCode.PLAN_STALE: Event.STALE,
    ExitCode.INTERRUPTED: Event.INTERRUPTED,
}


def run_cancel(request: Request, report: Report, version: str) -> ExitCode:
    """Cancel, or dry-run a cancel.

    Raises:
        ToolError: what stopped it before a request left; the report tells the rest.
    """
    advise_first(request, report)
    journal = Journal.open(request.state_dir)
    with contextlib.closing(journal), contextlib.ExitStack() as stack:
        if not request.dry_run:
            _may_send(journal)
            stack.enter_context(dispute_lock(request.state_dir, request.order_id))
        log = AttemptLog.begin(journal, request, report, version)
        return _logged(cancel(request, report, log), request, report, log)


def _may_send(journal: Journal) -> None:
    reason = journal.must_not_send()
    if reason:
        raise ToolError(
            f"{reason}; nothing is sent until you decide",
            code="journal_lost",
            hint="look at the order first, then 'dispute-guard doctor --accept-lost-journal'",
        )


def _logged(
    work: Coroutine[Any, Any, None], request: Request, report: Report, log: AttemptLog
) -> ExitCode:
    """Run, and end the attempt in the journal on every path."""
    try:
        asyncio.run(work)
    except ToolError as error:
        return _stopped(error, request, report, log)
    except KeyboardInterrupt:
        return _stopped(_interrupted(), request, report, log)
    code = ExitCode.OK if request.dry_run else _BY_OUTCOME[report.outcome]
    log.finish(report, code)
    _keep_receipt(request, report)
    return code


def _keep_receipt(request: Request, report: Report) -> None:
    """A receipt that cannot be written is said, but it does not change what happened."""
    try:
        keep_receipt(report, request.state_dir, request.now())
    except ToolError as error:
        report.details["receipt_problem"] = error.message


def _stopped(error: ToolError, request: Request, report: Report, log: AttemptLog) -> ExitCode:
    """End an attempt that was stopped; a request that left makes its outcome unknown."""
    if report.request_left:
        report.outcome = Outcome.UNKNOWN
        report.reason = f"the request left, then: {error.message}"
        error = ToolError(
            report.reason,
            code="outcome_unknown",
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint=f"do not try again; run 'dispute-guard verify {report.order_id}'",
        )
    else:
        report.reason = error.message
        if report.permit is not None:
            report.permit.revoke()
        with contextlib.suppress(ToolError):
            log.record(_WAYS_OUT.get(error.exit_code, Event.FAILED))
    with contextlib.suppress(ToolError):
        log.finish(report, error.exit_code)
    _keep_receipt(request, report)
    raise error


def _interrupted() -> ToolError:
    return ToolError(
        "interrupted; nothing was sent",
        code="interrupted",
        exit_code=ExitCode.INTERRUPTED,
        hint="run the command again when you are ready",
    )


def run_verify(request: Request, report: Report) -> ExitCode:
    """Settle an outcome from fresh pages; sends nothing.

    Raises:
        ToolError: the pages could not be read.
    """
    with contextlib.closing(Journal.open(request.state_dir)) as journal:
        _run(verify_order(request, report, journal))
    return _BY_OUTCOME[report.outcome]


def run_advise(request: Request, report: Report) -> ExitCode:
    """Advise on an order that is read from the site; sends nothing.

    Raises:
        ToolError: also where the rules block (exit 3).
    """
    _run(_advise(request, report))
    return ExitCode.OK


async def _advise(request: Request, report: Report) -> None:
    async with open_walk(request, report) as walk:
        reading = await read_order_and_dispute(walk, request.order_id, request.item)
        advice = await advise_on_pages(request, report, walk, reading)
        report.stopped_at = Step.ADVISE
        refuse_if_blocked(report, advice)


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        raise _interrupted() from None
