"""Reminders before a cancel: which deadlines, two alarms each, nothing private."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Component

from automation.aliexpress.advice.reminders import calendar, once_each, reminders
from rules import DisputeStatus

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
    assert "You can answer without accepting" in found[0].advice
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


ENDS: tuple[tuple[str | None, str], ...] = (
    (None, "Keep the dispute open until the problem is solved"),
    ("unknown", "Keep the dispute open until the problem is solved"),
    ("words that no list has", "Keep the dispute open until the problem is solved"),
    ("waiting_seller", "Keep the dispute open until the problem is solved"),
    ("seller_responded", "Keep the dispute open until the problem is solved"),
    ("mediating", "Keep the dispute open until the problem is solved"),
    ("final_decision", "The decision on your dispute is final"),
    ("accepted_proposal", "which closed your dispute for good"),
    ("return_in_progress", "Send the parcel back in time"),
    ("refund_in_progress", "A refund is under way. Let it run"),
    ("seller_accepted", "The seller has accepted. Let it run"),
    ("seller_accepted_full", "The seller has accepted. Let it run"),
    ("appeal", "Your appeal is under way. Let it run"),
    ("appealing", "Your appeal is under way. Let it run"),
    ("appeal_in_progress", "Your appeal is under way. Let it run"),
    ("refund_complete", "Check that the money has reached you"),
    ("cancelled", "open a new one before this time, if AliExpress lets you"),
    ("canceled", "open a new one before this time, if AliExpress lets you"),
    ("closed", "open a new one before this time, if AliExpress lets you"),
    ("none", "If something is wrong with the order, open one before this time"),
)


@pytest.mark.parametrize(("status", "says"), ENDS)
def test_an_end_says_what_it_means_to_this_dispute(status: str | None, says: str) -> None:
    """GIVEN each state of a dispute THEN only an open one, or one that may be, is to be kept open."""
    (end,) = reminders(ORDER, protection=at(20), refile_by=None, now=NOW, status=status)

    assert says in end.advice
    assert ("Keep the dispute open" in end.advice) == says.startswith("Keep the dispute open")


def test_every_known_state_is_tried() -> None:
    """GIVEN the states that have a name THEN the test above has each of them."""
    assert {status for status, _ in ENDS} >= set(DisputeStatus)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("waiting_seller", "Only after a cancel, and not a promise."),
        ("unknown", "Only after a cancel, and not a promise."),
        ("cancelled", "AliExpress does not promise that it works."),
        ("closed", "AliExpress does not promise that it works."),
        ("final_decision", None),
        ("accepted_proposal", None),
        ("refund_in_progress", None),
        ("return_in_progress", None),
        ("refund_complete", None),
    ],
)
def test_a_case_that_is_closed_for_good_is_never_filed_again(status: str, says: str | None) -> None:
    """GIVEN a ruling, an accepted proposal or a settlement THEN no time to file again (F6)."""
    found = reminders(ORDER, protection=at(20), refile_by=at(10), now=NOW, status=status)

    again = [each.advice for each in found if each.what == "Latest time to file a dispute again"]
    assert again == ([f"{says} After that you can no longer dispute this order."] if says else [])
    assert found[-1].what == "Buyer protection ends"


def test_a_date_without_a_zone_says_why_it_is_earlier() -> None:
    """GIVEN 24 Dec without an offset THEN the event of 23 Dec says so; with one, nothing is said."""
    (event,) = events("2026-12-24")

    assert str(event["DESCRIPTION"]).startswith(
        "Wed 23 Dec 2026, 10:00 UTC (the date has no time zone, so the earliest possible time counts). "
    )
    assert "time zone" not in str(events("2026-12-24T00:00Z")[0]["DESCRIPTION"])


def test_disputes_of_one_order_share_its_deadline() -> None:
    """GIVEN a decided dispute beside an open one THEN one event, for the open one; the earliest time counts."""
    decided, waiting = (
        reminders(ORDER, protection=at(20), refile_by=None, now=NOW, status=status)
        for status in ("final_decision", "waiting_seller")
    )
    sooner = reminders(ORDER, protection=at(9), refile_by=None, now=NOW)

    assert once_each((*waiting, *decided)) == waiting
    assert once_each((*waiting, *sooner)) == once_each((*sooner, *waiting)) == sooner
    other = reminders("8190000000000142", protection=at(30), refile_by=None, now=NOW)
    assert once_each((*other, *waiting)) == (*waiting, *other)
