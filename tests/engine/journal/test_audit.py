from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal, check_journal

if TYPE_CHECKING:
    from pathlib import Path

    from automation.engine.journal.records import FinalOutcome

Begin = Callable[..., int]

UP_TO_INTENT = list(Event)[:6]

SECOND_INTENT = """
INSERT INTO event (attempt, at, event, details) VALUES (1, '2026-06-10T12:00:00Z', 'intent', '{}')
"""
NO_EVENTS = """
INSERT INTO attempt (order_id, command, site, surface, tool_version, pid, started, last_event)
VALUES ('1', 'c', 's', 'w', '0', 1, '2026-06-10T12:00:00Z', 'started')
"""


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (SECOND_INTENT, "a second intent"),
        ("UPDATE attempt SET outcome = 'done'", "its outcome is done, but its events say"),
        ("UPDATE attempt SET last_event = 'started'", "its last event is intent"),
        (NO_EVENTS, "it has no events"),
    ],
)
def test_the_checker_finds_what_was_written_behind_its_back(
    journal: Journal, with_intent: Begin, statement: str, problem: str
) -> None:
    """A sound journal has no problems; each change by hand is found."""
    with_intent(journal)
    assert check_journal(journal) == []
    by_hand(journal, statement)
    assert any(problem in found for found in check_journal(journal))


@pytest.mark.parametrize(
    ("outcome", "event", "problem"),
    [
        ("done", Event.CLICKED, "never verified"),
        ("not_done", Event.PERMIT_USED, "its request was sent and has no answer"),
        ("not_done", Event.CLICKED, ""),
        ("done", Event.VERIFIED, ""),
    ],
)
def test_an_outcome_needs_what_could_have_shown_it(
    begin: Begin, state: Path, outcome: FinalOutcome, event: Event, problem: str
) -> None:
    """Done needs a verification; not done after a sent request needs an answer."""
    with Journal.open(state) as journal:
        number = begin(journal, *UP_TO_INTENT[1:], event)
        journal.finish(number, outcome, 0, "", journal.attempt(number).started)
        found = check_journal(journal)
    assert len(found) == bool(problem)
    assert problem in "".join(found)


def by_hand(journal: Journal, statement: str) -> None:
    """Change the file as another program would."""
    db = sqlite3.connect(journal.path)
    with db:
        db.execute(statement)
    db.close()
