"""What a row of the journal means, and moments as text that sorts."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from automation.engine.journal.records import (
    Attempt,
    AttemptEvent,
    Event,
    StoredPlan,
    as_moment,
    as_text,
)

FIRST, LAST = (datetime(year, 1, 1) for year in (1990, 2090))  # noqa: DTZ001  zones come later
NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
TARGET = json.dumps({"ids": {"order": "8200"}, "words": "order 8200"})
ATTEMPT = {
    "id": 3, "target": TARGET, "command": "cancel", "site": "https://shop.example",
    "surface": "web", "tool_version": "1", "pid": 7, "started": "2026-06-10T12:00:00.000Z",
    "last_event": "intent", "finished": None, "outcome": None, "exit_code": None, "reason": None,
    "settled": None, "settled_how": None,
}  # fmt: skip
EVENT = {
    "id": 1,
    "attempt": 3,
    "at": "2026-06-10T12:00:00.000Z",
    "event": "intent",
    "details": "{}",
}
PLAN = {
    "digest": "abc", "target": TARGET, "created": "2026-06-10T12:00:00.000Z",
    "expires": "2026-06-10T12:15:00.000Z", "document": '{"a": {"b": [1]}}',
}  # fmt: skip


def attempt(**other: object) -> Attempt:
    """The attempt that a row means."""
    return TypeAdapter(Attempt).validate_python({**ATTEMPT, **other})


def event(**other: object) -> AttemptEvent:
    """The event that a row means."""
    return TypeAdapter(AttemptEvent).validate_python({**EVENT, **other})


def plan(**other: object) -> StoredPlan:
    """The plan that a row means."""
    return TypeAdapter(StoredPlan).validate_python({**PLAN, **other})


@given(
    st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_comes_back_to_the_millisecond(moment: datetime, minutes: int) -> None:
    """GIVEN a moment in any zone THEN its text means the same moment, cut and never rounded up."""
    there = moment.astimezone(timezone(timedelta(minutes=minutes)))
    back = as_moment(as_text(there))

    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)
    assert back.tzinfo is UTC


@given(st.lists(st.datetimes(FIRST, LAST, timezones=st.just(UTC))))
def test_texts_sort_by_time(moments: list[datetime]) -> None:
    """GIVEN moments THEN the order of their texts is theirs, as SQLite sorts them."""
    assert [as_text(each) for each in sorted(moments)] == sorted(map(as_text, moments))


def test_a_moment_without_a_zone_is_not_written() -> None:
    """GIVEN a time that may be anybody's THEN it is refused."""
    with pytest.raises(ValueError, match="time zone"):
        as_text(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026-13-01T00:00:00Z", "2026-06-10T25:00:00Z", "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59", "2026-06-10T12:00:00", "2026-06-10",
    ],
)  # fmt: skip
def test_a_text_that_names_no_moment_is_refused(text: str) -> None:
    """GIVEN no time, one that no calendar has, or one without a zone THEN it is not read as another."""
    with pytest.raises(ValueError, match=r".+"):
        as_moment(text)


def test_rows_are_read_as_values() -> None:
    """GIVEN rows as SQLite has them THEN moments, targets and what is inside the JSON."""
    found = attempt()
    assert (found.started, found.finished, found.gateway) == (NOW, None, "")
    assert (found.target.ids, found.target.words) == ({"order": "8200"}, "order 8200")
    assert (event().event, event().at) == (Event.INTENT, NOW)
    assert plan().document == {"a": {"b": [1]}}
    assert (plan().expires, plan().spent) == (NOW + timedelta(minutes=15), None)


def test_details_keep_their_kind() -> None:
    """GIVEN what an event tells THEN yes is not 1, and "1" is no number."""
    details: dict[str, Any] = {"a": True, "b": 1, "c": "1", "d": 1.0, "e": None}
    read = event(details=json.dumps(details)).details

    assert [(key, type(value)) for key, value in read.items()] == [
        (key, type(value)) for key, value in details.items()
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": "maybe"}, {"outcome": "DONE"}, {"outcome": ""}, {"started": "yesterday"},
        {"started": None}, {"started": "2026-06-10T12:00:00"}, {"target": "{"},
        {"target": "[]"}, {"target": None}, {"id": "x"}, {"id": None}, {"exit_code": "eight"},
    ],
    ids=str,
)  # fmt: skip
def test_an_attempt_that_cannot_be_is_refused(broken: dict[str, object]) -> None:
    """GIVEN a row with a value that no run wrote THEN it is an error, never an attempt without it."""
    with pytest.raises(ValidationError):
        attempt(**broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"event": "sent"},
        {"event": None},
        {"details": "[1]"},
        {"details": '{"a": {}}'},
        {"details": "{"},
    ],
    ids=str,
)
def test_an_event_that_cannot_be_is_refused(broken: dict[str, object]) -> None:
    """GIVEN an event that is not known THEN an error: it could be the one that says it was sent."""
    with pytest.raises(ValidationError):
        event(**broken)


@pytest.mark.parametrize(
    "broken", [{"expires": None}, {"expires": "2026-06-10T12:15:00"}, {"document": "[]"}], ids=str
)
def test_a_plan_that_cannot_be_is_refused(broken: dict[str, object]) -> None:
    """GIVEN a plan whose end is not clear THEN it is none, rather than one that lasts."""
    with pytest.raises(ValidationError):
        plan(**broken)


def test_what_the_journal_says_cannot_be_changed() -> None:
    """GIVEN an attempt THEN its outcome cannot be changed in place."""
    with pytest.raises(FrozenInstanceError):
        setattr(attempt(), "outcome", "done")  # noqa: B010  a type checker would refuse it first


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (Event.WHOLE_FOUND, "order_found"),
        (Event.TARGET_READ, "dispute_read"),
        (Event.INTENT, "intent"),
        (Event.PERMIT_USED, "permit_used"),
    ],
)
def test_events_are_written_as_in_journals_of_old(event: Event, text: str) -> None:
    """GIVEN an event that decides what an old journal means THEN its text is the same as ever."""
    assert event == text
