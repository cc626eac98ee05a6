"""Run a batch: a dry run of every order, one consent, then one cancel after the other.

Each order is run by ``automation.aliexpress.run``, as ``cancel ORDER`` is: its dry run, then its
plan carried out on pages that are read afresh. The batch only decides what comes next.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from automation.aliexpress.answer import Answer, Step
from automation.aliexpress.batch.browser import BatchBrowser
from automation.aliexpress.batch.course import (
    Course,
    error_answer,
    interrupted,
    stopped_answer,
    why_it_ends,
)
from automation.aliexpress.batch.plan import Planned, make_batch_plan, stored_batch
from automation.aliexpress.batch.rows import digest_of_rows
from automation.aliexpress.cancel.attempts import ended_on
from automation.aliexpress.cancel.consent import not_agreed
from automation.aliexpress.plan.targets import dispute_target, order_target
from automation.aliexpress.run import cancel_in, may_send, verify_in
from automation.aliexpress.work import tidy
from automation.engine.interrupts import Interrupts, Place
from automation.engine.journal import Event, Journal, StoredPlan
from automation.engine.outcome import EXIT_CODES, Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.batch.plan import BatchPlan, PlannedRow
    from automation.aliexpress.batch.rows import Row
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.engine.journal import Attempt

# How long an order whose request is sent may take to its outcome once the buyer pressed Ctrl-C.
_LAST_SECONDS: Final = 180.0

# Ends of a dry run that say nothing about the next order: refused, not recognised, stale, unsettled.
_ONLY_THIS_ONE: Final = frozenset(
    {
        ExitCode.OK,
        ExitCode.REFUSED,
        ExitCode.PAGE_NOT_RECOGNISED,
        ExitCode.PLAN_STALE,
        ExitCode.UNKNOWN_OUTCOME,
    }
)

AskForAll = Callable[["BatchPlan", "tuple[Planned, ...]", Course], Awaitable[bool]]
"""Asks the buyer at the terminal whether to cancel all of these disputes."""


class Batch(msgspec.Struct, frozen=True):
    """One call of ``cancel --from FILE``.

    Args:
        request: what all orders have in common; its order is that of the first line.
        run_for: a run that reports the steps of one line.
        version: of this tool, for the journal.
        plan_digest: consent given earlier, as the digest of a dry run of the same file.
        consent: asks the buyer at the terminal; ``None`` if there is none.
        told: hears what became of each line, and whether that was its dry run.
    """

    request: Request
    run_for: Callable[[Row], Run]
    version: str
    plan_digest: str | None = None
    consent: AskForAll | None = None
    told: Callable[[Row, Answer], None] = msgspec.field(default=lambda _row, _answer: None)


def run_batch(batch: Batch, course: Course) -> None:
    """Run it to its end, or to what stops it; the course has the answer.

    Raises:
        ToolError: before anything was begun: the plan or the journal cannot be used.
    """
    session = batch.request.session
    place = partial(_place, course)
    interrupts = Interrupts(place, session.timeout, session.state_dir, session.runner)
    with (
        interrupts,
        contextlib.closing(Journal.open(batch.request.state_dir)) as journal,
    ):
        work = _Work(batch, course, journal, interrupts)
        work.begin()
        try:
            tidy(batch.request.session)
            interrupts.run(work.all())
        except KeyboardInterrupt:
            course.stopped_by = interrupted()
        except ToolError as error:
            course.stopped_by = error


def _place(course: Course) -> Place:
    """Where the batch is, for the watchdog."""
    done = (len(course.read), len(course.ends))
    return course.now.place(done) if course.now else Place("batch", done, human_is_asked=True)


@dataclass
class _Work:
    batch: Batch
    course: Course
    journal: Journal
    interrupts: Interrupts
    planned: list[Planned] = field(default_factory=list)

    def begin(self) -> None:
        """Take the plan of an earlier dry run, if there is one.

        Raises:
            ToolError: it cannot be used for this file (exit 7), or the journal for sending.
        """
        may_send(self.journal)
        digest = self.batch.plan_digest
        if digest is None:
            return
        now, rows = self.batch.request.now(), digest_of_rows(self.course.rows)
        kept, site = self.journal.load_plan(digest), self.batch.request.addresses.origin
        plan = stored_batch(kept, digest, rows, now, site=site)
        self.course.plan = plan
        for row in self.course.rows:
            if (out := plan.left_out_at(row.line)) is not None:
                told = _told(row, out.outcome, out.reason, out.exit_code)
                self.course.keep(row, told.model_copy(update={"error": out.error}))

    async def all(self) -> None:
        """Plan, ask and cancel, as far as it goes."""
        async with contextlib.AsyncExitStack() as stack:
            browser = BatchBrowser(stack)
            if self.batch.plan_digest is None and not await self._plan(browser):
                return
            browser.look_again()
            await self._commit(browser)

    # The dry runs, and the consent

    async def _plan(self, browser: BatchBrowser) -> bool:
        """Read every order and ask the buyer; false if nothing is to be cancelled now."""
        for row in self.course.rows:
            await self._read(browser, row)
            if self.course.stopped_by is not None:
                return False
        if not self.planned:
            return False
        plan = self._keep_plan()
        if self.batch.request.dry_run:
            return False
        if not await self._agrees(plan):
            expired = self.batch.request.now() >= plan.expires
            self.course.stopped_by = not_agreed("an order", expired=expired)
        return self.course.stopped_by is None

    async def _agrees(self, plan: BatchPlan) -> bool:
        ask = self.batch.consent
        if ask is None:
            return False
        with self.course.waiting_for_human():
            return await ask(plan, tuple(self.planned), self.course)

    def _keep_plan(self) -> BatchPlan:
        """Keep the plan of all; the plans of its orders are good as long as it is."""
        now, rows = self.batch.request.now(), digest_of_rows(self.course.rows)
        left_out, site = self.course.reasons_left_out(), self.batch.request.addresses.origin
        plan = make_batch_plan(self.planned, left_out, rows, now, site=site)
        for each in self.planned:
            one = each.plan
            self.journal.save_plan(
                StoredPlan(one.digest, one.target, one.created, plan.expires, one.kept())
            )
        self.journal.save_plan(plan.stored())
        self.course.plan = plan
        return plan

    async def _read(self, browser: BatchBrowser, row: Row) -> None:
        """The dry run of one line: it is planned, left out, or done already."""
        if self.journal.open_intents(order_target(row.order)):
            answer = await self._verified(browser, row, self._request(row))
            if answer.outcome is not Outcome.NOT_DONE:
                self._keep(row, answer)
                return
        run = self._run(row)
        request = self._request(row, dry_run=True)
        answer = await self._ended(
            cancel_in(request, run, self.journal, self.batch.version, browser.walk), run
        )
        plan = run.found.plan
        if answer.error is None and plan is not None and not self._stands_earlier(plan):
            self.planned.append(Planned(row, plan))
            self.course.read[row.line] = answer
            self.batch.told(row, answer)
            return
        if answer.error is None:
            answer = _stopped_by(answer, _same_dispute(row))
        elif self._was_done(row, answer):
            settled = await self._verified(browser, row, request)
            answer = settled if settled.outcome is Outcome.DONE else answer
        self._keep(row, answer)

    def _keep(self, row: Row, answer: Answer) -> None:
        """Keep the end of a line that is no part of the plan; some ends stop the batch."""
        self.course.keep(row, answer)
        self.batch.told(row, answer)
        if answer.exit_code not in _ONLY_THIS_ONE:
            self.course.stopped_by = self.interrupts.stuck or why_it_ends(answer)

    def _stands_earlier(self, plan: Plan) -> bool:
        """Whether an earlier line is about the same dispute."""
        return any(each.plan.target.may_be(plan.target) for each in self.planned)

    def _was_done(self, row: Row, answer: Answer) -> bool:
        """Whether the journal knows that the tool cancelled this dispute, which now has none."""
        ended = ended_on(self._request(row), self.journal)
        return answer.stopped_at is not Step.WORDS and any(each.outcome == "done" for each in ended)

    # The cancels

    async def _commit(self, browser: BatchBrowser) -> None:
        """Cancel one after the other, until one ends in a way that may end the next too."""
        plan = self.course.plan
        if plan is None:
            return
        self.course.committing = True
        rows = {row.line: row for row in self.course.rows}
        for planned in plan.planned:
            if self.course.stopped_by is not None:
                return
            row = rows[planned.line]
            answer = await self._carried_out(browser, row, planned)
            self.course.end(row, answer)
            self.batch.told(row, answer)
            self.course.stopped_by = self.interrupts.stuck or why_it_ends(answer)
            if self.interrupts.caught and planned is not plan.planned[-1]:
                self.course.stopped_by = self.course.stopped_by or interrupted()

    async def _carried_out(self, browser: BatchBrowser, row: Row, planned: PlannedRow) -> Answer:
        """Carry the plan of one order out, unless an earlier run of this command has."""
        request = self._request(row, item=planned.name, called=row.item, plan_digest=planned.digest)
        earlier = self._carried_out_before(planned)
        if earlier is not None and self._ended_unsent(earlier):
            return _stopped_by(_told(row, Outcome.NOT_DONE, "", 0), _nothing_sent(earlier))
        if earlier is not None and earlier.outcome in {Outcome.DONE, Outcome.NOT_DONE}:
            how = f"attempt {earlier.id} of an earlier run: {earlier.settled_how or earlier.reason}"
            outcome = Outcome(earlier.outcome)
            told = _told(row, outcome, how, int(EXIT_CODES[outcome]))
            return told.model_copy(update={"attempt": earlier.id})
        if earlier is not None:
            return await self._verified(browser, row, request)
        run = self._run(row)
        work = cancel_in(request, run, self.journal, self.batch.version, browser.walk)
        return await self._ended(self._to_its_outcome(work, run), run)

    def _carried_out_before(self, planned: PlannedRow) -> Attempt | None:
        """The attempt that has used the plan of this order up."""
        stored = self.journal.load_plan(planned.digest)
        if stored is None or stored.spent is None:
            return None
        for attempt in self.journal.attempts(on=dispute_target(planned.order, planned.ids)):
            events = self.journal.events(attempt.id)
            digests = {each.details.get("digest") for each in events if each.event is Event.INTENT}
            if planned.digest in digests:
                return attempt
        return None

    def _ended_unsent(self, attempt: Attempt) -> bool:
        """Whether an earlier attempt ended before its request was sent; a settled one may have sent it."""
        if attempt.outcome != "not_done" or attempt.settled is not None:
            return False
        return all(each.event is not Event.PERMIT_USED for each in self.journal.events(attempt.id))

    async def _to_its_outcome(self, work: Coroutine[None, None, Answer], run: Run) -> Answer:
        """Do the work; once its request is sent, Ctrl-C waits for the outcome."""
        task = asyncio.ensure_future(work)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if self.interrupts.stuck or not run.may_have_sent:
                task.cancel()
            await asyncio.wait({task}, timeout=_LAST_SECONDS)
            task.cancel()
            return await task

    # Both

    async def _verified(self, browser: BatchBrowser, row: Row, request: Request) -> Answer:
        """What became of an earlier attempt on this line's dispute, by fresh pages."""
        run = self._run(row)
        return await self._ended(verify_in(request, run, self.journal, browser.walk), run)

    async def _ended(self, work: Coroutine[None, None, Answer], run: Run) -> Answer:
        """The answer of an order, however it ended."""
        try:
            return await work
        except ToolError as error:
            return stopped_answer(run, error)

    def _run(self, row: Row) -> Run:
        self.course.now = self.batch.run_for(row)
        return self.course.now

    def _request(
        self,
        row: Row,
        *,
        dry_run: bool = False,
        item: str | None = None,
        called: str | None = None,
        plan_digest: str | None = None,
    ) -> Request:
        """What one line asks for, judged at the present time."""
        common = self.batch.request
        return replace(
            common,
            order_id=row.order,
            item=item or row.item,
            called=called,
            said=row.said.updated(now=common.now()),
            accepted=row.accepted,
            dry_run=dry_run,
            plan_digest=plan_digest,
            agreed=self._agreed() if plan_digest else "",
            consent=None,
        )

    def _agreed(self) -> str:
        """How the buyer agreed, for journal and receipt."""
        plan = self.course.plan
        if plan is None:
            return ""
        typed = "" if self.batch.plan_digest else ", typed at the terminal"
        return f"plan {plan.digest} for {len(plan.planned)} disputes{typed}"


def _told(row: Row, outcome: Outcome, reason: str, code: int) -> Answer:
    """The answer of a line for which nothing was run now."""
    return Answer(command="cancel", order=row.order, outcome=outcome, reason=reason, exit_code=code)


def _nothing_sent(attempt: Attempt) -> ToolError:
    """Of a line whose plan an earlier run used up without sending anything."""
    return ToolError(
        f"attempt {attempt.id} of an earlier run ended before anything was sent: {attempt.reason}",
        code=ErrorCode.PLAN_SPENT,
        exit_code=ExitCode.PLAN_STALE,
        hint="make a new plan of the file with --dry-run; what is done is left out of it",
    )


def _same_dispute(row: Row) -> ToolError:
    return ToolError(
        f"line {row.line} is about the dispute of an earlier line",
        code=ErrorCode.AMBIGUOUS_TARGET,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="name another item in each line of an order",
    )


def _stopped_by(answer: Answer, error: ToolError) -> Answer:
    told = {"reason": error.message, "exit_code": int(error.exit_code), "plan": None}
    return answer.model_copy(update={**told, "error": error_answer(error)})
