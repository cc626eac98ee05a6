"""Write one attempt to the journal, with clocks that a wrong date cannot fool."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from automation.engine.digest import is_digest
from automation.engine.elapsed import this_moment
from automation.engine.journal import Event, Journal, StoredPlan, target_lock
from automation.engine.outcome import Outcome
from automation.engine.trace import moment_details
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text, pasted, when_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from automation.engine.elapsed import Moment
    from automation.engine.target import Target

_SHOWN = 40
CLOCK_SLACK = timedelta(seconds=30)
"""How far a clock may go back when it is corrected. A plan made later than that would stay valid for too long."""
# Events whose age matters later, so that it must not depend on a wall clock that is set.
_TIMED = frozenset({Event.INTENT, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED})


class AttemptLog(Struct, frozen=True):
    """One attempt in the journal.

    Args:
        number: of the attempt, from 1.
        moment: the time now, by both clocks.
    """

    journal: Journal
    number: int
    moment: Callable[[], Moment]

    @classmethod
    def begin(  # noqa: PLR0913  each is a column
        cls,
        journal: Journal,
        target: Target,
        moment: Callable[[], Moment],
        *,
        command: str,
        site: str,
        gateway: str = "",
        surface: str = "web",
        version: str = "",
    ) -> Self:
        """Start an attempt on a target, which may be made exact later."""
        now = moment().wall
        number = journal.begin(target, command, site, surface, version, now, gateway=gateway)
        return cls(journal, number, moment)

    @property
    def _now(self) -> datetime:
        return self.moment().wall

    def record(self, event: Event, **details: str | int | bool | None) -> None:
        """Write an event; it is on disk when this returns."""
        moment = self.moment()
        also = moment_details(moment) if event in _TIMED else {}
        self.journal.record(self.number, event, moment.wall, **details, **also)

    def has(self, event: Event) -> bool:
        """True if the event was written."""
        return any(each.event is event for each in self.journal.events(self.number))

    def set_target(self, target: Target) -> None:
        """Name the one thing that the request will change, before the intent."""
        self.journal.set_target(self.number, target)

    def spend_plan(self, digest: str) -> None:
        """Mark a plan as used: it is committed at most once."""
        self.journal.spend_plan(digest, self._now)

    def return_plan(self, digest: str) -> None:
        """Allow a plan again: the site rejected its request unread."""
        self.journal.return_plan(digest)

    def stored_plan(self, digest: str, verify_command: str) -> StoredPlan:
        """The plan behind a digest.

        Args:
            verify_command: the call that tells what became of a plan that was used.

        Raises:
            ToolError: ``plan_unknown``, ``plan_spent`` or ``plan_stale`` (exit 7).
        """
        return usable_plan(self.journal, digest, self._now, verify_command)

    def finish(self, outcome: Outcome, exit_code: int, reason: str) -> None:
        """End the attempt."""
        self.journal.finish(self.number, outcome.value, exit_code, reason, self._now)


@contextlib.contextmanager
def attempt_on(
    target: Target, state_dir: Path, *, command: str, site: str, version: str = ""
) -> Iterator[AttemptLog]:
    """One attempt on a target that no other run works on.

    An error ends an attempt that clicked nothing as not done. One that may have sent its
    request stays open, so that it is settled before anything else is sent.

    Raises:
        ToolError: another run works on the target, or the journal cannot be used.
    """
    with Journal.open(state_dir) as journal, target_lock(state_dir, target):
        log = AttemptLog.begin(
            journal, target, this_moment, command=command, site=site, version=version
        )
        try:
            yield log
        except Exception as error:
            # A journal that fails too must not hide the error that ended the attempt.
            with contextlib.suppress(ToolError):
                if not log.has(Event.CLICKED):
                    log.record(Event.FAILED)
                    log.finish(Outcome.NOT_DONE, ExitCode.FAILED, str(error))
            raise


def usable_plan(journal: Journal, digest: str, now: datetime, verify_command: str) -> StoredPlan:
    """The plan behind a digest.

    Args:
        verify_command: the call that tells what became of a plan that was used.

    Raises:
        ToolError: ``plan_unknown``, ``plan_spent`` or ``plan_stale`` (exit 7).
    """
    plan = journal.load_plan(digest)
    problem, hint, code = "", "make a new plan with --dry-run", ErrorCode.PLAN_UNKNOWN
    if plan is None:
        shown = clean_text(digest, _SHOWN)
        problem = f"no such plan: {shown}"
        if not is_digest(digest):
            problem = f"{shown!r} is not a plan's digest, which has 12 hex digits"
    elif plan.spent is not None:
        code = ErrorCode.PLAN_SPENT
        problem = f"plan {digest} was already used, on {when_text(plan.spent)}"
        hint = f"run {pasted(verify_command)} to see what became of it"
    elif problem := why_out_of_time(digest, plan.created, plan.expires, now):
        code = ErrorCode.PLAN_STALE
    if plan is None or problem:
        raise ToolError(problem, code=code, exit_code=ExitCode.PLAN_STALE, hint=hint)
    return plan


def why_out_of_time(digest: str, created: datetime, expires: datetime, now: datetime) -> str:
    """Why a plan is not good at ``now``; an empty text if it is."""
    if now >= expires:
        return f"plan {digest} expired: it was valid until {when_text(expires)}"
    if now < created - CLOCK_SLACK:  # it would be good for longer than it says
        return f"plan {digest} was made on {when_text(created)}, later than this computer's clock"
    return ""
