"""Check a journal: intact pages, a possible order of events, outcomes that match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.engine.journal.order_of_events import objections
from automation.engine.journal.records import Event

if TYPE_CHECKING:
    from automation.engine.journal.journal import Journal
    from automation.engine.journal.records import Attempt, AttemptEvent

# Events that say an outcome, and those after which fresh pages have shown it.
_ENDS = frozenset({Event.FINISHED, Event.SETTLED})
_SHOWN = frozenset({Event.VERIFIED, Event.SETTLED})


def check_journal(journal: Journal) -> list[str]:
    """All problems of a journal, one line each; empty if there are none.

    Raises:
        ToolError: it is too damaged to read.
    """
    problems = journal.damaged_pages()
    if problems:
        return problems
    for attempt in journal.attempts():
        found = _in_attempt(attempt, journal.events(attempt.id))
        problems += [f"attempt {attempt.id}: {text}" for text in found]
    return problems


def _in_attempt(attempt: Attempt, events: tuple[AttemptEvent, ...]) -> list[str]:
    if not events:
        return ["it has no events"]
    names = [event.event for event in events]
    return objections(names) + _row_against(attempt, events) + _outcome_against(attempt, names)


def _row_against(attempt: Attempt, events: tuple[AttemptEvent, ...]) -> list[str]:
    """Contradictions between the attempt's row and its events."""
    found = []
    if attempt.last_event != events[-1].event:
        found.append(f"its last event is {events[-1].event}, not {attempt.last_event}")
    told = [event.details.get("outcome") for event in events if event.event in _ENDS]
    if attempt.outcome != (told[-1] if told else None):
        found.append(
            f"its outcome is {attempt.outcome}, but its events say {told[-1] if told else None}"
        )
    return found


def _outcome_against(attempt: Attempt, names: list[Event]) -> list[str]:
    """An outcome without the event that could prove it."""
    if attempt.outcome == "done" and not _SHOWN & set(names):
        return ["its outcome is done, but it was never verified"]
    sent = Event.PERMIT_USED in names
    if attempt.outcome == "not_done" and sent and not (_SHOWN | {Event.ANSWERED}) & set(names):
        return [
            "its outcome is not_done, but its request was sent and has no answer or verification"
        ]
    return []
