"""Names of months and units: kept for each language, and the same as Babel's each time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from automation.aliexpress.pages.text import calendar_tables, calendar_words
from automation.aliexpress.site import SiteMap

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.pages.text.calendar_words import CalendarWords


@pytest.fixture
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled code is written, below the test's folder."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))


def words_of(*names: str) -> tuple[CalendarWords, int]:
    """The words of a language as a new process reads them, and how often they were made for it."""
    made = mock.patch.object(
        calendar_tables, "calendar_tables", wraps=calendar_tables.calendar_tables
    )
    with made as making:
        return calendar_words.calendar_words.__wrapped__("xx", names), making.call_count


@pytest.mark.usefixtures("_kept")
def test_words_are_made_once_for_each_language() -> None:
    """GIVEN every language of the site THEN what was kept is what Babel says."""
    for pack in SiteMap.load().packs.values():
        names = pack.locales or (pack.lang,)
        made, times = words_of(*names)
        assert (words_of(*names), times) == ((made, 0), 1), names


@pytest.mark.usefixtures("_kept")
def test_languages_do_not_mix() -> None:
    """GIVEN the words of one language WHEN another is read THEN it has its own."""
    assert words_of("de")[0].month("dezember") == 12
    assert words_of("fr")[0].month("d\u00e9cembre") == 12
    assert words_of("fr")[0].month("dezember") is None


@pytest.mark.parametrize("name", ["../../elsewhere", "de/../fr", "", "de.pyc", "\x00"])
def test_a_name_that_is_none_is_no_path(name: str) -> None:
    """GIVEN a language of the user's own file that is a path THEN nothing is kept, English counts."""
    with mock.patch.object(calendar_words, "compiled") as keeping:
        words, times = words_of(name)
    assert (words.month("december"), times, keeping.call_count) == (12, 1, 0)
