"""Run a request with its journal entry, and end with one exit code, whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from automation.aliexpress.advice.advise import (
    advise_first,
    advise_on_pages,
    refuse_if_blocked,
    words_at_hand,
)
from automation.aliexpress.answer import DisputeAnswer
from automation.aliexpress.cancel.attempts import begin_attempt, point_to_verify, unsettled
from automation.aliexpress.cancel.commit import cancel
from automation.aliexpress.cancel.escort.hand_hint import point_to_a_hand
from automation.aliexpress.cancel.settle import verify_order
from automation.aliexpress.found import End
from automation.aliexpress.plan.site_warnings import UnseenWarningsError
from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.receipts.contents import keep_receipt
from automation.aliexpress.session.opening import walked
from automation.aliexpress.walk.album import Album
from automation.aliexpress.walk.read_order import read_disputes
from automation.engine.interrupts import Interrupts, Place
from automation.engine.journal import Event, Journal, target_lock
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.engine.sent import Sent
from automation.engine.session.profile.owned import end_leftovers, leftovers
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Iterator
    from contextlib import AbstractContextManager

    from automation.aliexpress.answer import Answer
    from automation.aliexpress.cancel.settle import Verified
    from automation.aliexpress.found import Judged, Part
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.session.opening import Opener
    from automation.aliexpress.site import DisputeIds
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.session.options import SessionOptions

Result = TypeVar("Result")


def run_cancel(request: Request, run: Run, version: str) -> Answer:
    """Cancel, or dry-run a cancel.

    Raises:
        ToolError: what stopped it before a request was sent; the run's answer has the rest.
    """
    with pointing_to_verify(request, run):
        opening = partial(_journal_of, request)
        _refuse_on_words(request, run, version, opening)
        interrupts = Interrupts(
            run.place, request.timeout, request.state_dir, request.session.runner
        )
        with (
            interrupts,
            opening() as journal,
            _attempt_of(request, run, journal, version) as ending,
            ending.kept(),
        ):
            tidy(request.session)
            interrupts.run(fold(cancel(request, run, ending.log), run))
    return _with_code(run, ending.code)


async def cancel_in(
    request: Request, run: Run, journal: Journal, version: str, opener: Opener
) -> Answer:
    """As ``run_cancel``, in a loop that runs already and in a browser that ``opener`` knows.

    Raises:
        ToolError: what stopped it before a request was sent; the run's answer has the rest.
    """
    with pointing_to_verify(request, run):
        _refuse_on_words(request, run, version, lambda: contextlib.nullcontext(journal))
        with _attempt_of(request, run, journal, version) as ending, ending.kept():
            await fold(cancel(request, run, ending.log, opener), run)
    return _with_code(run, ending.code)


@contextlib.contextmanager
def pointing_to_verify(request: Request, run: Run) -> Iterator[None]:
    """Whatever stops the body, an earlier attempt that is unsettled makes the outcome unknown."""
    try:
        yield
    except ToolError as error:
        _point_to_verify(error, run, unsettled(request.state_dir, request.order_id))
        raise


def _journal_of(request: Request) -> contextlib.closing[Journal]:
    return contextlib.closing(Journal.open(request.state_dir))


def _refuse_on_words(
    request: Request, run: Run, version: str, opening: Callable[[], AbstractContextManager[Journal]]
) -> None:
    """Judge what the buyer says, before a browser is opened; a refusal is an attempt too.

    Raises:
        ToolError: the rules block (exit 3).
    """
    judged = advise_first(request, run)
    run.take(judged)
    try:
        refuse_if_blocked(judged)
    except ToolError as refusal:
        try:
            with opening() as journal:
                log = begin_attempt(journal, request, run.command, version)
                run.found = replace(run.found, attempt=log.number)
                Ending(request, run, log, version).unsent(refusal)
        except ToolError as problem:
            # It stays a refusal where no journal can be written.
            run.found = replace(run.found, journal_problem=problem.message)
        raise


@contextlib.contextmanager
def _attempt_of(request: Request, run: Run, journal: Journal, version: str) -> Iterator[Ending]:
    """Begin an attempt in the journal; one that may send holds the lock of its order.

    Raises:
        ToolError: nothing may be sent now, or another run works on the order.
    """
    with contextlib.ExitStack() as stack:
        if not request.dry_run:
            _may_send(journal)
            _lock(stack, request, run)
        log = begin_attempt(journal, request, run.command, version)
        run.found = replace(run.found, attempt=log.number)
        run.album = Album(request.site, request.order_id)
        yield Ending(request, run, log, version)


def _with_code(run: Run, code: ExitCode) -> Answer:
    return run.answer().model_copy(update={"exit_code": int(code)})


def _point_to_verify(error: ToolError, run: Run, open_attempts: tuple[int, ...]) -> None:
    """Make the outcome unknown if an earlier attempt is unsettled.

    The dispute may have been cancelled, so the run cannot end as if nothing had happened.
    """
    if not open_attempts:
        return
    run.take(replace(run.found.unsettled, attempts=open_attempts))
    run.take(replace(run.found.end, outcome=Outcome.UNKNOWN))
    point_to_verify(error, run.verify_command)


async def fold(parts: AsyncIterator[Part], run: Run) -> None:
    """Take each part as soon as the work yields it; what came before an error stays."""
    async for part in parts:
        run.take(part)


def _may_send(journal: Journal) -> None:
    reason = journal.must_not_send().rstrip(".")
    if reason:
        raise ToolError(
            f"{reason}; dispute-guard sends nothing until you accept that",
            code=ErrorCode.JOURNAL_LOST,
            hint="check the order, then run 'dispute-guard doctor --accept-lost-journal'",
        )


def _lock(stack: contextlib.ExitStack, request: Request, run: Run) -> None:
    """Allow one run at a time on a dispute; the refused one has an unknown outcome."""
    try:
        stack.enter_context(
            target_lock(
                request.state_dir, order_target(request.order_id), attempt=run.found.attempt
            )
        )
    except ToolError as error:
        if error.code is ErrorCode.ALREADY_RUNNING:
            leave_unknown(run)
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        raise


def leave_unknown(run: Run) -> None:
    """End a run as unknown: another run is working on the same order."""
    run.take(End(Outcome.UNKNOWN))


def tidy(session: SessionOptions) -> None:
    """Close browsers left behind by a killed run of this state folder, and say so."""
    found = leftovers(session.state_dir)
    stuck = end_leftovers(session.state_dir)
    if found:
        session.say(f"closed {len(found) - len(stuck)} browser(s) of a killed run")


def _interrupted() -> ToolError:
    return ToolError(
        "interrupted",
        code=ErrorCode.INTERRUPTED,
        exit_code=ExitCode.INTERRUPTED,
        hint="run the command again",
    )


def run_verify(request: Request, run: Run) -> Answer:
    """Settle an outcome from fresh pages; sends nothing.

    Raises:
        ToolError: the pages could not be read. Never with exit code 1, which would mean that
            the dispute is not cancelled.
    """
    with (
        never_not_done(run),
        contextlib.closing(Journal.open(request.state_dir)) as journal,
        _alone_if_open(request, run, journal),
    ):
        found = run_work(verify_order(request, run, journal), request, run)
    return _verified(run, found)


async def verify_in(request: Request, run: Run, journal: Journal, opener: Opener) -> Answer:
    """As ``run_verify``, in a loop that runs already and in a browser that ``opener`` knows.

    Raises:
        ToolError: as there.
    """
    with never_not_done(run), _alone_if_open(request, run, journal):
        found = await verify_order(request, run, journal, opener)
    return _verified(run, found)


@contextlib.contextmanager
def never_not_done(run: Run) -> Iterator[None]:
    """Unknown until it is verified; an error never ends with the exit code of ``not_done``."""
    run.take(End(Outcome.UNKNOWN))
    try:
        yield
    except ToolError as error:
        if error.exit_code is ExitCode.FAILED:
            error.exit_code = ExitCode.UNKNOWN_OUTCOME
        raise


@contextlib.contextmanager
def _alone_if_open(request: Request, run: Run, journal: Journal) -> Iterator[None]:
    """Hold the order's lock to settle: a run in progress has an open intent too."""
    with contextlib.ExitStack() as stack:
        if journal.open_intents(order_target(request.order_id)):
            _lock(stack, request, run)
        yield


def _verified(run: Run, found: Verified) -> Answer:
    run.found = replace(
        run.found,
        end=found.end,
        attempt=found.attempt,
        kept=found.kept,
        dispute=_names_of(found.ids) if found.ids else None,
    )
    return _with_code(run, EXIT_CODES[found.end.outcome])


def _names_of(ids: DisputeIds) -> DisputeAnswer:
    return DisputeAnswer(dispute_id=ids.reverse_line_id, line_id=ids.trade_line_id)


def run_advise(request: Request, run: Run) -> Answer:
    """Advise on an order from its pages; sends nothing.

    Raises:
        ToolError: also if the rules block (exit 3).
    """
    judged = run_work(_advise(request, run), request, run)
    return _advised(judged, run)


async def advise_in(request: Request, run: Run) -> Answer:
    """As ``run_advise``, in a loop that runs already.

    Raises:
        ToolError: as there.
    """
    return _advised(await _advise(request, run), run)


def _advised(judged: Judged, run: Run) -> Answer:
    run.take(judged)
    refuse_if_blocked(judged)
    return _with_code(run, ExitCode.OK)


async def _advise(request: Request, run: Run) -> Judged:
    async def judge(walk: Walk) -> Judged:
        reading = await read_disputes(walk, request.order_id, request.item)
        return advise_on_pages(request, run, walk, reading)

    async with words_at_hand(request.site):
        return await walked(request, run, judge)


def run_work(
    work: Coroutine[None, None, Result],
    request: Request,
    run: Run,
    progress: Callable[[], Hashable] = lambda: None,
) -> Result:
    """Run work that only reads, until it ends, hangs or is interrupted.

    Args:
        progress: returns another value while a long step makes progress.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    try:
        return run_in_browser(work, request.session, lambda: run.place(progress()))
    except ToolError as error:
        run.found = replace(run.found, stopped_by=error)
        name_the_gateway(error, request, run)
        raise


def run_for_human(work: Coroutine[None, None, Result], session: SessionOptions) -> Result:
    """Run work that waits for a human in a browser window, and return its result.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130).
    """
    return run_in_browser(work, session, lambda: Place("login", human_is_asked=True))


def run_in_browser(
    work: Coroutine[None, None, Result], session: SessionOptions, place: Callable[[], Place]
) -> Result:
    """Run any work with a browser: first close what a killed run left, and always tidy up.

    Args:
        place: says where the work is, so that a browser that hangs is noticed.

    Raises:
        ToolError: what the work raised; ``interrupted`` (exit 130), ``step_stuck``.
    """
    with Interrupts(place, session.timeout, session.state_dir, session.runner) as interrupts:
        try:
            tidy(session)
            return interrupts.run(work)
        except KeyboardInterrupt:
            raise _interrupted() from None
        finally:
            work.close()


def name_the_gateway(error: ToolError, request: Request, run: Run) -> None:
    """Name the cause if a mimic's pages stay empty because its API was taken for a stranger."""
    given = request.addresses
    if given.is_real or run.guard is None or error.exit_code is not ExitCode.PAGE_NOT_RECOGNISED:
        return
    held = [
        record.loopback
        for record in run.guard.report().refused
        if record.kind == "foreign" and record.loopback and not record.main_frame
    ]
    if held:
        origin = max(held, key=held.count)
        instead = f" instead of {given.gateway}" if given.gateway else ""
        error.message = f"{error.message}; calls to {origin} were held back"
        error.hint = f"pass --gateway {origin}{instead} if that is the API of this mimic"


_MOST_HELD = 5
_WAYS_OUT = {
    ExitCode.REFUSED: Event.REFUSED,
    ExitCode.DECLINED: Event.DECLINED,
    ExitCode.PLAN_STALE: Event.STALE,
    ExitCode.INTERRUPTED: Event.INTERRUPTED,
}


def _way_out(error: ToolError) -> Event:
    if isinstance(error, UnseenWarningsError):
        return Event.REFUSED  # the plan is still good
    return _WAYS_OUT.get(error.exit_code, Event.FAILED)


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
            self.code = self.stopped(_interrupted())
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
        code = ExitCode.OK if self.request.dry_run else EXIT_CODES[end.outcome]
        try:
            self.log.finish(end.outcome, code, end.reason)
        except ToolError as error:
            if not run.request_left:
                raise
            # The outcome on the site is still true; the attempt stays open and is settled later.
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
        _point_to_verify(error, self.run, self._unsettled_before())
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
            hint=f"do not try again; run '{run.verify_command}'",
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

    def _unsettled_before(self) -> tuple[int, ...]:
        """Earlier attempts whose outcome is unknown; none where the journal cannot be read."""
        with contextlib.suppress(ToolError):
            found = self.log.journal.open_intents(order_target(self.request.order_id))
            return tuple(each.id for each in found if each.id != self.log.number)
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
