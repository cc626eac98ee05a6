"""Moments in a page's words, in the page's own language (site facts, section 6).

Only a reading without a doubt counts. A date that may be two days (03/04/2026), a year
of an unnamed era or a foreign time zone is there but ``None``. Where no zone is named
the site means Pacific time, and a date without a time means its first moment: the
earliest reading costs no money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from automation.pages.calendar_words import CalendarWords, calendar_words, plain

if TYPE_CHECKING:
    from automation.site import WordPack

PACIFIC: Final = ZoneInfo("America/Los_Angeles")
_BUDDHIST: Final = 543
_FIRST_BUDDHIST_YEAR: Final = 2400
_MONTHS: Final = 12
_NIGHT_ENDS: Final = 6

_YEAR: Final = r"(?P<{0}>2[05-6]\d\d)(?!\d)"
_DAY: Final = r"(?<![\d.,:/])(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|o|a|\.|-?го|-?е|일|日)?"
_LINKS: Final = r"(?:(?:de|del|di|of|the|nam|năm)\s+|ב)?"
_ERA: Final = r"(?P<{0}>พ\.?ศ\.?|ค\.?ศ\.?)?\s*"
_DATE: Final = "|".join((
    r"(?<!\d)(?P<y0>20\d\d)\s?[年년]\s?(?P<m0>\d{{1,2}})\s?[月월]\s?(?P<d0>\d{{1,2}})\s?[日일]",
    r"(?<![\d.])(?P<y1>20\d\d)\s?(?P<s1>[-/.])\s?(?P<m1>\d{{1,2}})\s?(?P=s1)\s?(?P<d1>\d{{1,2}})(?!\d)(?:\.(?!\d))?",
    _DAY.format("d2") + rf"\s*-?\s*{_LINKS}(?P<n2>{{month}})\.?[,-]?\s*{_LINKS}" + _ERA.format("e2") + _YEAR.format("y2"),
    r"(?<![^\W\d_])(?P<n3>{month})\.?\s*" + _DAY.format("d3") + rf",?\s*{_LINKS}" + _ERA.format("e3") + _YEAR.format("y3"),
    r"(?<![\d./-])(?P<a4>\d{{1,2}})\s?(?P<s4>[-/.])\s?(?P<b4>\d{{1,2}})\s?(?P=s4)\s?" + _ERA.format("e4") + _YEAR.format("y4"),
)).replace("{{", "{").replace("}}", "}")  # fmt: skip
_CLOCK: Final = (
    r"(?:(?P<before>{half})\s*)?(?<!\d)(?P<h>\d{1,2})\s?(?:[:h時시]|giờ|นาฬิกา){dot}\s?(?P<mi>\d{2}|\d(?=\s?[分분]))\s?(?:分|분|phút|นาที)?"
    r"(?:\s?[:.]?(?P<s>\d{2}|\d(?=\s?[秒초]))(?:\.\d+)?\s?(?:秒|초|วินาที)?)?(?!\d)(?:\s*(?P<after>{half}))?"
)
_ZONE: Final = re.compile(
    r"\s*(?:uhr\b)?\s*[(,]?\s*(?P<zone>z\b|utc|gmt|pst\b|pdt\b|pt\b|[+-]\d{2}:?\d{2})?"
    r"(?P<shift>(?<=utc|gmt)\s?[+-]\d{1,2}(?::?\d{2})?)?"
)
_NAMED_ZONE: Final = r"\s*(?:(?:utc|gmt)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|pst|pdt|pt)"
_IN_BRACKETS: Final = re.compile(r"\s*\(([^()\d]{1,60})\)")
_PACIFIC_WORDS: Final = re.compile(
    r"^(?:pst|pdt|pt|utc|gmt)$|pacifi|pacyfi|pazifi|pasifik|тихоокеан|태평양|太平洋|แปซิฟิก|thái bình dương|الهادئ|השקט"
)
# Another zone than the site's: the moment could be told, but who wrote it so is not known.
_FOREIGN: Final = re.compile(
    r"\b(?:[ECM][SD]T|CES?T|EES?T|WES?T|BS?T|BRT|MSK|МСК|мск|IST|KST|JST|HKT|SGT|ICT|WIB|WITA|WIT|TRT|A[EC][SD]T)\b"
    r"|московск|Moscow|Beijing|北京"
)


@dataclass(frozen=True)
class _Grammar:
    """The patterns of one language."""

    words: CalendarWords
    dates: re.Pattern[str]
    clock_after: re.Pattern[str]
    clock_before: re.Pattern[str]


def dates_in(text: str, words: WordPack) -> list[str | None]:
    """Absolute moments of a text as ISO 8601 in UTC; ``None`` for one with no single reading."""
    grammar = _grammar(words.lang, words.locales, words.at)
    folded = plain(text)
    foreign = bool(_FOREIGN.search(text))
    return [
        None if day is None else _moment(day, folded[: match.start()], folded[match.end() :], grammar, foreign=foreign)
        for match in grammar.dates.finditer(folded)
        for day in _days(match, grammar.words)
    ]  # fmt: skip


@cache
def _grammar(lang: str, locales: tuple[str, ...], at: tuple[str, ...]) -> _Grammar:
    words = calendar_words(lang, locales)
    clock = _CLOCK.replace("{half}", words.half_pattern)
    either = clock.replace("{dot}", "")
    dotted = clock.replace("(?:[:h時시]|giờ|นาฬิกา){dot}", "[:.]") if words.dotted_clock else either
    # A word before a time: "at", "um", "o godz.", spelled as it stands and not inside a longer one.
    connectors = "".join(rf"{re.escape(plain(word))}(?![^\W\d_])\s*|" for word in at)
    link = rf"(?:\s?[гр]\.)?(?:\s?\([^()\d]{{1,14}}\))?[\s,|t]*{words.weekday_pattern}(?:-\s)?[\s(]*(?:{connectors})?"
    return _Grammar(
        words,
        re.compile(_DATE.replace("{month}", words.month_pattern)),
        re.compile(rf"{link}{dotted}"),
        re.compile(
            rf"(?<![\d:.]){either}(?P<tail>{_NAMED_ZONE})?\s*,?\s*{words.weekday_pattern}(?:ngày\s*)?$"
        ),
    )


def _days(match: re.Match[str], words: CalendarWords) -> list[date | None]:
    """The day that a match means: none, one, or ``None`` if it cannot be told."""
    part = {key: value for key, value in match.groupdict().items() if value}
    year = _year(part)
    if "a4" in part:
        return _of_numbers(year, int(part["a4"]), int(part["b4"]))
    name = part.get("n2") or part.get("n3")
    month = words.month(name) if name else int(part.get("m0") or part["m1"])
    if month is None:
        return []
    if year is None:
        return [None]
    day = next(int(part[key]) for key in ("d0", "d1", "d2", "d3") if key in part)
    return _valid(year, month, day)


def _year(part: dict[str, str]) -> int | None:
    """The year; a Buddhist one only where its era is named, ``None`` where it could be either."""
    year = next(int(part[key]) for key in ("y0", "y1", "y2", "y3", "y4") if key in part)
    era = next((part[key] for key in ("e2", "e3", "e4") if key in part), "")
    buddhist = year >= _FIRST_BUDDHIST_YEAR
    if era.startswith("พ"):
        return year - _BUDDHIST if buddhist else None
    return None if buddhist else year


def _of_numbers(year: int | None, one: int, other: int) -> list[date | None]:
    """Day and month in unknown order: one reading, or none that is sure."""
    if year is None:
        return [None]
    both = one <= _MONTHS and other <= _MONTHS
    if both and one != other:
        return [None]
    return _valid(year, min(one, other), max(one, other))


def _valid(year: int, month: int, day: int) -> list[date | None]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return [None]


def _moment(day: date, before: str, rest: str, grammar: _Grammar, *, foreign: bool) -> str | None:
    clock = grammar.clock_after.match(rest)
    if clock is not None:
        rest = rest[clock.end() :]
    elif (clock := grammar.clock_before.search(before)) is not None:
        rest = clock["tail"] or rest
    at = _time(clock, grammar.words) if clock else time()
    if at is None or (foreign and clock) or _other_zone(rest, grammar.words):
        return None
    zone = _ZONE.match(rest)
    return _with_zone(
        datetime.combine(day, at), zone["zone"] if zone else None, zone["shift"] if zone else None
    )


def _time(clock: re.Match[str], words: CalendarWords) -> time | None:
    """The time of day, ``None`` for one that no clock shows."""
    hour = int(clock["h"])
    half = words.half(clock["after"] or "") or words.half(clock["before"] or "")
    if half == "unclear":
        return None
    if half == "night":
        half = "am" if hour < _NIGHT_ENDS or hour == _MONTHS else "pm"
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(clock["mi"]), int(clock["s"] or 0))
    except ValueError:
        return None


def _other_zone(rest: str, words: CalendarWords) -> bool:
    """True if brackets behind a moment name something that is neither the site's zone nor a day."""
    named = _IN_BRACKETS.match(rest)
    if named is None or named[1].strip(" .") in words.weekdays:
        return False
    return not _PACIFIC_WORDS.search(named[1].strip())


def _with_zone(at: datetime, zone: str | None, shift: str | None) -> str:
    if zone in {"z", "utc", "gmt"}:
        base = at.replace(tzinfo=UTC)
        return (base - _offset(shift.strip())).isoformat() if shift else base.isoformat()
    if zone in {"pst", "pdt"}:
        # An explicit abbreviation is a fixed offset, whatever the date would have.
        hours = 8 if zone == "pst" else 7
        return (at.replace(tzinfo=UTC) + timedelta(hours=hours)).isoformat()
    if zone and zone[0] in "+-":
        return (at.replace(tzinfo=UTC) - _offset(zone)).isoformat()
    # fold=0 is the earlier of two readings on the night when clocks go back.
    return at.replace(tzinfo=PACIFIC, fold=0).astimezone(UTC).isoformat()


def _offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    hours, _, minutes = text[1:].partition(":")
    if not minutes and len(hours) > len("00"):
        hours, minutes = hours[:-2], hours[-2:]
    return sign * timedelta(hours=int(hours), minutes=int(minutes or 0))
