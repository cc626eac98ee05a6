"""Reminders before a cancel: which deadlines, two alarms each, nothing private."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Component

from automation.aliexpress.advice.reminders import calendar, reminders

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ORDER = "8190000000000042"


def at(days: float) -> str:
    """A time so many days from now."""
    return (NOW + timedelta(days=days)).isoformat()


def events(
    protection: str | None, refile_by: str | None = None, order: str = ORDER
) -> list[Component]:
    """The events of the file, read back."""
    found = reminders(order, protection=protection, refile_by=refile_by, now=NOW)
    return list(Calendar.from_ical(calendar(found, NOW)).walk("VEVENT"))


def test_each_deadline_is_an_event_with_two_alarms() -> None:
    """GIVEN two deadlines THEN both, the first one first, three days and one day ahead."""
    first, second = events(at(20), at(10))

    assert first["SUMMARY"] == "Latest time to file a dispute again (order … 0000 0042)"
    assert second["SUMMARY"] == "Buyer protection ends (order … 0000 0042)"
    assert second.decoded("DTSTART") == NOW + timedelta(days=20)
    for event in (first, second):
        alarms = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
        assert alarms == [timedelta(days=-3), timedelta(days=-1)]


def test_the_time_to_answer_is_an_event() -> None:
    """GIVEN a date until which the buyer has to answer THEN it comes first; past or none, none."""
    found = reminders(ORDER, protection=at(20), refile_by=None, now=NOW, answer_by=at(3))

    assert [each.what for each in found] == [
        "Answer the seller in the dispute", "Buyer protection ends",
    ]  # fmt: skip
    assert found[0].at == NOW + timedelta(days=3)
    assert "To answer is not to accept" in found[0].advice
    each = [
        calendar(
            reminders(
                ORDER, protection=None, refile_by=None, now=NOW, answer_by=at(3), dispute=name
            ),
            NOW,
        )
        for name in ("1100482913300042", "1100482913400042")
    ]
    uids = {Calendar.from_ical(file).walk("VEVENT")[0]["UID"] for file in each}
    assert len(uids) == 2
    for past in (at(-1), None):
        ahead = reminders(ORDER, protection=at(20), refile_by=None, now=NOW, answer_by=past)
        assert len(ahead) == 1


def test_the_same_time_is_one_event() -> None:
    """GIVEN protection and time to file again at once THEN one event."""
    assert len(events(at(20), at(20))) == 1


def test_an_alarm_is_never_past() -> None:
    """GIVEN two days left THEN one alarm a day ahead; with hours left an hour ahead."""
    for days, ahead in ((2, timedelta(days=-1)), (0.2, timedelta(hours=-1))):
        (event,) = events(at(days))
        assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [ahead]


def test_what_is_past_or_unknown_has_no_event() -> None:
    """GIVEN past, equal, unreadable and missing times THEN nothing; else an event (control)."""
    for text in (at(-1), at(0), "soon", None):
        assert events(text) == []
    assert len(events(at(1))) == 1


def test_a_time_without_a_zone_counts_from_its_earliest_meaning() -> None:
    """GIVEN no offset THEN the reminder is not too late anywhere."""
    (event,) = events("2026-12-24T18:00")

    assert event.decoded("DTSTART") == datetime(2026, 12, 24, 4, tzinfo=UTC)


def test_a_calendar_shows_no_whole_order_number() -> None:
    """GIVEN an order THEN its last eight digits at most; a later file moves the same event."""
    text = calendar(reminders(ORDER, protection=at(20), refile_by=None, now=NOW), NOW)
    (before,), (later,) = events(at(20)), events(at(30))

    assert ORDER.encode() not in text.replace(b"\r\n ", b"")
    assert before["UID"] == later["UID"]
    assert before["UID"] != events(at(20), order="8190000000000142")[0]["UID"]
