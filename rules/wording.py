"""Dates, spans and counts as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# English in every locale.
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
ZONE_IS_MISSING = "the date has no time zone, so the earliest possible time counts"
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def date_text(moment: datetime) -> str:
    """A time in UTC, such as ``15 Dec 2026, 18:39 UTC``; seconds are cut off, never rounded up."""
    stamp = moment.astimezone(UTC)
    return f"{stamp.day} {_MONTHS[stamp.month - 1]} {stamp.year}, {stamp:%H:%M} UTC"


def span_text(span: timedelta) -> str:
    """A span, rounded down, such as ``12 days and 21 hours`` or ``less than a minute``."""
    if span >= 3 * _DAY:
        days, rest = divmod(span, _DAY)
        hours = rest // _HOUR
        return counted(days, "day") + (f" and {counted(hours, 'hour')}" if hours else "")
    if span >= _HOUR:
        hours, rest = divmod(span, _HOUR)
        minutes = rest // _MINUTE
        return counted(hours, "hour") + (f" and {counted(minutes, 'minute')}" if minutes else "")
    if span >= _MINUTE:
        return counted(span // _MINUTE, "minute")
    return "less than a minute"


def counted(number: int, thing: str) -> str:
    """A count, such as ``1 day`` or ``2 days``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def one_line(text: str, limit: int = 160) -> str:
    """One line of at most ``limit`` characters."""
    line = " ".join(text[: limit * 4].split())
    return line if len(line) <= limit else line[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
