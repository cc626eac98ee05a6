"""Dates and spans as text: never later and never longer than they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from automation.cli.screen.refile import moment
from rules.wording import date_text, one_line, span_text

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=3, hours=19), "3 days and 19 hours"),
        (timedelta(days=3, hours=23, minutes=59), "3 days and 23 hours"),
        (timedelta(hours=71, minutes=59, seconds=59), "71 hours and 59 minutes"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(seconds=59), "less than a minute"),
    ],
)
def test_time_left_is_never_rounded_up(span: timedelta, words: str) -> None:
    """GIVEN a span THEN verdict and finding say the same, rounded down."""
    assert span_text(span) == words
    assert moment(NOW + span, NOW).endswith(f", {words} left")


def test_a_moment_that_is_now_is_over() -> None:
    """Positive control: no time is left once the moment has come."""
    assert moment(NOW, NOW).endswith(", already over")


def test_a_date_is_never_later_than_it_is() -> None:
    """GIVEN a moment just before midnight elsewhere THEN its date in UTC, seconds cut off."""
    tokyo = timezone(timedelta(hours=9))
    assert date_text(datetime(2026, 12, 16, 3, 39, 59, tzinfo=tokyo)) == "15 Dec 2026, 18:39 UTC"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a b", "a b"), ("a\n b", "a b"), ("abcde", "abcde"), ("abcdef", "abcd…"), ("", "")],
)
def test_a_line_is_as_long_as_it_may_be(text: str, line: str) -> None:
    """GIVEN a limit of five signs THEN a longer text has four of them and the mark."""
    assert one_line(text, 5) == line


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=3), "3 days"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
    ],
)
def test_a_whole_unit_is_named_by_itself(span: timedelta, words: str) -> None:
    """GIVEN exactly three days, an hour or a minute THEN that, and not the next smaller ones."""
    assert span_text(span).startswith(words)
