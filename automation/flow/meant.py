"""Which earlier attempt an ``--item`` speaks of.

A number counts the disputes that the order's page shows now: once the first is cancelled,
the second is number 1. So the journal keeps what the buyer called a dispute, and a number
that meant another one before is doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.errors import ExitCode, ToolError
from automation.journal import Event
from automation.site import DisputeIds
from automation.site.addresses import REAL_SITE

if TYPE_CHECKING:
    from automation.flow.request import Request
    from automation.journal import Attempt, AttemptEvent, Journal

_ALL = -1  # SQLite: no limit


def ids_of(attempt: Attempt) -> DisputeIds:
    """The dispute that an attempt was about."""
    return DisputeIds(attempt.dispute_id, attempt.line_id)


def is_meant(attempt: Attempt, events: tuple[AttemptEvent, ...], item: str | None) -> bool:
    """Whether the item, if one is given, names this attempt's dispute, by an id or as it was called then."""
    if item is None or item in (attempt.dispute_id, attempt.line_id):
        return True
    return any(
        event.event is Event.DISPUTE_READ and event.details.get("item") == item for event in events
    )


def made_on_this_site(attempt: Attempt, request: Request) -> bool:
    """Whether both are about the real site, or both about a mimic: one proves nothing for the other."""
    return (attempt.site == REAL_SITE) is request.addresses.is_real


def ended_on(request: Request, journal: Journal) -> list[Attempt]:
    """Ended attempts that read the dispute which the request is about, the newest first."""
    found = []
    for attempt in journal.attempts(limit=_ALL):
        if not made_on_this_site(attempt, request):
            continue
        if attempt.order_id != request.order_id or attempt.outcome not in {"done", "not_done"}:
            continue
        events = journal.events(attempt.id)
        read = any(event.event is Event.DISPUTE_READ for event in events)
        if read and is_meant(attempt, events, request.item):
            found.append(attempt)
    return found


def refuse_if_moved(journal: Journal, request: Request, ids: DisputeIds) -> None:
    """Stop where the same item meant a dispute that is cancelled by now.

    Raises:
        ToolError: nothing may be sent until the dispute is named by its id (exit 5).
    """
    if request.item is None or request.item in (ids.reverse_line_id, ids.trade_line_id):
        return
    for attempt in ended_on(request, journal):
        before = ids_of(attempt)
        if attempt.outcome == "done" and before and not before.agrees_with(ids):
            raise ToolError(
                f"--item {request.item} meant dispute {before.name} in attempt {attempt.id}, which "
                f"cancelled it; now it would mean {ids.name}",
                code="item_moved",
                exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                hint=f"if you mean that one, name it: --item {ids.name}",
            )
