"""Month names and day periods of each language, from CLDR through Babel."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
_CONTEXTS: Final = ("format", "stand-alone")
_WIDTHS: Final = ("wide", "abbreviated")
_SHORTEST_PREFIX: Final = 3
_UNITS: Final = {
    "duration-week": 604_800, "duration-day": 86_400, "duration-hour": 3600, "duration-minute": 60,
    "duration-second": 1,
}  # fmt: skip
_UNIT_WIDTHS: Final = ("long", "short", "narrow")
# One number for each plural form of any language.
_COUNTS: Final = (0, 1, 2, 3, 5, 11, 21)
_HALVES: Final = {
    "am": "am", "morning1": "am", "morning2": "am", "midnight": "midnight", "noon": "pm",
    "pm": "pm", "afternoon1": "pm", "afternoon2": "pm", "evening1": "pm", "evening2": "pm",
    "night1": "night", "night2": "night",
}  # fmt: skip
_SIGNS: Final = str.maketrans({"،": ",", "−": "-", "٫": ".", "٬": ","})


def plain(text: str) -> str:
    """Text folded like labels, with the digits of any script as ``0`` to ``9``."""
    folded = fold(text).translate(_SIGNS)
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in folded)


@dataclass(frozen=True)
class CalendarWords:
    """The words that dates of one language use, folded by ``plain``.

    Args:
        months: names and their numbers, without names that two months share.
        halves: day periods without dots and spaces, as ``am``, ``pm``, ``night``, ``midnight``
            or ``unclear``.
        dotted_clock: the language writes 23.59.
        spans: names of all units of time.
        units: names of weeks, days, hours, minutes and seconds, and their abbreviations, with
            their seconds; without names that two units share.
    """

    months: dict[str, int]
    halves: dict[str, str]
    weekdays: frozenset[str]
    dotted_clock: bool
    spans: frozenset[str] = frozenset()
    units: dict[str, int] = field(default_factory=dict)

    def month(self, word: str) -> int | None:
        """The number of a month, from its name, abbreviation or a unique prefix."""
        name = word.rstrip(". ")
        if name in self.months:
            return self.months[name]
        if len(name) < _SHORTEST_PREFIX or not name.isalpha():
            return None
        begun = {number for full, number in self.months.items() if full.startswith(name)}
        return begun.pop() if len(begun) == 1 else None

    def half(self, word: str) -> str:
        """What a day period means, empty for none."""
        return self.halves.get(_bare(word), "")

    @cached_property
    def month_pattern(self) -> str:
        """A pattern for any month's name, or a word that may be a prefix of one."""
        names = sorted(self.months, key=len, reverse=True)
        ends = (re.escape(n) + (r"(?!\d)" if n[-1].isdigit() else r"(?![^\W\d_])") for n in names)
        return "(?:" + "|".join(ends) + r"|[^\W\d_]{3,12})"

    @cached_property
    def weekday_pattern(self) -> str:
        """A pattern for an optional weekday, with or without a comma."""
        names = sorted(self.weekdays - {""}, key=len, reverse=True)
        return rf"(?:(?:{'|'.join(map(re.escape, names))})(?![^\W\d_])\.?,?\s*)?"

    @cached_property
    def half_pattern(self) -> str:
        """A pattern for any day period, with or without dots and spaces between its letters."""
        names = sorted(self.halves, key=len, reverse=True)
        spelled = (r"[.\s]*".join(map(re.escape, name)) for name in names)
        return "(?:" + "|".join(spelled) + r")\.?(?![^\W\d_])"


@cache
def calendar_words(lang: str, locales: tuple[str, ...]) -> CalendarWords:
    """The words of a language, plus English ones that mean nothing else in it."""
    own = [found for name in (locales or (lang,)) if (found := _locale(name))]
    english = [Locale("en")]
    months = {**_single(_month_names(english)), **_single(_month_names(own))}
    halves = {**_halves(english), **_halves(own)}
    dotted = bool(own) and "." in str(own[0].time_formats["short"].pattern)
    every = [*english, *own]
    spans = frozenset(word for word, _ in _unit_names(every))
    units = {**_single(_unit_names(english)), **_single(_unit_names(own))}
    return CalendarWords(months, halves, _weekdays(every), dotted, spans, units)


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None


def _month_names(locales: list[Locale]) -> Iterator[tuple[str, int]]:
    for table in _tables(locales, "months"):
        for number, name in table.items():
            if (word := plain(str(name)).rstrip(". ")) and not word.isdigit():
                yield word, int(number)


def _half_names(locales: list[Locale]) -> Iterator[tuple[str, str]]:
    for table in _tables(locales, "day_periods"):
        for key, name in table.items():
            if key in _HALVES and (word := _bare(plain(str(name)))):
                yield word, _HALVES[key]


def _halves(locales: list[Locale]) -> dict[str, str]:
    """Day periods; "du matin" is both morning and night: the hours before noon."""
    meanings: dict[str, set[str]] = {}
    for word, meaning in _half_names(locales):
        meanings.setdefault(word, set()).add(meaning)
    return {word: _one_half(found) for word, found in meanings.items()}


def _one_half(meanings: set[str]) -> str:
    if len(meanings) == 1:
        return next(iter(meanings))
    if meanings == {"am", "night"}:
        return "am"
    return "night" if meanings == {"midnight", "night"} else "unclear"


def _weekdays(locales: list[Locale]) -> frozenset[str]:
    names = (name for table in _tables(locales, "days") for name in table.values())
    return frozenset(plain(str(name)).rstrip(". ") for name in names)


def _tables(locales: list[Locale], name: str) -> Iterator[dict[int | str, object]]:
    for locale in locales:
        data = getattr(locale, name)
        for context in _CONTEXTS:
            for width in _WIDTHS:
                yield dict(data.get(context, {}).get(width, {}))


def _unit_names(locales: list[Locale]) -> Iterator[tuple[str, int]]:
    """Names of units of time in all plural forms and widths: "days", "Tage", "g."."""
    for locale in locales:
        for unit, seconds in _UNITS.items():
            for count in _COUNTS:
                for width in _UNIT_WIDTHS:
                    named = plain(format_unit(count, unit, length=width, locale=locale))
                    if word := re.sub(r"\d", " ", named).strip(" ."):
                        yield word, seconds


def _single(pairs: Iterator[tuple[str, T]]) -> dict[str, T]:
    """The words with exactly one meaning."""
    found: dict[str, T] = {}
    twice: set[str] = set()
    for word, meaning in pairs:
        if found.setdefault(word, meaning) != meaning:
            twice.add(word)
    return {word: meaning for word, meaning in found.items() if word not in twice}


def _bare(word: str) -> str:
    return re.sub(r"[.\s]", "", word)
