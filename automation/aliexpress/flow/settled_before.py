"""Settle earlier attempts on the order before sending anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.flow.report import Report, Step
from automation.aliexpress.flow.settle import settle_open
from automation.aliexpress.site import DisputeIds
from automation.engine.journal import Event
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.flow.walk import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.journal import StoredPlan

_ID_DIGITS = 5


async def settled_before(
    walk: Walk, request: Request, report: Report, log: AttemptLog, stored: StoredPlan | None
) -> bool:
    """Settle earlier attempts that may have sent a request; True if one cancelled this dispute.

    Raises:
        ToolError: one stays unclear, or cancelled a dispute that may be this one, so nothing
            may be sent (exit 8).
    """
    for settlement in await settle_open(walk, request, report, log.journal):
        if settlement.outcome is Outcome.UNKNOWN:
            raise _unsettled(
                f"attempt {settlement.attempt} may have sent its request and is not settled: "
                f"{settlement.how}",
                report,
            )
        if settlement.outcome is Outcome.DONE:
            meant = _is_meant(settlement.ids, request.item, stored)
            if meant:
                report.outcome, report.verified = Outcome.DONE, True
                report.stopped_at = Step.FINISHED
                log.record(Event.VERIFIED, outcome=Outcome.DONE.value, by=settlement.attempt)
                report.reason = f"attempt {settlement.attempt} cancelled it: {settlement.how}"
                return True
            if meant is None:
                raise _unsettled(
                    f"attempt {settlement.attempt} cancelled dispute {settlement.ids.name}, so "
                    f"--item {request.item} may be another one now",
                    report,
                )
    report.outcome = Outcome.NOT_DONE
    return False


def _is_meant(ids: DisputeIds, item: str | None, stored: StoredPlan | None) -> bool | None:
    """True if the dispute is the one of this run; ``None`` if that is unclear."""
    if stored is not None:
        planned = DisputeIds(
            stored.document.get("reverse_line_id"), stored.document.get("trade_line_id")
        )
        return ids.agrees_with(planned)
    if item is None:
        return True
    if item in (ids.reverse_line_id, ids.trade_line_id):
        return True
    return None if len(item) < _ID_DIGITS else False


def _unsettled(message: str, report: Report) -> ToolError:
    return ToolError(
        message,
        code=ErrorCode.UNSETTLED_ATTEMPT,
        exit_code=ExitCode.UNKNOWN_OUTCOME,
        hint=f"wait a few minutes, then run '{report.verify_command}'",
    )
