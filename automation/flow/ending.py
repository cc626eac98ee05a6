"""The one end of a run: its journal entry, its receipt and its exit code, whatever happened."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from automation.errors import ExitCode, ToolError
from automation.flow.receipting import keep_receipt
from automation.flow.report import Outcome, Report
from automation.flow.warnings import UnseenWarningsError
from automation.journal import Event

if TYPE_CHECKING:
    from types import TracebackType

    from automation.flow.attempt import AttemptLog
    from automation.flow.request import Request

BY_OUTCOME = {
    Outcome.DONE: ExitCode.OK,
    Outcome.NOT_DONE: ExitCode.FAILED,
    Outcome.UNKNOWN: ExitCode.UNKNOWN_OUTCOME,
}
_MOST_HELD = 5
_WAYS_OUT = {
    ExitCode.REFUSED: Event.REFUSED,
    ExitCode.DECLINED: Event.DECLINED,
    ExitCode.PLAN_STALE: Event.STALE,
    ExitCode.INTERRUPTED: Event.INTERRUPTED,
}


def _way_out(error: ToolError) -> Event:
    if isinstance(error, UnseenWarningsError):
        return Event.REFUSED  # the plan is as good as it was
    return _WAYS_OUT.get(error.exit_code, Event.FAILED)


@dataclass
class Ending:
    """Ends one attempt, once.

    As a context manager it takes care of faults of this tool itself: after a request
    nothing may end as "nothing changed".
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
        fault = ToolError(f"internal error ({kind.__name__})", code="internal_error")
        with contextlib.suppress(ToolError):
            self.code = self.stopped(fault)

    def well(self) -> ExitCode:
        """End a run that came to its end.

        Raises:
            ToolError: the journal cannot be written and nothing was sent.
        """
        code = ExitCode.OK if self.request.dry_run else BY_OUTCOME[self.report.outcome]
        try:
            self.log.finish(self.report, code)
        except ToolError as error:
            if not self.report.request_left:
                raise
            # What happened on the site stays true; the attempt stays open and is settled later.
            self.report.details["journal_problem"] = error.message
        self._keep_receipt()
        return code

    def stopped(self, error: ToolError) -> ExitCode:
        """End a run that was stopped; a request that was sent makes its outcome unknown.

        Returns:
            The code of an outcome that fresh pages had shown before it was stopped.

        Raises:
            ToolError: what the buyer is told.
        """
        if self.report.verified:
            self.report.details["stopped_later"] = error.message
            return self.well()
        error = self._unknown(error) if self.report.request_left else self._nothing_sent(error)
        with contextlib.suppress(ToolError):
            self.log.finish(self.report, error.exit_code)
        self._keep_receipt()
        raise error

    def _unknown(self, error: ToolError) -> ToolError:
        report = self.report
        report.outcome = Outcome.UNKNOWN
        report.reason = f"the request was sent, then: {error.message}"
        if report.in_doubt:
            report.reason = error.message
        elif not self.log.has(Event.PERMIT_USED):
            with contextlib.suppress(ToolError):
                self.log.record(Event.PERMIT_USED)
        return ToolError(
            report.reason,
            code="outcome_unknown",
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint=f"do not try again; run 'dispute-guard verify {report.order_id}'",
        )

    def _nothing_sent(self, error: ToolError) -> ToolError:
        report = self.report
        report.reason = error.message
        if report.permit is not None:
            report.permit.revoke()
        if report.outcome is Outcome.UNKNOWN and error.exit_code is not ExitCode.INTERRUPTED:
            # An earlier attempt is still open, so nobody knows what became of the dispute.
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        with contextlib.suppress(ToolError):
            self.log.record(_way_out(error), **self._held_back())
        return error

    def _held_back(self) -> dict[str, str]:
        """What the page sent under the permit and the guard held back: names, never values."""
        if self.report.guard is None:
            return {}
        held = self.report.guard.report().held_at_permit
        words = list(dict.fromkeys(f"{record.in_words}: {record.reason}" for record in held))
        return {f"held_back_{number}": each for number, each in enumerate(words[:_MOST_HELD], 1)}

    def _keep_receipt(self) -> None:
        """A receipt that cannot be written is said, but it does not change what happened."""
        try:
            keep_receipt(self.report, self.request.state_dir, self.request.now())
        except ToolError as error:
            self.report.details["receipt_problem"] = error.message
