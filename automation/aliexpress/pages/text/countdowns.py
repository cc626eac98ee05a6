"""Read until when a status waits: "Waiting for your response (3 d 04:12:33 left)".

Only a whole reading counts: a number without a unit, and a date that is past or unclear tell nothing.
Neither does a span that may be one that has gone by: its words say that it is left, or it ticks,
days or hours down to seconds, without a word. A page has no clock of ours, so a span becomes a moment
only where the time of reading is known.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages.text.calendar_words import calendar_words
from automation.aliexpress.pages.text.dates import dates_in
from automation.aliexpress.pages.text.plain import plain
from automation.aliexpress.site.words import WordList
from rules.moments import read_moment

if TYPE_CHECKING:
    from automation.aliexpress.site import WordPack

_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])")
_SHORT: Final = {"hrs": 3600, "mins": 60, "secs": 1}
# Alone it may be a time of day.
_A_CLOCK: Final = [3600, 60, 1]
# A longer span is no time to answer in, so it is something else.
_MOST: Final = timedelta(days=120)


class Countdown(Struct, frozen=True):
    """How long something waits.

    Args:
        left: the span that the page shows; counts from the moment of reading.
        until: the moment that it shows, as ISO 8601.
    """

    left: timedelta | None = None
    until: str | None = None

    def ends(self, now: datetime) -> datetime | None:
        """When it ends, at the earliest; ``None`` if that is not known or past.

        Args:
            now: when the page was read, or a little later.
        """
        if self.left is not None:
            return (now + self.left).replace(second=0, microsecond=0)
        moment = read_moment(self.until)
        return moment.earliest if moment and now < moment.earliest < now + _MOST else None


def read_countdown(rest: str, words: WordPack) -> Countdown:
    """What a status line says behind its words, in its language; empty if that is unclear."""
    dates = dates_in(rest, words)
    if dates:
        return Countdown(until=dates[0] if len(dates) == 1 else None)
    span = _span(plain(rest), words)
    says_left = WordList((*words.remaining, *words.countdown)).found_in(rest)
    return Countdown(left=span.length if span and (says_left or span.ticks) else None)


class _Span(Struct, frozen=True):
    """A length of time, and whether it goes down to seconds without a word beside it."""

    length: timedelta
    ticks: bool


def _span(text: str, words: WordPack) -> _Span | None:
    """The sum of a text's numbers, each with its unit; ``None`` if any is without one."""
    units = _units(words.lang, words.locales)
    counted = _counted(words.lang, words.locales)
    parts = [(int(number), units[unit]) for number, unit in counted.findall(text)]
    rest = counted.sub(" ", text)
    clock = _CLOCK.search(rest)
    if clock:
        hours, minutes, seconds = clock.groups()
        if seconds is None and not parts:
            return None  # hours and minutes, or minutes and seconds
        parts += [(int(hours), 3600), (int(minutes), 60), (int(seconds or 0), 1)]
        rest = _CLOCK.sub(" ", rest, count=1)
    sizes = [size for _, size in parts]
    if not parts or any(map(str.isdigit, rest)) or sizes != sorted(set(sizes), reverse=True):
        return None
    length = timedelta(seconds=sum(number * size for number, size in parts))
    ticks = (
        sizes[-1] == 1 and len(sizes) > 1 and sizes != _A_CLOCK and not any(map(str.isalpha, rest))
    )
    return _Span(length, ticks) if timedelta() < length <= _MOST else None


@cache
def _counted(lang: str, locales: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a number and its unit."""
    names = sorted(_units(lang, locales), key=len, reverse=True)
    return re.compile(
        rf"(?<![\d:.,])(\d{{1,3}})\s*({'|'.join(map(re.escape, names))})(?![^\W\d_])\.?"
    )


@cache
def _units(lang: str, locales: tuple[str, ...]) -> dict[str, int]:
    """Names of units and their seconds, with abbreviations that CLDR has not."""
    return _SHORT | calendar_words(lang, locales).units
