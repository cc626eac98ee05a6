"""Run a request: cancel, verify or advise, and fold what its work finds into one answer."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from automation.aliexpress.advice.advise import (
    advise_first,
    advise_on_pages,
    refuse_if_blocked,
    words_at_hand,
)
from automation.aliexpress.answer import DisputeAnswer
from automation.aliexpress.cancel.attempts import (
    at_work,
    begin_attempt,
    refuse_elsewhere,
    unsettled,
    verify_commands,
)
from automation.aliexpress.cancel.commit import cancel
from automation.aliexpress.cancel.settle import verify_order
from automation.aliexpress.ending import Ending, leave_unsettled
from automation.aliexpress.found import End
from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.session.opening import walked
from automation.aliexpress.walk.album import Album
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.aliexpress.work import run_work, tidy
from automation.engine.interrupts import Interrupts
from automation.engine.journal import Journal, journal_exists, target_lock
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.errors import ErrorCode, ExitCode, Hint, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractContextManager

    from automation.aliexpress.answer import Answer
    from automation.aliexpress.cancel.settle import Verified
    from automation.aliexpress.found import Judged, Part
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.session.opening import Opener
    from automation.aliexpress.site import DisputeIds
    from automation.aliexpress.walk.browse import Walk


def run_cancel(request: Request, run: Run, version: str) -> Answer:
    """Cancel, or dry-run a cancel.

    Raises:
        ToolError: what stopped it; with exit 8 a request was sent, or may have been. The run's
            answer has the rest.
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
        ToolError: what stopped it; with exit 8 a request was sent, or may have been. The run's
            answer has the rest.
    """
    with pointing_to_verify(request, run):
        _refuse_on_words(request, run, version, lambda: contextlib.nullcontext(journal))
        with _attempt_of(request, run, journal, version) as ending, ending.kept():
            await fold(cancel(request, run, ending.log, opener), run)
    return _with_code(run, ending.code)


@contextlib.contextmanager
def pointing_to_verify(request: Request, run: Run) -> Iterator[None]:
    """Whatever stops the body, its error points to ``verify`` for an earlier unsettled attempt."""
    try:
        yield
    except ToolError as error:
        leave_unsettled(error, request, run, unsettled(request.state_dir, request.order_id))
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
        ToolError: nothing may be sent from this state folder, or another run works on the order.
    """
    may_send(journal)  # also before a dry run, whose plan could not be carried out
    with contextlib.ExitStack() as stack:
        if not request.dry_run:
            _lock(stack, request, run, journal)
        log = begin_attempt(journal, request, run.command, version)
        run.found = replace(run.found, attempt=log.number)
        run.album = Album(request.site, request.order_id)
        yield Ending(request, run, log, version)


def _with_code(run: Run, code: ExitCode) -> Answer:
    return run.answer().model_copy(update={"exit_code": int(code)})


async def fold(parts: AsyncIterator[Part], run: Run) -> None:
    """Take each part as soon as the work yields it; what came before an error stays."""
    async for part in parts:
        run.take(part)


def may_send(journal: Journal) -> None:
    """Begin nothing while the record of earlier requests is lost.

    Raises:
        ToolError: ``journal_lost``; the buyer has not accepted that.
    """
    reason = journal.must_not_send().rstrip(".")
    if reason:
        raise ToolError(
            f"{reason}; dispute-guard sends nothing until you accept that",
            code=ErrorCode.JOURNAL_LOST,
            hint=Hint.ACCEPT_LOSS,
        )


def _lock(stack: contextlib.ExitStack, request: Request, run: Run, journal: Journal) -> None:
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
            # What it does may be on another site, and that is where it can be settled.
            others = verify_commands(at_work(request, journal), request, run.verify_command)
            settle = pasted(*(others or (run.verify_command,)))
            error.hint = f"let it end (it may be waiting for your answer), then run {settle}"
        raise


def leave_unknown(run: Run) -> None:
    """End a run as unknown: another run is working on the same order."""
    run.take(End(Outcome.UNKNOWN))


def check_site(request: Request, run: Run) -> None:
    """Before a ``verify`` that names no site: is this the one where its order was tried?

    Raises:
        ToolError: it is not, or the journal cannot be read.
    """
    if not journal_exists(request.state_dir):
        return
    with never_not_done(run), contextlib.closing(Journal.open(request.state_dir)) as journal:
        refuse_elsewhere(journal, request, run.verify_command)


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
            _lock(stack, request, run, journal)
        yield


def _verified(run: Run, found: Verified) -> Answer:
    run.found = replace(
        run.found,
        end=found.end,
        attempt=found.attempt,
        kept=found.kept,
        journal_problem=found.journal_problem,
        settle_at=found.settle_at,
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
