"""Facts as a file or a page states them: what is not clear is refused, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from rules import Facts
from rules.outside import adapter
from rules.statuses import DisputeStatus

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "read"),
    [
        (NOON, NOON),
        ("2026-06-10T12:00:00Z", NOON),
        ("2026-06-10T14:00:00+02:00", NOON),
        (NOON.astimezone(timezone(timedelta(hours=9))), NOON),
        (None, None),
    ],
)
def test_the_clock_is_a_moment(now: object, read: datetime | None) -> None:
    """GIVEN a date and time with a zone THEN that moment; without any, none."""
    assert Facts().updated(now=now).now == read


@pytest.mark.parametrize(
    "now",
    [1781092800, "1781092800", 1.5, True, "2026-06-10", "noon", "", [2026], "0026-06-10T12:00:00Z"],
)
def test_what_is_no_moment_is_refused(now: object) -> None:
    """GIVEN a bare number, a day or a word THEN an error: seconds since 1970 are no clear statement."""
    with pytest.raises(ValidationError):
        Facts().updated(now=now)


@pytest.mark.parametrize(
    ("year", "is_read"), [(1999, False), (2000, True), (9000, True), (9001, False)]
)
def test_a_year_is_of_this_age(year: int, *, is_read: bool) -> None:
    """GIVEN a year that no order has THEN an error, so a limit after it can always be counted."""
    if is_read:
        assert Facts().updated(now=f"{year}-06-10T12:00:00Z").now is not None
        return
    with pytest.raises(ValidationError, match="the year must be between"):
        Facts().updated(now=f"{year}-06-10T12:00:00Z")


def test_an_unknown_fact_is_refused() -> None:
    """GIVEN a misspelt name THEN an error, not a fact that is silently missing."""
    with pytest.raises(ValidationError):
        adapter(Facts).validate_json('{"item_recieved": true}')


def test_a_status_reads_as_words() -> None:
    """GIVEN a status of two words THEN they are apart where a person reads it."""
    assert DisputeStatus("waiting_seller").words == "waiting seller"
