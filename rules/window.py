"""Until when a cancelled dispute could be filed again (F6, F7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rules.moments import Moment, earliest_of, in_utc, read_moment

if TYPE_CHECKING:
    from rules.facts import Facts

AFTER_DELIVERY = timedelta(days=15)
SOON = timedelta(hours=72)


class WindowState(StrEnum):
    """How much of the window is left; ``closing_soon`` is less than 72 hours."""

    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Window:
    """The window and what was read to find it.

    Args:
        now: the moment of the decision in UTC, ``None`` if it was not given.
        refile_by: the earlier limit at its earliest reading, in UTC.
        may_be_over: a time without an offset leaves open whether the limit has passed.
        delivered: when delivery was confirmed.
    """

    state: WindowState
    now: datetime | None
    refile_by: datetime | None
    may_be_over: bool
    deadline: Moment | None
    delivered: Moment | None

    @property
    def delivered_in_future(self) -> bool:
        """Delivery lies after now on every reading: some clock is wrong."""
        return bool(self.now and self.delivered and self.delivered.earliest > self.now)


def window_of(facts: Facts) -> Window:
    """Both limits of F6, the earlier one decides; equal to now is over."""
    now = in_utc(facts.now)
    deadline = read_moment(facts.protection_deadline)
    delivered = read_moment(facts.delivered_at)
    limits = [deadline, delivered.later(AFTER_DELIVERY) if delivered else None]
    known = [limit for limit in limits if limit is not None]
    first = earliest_of(known[0], known[-1]) if known else None
    state, may_be_over = _state(now, deadline, first)
    certain = deadline is not None and first is not None and not may_be_over
    return Window(
        state=state,
        now=now,
        refile_by=first.earliest if certain and first else None,
        may_be_over=may_be_over,
        deadline=deadline,
        delivered=delivered,
    )


def _state(
    now: datetime | None, deadline: Moment | None, first: Moment | None
) -> tuple[WindowState, bool]:
    """The state, and whether only a missing offset hides that the window is over."""
    if now is None or first is None:
        return WindowState.UNKNOWN, False
    if first.latest <= now:
        return WindowState.CLOSED, False
    if first.earliest <= now:
        return WindowState.UNKNOWN, True
    if deadline is None:
        return WindowState.UNKNOWN, False
    soon = first.earliest - now < SOON
    return (WindowState.CLOSING_SOON if soon else WindowState.OPEN), False
