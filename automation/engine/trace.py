"""Read from the journal how far an open attempt got, what was answered, and when."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from automation.engine.elapsed import Moment, Uptime, at_least
from automation.engine.journal import Event
from automation.engine.outcome import MAY_BE_UNDER_WAY, Past, Reply
from automation.text import when_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.engine.journal import AttemptEvent

# The site may take long to carry out a request, even one that it did not answer.
_QUIET: Final = timedelta(minutes=15)
# After an error the request may still be queued: gateways give up after about a minute.
_QUIET_AFTER_ERROR: Final = timedelta(minutes=2)
_ERRORS: Final = 400
# One of these is on disk before a permit is handed out.
_MAY_SEND: Final = frozenset({Event.CLICKED, Event.PERMIT_USED})
_SENDING: Final = frozenset({Event.INTENT, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED})


class Trace(Struct, frozen=True):
    """How far an attempt got.

    Args:
        clicked: the confirm may have been clicked. This is on disk before the permit is
            handed out, so without it no request was sent.
        answer: what the site answered, if the journal knows.
        last: the last moment of sending.
        error: the answer was an HTTP error, and said no more than that.
        said: the answer's own words, if they were unclear.
        sent: the run knew that its request was sent, or heard its answer.
    """

    clicked: bool
    answer: Reply
    last: Moment
    error: bool = False
    said: str = ""
    sent: bool = False

    @property
    def quiet(self) -> timedelta:
        """How long after sending the request may still be carried out."""
        return _QUIET_AFTER_ERROR if self.error else _QUIET

    def past(self, now: Moment) -> Past:
        """What is known about its request at this moment."""
        if not self.clicked:
            return Past.UNSENT
        return Past.LATE if at_least(self.last, now) >= self.quiet else Past.EARLY

    def in_words(self, answered: str) -> str:
        """How far it got, as text.

        Args:
            answered: the site's answer as text.
        """
        if not self.clicked:
            return "the run ended before it could send anything"
        told = f" ('{self.said}')" if self.said else ""
        known = "was sent" if self.sent else "may have been sent"
        when = when_text(self.last.wall)
        return f"the request {known}, no later than {when}; {answered}{told}"

    def wait(self, now: Moment) -> str:
        """What to do about an unknown outcome."""
        left = self.quiet - at_least(self.last, now)
        if self.clicked and left > timedelta():
            minutes = math.ceil(left.total_seconds() / 60)
            return f"it may still be carried out; verify again in {minutes} min"
        return "look at it in your own browser, or verify again later"


def trace_of(events: tuple[AttemptEvent, ...]) -> Trace:
    """Read the events of an attempt that has an intent."""
    told = next((e.details for e in reversed(events) if e.event is Event.ANSWERED), {})
    known = {answer.value: answer for answer in Reply}
    status = told.get("status")
    return Trace(
        clicked=not sent_nothing(events),
        answer=known.get(str(told.get("answer")), Reply.UNCLEAR),
        # The last one written; if the clock was set back, it may look older.
        last=_end_of([event for event in events if event.event in _SENDING][-1]),
        error=isinstance(status, int) and status >= _ERRORS and status not in MAY_BE_UNDER_WAY,
        said=str(told.get("said") or ""),
        sent=any(event.event is Event.PERMIT_USED for event in events),
    )


def sent_nothing(events: Iterable[AttemptEvent]) -> bool:
    """True if an attempt ended, or was killed, before it could send a request."""
    return not any(event.event in _MAY_SEND for event in events)


def moment_details(moment: Moment) -> dict[str, str | float]:
    """The uptime of a moment, for a journal event, which already has the wall clock."""
    if moment.uptime is None:
        return {}
    return {"uptime": round(moment.uptime.seconds, 3), "boot": moment.uptime.boot}


def _end_of(event: AttemptEvent) -> Moment:
    """The last moment that an event speaks of: a permit for a human's hand lasts minutes."""
    moment, lasts = _moment_of(event), event.details.get("permit_seconds")
    if not isinstance(lasts, int) or isinstance(lasts, bool):
        return moment
    uptime = moment.uptime and replace(moment.uptime, seconds=moment.uptime.seconds + lasts)
    return Moment(moment.wall + timedelta(seconds=lasts), uptime)


def _moment_of(event: AttemptEvent) -> Moment:
    seconds, boot = event.details.get("uptime"), event.details.get("boot")
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool):
        return Moment(event.at, Uptime(float(seconds), boot if isinstance(boot, str) else ""))
    return Moment(event.at)
