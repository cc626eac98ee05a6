"""Write events as a calendar file (RFC 5545).

The events have no duration. Calendars are shared and synchronised, so a title and a text must say
no more than is needed to recognise it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from icalendar import Event

_LAST_ALARM = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


class CalendarEvent(Struct, frozen=True):
    """One moment with alarms before it.

    Args:
        id: the same for each copy of the event, and for no other event; only its hash is written.
        known: when the event became known; alarms before that are left out.
        alarms: how long before the moment they ring.
        file: its name beside a receipt.
    """

    id: str
    at: datetime
    made: datetime
    known: datetime
    title: str
    text: str
    alarms: tuple[timedelta, ...]
    file: str = "event.ics"


def calendar_file(events: Iterable[CalendarEvent], maker: str = "receipt") -> bytes:
    """The bytes of an ``.ics`` file with these events.

    Args:
        maker: the part of this program that writes it.
    """
    from icalendar import Calendar  # noqa: PLC0415  slow to load, and rarely needed

    file = Calendar()
    file.add("prodid", f"-//dispute-guard//{maker}//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for event in events:
        file.add_component(_component(event))
    written: bytes = file.to_ical()
    return written


def stamp(moment: datetime) -> str:
    """A moment in UTC as calendars write it, which also sorts as a file name."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _component(event: CalendarEvent) -> Event:
    from icalendar import Alarm, Event  # noqa: PLC0415

    component = Event()
    component.add("uid", f"{hashlib.sha256(event.id.encode()).hexdigest()[:32]}@dispute-guard")
    component.add("dtstamp", _whole_second(event.made))
    component.add("dtstart", _whole_second(event.at))
    component.add("summary", event.title)
    component.add("description", event.text)
    component.add("class", "PRIVATE")
    component.add("transp", "TRANSPARENT")
    for ahead in _alarms(event):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.title)
        alarm.add("trigger", -ahead)
        component.add_component(alarm)
    return component


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _alarms(event: CalendarEvent) -> Iterator[timedelta]:
    """Each lead time that is not past, or an hour; in the last hour half of what is left."""
    left = max(event.at - event.known, timedelta())
    ahead = [lead for lead in event.alarms if lead < left]
    # A calendar drops an alarm that is past when it reads the file.
    yield from ahead or [min(_LAST_ALARM, left // 2 // _MINUTE * _MINUTE)]
