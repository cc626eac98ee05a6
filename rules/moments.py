"""The earliest and latest time that an ISO 8601 text can mean.

A time without an offset means "somewhere on Earth": offsets run from UTC+14 to
UTC-12, so it covers a span of 26 hours. Decisions use the early end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

_EARLIEST_OFFSET = timezone(timedelta(hours=14))
_LATEST_OFFSET = timezone(timedelta(hours=-12))
_LONGEST = 80
# Python takes any character between date and time, also a digit: a long number would be a date.
_DATE_AND_TIME: Final = re.compile(
    r"\d{4}(-?\d\d-?\d\d|-?W\d\d(-?\d)?)([Tt ].+)?", re.ASCII | re.DOTALL
)
# Near the ends of the calendar, adding a zone or a span overflows. No order is that old.
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


@dataclass(frozen=True)
class Moment:
    """A span in UTC that contains the moment; both ends are equal if an offset was given."""

    earliest: datetime
    latest: datetime

    def later(self, span: timedelta) -> Moment:
        """The moment plus a span; moments are read far from the ends of the calendar."""
        return Moment(self.earliest + span, self.latest + span)


def read_moment(text: str | None) -> Moment | None:
    """Read ISO 8601; ``None`` if unreadable.

    A bare date means its first minute. Dates in words are converted to ISO 8601 before they
    get here, by the code that knows the site's languages.
    """
    words = (text or "").strip()
    if not words or len(words) > _LONGEST or not words.isascii():
        return None
    try:
        stamp = _stamp(words)
        moment = _anywhere(stamp) if stamp.tzinfo is None else _exactly(stamp)
    except (ValueError, OverflowError):
        return None
    return moment if _is_in_reach(moment.earliest) else None


def iso_text(text: str) -> str | None:
    """What a person typed, if it is ISO 8601 already, in any of its forms."""
    words = text.strip()
    try:
        _stamp(words)
    except ValueError:
        return None
    return words if len(words) <= _LONGEST else None


def _stamp(words: str) -> datetime:
    """Date and time of ISO 8601.

    Raises:
        ValueError: it is another text.
    """
    if not _DATE_AND_TIME.fullmatch(words):
        raise ValueError(words)
    return datetime.fromisoformat(words)


def instant(stamp: datetime, zone: tzinfo) -> datetime:
    """A local time in UTC; where the clock change makes it ambiguous, the earlier reading."""
    readings = (stamp.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return min(reading.astimezone(UTC) for reading in readings)


def in_utc(moment: datetime | None) -> datetime | None:
    """The caller's clock in UTC; ``None`` without an offset or near the ends of the calendar."""
    if moment is None or moment.utcoffset() is None or not _is_in_reach(moment):
        return None
    return moment.astimezone(UTC)


def _is_in_reach(moment: datetime) -> bool:
    return _FIRST_YEAR <= moment.year <= _LAST_YEAR


def earliest_of(first: Moment, second: Moment) -> Moment:
    """The earlier of two moments, for each end of the span."""
    return Moment(min(first.earliest, second.earliest), min(first.latest, second.latest))


def _exactly(stamp: datetime) -> Moment:
    moment = stamp.astimezone(UTC)
    return Moment(moment, moment)


def _anywhere(stamp: datetime) -> Moment:
    return Moment(
        stamp.replace(tzinfo=_EARLIEST_OFFSET).astimezone(UTC),
        stamp.replace(tzinfo=_LATEST_OFFSET).astimezone(UTC),
    )
