"""Match ``--item`` with earlier attempts.

A number counts the disputes that the order's page shows now: once the first is cancelled,
the second is number 1. So the journal keeps what the buyer called a dispute, and a number
that named another one before is ambiguous.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site.addresses import REAL_SITE
from automation.aliexpress.targets import ids_of, order_target
from automation.engine.journal import Event
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.site import DisputeIds
    from automation.engine.journal import Attempt, AttemptEvent, Journal


def is_meant(attempt: Attempt, events: tuple[AttemptEvent, ...], item: str | None) -> bool:
    """True if the item is absent, or names this attempt's dispute by id or as it did then."""
    ids = ids_of(attempt)
    if item is None or item in (ids.reverse_line_id, ids.trade_line_id):
        return True
    return any(
        event.event is Event.TARGET_READ and event.details.get("item") == item for event in events
    )


def made_on_this_site(attempt: Attempt, request: Request) -> bool:
    """True if both are about the real site, or both about a mimic: neither proves the other."""
    return (attempt.site == REAL_SITE) is request.addresses.is_real


def ended_on(request: Request, journal: Journal) -> list[Attempt]:
    """Finished attempts on the dispute of this request, newest first."""
    found = []
    for attempt in journal.attempts(on=order_target(request.order_id)):
        if not made_on_this_site(attempt, request) or attempt.outcome not in {"done", "not_done"}:
            continue
        events = journal.events(attempt.id)
        read = any(event.event is Event.TARGET_READ for event in events)
        if read and is_meant(attempt, events, request.item):
            found.append(attempt)
    return found


def refuse_if_moved(journal: Journal, request: Request, ids: DisputeIds) -> None:
    """Stop if the same item named a dispute that has been cancelled since.

    Raises:
        ToolError: the buyer must name the dispute by its id (exit 5).
    """
    if request.item is None or request.item in (ids.reverse_line_id, ids.trade_line_id):
        return
    for attempt in ended_on(request, journal):
        before = ids_of(attempt)
        if attempt.outcome == "done" and before and not before.agrees_with(ids):
            raise ToolError(
                f"--item {request.item} is now dispute {ids.name}; it was dispute {before.name}, "
                f"which attempt {attempt.id} cancelled",
                code=ErrorCode.ITEM_MOVED,
                exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                hint=f"pass --item {ids.name} to cancel this one",
            )
