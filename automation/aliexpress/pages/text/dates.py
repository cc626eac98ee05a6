"""Read dates as pages write them and as buyers type them (site facts, section 6).

Both come out as ISO 8601, which ``rules.moments`` interprets, so a text means the same
wherever it is. Only an unambiguous reading counts: a date that could be two days
(03/04/2026), a year without its era, or an ambiguous zone gives ``None``. A text without a
zone stays without an offset.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from automation.aliexpress.pages.text.calendar_words import CalendarWords, calendar_words
from automation.aliexpress.pages.text.plain import plain
from rules.moments import instant, iso_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.site import WordPack

PACIFIC: Final = ZoneInfo("America/Los_Angeles")
_UNSURE: Final = timezone(timedelta(0), "unsure")
_BUDDHIST: Final = 543
_FIRST_BUDDHIST_YEAR: Final = 2400
_MONTHS: Final = 12
# "At night" is before six, or from noon on; "12 at night" is midnight.
_NIGHT_ENDS: Final = 6
_TWELVE: Final = 12

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
# Hours east of UTC. Ambiguous abbreviations (CST is China and Chicago) are missing: a wrong
# guess could move a deadline by most of a day. Only capitals count: "est" is a word.
_HOURS: Final = {
    "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CDT": -5, "EST": -5, "EDT": -4, "BRT": -3, "WET": 0,
    "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3, "мск": 3, "TRT": 3, "HKT": 8,
    "SGT": 8, "JST": 9, "KST": 9,
}  # fmt: skip
_SHIFT: Final = r"(?:[+-]\d{2}:?\d{2}|(?:utc|gmt|غرينتش)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|z\b)"
_NAMED_ZONE: Final = rf"\s*(?:{_SHIFT}|pst|pdt|pt)"
_ZONE: Final = re.compile(
    rf"\s*(?:uhr\b)?[\s,]*(?P<open>[(\[]?)\s*(?P<zone>{_SHIFT}|[^\W\d]+(?:/[^\W\d]+){{1,2}}|[^\W\d_]+(?: time)?)\s*[)\]]?"
)
_IANA: Final = re.compile(r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+){1,2}")
_IN_BRACKETS: Final = re.compile(r"[\s,]*\(([^()\d]{1,60})\)")
_PACIFIC_WORDS: Final = re.compile(
    r"^pt$|pacifi|pacyfi|pazifi|pasifik|тихоокеан|태평양|太平洋|แปซิฟิก|thái bình dương|الهادئ|השקט"
)
# Words and abbreviations of zones that are ambiguous.
_FOREIGN: Final = re.compile(
    r"\b(?:C[SD]?T|E[SD]?T|M[SD]?T|I[SD]T|BS?T|ICT|WIB|WITA|WIT|A[EC][SD]T)\b|московск|Moscow|Beijing|北京"
)
# Behind a date: only digits and the marks of a time, so that no name can be part of it.
_BARE_CLOCK: Final = re.compile(
    r"[,\s]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?m\b\.?)?(?:\s\(?(?:pst|pdt|pt|utc|gmt)\b\)?)?"
)
_LONGEST_TYPED: Final = 80
# How far from a date its time and zone may be, in characters.
_REACH: Final = 80
_A_YEAR: Final = re.compile(r"2[05-6]\d\d")


class _Grammar(Struct, frozen=True):
    """The patterns of one language."""

    words: CalendarWords
    dates: re.Pattern[str]
    clock_after: re.Pattern[str]
    clock_before: re.Pattern[str]


class _Found(Struct, frozen=True):
    """A date in a text: its meaning, and its span in the folded text."""

    moment: str | None
    start: int
    end: int


def dates_in(text: str, words: WordPack) -> list[str | None]:
    """The absolute moments in a text as ISO 8601; ``None`` for an ambiguous one.

    A moment with a zone is in UTC, any other has no offset, and a day without a time is a
    date.
    """
    grammar = _grammar(words.lang, words.locales, words.at)
    return [found.moment for found in _found_in(text, plain(text), grammar)]


def named_dates_in(text: str, words: WordPack) -> list[tuple[str, str | None]]:
    """Each moment in a text with the folded words before it: "order placed on:"."""
    folded = plain(text)
    named, after = [], 0
    for found in _found_in(text, folded, _grammar(words.lang, words.locales, words.at)):
        named.append((folded[after : found.start], found.moment))
        after = found.end
    return named


def date_spans(text: str, words: WordPack) -> list[tuple[int, int]]:
    """Where the dates of a text are, each with its time of day and nothing else around it."""
    # Letter by letter, so that a place in the folded text is the same in the text.
    letters = ((char, plain(char)) for char in text)
    folded = "".join(one if len(one) == 1 else char for char, one in letters)
    grammar = _grammar(words.lang, words.locales, words.at)
    spans = []
    for match in grammar.dates.finditer(folded):
        time_of_day = _BARE_CLOCK.match(folded, match.end())
        spans.append((match.start(), time_of_day.end() if time_of_day else match.end()))
    return spans


def typed_moment(text: str, packs: Iterable[WordPack]) -> str | None:
    """What a buyer typed, as ISO 8601 in the form of ``dates_in``; ``None`` if unreadable.

    The text must be only the moment, in the format of any of the site's languages; all
    languages that can read it must agree.
    """
    words = text.strip()
    if not 0 < len(words) <= _LONGEST_TYPED:
        return None
    if (moment := iso_text(words)) is not None:
        return moment
    if not _A_YEAR.search(plain(words)):
        return None
    readings = {moment for pack in packs for moment in _whole(words, pack)}
    return readings.pop() if len(readings) == 1 else None


def _whole(text: str, words: WordPack) -> list[str | None]:
    """The moments that are a text's only content."""
    folded = plain(text)
    grammar = _grammar(words.lang, words.locales, words.at)
    return [
        each.moment
        for each in _found_in(text, folded, grammar)
        if _is_rest(f"{folded[: each.start]} {folded[each.end :]}", grammar.words)
    ]


def _is_rest(text: str, words: CalendarWords) -> bool:
    """True for what may be around a moment: marks, and the name of its weekday."""
    named = (word.strip(" .,:()") for word in text.split())
    return all(word in words.weekdays or not any(map(str.isalnum, word)) for word in named)


def _found_in(text: str, folded: str, grammar: _Grammar) -> list[_Found]:
    zones = _Zones.of(text)
    return [
        _Found(None, *match.span()) if day is None else _moment(day, match, folded, grammar, zones)
        for match in grammar.dates.finditer(folded)
        for day in _days(match, grammar.words)
    ]


@cache
def _grammar(lang: str, locales: tuple[str, ...], at: tuple[str, ...]) -> _Grammar:
    words = calendar_words(lang, locales)
    clock = _CLOCK.replace("{half}", words.half_pattern)
    either = clock.replace("{dot}", "")
    dotted = clock.replace("(?:[:h時시]|giờ|นาฬิกา){dot}", "[:.]") if words.dotted_clock else either
    # A whole word before a time: "at", "um", "o godz.".
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
    """The day of a match: none, one, or ``None`` if ambiguous."""
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
    """The year; a Buddhist one only with its era, ``None`` if it could be either."""
    year = next(int(part[key]) for key in ("y0", "y1", "y2", "y3", "y4") if key in part)
    era = next((part[key] for key in ("e2", "e3", "e4") if key in part), "")
    buddhist = year >= _FIRST_BUDDHIST_YEAR
    if era.startswith("พ"):
        return year - _BUDDHIST if buddhist else None
    return None if buddhist else year


def _of_numbers(year: int | None, one: int, other: int) -> list[date | None]:
    """Day and month in unknown order: the one reading, or ``None`` if ambiguous."""
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


def _moment(
    day: date, match: re.Match[str], folded: str, grammar: _Grammar, zones: _Zones
) -> _Found:
    start, end = match.span()
    clock = grammar.clock_after.match(folded, end)
    after = folded[end : end + _REACH]
    if clock is not None:
        end = clock.end()
        after = folded[end : end + _REACH]
    elif (clock := grammar.clock_before.search(folded, max(0, start - _REACH), start)) is not None:
        start = clock.start()
        after = clock["tail"] or after
    at = _time(clock, grammar.words) if clock else time()
    zone, length = zones.behind(after, grammar.words)
    if clock is None or not clock.groupdict().get("tail"):
        end += length
    if at is None or zone is _UNSURE or (zone is None and clock and zones.foreign):
        return _Found(None, start, end)
    stamp = datetime.combine(day, at)
    if zone is None:
        return _Found(stamp.isoformat() if clock else day.isoformat(), start, end)
    return _Found(instant(stamp, zone).isoformat(), start, end)


def _time(clock: re.Match[str], words: CalendarWords) -> time | None:
    """The time of day, ``None`` if impossible or unclear."""
    hour = int(clock["h"])
    half = words.half(clock["after"] or "") or words.half(clock["before"] or "")
    if half == "unclear":
        return None
    if half == "night":
        half = "am" if hour < _NIGHT_ENDS or hour == _TWELVE else "pm"
    if half:
        hour = hour % _TWELVE + (_TWELVE if half == "pm" else 0)
    try:
        return time(hour, int(clock["mi"]), int(clock["s"] or 0))
    except ValueError:
        return None


class _Zones(Struct, frozen=True):
    """What a text says about time zones; case matters.

    Args:
        named: folded unambiguous abbreviations and their hours east of UTC.
        places: folded names of zones and their original spelling.
        foreign: the text has words or abbreviations of an ambiguous zone.
    """

    named: dict[str, int]
    places: dict[str, str]
    foreign: bool

    @classmethod
    def of(cls, text: str) -> _Zones:
        """Find the zones in a whole text."""
        named = {plain(w): _HOURS[w] for w in re.findall(r"[^\W\d_]+", text) if w in _HOURS}
        places = {plain(each): each for each in _IANA.findall(text)}
        return cls(named, places, bool(_FOREIGN.search(text)))

    def behind(self, after: str, words: CalendarWords) -> tuple[tzinfo | None, int]:
        """The zone right after a moment and its length; ``_UNSURE`` for an ambiguous one."""
        found = _ZONE.match(after)
        zone = self._read(found["zone"].strip()) if found else None
        if found and zone is not None:
            return zone, found.end()
        bracket = _IN_BRACKETS.match(after)
        if bracket is None:
            return None, 0
        inside = bracket[1].strip(" .")
        if inside in words.weekdays:
            return None, bracket.end()
        return (PACIFIC if _PACIFIC_WORDS.search(inside) else _UNSURE), bracket.end()

    def _read(self, zone: str) -> tzinfo | None:
        if zone in self.places:
            return _place(self.places[zone])
        if zone in self.named:
            return timezone(timedelta(hours=self.named[zone]))
        if zone in {"pst", "pdt"}:
            # An explicit abbreviation is a fixed offset, whatever the date.
            return timezone(timedelta(hours=_HOURS[zone.upper()]))
        if zone in {"pt", "pacific", "pacific time"}:
            return PACIFIC
        shift = re.fullmatch(r"(utc|gmt|غرينتش|z)?\s?([+-]\d{1,2}:?(?:\d{2})?)?", zone)
        if shift is None or not shift.group():
            return None
        return _offset(shift[2]) if shift[2] else UTC


def _place(key: str) -> tzinfo:
    try:
        return ZoneInfo(key)
    except (LookupError, ValueError, OSError):
        return _UNSURE


def _offset(text: str) -> tzinfo:
    hours, _, minutes = text[1:].partition(":")
    if not minutes and len(hours) > len("00"):
        hours, minutes = hours[:-2], hours[-2:]
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    try:
        return timezone(-span if text[0] == "-" else span)
    except ValueError:
        return _UNSURE
