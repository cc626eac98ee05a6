"""What an open attempt left in the journal, and what fresh pages mean beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from automation.flow.answers import Answer
from automation.flow.report import Outcome
from automation.flow.verify import Seen, decide
from automation.journal import Event

if TYPE_CHECKING:
    from automation.journal import AttemptEvent

# A request without an answer may sit in a queue of the site's: gateways give up after about
# a minute. What the site itself called a success may take it longer to carry out.
_QUIET: Final = timedelta(minutes=2)
_QUIET_AFTER_SUCCESS: Final = timedelta(minutes=15)
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
    """

    clicked: bool
    answer: Answer
    last: datetime

    @property
    def quiet(self) -> timedelta:
        """How long the request may still be on its way."""
        return _QUIET_AFTER_SUCCESS if self.answer is Answer.SUCCESS else _QUIET

    @property
    def words(self) -> str:
        """The same for the buyer."""
        if not self.clicked:
            return "the run ended before it could send anything"
        return f"the request may have left at {self.last:%H:%M:%S} UTC, answer: {self.answer}"

    def wait(self, now: datetime) -> str:
        """What can still be done about an unknown outcome."""
        left = self.quiet - (now - self.last)
        if self.clicked and left > timedelta():
            return f"it may still be carried out, verify again in {left.total_seconds():.0f} s"
        return "look at the order in your own browser, or verify again later"


def trace_of(events: tuple[AttemptEvent, ...]) -> Trace:
    """Read the events of an attempt that has an intent."""
    names = {event.event for event in events}
    told = [event.details.get("answer") for event in events if event.event is Event.ANSWERED]
    known = {answer.value: answer for answer in Answer}
    return Trace(
        clicked=bool(names & {Event.CLICKED, Event.PERMIT_USED}),
        answer=known.get(str(told[-1]), Answer.UNCLEAR) if told else Answer.UNCLEAR,
        last=max(event.at for event in events if event.event in _SENDING),
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
