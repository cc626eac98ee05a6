"""Reminders before a cancel: the deadlines that are known, as a calendar file (RFC 5545).

Of an order a calendar has only the last eight digits, enough to recognise it: calendars are
shared and synchronised.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from automation.aliexpress.plan.order_number import short
from automation.text import when_short
from rules.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from icalendar import Event

_ALARMS: Final = (timedelta(days=3), timedelta(days=1))
_LAST_ALARM: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Reminder:
    """One deadline.

    Args:
        order: the order's number; empty if it is not known.
        what: what ends then.
        advice: what to do before.
        dispute: its id, if an order's disputes have deadlines of their own.
    """

    order: str
    what: str
    at: datetime
    advice: str
    dispute: str = ""

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
    answer_by: str | None = None,
    dispute: str = "",
) -> tuple[Reminder, ...]:
    """The deadlines of one order that are still to come, the first one first.

    Args:
        protection: end of the buyer protection as ISO 8601; without an offset, its earliest
            meaning counts.
        refile_by: the latest time to file again after a cancel, as ISO 8601.
        answer_by: when the buyer has to answer the seller, as ISO 8601.
        dispute: the dispute that waits for this answer.
    """
    ends, last, answer = read_moment(protection), read_moment(refile_by), read_moment(answer_by)
    found = []
    if answer:
        found.append(
            Reminder(
                order, "Answer the seller in the dispute", answer.earliest,
                "Without your answer the site may carry out a proposal by itself. To answer is not "
                "to accept.", dispute,
            )
        )  # fmt: skip
    if ends:
        found.append(
            Reminder(
                order, "Buyer protection ends", ends.earliest,
                "After that you can no longer dispute this order. Keep the dispute open until "
                "the problem is solved.",
            )
        )  # fmt: skip
    if last and (ends is None or last.earliest != ends.earliest):
        found.append(
            Reminder(
                order, "Latest time to file a dispute again", last.earliest,
                "Only after a cancel, and not a promise. After that you can no longer dispute "
                "this order.",
            )
        )  # fmt: skip
    return tuple(sorted((each for each in found if each.at > now), key=lambda each: each.at))


def calendar(entries: Iterable[Reminder], now: datetime) -> bytes:
    """The calendar file: an event without duration for each, with two alarms."""
    from icalendar import Calendar  # noqa: PLC0415  slow to load, and rarely needed

    file = Calendar()
    file.add("prodid", "-//dispute-guard//reminders//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for entry in entries:
        file.add_component(_event(entry, now))
    written: bytes = file.to_ical()
    return written


def _event(entry: Reminder, now: datetime) -> Event:
    from icalendar import Alarm, Event  # noqa: PLC0415

    at = entry.at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", at)
    event.add("summary", entry.title)
    event.add("description", f"{when_short(at, UTC)} UTC. {entry.advice}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for ahead in _alarms(at - now):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -ahead)
        event.add_component(alarm)
    return event


def _alarms(left: timedelta) -> Iterator[timedelta]:
    """Each lead time that is not past yet, or an hour."""
    ahead = [each for each in _ALARMS if each < left]
    yield from ahead or [_LAST_ALARM]


def _uid(entry: Reminder) -> str:
    """The same for the same deadline: a calendar that reads a later file moves the event."""
    of = f"{entry.order}/{entry.what}" + (f"/{entry.dispute}" if entry.dispute else "")
    return f"{hashlib.sha256(of.encode()).hexdigest()[:32]}@dispute-guard"
