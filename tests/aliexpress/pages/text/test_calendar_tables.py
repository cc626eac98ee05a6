"""Names of months, day periods and units as CLDR has them; what has two meanings has none."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.text.calendar_tables import calendar_tables

DAY, HOUR, WEEK = 86_400, 3600, 604_800


@pytest.mark.parametrize(
    ("lang", "word", "month"),
    [
        ("en", "december", 12), ("en", "sep", 9), ("de", "märz", 3), ("de", "december", 12), ("ru", "марта", 3),
        ("ru", "март", 3), ("pl", "grudnia", 12), ("ko", "12월", 12), ("de", "12", None), ("fr", "juin", 6),
        ("hr", "listopada", 10), ("pl", "listopada", 11), ("cs", "listopadu", 11),
    ],
)  # fmt: skip
def test_a_month_has_its_names_in_all_forms_and_the_english_ones(
    lang: str, word: str, month: int | None
) -> None:
    """GIVEN a language THEN its months, full and short, alone and in a date; a bare number is none."""
    assert calendar_tables((lang,))["months"].get(word) == month


@pytest.mark.parametrize(
    ("lang", "word", "seconds"),
    [
        ("en", "days", DAY), ("en", "d", DAY), ("de", "tage", DAY), ("de", "std", HOUR), ("pl", "dni", DAY),
        ("ru", "недели", WEEK), ("ar", "ساعات", HOUR), ("de", "weeks", WEEK), ("en", "months", None),
        # Two meanings in the language itself: what it means in English says nothing there.
        ("qu", "s", None), ("mi", "h", None), ("en", "s", 1),
    ],
)  # fmt: skip
def test_a_unit_has_one_length_or_none(lang: str, word: str, seconds: int | None) -> None:
    """GIVEN a language THEN its units in all plural forms; a short form of two units is none."""
    assert calendar_tables((lang,))["units"].get(word) == seconds


@pytest.mark.parametrize(
    ("lang", "word", "half"),
    [
        ("en", "am", "am"), ("en", "noon", "pm"), ("en", "midnight", "midnight"), ("en", "atnight", "night"),
        ("fr", "dumatin", "am"), ("fr", "matin", "am"), ("zh", "下午", "pm"), ("zh", "凌晨", "night"), ("es", "madrugada", "am"),
    ],
)  # fmt: skip
def test_a_part_of_the_day_is_one_half_of_it_or_unclear(
    lang: str, word: str, half: str | None
) -> None:
    """GIVEN a day period THEN its half of the day, without dots and spaces in the word."""
    assert calendar_tables((lang,))["halves"].get(word) == half


def test_clocks_and_weekdays_are_the_languages_own() -> None:
    """GIVEN languages THEN whether they write 23.59, and the days of their weeks beside English ones."""
    danish, german = calendar_tables(("da",)), calendar_tables(("de",))

    assert (danish["dotted_clock"], german["dotted_clock"]) == (True, False)
    assert {"montag", "mo", "monday"} <= set(german["weekdays"])
    assert german["spans"] == sorted(set(german["spans"]))


@pytest.mark.parametrize("names", [(), ("xx",), ("../de",), ("",)])
def test_an_unknown_language_reads_english(names: tuple[str, ...]) -> None:
    """GIVEN a language without names THEN those of English, and a clock with colons."""
    found = calendar_tables(names)

    assert found == calendar_tables(("xx",))
    assert (found["months"]["march"], found["dotted_clock"]) == (3, False)


def test_several_locales_are_one_language() -> None:
    """GIVEN two locales of a language THEN the names of both; one with two meanings has none."""
    both = calendar_tables(("hr", "pl"))

    assert both["months"]["grudnia"] == 12
    assert both["months"]["prosinca"] == 12
    assert "listopada" not in both["months"], "October in one of them, November in the other"
