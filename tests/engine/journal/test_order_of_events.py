from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.engine.journal import Event, Journal
from automation.engine.journal.order_of_events import objection, objections
from automation.engine.target import Target
from automation.errors import ToolError

if TYPE_CHECKING:
    from datetime import datetime


Begin = Callable[..., int]

FULL_RUN = list(Event)[:11]
UP_TO_INTENT = FULL_RUN[: FULL_RUN.index(Event.INTENT) + 1]


@pytest.mark.parametrize(
    "events",
    [
        FULL_RUN,
        [*FULL_RUN, Event.SETTLED],
        [*UP_TO_INTENT, Event.SETTLED],
        [*FULL_RUN, Event.SEEN_LATER, Event.SEEN_LATER],
        [*FULL_RUN, Event.SETTLED, Event.SEEN_LATER],
        [*UP_TO_INTENT, Event.CLICKED, Event.CLICKED, Event.PERMIT_USED, Event.FINISHED],
        [*UP_TO_INTENT, Event.FAILED, Event.PERMIT_USED, Event.ANSWERED, Event.VERIFIED],
        [*FULL_RUN[:4], Event.DECLINED, Event.FINISHED],
        [*FULL_RUN[:3], Event.REFUSED, Event.FINISHED],
        [*FULL_RUN[:4], Event.TARGET_READ, Event.STALE, Event.FINISHED],
        [Event.STARTED, Event.INTERRUPTED, Event.FINISHED],
        [Event.STARTED, Event.WHOLE_FOUND, Event.VERIFIED, Event.FINISHED],
    ],
)
def test_ways_that_runs_go(events: list[Event]) -> None:
    """Each of these happens in real runs and is accepted."""
    assert objections(events) == []


@pytest.mark.parametrize(
    ("past", "event", "why"),
    [
        ([], Event.WHOLE_FOUND, "starts with"),
        ([Event.STARTED], Event.STARTED, "starts with"),
        (FULL_RUN[:4], Event.INTENT, "without consented"),
        (FULL_RUN[:3], Event.CONSENTED, "without planned"),
        (FULL_RUN[:5], Event.CLICKED, "without intent"),
        (FULL_RUN[:5], Event.PERMIT_USED, "without intent"),
        (UP_TO_INTENT, Event.ANSWERED, "without permit_used"),
        (UP_TO_INTENT, Event.INTENT, "a second intent"),
        (FULL_RUN[:8], Event.PERMIT_USED, "a second permit_used"),
        (FULL_RUN, Event.FINISHED, "after the attempt was finished"),
        (FULL_RUN, Event.CLICKED, "after the attempt was finished"),
        (UP_TO_INTENT, Event.SEEN_LATER, "before the attempt ended"),
        ([*FULL_RUN[:4], Event.DECLINED, Event.FINISHED], Event.SEEN_LATER, "without intent"),
        ([*FULL_RUN, Event.SETTLED], Event.SETTLED, "after the attempt was settled"),
        ([*FULL_RUN[:5], Event.STALE], Event.INTENT, "after stale"),
        ([*UP_TO_INTENT, Event.INTERRUPTED], Event.CLICKED, "after interrupted"),
        (FULL_RUN[:5], Event.SETTLED, "without intent"),
    ],
)
def test_ways_that_no_run_goes(past: list[Event], event: Event, why: str) -> None:
    """Each of these is rejected, by name."""
    assert why in objection(past, event)


def test_the_journal_refuses_them_and_keeps_what_it_had(
    journal: Journal, with_intent: Begin, now: datetime
) -> None:
    """A second intent of one attempt is not written."""
    number = with_intent(journal)
    with pytest.raises(ToolError, match="a second intent") as caught:
        journal.record(number, Event.INTENT, now)
    assert caught.value.code == "journal_misuse"
    assert journal.events(number)[-1].event is Event.INTENT
    assert len(journal.events(number)) == len(UP_TO_INTENT)


def test_an_intent_needs_its_target(journal: Journal, begin: Begin, now: datetime) -> None:
    """An order alone does not say which of its disputes the request changes."""
    number = begin(journal, *FULL_RUN[1:5], dispute=None, line=None)
    with pytest.raises(ToolError, match="does not say what exactly"):
        journal.record(number, Event.INTENT, now)
    exact = Target(ids={"order": "8200000000001234", "line": "L1"}, words="the line")
    journal.set_target(number, exact)
    journal.record(number, Event.INTENT, now)
    with pytest.raises(ToolError, match="another target"):
        journal.set_target(number, exact)


@given(st.lists(st.sampled_from(list(Event)), max_size=14))
def test_no_click_or_permit_ever_stands_before_the_one_intent(tail: list[Event]) -> None:
    """Whatever is tried, what gets through has at most one intent and no click before it."""
    kept: list[Event] = []
    for event in [*UP_TO_INTENT[:5], *tail]:
        if not objection(kept, event):
            kept.append(event)
    assert kept.count(Event.INTENT) <= 1
    assert kept.count(Event.PERMIT_USED) <= 1
    place = kept.index(Event.INTENT) if Event.INTENT in kept else len(kept)
    assert not {Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED} & set(kept[:place])
    assert objections(kept) == []
