"""What pages show after an attempt has ended: noted beside its outcome, never in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal, check_journal
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from datetime import datetime

Begin = Callable[..., int]


def notes(journal: Journal, number: int) -> list[object]:
    """The outcomes that were noted later, in their order."""
    events = journal.events(number)
    return [each.details["outcome"] for each in events if each.event is Event.SEEN_LATER]


@pytest.fixture
def ended(journal: Journal, with_intent: Begin, now: datetime) -> int:
    """An attempt that ended as done."""
    number = with_intent(journal)
    for event in (Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED, Event.VERIFIED):
        journal.record(number, event, now)
    journal.finish(number, "done", 0, "closed on fresh pages", now)
    return number


def test_another_outcome_is_noted_and_the_attempts_own_stays(
    journal: Journal, ended: int, now: datetime
) -> None:
    """GIVEN a done attempt WHEN pages show it open again THEN both are known, and the note is dated."""
    later = now + timedelta(days=1)
    journal.seen_later(ended, "not_done", "the dispute page says 'Open'", later)
    attempt = journal.attempt(ended)
    assert (attempt.outcome, attempt.last_event) == ("done", Event.SEEN_LATER)
    assert journal.events(ended)[-1].at == later
    assert journal.events(ended)[-1].details == {
        "outcome": "not_done",
        "how": "the dispute page says 'Open'",
    }
    assert check_journal(journal) == []


def test_only_what_is_new_is_noted(journal: Journal, ended: int, now: datetime) -> None:
    """GIVEN looks that agree with the last one THEN one note a change; back to the first is a change."""
    for outcome in ("done", "done", "not_done", "not_done", "done", "done"):
        journal.seen_later(ended, outcome, "x", now)
    assert notes(journal, ended) == ["not_done", "done"]


def test_an_attempt_that_sent_nothing_has_nothing_to_see_later(
    journal: Journal, begin: Begin, with_intent: Begin, now: datetime
) -> None:
    """GIVEN one without intent, or that has not ended THEN it is misuse, and nothing is noted."""
    planned = begin(journal, Event.WHOLE_FOUND, Event.TARGET_READ)
    journal.finish(planned, "not_done", 1, "x", now)
    running = with_intent(journal, dispute="D2")
    for number in (planned, running):
        with pytest.raises(ToolError) as caught:
            journal.seen_later(number, "done", "x", now)
        assert caught.value.code is ErrorCode.JOURNAL_MISUSE
        assert notes(journal, number) == []


def test_an_unknown_attempt_is_told(journal: Journal, now: datetime) -> None:
    """GIVEN a number that no attempt has THEN that is what is said."""
    with pytest.raises(ToolError) as caught:
        journal.seen_later(9, "done", "x", now)
    assert caught.value.code is ErrorCode.ATTEMPT_UNKNOWN
