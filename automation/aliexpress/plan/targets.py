"""Targets of this site: an order, and one dispute of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from automation.aliexpress.site.addresses import DisputeIds
from automation.engine.target import Target

if TYPE_CHECKING:
    from automation.engine.journal import Attempt, StoredPlan

# From the whole to the part.
ORDER: Final = "order"
LINE: Final = "line"
DISPUTE: Final = "dispute"


def order_target(order_id: str) -> Target:
    """The target of a run that has not read the dispute yet: it cannot be sent to."""
    return Target(ids={ORDER: order_id}, words=f"order {order_id}", exact=False)


def dispute_target(order_id: str, ids: DisputeIds) -> Target:
    """The target of a cancel: as many of the dispute's ids as are known."""
    known = {ORDER: order_id, LINE: ids.trade_line_id, DISPUTE: ids.reverse_line_id}
    name = f"dispute {ids.reverse_line_id}" if ids.reverse_line_id else f"line {ids.trade_line_id}"
    return Target(
        ids={role: each for role, each in known.items() if each},
        words=f"{name} of order {order_id}" if ids else f"order {order_id}",
        exact=bool(ids),
    )


def naming_ids(target: Target) -> frozenset[str]:
    """The ids of which each names the dispute by itself: its own and its line's."""
    return frozenset(each for role, each in target.ids.items() if role != ORDER)


def order_of(known: Attempt | StoredPlan) -> str:
    """The id of the order of an attempt or a plan."""
    return known.target.ids[ORDER]


def ids_of(attempt: Attempt) -> DisputeIds:
    """The ids of an attempt's dispute."""
    return DisputeIds(attempt.target.ids.get(DISPUTE), attempt.target.ids.get(LINE))
