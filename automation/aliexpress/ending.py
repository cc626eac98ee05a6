"""The end of an attempt: its outcome, its journal entry, its receipt and its exit code."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from automation.aliexpress.cancel.attempts import (
    verify_commands,
    verify_first,
    without_endpoint,
)
from automation.aliexpress.cancel.escort.hand_hint import point_to_a_hand
from automation.aliexpress.found import End
from automation.aliexpress.plan.site_warnings import UnseenWarningsError
from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.receipts.contents import keep_receipt
from automation.aliexpress.work import interrupted, name_the_gateway
from automation.engine.journal import Event
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.engine.attempt import AttemptLog
    from automation.engine.journal import Attempt

_MOST_HELD = 5
_WAYS_OUT = {
    ExitCode.REFUSED: Event.REFUSED,
    ExitCode.DECLINED: Event.DECLINED,
    ExitCode.PLAN_STALE: Event.STALE,
    ExitCode.INTERRUPTED: Event.INTERRUPTED,
}


@dataclass
class Ending:
    """Ends one attempt: its journal entry, its receipt and its exit code."""

    request: Request
    run: Run
    log: AttemptLog
    version: str = ""
    code: ExitCode = ExitCode.FAILED

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """End the attempt with the body, whatever that ends with; ``code`` is then known.

        Raises:
            ToolError: the error to show to the buyer.
        """
        try:
            yield
        except ToolError as error:
            self._explain(error)
            self.code = self.stopped(error)
        except (KeyboardInterrupt, asyncio.CancelledError):
            self.code = self.stopped(interrupted())
        except BaseException as fault:
            # A bug ends the attempt too, since its request may be sent.
            bug = f"internal error ({type(fault).__name__})"
            with contextlib.suppress(ToolError):
                self.stopped(ToolError(bug, code=ErrorCode.INTERNAL_ERROR))
            raise
        else:
            self.code = self.well()

    def _explain(self, error: ToolError) -> None:
        """Add to an error what only the run knows."""
        run = self.run
        run.found = replace(run.found, stopped_by=error)
        name_the_gateway(error, self.request, run)
        point_to_a_hand(
            error,
            by_hand=self.request.escort is not None,
            words_only=run.found.confirmed.doubt is not None,
        )

    def well(self) -> ExitCode:
        """End a run that finished.

        Raises:
            ToolError: the journal cannot be written and nothing was sent.
        """
        run, end = self.run, self.run.found.end
        if end.lost:
            run.verify_command = without_endpoint(run.verify_command)
        code = ExitCode.OK if self.request.dry_run else EXIT_CODES[end.outcome]
        try:
            self.log.finish(end.outcome, code, end.reason)
        except ToolError as error:
            if not run.request_left:
                raise
            # The outcome on the site is still true. The attempt stays open, and is settled later
            # unless its journal is gone.
            run.found = replace(run.found, journal_problem=error.message)
        self._keep_receipt(code)
        return code

    def stopped(self, error: ToolError) -> ExitCode:
        """End a run that was stopped; if its request was sent, the outcome is unknown.

        Returns:
            The exit code, if fresh pages had shown the outcome before the stop.

        Raises:
            ToolError: the error to show to the buyer.
        """
        run = self.run
        if error.code is ErrorCode.CONNECTION_LOST:
            run.verify_command = without_endpoint(run.verify_command)
        if run.found.end.verified:
            run.found = replace(run.found, stopped_later=error.message)
            return self.well()
        if run.request_left:
            error = self._unknown(error)
            self._finish(error)
        else:
            self.unsent(error)
        raise error

    def unsent(self, error: ToolError) -> None:
        """End a run that was stopped before it sent anything."""
        self._nothing_sent(error)
        leave_unsettled(error, self.request, self.run, self._unsettled_before())
        self._finish(error)

    def _finish(self, error: ToolError) -> None:
        """Keep the end of a run that was stopped; the error names the receipt."""
        run = self.run
        with contextlib.suppress(ToolError):
            self.log.finish(run.found.end.outcome, error.exit_code, run.found.end.reason)
        self._keep_receipt(error.exit_code, error)
        if run.found.kept.page and not error.evidence:
            error.evidence = str(run.found.kept.page)

    def _unknown(self, error: ToolError) -> ToolError:
        run, in_doubt = self.run, self.run.found.sent is Sent.MAYBE
        known = "" if in_doubt else "; the outcome is unknown"
        reason = f"{error.message}{known}"
        run.take(End(Outcome.UNKNOWN, reason))
        if not in_doubt and not self.log.has(Event.PERMIT_USED):
            with contextlib.suppress(ToolError):
                self.log.record(Event.PERMIT_USED)
        return ToolError(
            reason,
            code=ErrorCode.OUTCOME_UNKNOWN,
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint=f"do not try again; run {pasted(run.verify_command)}",
        )

    def _nothing_sent(self, error: ToolError) -> None:
        run, found = self.run, self.run.found
        run.take(End(found.end.outcome, error.message))
        if found.confirmed.permit is not None:
            found.confirmed.permit.revoke()
        if found.end.outcome is Outcome.UNKNOWN and error.exit_code is not ExitCode.INTERRUPTED:
            # An earlier attempt is still open, so the outcome is unknown.
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        with contextlib.suppress(ToolError):
            self.log.record(_way_out(error), **self._held_back())

    def _unsettled_before(self) -> tuple[Attempt, ...]:
        """Earlier attempts whose outcome is unknown; none where the journal cannot be read."""
        with contextlib.suppress(ToolError):
            found = self.log.journal.open_intents(order_target(self.request.order_id))
            return tuple(each for each in found if each.id != self.log.number)
        return ()

    def _held_back(self) -> dict[str, str]:
        """Requests that the guard held back under the permit: names, never values."""
        words = [f"{each.request}: {each.why}" for each in self.run.held_back()]
        return {f"held_back_{number}": each for number, each in enumerate(words[:_MOST_HELD], 1)}

    def _keep_receipt(self, code: ExitCode, error: ToolError | None = None) -> None:
        """Write the receipt; a problem with that changes no outcome."""
        run = self.run
        kept = keep_receipt(run, self.request, self.version, code, error)
        run.found = replace(run.found, kept=kept)


def _way_out(error: ToolError) -> Event:
    if isinstance(error, UnseenWarningsError):
        return Event.REFUSED  # the plan is still good
    return _WAYS_OUT.get(error.exit_code, Event.FAILED)


def leave_unsettled(
    error: ToolError, request: Request, run: Run, open_attempts: tuple[Attempt, ...]
) -> None:
    """Point to ``verify`` if an earlier attempt is unsettled; the outcome is then unknown.

    The dispute may have been cancelled, so a run that was to cancel it cannot end as if nothing
    had happened. A dry run speaks of itself alone, and sends nothing.
    """
    if not open_attempts:
        return
    numbers = tuple(attempt.id for attempt in open_attempts)
    run.take(replace(run.found.unsettled, attempts=numbers))
    settling = verify_commands(open_attempts, request, run.verify_command)
    if error.code is not ErrorCode.ALREADY_RUNNING:  # its own hint says when to verify
        error.hint = verify_first(*settling)
    if len(settling) == 1:
        [run.verify_command] = settling  # it settles this run too, which sent nothing
    if request.dry_run:
        return
    run.take(replace(run.found.end, outcome=Outcome.UNKNOWN))
    if error.exit_code is not ExitCode.INTERRUPTED:
        error.exit_code = ExitCode.UNKNOWN_OUTCOME
