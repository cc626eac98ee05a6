"""Calendar files of any site; those of a dispute are in ``tests/aliexpress/receipts/test_reminder.py``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from automation.engine.receipts.calendar_file import CalendarEvent, calendar_file, stamp

NOW = datetime(2026, 6, 10, 12, 0, 0, 700_000, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVENT = CalendarEvent(
    "order 1", NOW + 9 * DAY, NOW, NOW, "Undo", "Then it is gone.", (3 * DAY, DAY)
)


def lines(*events: CalendarEvent, maker: str = "receipt") -> list[str]:
    """The content lines of their file, each in one."""
    return calendar_file(events, maker).decode().replace("\r\n ", "").split("\r\n")


def alarms(left: timedelta, *ahead: timedelta) -> list[str]:
    """When an event rings that is so far ahead."""
    event = replace(EVENT, at=NOW + left, alarms=ahead)
    return [line.removeprefix("TRIGGER:") for line in lines(event) if line.startswith("TRIGGER")]


@pytest.mark.parametrize(
    ("left", "ring"),
    [
        (9 * DAY, ["-P3D", "-P1D"]),
        (3 * DAY + HOUR, ["-P3D", "-P1D"]),
        (3 * DAY, ["-P1D"]),
        (2 * DAY, ["-P1D"]),
        (DAY, ["-PT1H"]),
        (2 * HOUR, ["-PT1H"]),
        (HOUR, ["-PT30M"]),
        (HOUR / 12, ["-PT2M"]),
        (-DAY, ["P0D"]),
    ],
)
def test_alarms_that_would_be_past_are_left_out(left: timedelta, ring: list[str]) -> None:
    """GIVEN less time than an alarm's THEN the others ring, and if none is left one an hour before.

    In the last hour it rings at half of the time that is left, and what is past rings at once.
    """
    assert alarms(left, 3 * DAY, DAY) == ring


def test_an_event_without_alarms_rings_an_hour_before() -> None:
    """GIVEN no lead times THEN one alarm all the same."""
    assert alarms(9 * DAY) == ["-PT1H"]


def test_moments_are_in_utc_and_of_whole_seconds() -> None:
    """GIVEN a moment with a zone THEN it stands in UTC; fractions are cut, never rounded up."""
    west = timezone(-7 * HOUR)
    event = replace(EVENT, at=datetime(2026, 6, 30, 23, 59, 59, 999_999, tzinfo=west))

    assert "DTSTART:20260701T065959Z" in lines(event)
    assert "DTSTAMP:20260610T120000Z" in lines(event)
    assert stamp(event.at) == "20260701T065959Z"


def test_stamps_sort_by_time() -> None:
    """GIVEN moments in several zones THEN their stamps are in the order of the moments."""
    zones = (UTC, timezone(14 * HOUR), timezone(-12 * HOUR))
    moments = [(NOW + n * 7 * HOUR).astimezone(zones[n % 3]) for n in range(9)]

    assert all(one < two for one, two in pairwise(map(stamp, moments)))


@pytest.mark.parametrize(
    "hostile",
    ["a\r\nBEGIN:VALARM", "a\nATTACH:http://evil.example", "a\rX-A:b", "a;b,c\\d", "é" * 90],
)
def test_a_text_adds_no_line(hostile: str) -> None:
    """GIVEN a text of a page with line ends and separators THEN the file has the same lines as ever."""
    made = lines(replace(EVENT, title=hostile, text=hostile))

    assert [line.partition(":")[0] for line in made] == [
        line.partition(":")[0] for line in lines(EVENT)
    ]
    raw = calendar_file([replace(EVENT, title=hostile)])
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_an_event_keeps_its_id_and_does_not_show_it() -> None:
    """GIVEN two files of one event THEN the same id, so a calendar replaces it; another one's differs."""

    def uid(event: CalendarEvent) -> str:
        return next(line for line in lines(event) if line.startswith("UID:"))

    later = replace(EVENT, at=EVENT.at + DAY, title="Undo soon")
    assert uid(EVENT) == uid(later) != uid(replace(EVENT, id="order 2"))
    assert "order" not in uid(EVENT)


def test_a_file_of_many_events_is_one_calendar() -> None:
    """GIVEN several events, or none THEN one calendar that says which part of the program made it."""
    both = Calendar.from_ical(calendar_file([EVENT, replace(EVENT, id="order 2")], "list"))
    none = Calendar.from_ical(calendar_file([]))

    assert [len(each.walk("VEVENT")) for each in (both, none)] == [2, 0]
    assert (both["PRODID"], none["PRODID"]) == (
        "-//dispute-guard//list//EN",
        "-//dispute-guard//receipt//EN",
    )


def test_a_shared_calendar_shows_it_as_private_and_free() -> None:
    """GIVEN a calendar that others see THEN the event is private, and takes no time of the day."""
    assert {"CLASS:PRIVATE", "TRANSP:TRANSPARENT"} <= set(lines(EVENT))
    assert not [line for line in lines(EVENT) if line.startswith(("DTEND", "DURATION"))]
