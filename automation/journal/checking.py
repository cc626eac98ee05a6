"""Checks a journal: whole pages, events in an order that can be, outcomes that fit them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.journal.model import Event
from automation.journal.order_of_events import objections

if TYPE_CHECKING:
    from automation.journal.model import Attempt, AttemptEvent
    from automation.journal.store import Journal

_ALL = -1  # SQLite: no limit


def check_journal(journal: Journal) -> list[str]:
    """Everything that is wrong with a journal, a sentence each; empty if nothing is.

    Raises:
        ToolError: it is too damaged to be read through.
    """
    problems = journal.damaged_pages()
    if problems:
        return problems
    for attempt in journal.attempts(limit=_ALL):
        found = _in_attempt(attempt, journal.events(attempt.id))
        problems += [f"attempt {attempt.id}: {text}" for text in found]
    return problems


def _in_attempt(attempt: Attempt, events: tuple[AttemptEvent, ...]) -> list[str]:
    if not events:
        return ["it has no events"]
    names = [event.event for event in events]
    return objections(names) + _row_against(attempt, events) + _outcome_against(attempt, names)


def _row_against(attempt: Attempt, events: tuple[AttemptEvent, ...]) -> list[str]:
    """Where the attempt's own row tells another story than its events."""
    found = []
    if attempt.last_event != events[-1].event:
        found.append(f"its last event is {events[-1].event}, not {attempt.last_event}")
    told = [event.details.get("outcome") for event in events if event.event in _ENDS]
    if attempt.outcome != (told[-1] if told else None):
        found.append(f"its outcome {attempt.outcome} is not what its events say: {told or None}")
    return found


def _outcome_against(attempt: Attempt, names: list[Event]) -> list[str]:
    """An outcome claimed without the event that could have shown it."""
    if attempt.outcome == "done" and not _SHOWN & set(names):
        return ["it is called done and was never verified"]
    sent = Event.PERMIT_USED in names
    if attempt.outcome == "not_done" and sent and not (_SHOWN | {Event.ANSWERED}) & set(names):
        return ["it is called not done after its request left, with no answer or verification"]
    return []


_ENDS = frozenset({Event.FINISHED, Event.SETTLED})
_SHOWN = frozenset({Event.VERIFIED, Event.SETTLED})
