"""Write one event as a calendar file (RFC 5545).

The event has no duration. Calendars are shared and synchronised, so its title and text must
say no more than is needed to recognise it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST_ALARM = timedelta(hours=1)
_LONGEST_LINE = 75  # octets, its end not counted: RFC 5545, section 3.1


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One moment with alarms before it.

    Args:
        id: the same for each copy of the event, and for no other event; only its hash is written.
        known: when the event became known; alarms before that are left out.
        file: its name beside a receipt.
        alarms: how long before the moment they ring.
    """

    file: str
    id: str
    at: datetime
    made: datetime
    known: datetime
    title: str
    text: str
    alarms: tuple[timedelta, ...]


def calendar_file(event: CalendarEvent) -> bytes:
    """The bytes of an ``.ics`` file with this event alone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dispute-guard//receipt//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_uid(event)}",
        f"DTSTAMP:{stamp(event.made)}",
        f"DTSTART:{stamp(event.at)}",
        f"SUMMARY:{_escaped(event.title)}",
        f"DESCRIPTION:{_escaped(event.text)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        *_alarms(event),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def stamp(moment: datetime) -> str:
    """A moment in UTC as calendars write it, which also sorts as a file name."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _alarms(event: CalendarEvent) -> Iterator[str]:
    """An alarm for each lead time that is not past, or one an hour before."""
    left = event.at - event.known
    ahead = [lead for lead in event.alarms if lead < left]
    for lead in ahead or [_LAST_ALARM]:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:-PT{lead // timedelta(hours=1)}H",
            f"DESCRIPTION:{_escaped(event.title)}",
            "END:VALARM",
        )


def _uid(event: CalendarEvent) -> str:
    return f"{hashlib.sha256(event.id.encode()).hexdigest()[:32]}@dispute-guard"


def _escaped(text: str) -> str:
    """A TEXT value (section 3.3.11)."""
    for char in "\\;,":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line folded at 75 octets, never inside a character."""
    pieces = [b""]
    for char in line:
        octets = char.encode()
        if len(pieces[-1]) + len(octets) > _LONGEST_LINE:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces)
