"""End a run: its journal entry, its receipt and its exit code, whatever happened."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from automation.aliexpress.flow.receipting import keep_receipt
from automation.aliexpress.flow.unsettled import point_to_verify
from automation.aliexpress.flow.warnings import UnseenWarningsError
from automation.aliexpress.targets import order_target
from automation.engine.journal import Event
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from types import TracebackType

    from automation.aliexpress.flow.report import Report
    from automation.aliexpress.flow.request import Request
    from automation.engine.attempt import AttemptLog

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


@dataclass
class Ending:
    """Ends one attempt, once.

    As a context manager it also handles internal errors: after a request, no run may end
    as if nothing had changed.
    """

    request: Request
    report: Report
    log: AttemptLog
    code: ExitCode = ExitCode.FAILED

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if kind is None or isinstance(error, ToolError):
            return
        fault = ToolError(f"internal error ({kind.__name__})", code=ErrorCode.INTERNAL_ERROR)
        with contextlib.suppress(ToolError):
            self.code = self.stopped(fault)

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
        report.outcome = Outcome.UNKNOWN
        report.reason = f"{error.message}; the outcome is unknown"
        if report.in_doubt:
            report.reason = error.message
        elif not self.log.has(Event.PERMIT_USED):
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
        report.reason = error.message
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
        """Write the receipt; report it if that fails, but keep the outcome."""
        try:
            keep_receipt(self.report, self.request.state_dir, self.request.now())
        except ToolError as error:
            self.report.receipt_problem = error.message
