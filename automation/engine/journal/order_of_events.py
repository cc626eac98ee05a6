"""The order of events: the state machine of one attempt.

Writing and checking use the same rules. What happened outside (a permit used, an answer)
may come late and is still recorded; what the tool decides (plan, consent, intent, click)
may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.engine.journal.records import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEEDS = {
    Event.PLANNED: Event.TARGET_READ,
    Event.CONSENTED: Event.PLANNED,
    Event.INTENT: Event.CONSENTED,
    Event.CLICKED: Event.INTENT,
    Event.PERMIT_USED: Event.INTENT,
    Event.ANSWERED: Event.PERMIT_USED,
    Event.SETTLED: Event.INTENT,
    Event.SEEN_LATER: Event.INTENT,
}
_ONCE = frozenset({Event.CONSENTED, Event.INTENT, Event.PERMIT_USED, Event.FINISHED})
_WAYS_OUT = frozenset({Event.DECLINED, Event.REFUSED, Event.STALE, Event.FAILED, Event.INTERRUPTED})
_DECISIONS = frozenset({Event.PLANNED, Event.CONSENTED, Event.INTENT, Event.CLICKED})


def objection(past: Sequence[Event], event: Event) -> str:
    """Why ``event`` cannot follow ``past``; empty if it can."""
    if (event is Event.STARTED) != (not past):
        return f"{event}, but an attempt starts with exactly one '{Event.STARTED}'"
    return _after_the_end(past, event) or _out_of_turn(past, event)


def _after_the_end(past: Sequence[Event], event: Event) -> str:
    if event is Event.SEEN_LATER:
        ended = {Event.SETTLED, Event.FINISHED} & set(past)
        return "" if ended else f"{event} before the attempt ended"
    if Event.SETTLED in past:
        return f"{event} after the attempt was settled"
    if Event.FINISHED in past and event is not Event.SETTLED:
        return f"{event} after the attempt was finished"
    return ""


def _out_of_turn(past: Sequence[Event], event: Event) -> str:
    if event in _ONCE and event in past:
        return f"a second {event}"
    needed = _NEEDS.get(event)
    if needed and needed not in past:
        return f"{event} without {needed}"
    left_by = _WAYS_OUT.intersection(past)
    if left_by and event in _DECISIONS:
        return f"{event} after {', '.join(sorted(left_by))}"
    return ""


def objections(events: Sequence[Event]) -> list[str]:
    """The problem of each event of an attempt that is out of order."""
    found = (objection(events[:place], event) for place, event in enumerate(events))
    return [text for text in found if text]
