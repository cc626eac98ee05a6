"""Run a request with its journal entry, and end with one exit code, whatever happens."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from automation.aliexpress.advise import (
    advise_first,
    advise_on_pages,
    refuse_if_blocked,
    rules_at_hand,
)
from automation.aliexpress.answer import DisputeAnswer
from automation.aliexpress.cancel.attempts import begin_attempt, point_to_verify, unsettled
from automation.aliexpress.cancel.by_hand import point_to_by_hand
from automation.aliexpress.cancel.commit import cancel
from automation.aliexpress.cancel.settle import verify_order
from automation.aliexpress.opening import open_walk
from automation.aliexpress.receipts.contents import keep_receipt
from automation.aliexpress.report import End, Report
from automation.aliexpress.site_warnings import UnseenWarningsError
from automation.aliexpress.targets import order_target
from automation.aliexpress.walk.read_order import read_disputes
from automation.engine.interrupts import Interrupts, Place
from automation.engine.journal import Event, Journal, target_lock
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.session.owned import end_leftovers, leftovers
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable

    from automation.aliexpress.request import Request
    from automation.aliexpress.site import DisputeIds
    from automation.engine.attempt import AttemptLog
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
    interrupts = Interrupts(report.place, request.timeout, request.state_dir)
    with interrupts, contextlib.ExitStack() as stack:
        journal = stack.enter_context(contextlib.closing(Journal.open(request.state_dir)))
        if not request.dry_run:
            _may_send(journal)
            _lock(stack, request, report)
        log = begin_attempt(journal, request, report.command, version)
        report.attempt = log.number
        return _run_to_an_end(Ending(request, report, log), interrupts)


def _run_to_an_end(ending: Ending, interrupts: Interrupts) -> ExitCode:
    """Run, and end the attempt; an internal error ends it too, since a request may be sent."""
    try:
        return _ended(ending, interrupts)
    except ToolError:
        raise
    except BaseException as fault:
        error = ToolError(f"internal error ({type(fault).__name__})", code=ErrorCode.INTERNAL_ERROR)
        with contextlib.suppress(ToolError):
            ending.stopped(error)
        raise


def _ended(ending: Ending, interrupts: Interrupts) -> ExitCode:
    """Run, and end the attempt in the journal, whatever a run is expected to end with."""
    try:
        _tidy(ending.request.session)
        interrupts.run(cancel(ending.request, ending.report, ending.log))
    except ToolError as error:
        name_the_gateway(error, ending.request, ending.report)
        if ending.request.escort is None:
            point_to_by_hand(error)
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
            report.ends(End(Outcome.UNKNOWN))
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
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
            found = run_work(verify_order(request, report, journal), request, report)
    except ToolError as error:
        if error.exit_code is ExitCode.FAILED:
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        raise
    report.ends(found.end)
    report.attempt, report.kept = found.attempt, found.kept
    report.dispute = _names_of(found.ids) if found.ids else None
    return EXIT_CODES[report.outcome]


def _names_of(ids: DisputeIds) -> DisputeAnswer:
    return DisputeAnswer(dispute_id=ids.reverse_line_id, line_id=ids.trade_line_id)


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
        refuse_if_blocked(advise_on_pages(request, report, walk, reading))


def run_work(
    work: Coroutine[Any, Any, Result],
    request: Request,
    report: Report,
    progress: Callable[[], Hashable] = lambda: None,
) -> Result:
    """Run work that only reads, until it ends, hangs or is interrupted.

    Args:
        progress: returns another value while a long step makes progress.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    try:
        return run_in_browser(work, request.session, lambda: report.place(progress()))
    except ToolError as error:
        name_the_gateway(error, request, report)
        raise


def run_for_human(work: Coroutine[Any, Any, Result], session: SessionOptions) -> Result:
    """Run work that waits for a human in a browser window, and return its result.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130).
    """
    return run_in_browser(work, session, lambda: Place("login", human_is_asked=True))


def run_in_browser(
    work: Coroutine[Any, Any, Result], session: SessionOptions, place: Callable[[], Place]
) -> Result:
    """Run any work with a browser: first close what a killed run left, and always tidy up.

    Args:
        place: says where the work is, so that a browser that hangs is noticed.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    with Interrupts(place, session.timeout, session.state_dir) as interrupts:
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


_MOST_HELD = 5
_WAYS_OUT = {
    ExitCode.REFUSED: Event.REFUSED,
    ExitCode.DECLINED: Event.DECLINED,
    ExitCode.PLAN_STALE: Event.STALE,
    ExitCode.INTERRUPTED: Event.INTERRUPTED,
}


def _way_out(error: ToolError) -> Event:
    if isinstance(error, UnseenWarningsError):
        return Event.REFUSED  # the plan is still good
    return _WAYS_OUT.get(error.exit_code, Event.FAILED)


@dataclass(frozen=True)
class Ending:
    """Ends one attempt: its journal entry, its receipt and its exit code."""

    request: Request
    report: Report
    log: AttemptLog

    def well(self) -> ExitCode:
        """End a run that finished.

        Raises:
            ToolError: the journal cannot be written and nothing was sent.
        """
        code = ExitCode.OK if self.request.dry_run else EXIT_CODES[self.report.outcome]
        try:
            self.log.finish(self.report.outcome, code, self.report.reason)
        except ToolError as error:
            if not self.report.request_left:
                raise
            # The outcome on the site is still true; the attempt stays open and is settled later.
            self.report.journal_problem = error.message
        self._keep_receipt()
        return code

    def stopped(self, error: ToolError) -> ExitCode:
        """End a run that was stopped; if its request was sent, the outcome is unknown.

        Returns:
            The exit code, if fresh pages had shown the outcome before the stop.

        Raises:
            ToolError: the error to show to the buyer.
        """
        if self.report.verified:
            self.report.stopped_later = error.message
            return self.well()
        error = self._unknown(error) if self.report.request_left else self._nothing_sent(error)
        if not self.report.request_left:
            point_to_verify(error, self.report, self._unsettled_before())
        with contextlib.suppress(ToolError):
            self.log.finish(self.report.outcome, error.exit_code, self.report.reason)
        self._keep_receipt()
        raise error

    def _unknown(self, error: ToolError) -> ToolError:
        report = self.report
        known = "" if report.in_doubt else "; the outcome is unknown"
        report.ends(End(Outcome.UNKNOWN, f"{error.message}{known}"))
        if not report.in_doubt and not self.log.has(Event.PERMIT_USED):
            with contextlib.suppress(ToolError):
                self.log.record(Event.PERMIT_USED)
        return ToolError(
            report.reason,
            code=ErrorCode.OUTCOME_UNKNOWN,
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint=f"do not try again; run '{report.verify_command}'",
        )

    def _nothing_sent(self, error: ToolError) -> ToolError:
        report = self.report
        report.ends(End(report.outcome, error.message))
        if report.permit is not None:
            report.permit.revoke()
        if report.outcome is Outcome.UNKNOWN and error.exit_code is not ExitCode.INTERRUPTED:
            # An earlier attempt is still open, so the outcome is unknown.
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        with contextlib.suppress(ToolError):
            self.log.record(_way_out(error), **self._held_back())
        return error

    def _unsettled_before(self) -> tuple[int, ...]:
        """Earlier attempts whose outcome is unknown; none where the journal cannot be read."""
        with contextlib.suppress(ToolError):
            found = self.log.journal.open_intents(order_target(self.request.order_id))
            return tuple(each.id for each in found if each.id != self.log.number)
        return ()

    def _held_back(self) -> dict[str, str]:
        """Requests that the guard held back under the permit: names, never values."""
        if self.report.guard is None:
            return {}
        held = self.report.guard.report().held_at_permit
        words = list(dict.fromkeys(f"{record.in_words}: {record.reason}" for record in held))
        return {f"held_back_{number}": each for number, each in enumerate(words[:_MOST_HELD], 1)}

    def _keep_receipt(self) -> None:
        """Write the receipt; a problem with that changes no outcome."""
        self.report.kept = keep_receipt(self.report, self.request.state_dir, self.request.now())
