"""Dates, spans and counts as a buyer reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def date_text(moment: datetime) -> str:
    """Such as ``23 June 2026, 09:00 UTC``; seconds only if there are any."""
    stamp = moment.astimezone(UTC)
    clock = f"{stamp:%H:%M:%S}" if stamp.second else f"{stamp:%H:%M}"
    return f"{stamp.day} {stamp:%B} {stamp.year}, {clock} UTC"


def span_text(span: timedelta) -> str:
    """Such as ``12 days and 21 hours``, ``11 hours``, ``less than a minute``."""
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
    """``1 day``, ``2 days``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def one_line(text: str, limit: int = 160) -> str:
    """One line of at most ``limit`` characters."""
    line = " ".join(text[: limit * 4].split())
    return line if len(line) <= limit else line[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
