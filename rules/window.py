"""How long a cancelled dispute can be filed again (F6, F7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING

from rules.catalogue import LIMITS
from rules.moments import Moment, earliest_of, in_utc, read_moment

if TYPE_CHECKING:
    from datetime import datetime

    from rules.facts import Facts


class WindowState(StrEnum):
    """How much of the window is left; ``closing_soon`` means less than ``LIMITS.soon``."""

    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Window:
    """The window, and the facts behind it.

    Args:
        now: the time of the decision in UTC, ``None`` if it was not given.
        refile_by: the earlier limit at its earliest reading, in UTC.
        may_be_over: the limit may have passed, since a time has no offset.
        zone_is_missing: the earlier limit has no offset, so its earliest reading counts.
        delivered: when delivery was confirmed.
        at_the_latest: ``LIMITS.after_order`` after the order was placed, if no deadline is
            known; an upper bound, not a promise.
    """

    state: WindowState
    now: datetime | None
    refile_by: datetime | None
    may_be_over: bool
    zone_is_missing: bool
    deadline: Moment | None
    delivered: Moment | None
    at_the_latest: Moment | None = None

    @property
    def is_bounded_soon(self) -> bool:
        """True if the upper bound leaves less than ``LIMITS.soon``."""
        bound = self.at_the_latest
        return bool(self.now and bound and bound.earliest - self.now < LIMITS.soon)

    @property
    def delivered_in_future(self) -> bool:
        """True if delivery is in the future on every reading: some clock is wrong."""
        return bool(self.now and self.delivered and self.delivered.earliest > self.now)


def window_of(facts: Facts) -> Window:
    """Apply the limits of F6: the earliest one decides, and one equal to now has passed.

    If no deadline is known, the order's date bounds the window.
    """
    now = in_utc(facts.now)
    deadline = read_moment(facts.protection_deadline)
    delivered = read_moment(facts.delivered_at)
    placed = read_moment(facts.order_placed) if deadline is None else None
    bound = placed.later(LIMITS.after_order) if placed else None
    limits = [deadline, delivered.later(LIMITS.after_delivery) if delivered else None, bound]
    known = [limit for limit in limits if limit is not None]
    first = reduce(earliest_of, known) if known else None
    state, may_be_over = _state(now, deadline, first)
    certain = deadline is not None and first is not None and not may_be_over
    return Window(
        state=state,
        now=now,
        refile_by=first.earliest if certain and first else None,
        may_be_over=may_be_over,
        zone_is_missing=first is not None and first.earliest != first.latest,
        deadline=deadline,
        delivered=delivered,
        at_the_latest=bound,
    )


def _state(
    now: datetime | None, deadline: Moment | None, first: Moment | None
) -> tuple[WindowState, bool]:
    """The state, and whether the window may be over because a time has no offset."""
    if now is None or first is None:
        return WindowState.UNKNOWN, False
    if first.latest <= now:
        return WindowState.CLOSED, False
    if first.earliest <= now:
        return WindowState.UNKNOWN, True
    if deadline is None:
        return WindowState.UNKNOWN, False
    soon = first.earliest - now < LIMITS.soon
    return (WindowState.CLOSING_SOON if soon else WindowState.OPEN), False
