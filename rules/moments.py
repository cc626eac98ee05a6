"""Reads a moment written as text, down to the earliest and latest that it could mean.

A time without an offset is an honest "somewhere on Earth": offsets run from UTC+14
to UTC-12, so the moment lies in a span of 26 hours. Decisions use its early end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_EARLIEST_OFFSET = timezone(timedelta(hours=14))
_LATEST_OFFSET = timezone(timedelta(hours=-12))
_LONGEST = 80
# Near the ends of the calendar neither a zone nor a span can be added, and no order is there.
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Hours east of UTC. Letters with two meanings (CST is China and Chicago) are left out:
# a wrong guess would move a deadline by most of a day.
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "edt": -4,
    "est": -5, "cdt": -5, "brt": -3, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "trt": 3,
    "jst": 9, "kst": 9,
}  # fmt: skip
_PACIFIC = frozenset({"pt", "pacific", "pacific time"})

_CLOCK = r"(?:(?:,|\s+at|T)?\s*(?P<clock>\d{1,2}:\d{2}(?::\d{2})?))?"
_ZONE = r"(?:\s*[(\[]?(?P<zone>[A-Za-z][A-Za-z_/ +\-:0-9]*)[)\]]?)?"
_DATES = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    r"(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})",
    r"(?P<day>\d{1,2})\s+(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})",
)


@dataclass(frozen=True)
class Moment:
    """A span in UTC that holds the moment; both ends are equal if an offset was given."""

    earliest: datetime
    latest: datetime

    def later(self, span: timedelta) -> Moment | None:
        """The same moment moved by exact hours, ``None`` beyond the calendar's end."""
        try:
            return Moment(self.earliest + span, self.latest + span)
        except OverflowError:
            return None


def read_moment(text: str | None) -> Moment | None:
    """Read ISO 8601, a plain date, or a date with a zone's name; ``None`` if unreadable.

    A date alone means its first minute. A local time that comes twice (autumn) or never
    (spring) is taken at the earlier of its two readings.
    """
    words = (text or "").strip()
    if not words or len(words) > _LONGEST or not words.isascii():
        return None
    try:
        moment = _from_iso(words) or _from_words(words)
    except (ValueError, OverflowError, LookupError, OSError):
        return None
    return moment if moment and _is_in_reach(moment.earliest) else None


def in_utc(moment: datetime | None) -> datetime | None:
    """The caller's clock in UTC; ``None`` without an offset or at the calendar's ends."""
    if moment is None or moment.utcoffset() is None or not _is_in_reach(moment):
        return None
    return moment.astimezone(UTC)


def _is_in_reach(moment: datetime) -> bool:
    return _FIRST_YEAR <= moment.year <= _LAST_YEAR


def earliest_of(first: Moment, second: Moment) -> Moment:
    """Whichever comes first, end by end."""
    return Moment(min(first.earliest, second.earliest), min(first.latest, second.latest))


def _from_iso(words: str) -> Moment | None:
    try:
        stamp = datetime.fromisoformat(words)
    except ValueError:
        return None
    return _anywhere(stamp) if stamp.tzinfo is None else _exactly(stamp)


def _from_words(words: str) -> Moment | None:
    for date in _DATES:
        match = re.fullmatch(date + _CLOCK + _ZONE, words)
        if match:
            parts = match.groupdict()
            stamp = datetime.fromisoformat(_iso_date(parts) + "T" + _clock(parts["clock"]))
            return _in_zone(stamp, (parts["zone"] or "").strip())
    return None


def _iso_date(parts: dict[str, str]) -> str:
    month = int(parts["month"]) if parts.get("month") else _month(parts["name"])
    return f"{int(parts['year']):04d}-{month:02d}-{int(parts['day']):02d}"


def _month(name: str) -> int:
    """The month's number; raises ValueError for a word that is none."""
    return _MONTHS.index(name[:3].lower()) + 1


def _clock(clock: str | None) -> str:
    return (clock or "00:00").zfill(8 if clock and clock.count(":") > 1 else 5)


def _in_zone(stamp: datetime, zone: str) -> Moment | None:
    if not zone:
        return _anywhere(stamp)
    offset = _offset(zone)
    return None if offset is None else _exactly(stamp.replace(tzinfo=offset))


def _offset(zone: str) -> tzinfo | None:
    """The zone behind its letters (PST), its name (America/Los_Angeles) or GMT+8."""
    word = zone.casefold()
    if word in _ZONES:
        return timezone(timedelta(hours=_ZONES[word]))
    if word in _PACIFIC:
        return _named("America/Los_Angeles")
    shift = re.fullmatch(r"(?:utc|gmt)\s?([+-])(\d{1,2})(?::?(\d{2}))?", word)
    if shift:
        sign, hours, minutes = shift.groups()
        span = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(span if sign == "+" else -span)
    return _named(zone) if re.fullmatch(r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+){1,2}", zone) else None


def _named(key: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  few deadlines name a zone; start-up counts

    return ZoneInfo(key)


def _exactly(stamp: datetime) -> Moment:
    """One instant; of the two readings at a change of clocks, the earlier."""
    readings = (stamp.replace(fold=0), stamp.replace(fold=1))
    instant = min(reading.astimezone(UTC) for reading in readings)
    return Moment(instant, instant)


def _anywhere(stamp: datetime) -> Moment:
    return Moment(
        stamp.replace(tzinfo=_EARLIEST_OFFSET).astimezone(UTC),
        stamp.replace(tzinfo=_LATEST_OFFSET).astimezone(UTC),
    )
