"""Month names and day periods of each language, from CLDR through Babel."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from automation.aliexpress.pages.text import plain
from automation.aliexpress.pages.text.plain import bare
from automation.aliexpress.site import words as site_words
from rules.compiled import compiled

if TYPE_CHECKING:
    from automation.aliexpress.pages.text.calendar_tables import Tables

_SHORTEST_PREFIX: Final = 3
_TABLES: Final = Path(__file__).with_name("calendar_tables.py")
_FOLDING: Final = (Path(plain.__file__), Path(site_words.__file__))
_CODE: Final = (Path(__file__), _TABLES, *_FOLDING)  # the tables are made by these


class CalendarWords(Struct, frozen=True, dict=True):
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
        return self.halves.get(bare(word), "")

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
    found = _tables(locales or (lang,))
    return CalendarWords(
        months=found["months"],
        halves=found["halves"],
        weekdays=frozenset(found["weekdays"]),
        dotted_clock=found["dotted_clock"],
        spans=frozenset(found["spans"]),
        units=found["units"],
    )


def _tables(names: tuple[str, ...]) -> Tables:
    """As ``calendar_tables``, which takes a tenth of a second with Babel; kept for each language."""

    def make() -> Tables:
        from automation.aliexpress.pages.text.calendar_tables import (  # noqa: PLC0415  loads Babel
            calendar_tables,
        )

        return calendar_tables(names)

    babel = find_spec("babel")
    own = "-".join(names)
    if babel is None or not babel.origin or not own.replace("_", "").replace("-", "").isalnum():
        return make()
    made_by = (Path(babel.origin), *_CODE)  # Babel's own file says its version
    told = ",".join((*names, unicodedata.unidata_version)).encode()
    content = b"\0".join((told, *(file.read_bytes() for file in made_by)))
    return compiled(f"{_TABLES.with_suffix('')}.{own}", content, make)
