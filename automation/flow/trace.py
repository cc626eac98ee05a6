"""What an open attempt left in the journal, and what fresh pages mean beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from automation.flow.answers import Answer
from automation.flow.report import Outcome
from automation.flow.verify import Seen, decide
from automation.journal import Event

if TYPE_CHECKING:
    from automation.journal import AttemptEvent

# What the site took on may take it long to carry out, and who was not heard may have taken it on.
_QUIET: Final = timedelta(minutes=15)
# Behind an error the request may still sit in a queue: gateways give up after about a minute.
_QUIET_AFTER_ERROR: Final = timedelta(minutes=2)
_ERRORS: Final = 400
# So long after the request "closed" is still the cancel's doing, and not a ruling's.
_CLOSED_BY_US: Final = timedelta(hours=1)
_SENDING: Final = frozenset({Event.INTENT, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED})


@dataclass(frozen=True)
class Trace:
    """How far an attempt came.

    Args:
        clicked: the confirm may have been clicked; it is on disk before the permit is
            handed out, so without it no request left.
        answer: what the site answered, as far as the journal knows.
        last: the last moment of the sending, UTC.
        error: the answer was heard, and it was an HTTP error.
    """

    clicked: bool
    answer: Answer
    last: datetime
    error: bool = False

    @property
    def quiet(self) -> timedelta:
        """How long the request may still be on its way."""
        return _QUIET_AFTER_ERROR if self.error else _QUIET

    @property
    def words(self) -> str:
        """The same for the buyer."""
        if not self.clicked:
            return "the run ended before it could send anything"
        return f"the request may have left by {self.last:%H:%M:%S} UTC; {self.answer.words}"

    def wait(self, now: datetime) -> str:
        """What can still be done about an unknown outcome."""
        left = self.quiet - (now - self.last)
        if self.clicked and left > timedelta():
            minutes = math.ceil(left.total_seconds() / 60)
            return f"it may still be carried out, verify again in {minutes} min"
        return "look at the order in your own browser, or verify again later"


def trace_of(events: tuple[AttemptEvent, ...]) -> Trace:
    """Read the events of an attempt that has an intent."""
    names = {event.event for event in events}
    told = next((e.details for e in reversed(events) if e.event is Event.ANSWERED), {})
    known = {answer.value: answer for answer in Answer}
    status = told.get("status")
    return Trace(
        clicked=bool(names & {Event.CLICKED, Event.PERMIT_USED}),
        answer=known.get(str(told.get("answer")), Answer.UNCLEAR),
        last=max(event.at for event in events if event.event in _SENDING),
        error=isinstance(status, int) and status >= _ERRORS,
    )


def meaning(trace: Trace, seen: Seen, *, now: datetime) -> Outcome:
    """Outcome of an open attempt, from its trace and what fresh pages show now.

    Pages that call the dispute cancelled are believed. That it did not happen is said
    only if nothing could leave, the site said so, or it can no longer be on its way.
    """
    if seen in {Seen.CANCELLED, Seen.LAGGING}:
        return Outcome.DONE
    if not trace.clicked:
        still = seen in {Seen.OPEN, Seen.OTHER, Seen.CLOSED}
        return Outcome.NOT_DONE if still else Outcome.UNKNOWN
    if seen is Seen.CLOSED and trace.answer is not Answer.SUCCESS:
        return Outcome.UNKNOWN if now - trace.last > _CLOSED_BY_US else decide(trace.answer, seen)
    if seen is Seen.OTHER and trace.answer is Answer.SUCCESS:
        return Outcome.UNKNOWN  # a withdrawn dispute is not ruled on: one of the two is wrong
    if seen in {Seen.OPEN, Seen.OTHER} and now - trace.last >= trace.quiet:
        return Outcome.NOT_DONE
    return decide(trace.answer, seen)
