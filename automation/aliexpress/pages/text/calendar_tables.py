"""Tables of the names that CLDR has for months, days, parts of a day and units of time, through Babel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from automation.aliexpress.pages.text.plain import bare, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
_CONTEXTS: Final = ("format", "stand-alone")
_WIDTHS: Final = ("wide", "abbreviated")
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


class Tables(TypedDict):
    """As ``CalendarWords`` has them, in plain values."""

    months: dict[str, int]
    halves: dict[str, str]
    weekdays: list[str]
    dotted_clock: bool
    spans: list[str]
    units: dict[str, int]


def calendar_tables(names: tuple[str, ...]) -> Tables:
    """The words of the language of these locales, plus English ones that mean nothing else in it."""
    own = [found for name in names if (found := _locale(name))]
    english = [Locale("en")]
    every = [*english, *own]
    return Tables(
        months=_single(_month_names(own), _month_names(english)),
        halves={**_halves(english), **_halves(own)},
        weekdays=_weekdays(every),
        dotted_clock=bool(own) and "." in str(own[0].time_formats["short"].pattern),
        spans=sorted({word for word, _ in _unit_names(every)}),
        units=_single(_unit_names(own), _unit_names(english)),
    )


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
            if key in _HALVES and (word := bare(plain(str(name)))):
                yield word, _HALVES[key]


def _halves(locales: list[Locale]) -> dict[str, str]:
    """Day periods; "du matin" is both morning and night: the hours before noon."""
    return {word: _one_half(found) for word, found in _meanings(_half_names(locales)).items()}


def _one_half(meanings: set[str]) -> str:
    if len(meanings) == 1:
        return next(iter(meanings))
    if meanings == {"am", "night"}:
        return "am"
    return "night" if meanings == {"midnight", "night"} else "unclear"


def _weekdays(locales: list[Locale]) -> list[str]:
    names = (name for table in _tables(locales, "days") for name in table.values())
    return sorted({plain(str(name)).rstrip(". ") for name in names})


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


def _single(own: Iterator[tuple[str, T]], english: Iterator[tuple[str, T]]) -> dict[str, T]:
    """The words with exactly one meaning; English ones if the language itself does not use them."""
    found = {**_meanings(english), **_meanings(own)}
    return {word: next(iter(means)) for word, means in found.items() if len(means) == 1}


def _meanings(pairs: Iterator[tuple[str, T]]) -> dict[str, set[T]]:
    found: dict[str, set[T]] = {}
    for word, meaning in pairs:
        found.setdefault(word, set()).add(meaning)
    return found
