"""Reminders before a cancel: the deadlines that are known, as a calendar file (RFC 5545).

Of an order a calendar has only the last eight digits, enough to recognise it: calendars are
shared and synchronised.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.plan.order_number import short
from automation.engine.receipts import CalendarEvent, calendar_file
from automation.text import when_short
from rules import DisputeStatus
from rules.catalogue import LIMITS
from rules.moments import Moment, read_moment
from rules.wording import ZONE_IS_MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALARMS: Final = (LIMITS.soon, timedelta(days=1))
_TOO_LATE: Final = "After that you can no longer dispute this order."
_LET_IT_RUN: Final = "Let it run, and keep to the deadlines on the dispute page."
_ONCE_MORE: Final = (
    "If the problem is not solved, open a new one before this time, if AliExpress lets you. "
    f"{_TOO_LATE}"
)
_APPEAL: Final = f"Your appeal is under way. {_LET_IT_RUN}"
_ACCEPTED: Final = f"The seller has accepted. {_LET_IT_RUN}"
_CANCELLED: Final = f"Your dispute is cancelled. {_ONCE_MORE}"
# What the end of the protection means to a dispute that is not open, or no longer.
_BY_STATUS: Final = {
    DisputeStatus.FINAL_DECISION: "The decision on your dispute is final: you cannot open another "
    "one on this order. If you disagree, look for an appeal on the dispute page.",
    DisputeStatus.ACCEPTED_PROPOSAL: "You accepted a proposal, which closed your dispute for good: "
    "you cannot open another one on this order. Check that you get what was agreed.",
    DisputeStatus.RETURN_IN_PROGRESS: "A return is under way. Send the parcel back in time: the "
    "dispute page says until when.",
    DisputeStatus.REFUND_IN_PROGRESS: f"A refund is under way. {_LET_IT_RUN}",
    DisputeStatus.SELLER_ACCEPTED: _ACCEPTED,
    DisputeStatus.SELLER_ACCEPTED_FULL: _ACCEPTED,
    DisputeStatus.APPEAL: _APPEAL,
    DisputeStatus.APPEALING: _APPEAL,
    DisputeStatus.APPEAL_IN_PROGRESS: _APPEAL,
    DisputeStatus.REFUND_COMPLETE: "Your refund is complete. Check that the money has reached you.",
    DisputeStatus.CANCELLED: _CANCELLED,
    DisputeStatus.CANCELED: _CANCELLED,
    DisputeStatus.CLOSED: f"Your dispute is closed. {_ONCE_MORE}",
    DisputeStatus.NONE: "No dispute is open. If something is wrong with the order, open one before "
    f"this time. {_TOO_LATE}",
}
_OPEN: Final = f"{_TOO_LATE} Keep the dispute open until the problem is solved."
# After these a dispute may be filed again (F6).
_NOT_FOR_GOOD: Final = frozenset(
    {DisputeStatus.CANCELLED, DisputeStatus.CANCELED, DisputeStatus.CLOSED, DisputeStatus.NONE}
)
_ANSWER: Final = (
    "Without your answer AliExpress may carry out a proposal by itself. You can answer without "
    "accepting."
)


class Reminder(Struct, frozen=True):
    """One deadline.

    Args:
        order: the order's number; empty if it is not known.
        what: what ends then.
        advice: what to do before.
        dispute: its id, if an order's disputes have deadlines of their own.
        zone_is_missing: ``at`` is the earliest meaning of a date without a time zone.
    """

    order: str
    what: str
    at: datetime
    advice: str
    dispute: str = ""
    zone_is_missing: bool = False

    @property
    def key(self) -> str:
        """What it is about: the same for the same deadline, also when that moves."""
        return f"{self.order}/{self.what}" + (f"/{self.dispute}" if self.dispute else "")

    @property
    def title(self) -> str:
        """The line that a calendar shows."""
        return f"{self.what} (order … {short(self.order)})" if self.order else self.what


def reminders(
    order: str,
    *,
    protection: str | None,
    refile_by: str | None,
    now: datetime,
    status: str | None = None,
    answer_by: str | None = None,
    dispute: str = "",
) -> tuple[Reminder, ...]:
    """The deadlines of one order that are still to come, the first one first.

    Args:
        protection: end of the buyer protection as ISO 8601; without an offset, its earliest
            meaning counts.
        refile_by: the latest time to file again after a cancel, as ISO 8601.
        status: state of the dispute; an unknown one counts as open.
        answer_by: when the buyer has to answer the seller, as ISO 8601.
        dispute: the dispute that waits for this answer.
    """
    ends, last, answer = read_moment(protection), read_moment(refile_by), read_moment(answer_by)
    found = []
    if answer:
        what = "Answer the seller in the dispute"
        found.append(Reminder(order, what, answer.earliest, _ANSWER, dispute))
    if ends:
        found.append(_end_of_protection(order, ends, status))
    if last and (ends is None or last.earliest != ends.earliest):
        found.extend(_last_time_to_file(order, last.earliest, status))
    return tuple(sorted((each for each in found if each.at > now), key=lambda each: each.at))


def counts_as_open(status: str | None) -> bool:
    """Whether the dispute is open, or may be."""
    return status not in _BY_STATUS


def once_each(found: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """The reminders, the first one first; one for each deadline, and only its earliest time.

    Of two that advise differently, the one that was found first stays.
    """
    known: dict[str, Reminder] = {}
    for each in found:
        first = known.setdefault(each.key, each)
        if first.advice == each.advice:
            known[each.key] = min(first, each, key=lambda one: one.at)
    return tuple(sorted(known.values(), key=lambda each: each.at))


def _end_of_protection(order: str, ends: Moment, status: str | None) -> Reminder:
    advice = _BY_STATUS[DisputeStatus(status)] if status in _BY_STATUS else _OPEN
    unclear = ends.earliest != ends.latest
    return Reminder(order, "Buyer protection ends", ends.earliest, advice, zone_is_missing=unclear)


def _last_time_to_file(order: str, at: datetime, status: str | None) -> Iterator[Reminder]:
    """Nothing where the case is closed for good, or a settlement closes it."""
    if counts_as_open(status):
        when = "Only after a cancel, and not a promise."
    elif status in _NOT_FOR_GOOD:
        when = "AliExpress does not promise that it works."
    else:
        return
    yield Reminder(order, "Latest time to file a dispute again", at, f"{when} {_TOO_LATE}")


def calendar(entries: Iterable[Reminder], now: datetime) -> bytes:
    """The calendar file: an event without duration for each, with two alarms."""
    return calendar_file((_event(entry, now) for entry in entries), "reminders")


def _event(entry: Reminder, now: datetime) -> CalendarEvent:
    zone = f" ({ZONE_IS_MISSING})" if entry.zone_is_missing else ""
    return CalendarEvent(
        id=entry.key,  # of the same deadline: a calendar that reads a later file moves the event
        at=entry.at,
        made=now,
        known=now,
        title=entry.title,
        text=f"{when_short(entry.at, UTC)} UTC{zone}. {entry.advice}",
        alarms=_ALARMS,
    )
