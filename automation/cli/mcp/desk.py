"""The tools behind their names: each is the command of the same name, in a loop that runs already.

Guard, journal, receipts and outcomes are those of the command line. What differs is how the buyer
agrees: an agent may call every tool, but only words that the buyer typed accept a risk or cancel.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress import run as flow
from automation.aliexpress.advice_answer import Advised, advised
from automation.aliexpress.answer import Answer, Step
from automation.aliexpress.found import End, Found
from automation.aliexpress.list_answer import ListAnswer
from automation.aliexpress.listing.dispute_row import Listing
from automation.aliexpress.listing.listing import list_account
from automation.aliexpress.request import utc_now
from automation.aliexpress.running import Run
from automation.aliexpress.session.opening import open_walk
from automation.aliexpress.work import tidy
from automation.cli.endings import cancel_error, verify_error
from automation.cli.mcp.called import CalledHuman
from automation.cli.mcp.conversation import Reply
from automation.cli.mcp.questions import acceptance_of, acceptance_of_warnings, consent_to
from automation.cli.mcp.refusals import (
    MAKE_A_PLAN,
    check_risks,
    no_consent,
    not_accepted,
    stopped,
    to_accept,
)
from automation.cli.options.options import OutputOptions
from automation.cli.runs import (
    answer_to,
    answering,
    list_answer,
    make_request,
    tell_truth,
    verify_command,
)
from automation.engine.attempt import usable_plan
from automation.engine.interrupts import standstill, stuck_in
from automation.engine.journal import Journal
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.pruning import KEPT
from rules import Verdict, advise_on_words

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable, Iterator

    from automation.aliexpress.answer import PlanAnswer
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.plan.site_warnings import SiteWarning
    from automation.aliexpress.request import Request
    from automation.cli.mcp.arguments import (
        AdviseArguments,
        CancelArguments,
        ListArguments,
        PlanArguments,
        VerifyArguments,
    )
    from automation.cli.mcp.conversation import Conversation
    from automation.cli.options.options import BrowserOptions
    from rules import Facts

Told = Advised | ListAnswer
Result = TypeVar("Result")

_AS_JSON: Final = OutputOptions(as_json=True, quiet=False)
_MOST_PLANS: Final = 100


class Planned(Struct, frozen=True):
    """A plan that this server made, and what it was made from."""

    item: str | None
    said: Facts
    accepted: tuple[str, ...]
    answer: Answer
    plan: PlanAnswer


@dataclass
class Desk:
    """Carries out one call with a browser at a time.

    Args:
        browser: the options of the command, which hold for every call.
        version: of this tool, for the journal.
        say: tells the log what happens.
    """

    browser: BrowserOptions
    version: str
    say: Callable[[str], None] = field(default=lambda _: None)
    _plans: dict[str, Planned] = field(default_factory=dict)
    _busy: Run | None = None

    # Reading

    async def advise(self, talk: Conversation, given: AdviseArguments) -> Advised:
        """What the rules say, to what the buyer says or to the order's pages too."""
        said = given.facts(utc_now())
        order = given.order
        if order is None:
            answer = advised(advise_on_words(said))
            blocked = answer.verdict is Verdict.BLOCK
            code = ExitCode.REFUSED if blocked else ExitCode.OK
            return answer.model_copy(update={"exit_code": int(code)})

        async def work(run: Run) -> Answer:
            request = self._request(talk, order, given.item, said)
            return await self._watched(run, flow.advise_in(request, run))

        return await self._told(talk, talk.following(Run("advise", order)), work)

    async def list(self, talk: Conversation, given: ListArguments) -> ListAnswer:
        """Every open dispute of the account; what was found also if the run fails."""
        listing, run = Listing(), talk.following(Run("list"))

        def found(*, ended: bool = False) -> ListAnswer:
            return list_answer(listing, run, ended=ended)

        def progress() -> Hashable:
            return (listing.orders_seen, len(listing.rows))

        try:
            with (
                self._one_at_a_time(talk, run),
                answering(lambda _: found().as_json(), self.browser.state_dir),
            ):
                request = self._request(talk, "", None, None)
                work = list_account(
                    request, run, listing, every_order=given.every_order, tell=talk.count_orders
                )
                await self._watched(run, work, progress)
        except ToolError as error:
            return stopped(error, found())
        return found(ended=True)

    async def verify(self, talk: Conversation, given: VerifyArguments) -> Answer:
        """What became of a cancel, from fresh pages."""
        command = verify_command(given.order, given.item)
        run = Run("verify", given.order, command, found=Found(End(Outcome.UNKNOWN)))

        async def work(run: Run) -> Answer:
            request = self._request(talk, given.order, given.item, None)
            with (
                flow.never_not_done(run),
                contextlib.closing(Journal.open(request.state_dir)) as journal,
            ):
                answer = await self._watched(run, flow.verify_in(request, run, journal, open_walk))
            return answer.model_copy(update={"error": verify_error(answer)})

        return await self._told(talk, talk.following(run), work)

    # The plan

    async def plan(self, talk: Conversation, given: PlanArguments) -> Answer:
        """A dry run; a rule that blocks is overridden only if the buyer typed its name.

        Raises:
            ToolError: a risk that cannot be accepted (exit 2).
        """
        check_risks(given.accept_risk)
        accepted: tuple[str, ...] = ()
        while True:
            answer = await self._dry_run(talk, given, accepted)
            asked = to_accept(answer, set(given.accept_risk) - set(accepted))
            for finding in asked:
                reply = await talk.ask(acceptance_of(finding, given.order))
                if reply is not Reply.AGREED:
                    return not_accepted(answer, finding.rule, reply)
            if not asked:
                return answer
            accepted += tuple(each.rule for each in asked)

    async def _dry_run(
        self, talk: Conversation, given: PlanArguments, accepted: tuple[str, ...]
    ) -> Answer:
        said = given.facts(utc_now())

        async def work(run: Run) -> Answer:
            request = self._request(talk, given.order, given.item, said)
            request = replace(request, dry_run=True, accepted=accepted)
            answer = await self._cancel(request, run)
            if answer.plan is not None and answer.exit_code == ExitCode.OK:
                self._keep(Planned(given.item, said, accepted, answer, answer.plan))
            return answer

        run = Run("cancel", given.order, verify_command(given.order, given.item))
        return await self._told(talk, talk.following(run), work)

    def _keep(self, planned: Planned) -> None:
        """Keep a plan for a ``cancel``; the journal knows whether it is still good."""
        self._plans[planned.plan.digest] = planned
        for digest in list(self._plans)[:-_MOST_PLANS]:
            del self._plans[digest]

    # The cancel

    async def cancel(self, talk: Conversation, given: CancelArguments) -> Answer:
        """Carry out a plan of this server, once the buyer has typed the digits of its order."""
        planned = self._plans.get(given.plan)
        item = planned.item if planned else None
        run = talk.following(Run("cancel", given.order, verify_command(given.order, item)))

        async def ask(run: Run) -> Answer:
            request = self._request(talk, given.order, item, None)
            with flow.pointing_to_verify(request, run):
                await self._consent(talk, run, request, given, planned)
            return run.answer()

        asked = await self._told(talk, run, ask, alone=False)
        if planned is None or asked.error:
            return asked
        return await self._told(talk, run, lambda run: self._carry_out(talk, run, planned))

    async def _consent(
        self,
        talk: Conversation,
        run: Run,
        request: Request,
        given: CancelArguments,
        planned: Planned | None,
    ) -> None:
        """Ask the buyer, who sees the plan and types the digits of its order.

        Raises:
            ToolError: there is nothing to agree to, or they did not.
        """
        now = utc_now()
        with contextlib.closing(Journal.open(request.state_dir)) as journal:
            usable_plan(journal, given.plan, now, run.verify_command)
        mine = planned is not None and planned.plan.order_id == given.order
        # Taken before the question: two calls at once are one question, and one answer.
        taken = self._plans.pop(given.plan, None) if mine else None
        if planned is None or taken is None:
            raise ToolError(
                f"plan {given.plan} was not made here for this order, or was asked about before",
                code=ErrorCode.PLAN_STALE,
                exit_code=ExitCode.PLAN_STALE,
                hint=MAKE_A_PLAN,
            )
        with run.step(Step.CONSENT) as running, run.waiting_for_human():
            running.page = "you"
            reply = await talk.ask(consent_to(planned.answer, planned.plan, now))
        if reply is Reply.CANNOT_ASK:
            # Else it is spent: a buyer who said no is not asked about it until they say yes.
            self._keep(taken)
        if reply is not Reply.AGREED:
            raise no_consent(reply)

    async def _carry_out(self, talk: Conversation, run: Run, planned: Planned) -> Answer:
        async def accepts(warnings: tuple[SiteWarning, ...], plan: Plan) -> bool:
            question = acceptance_of_warnings(warnings, plan.order_id, plan.expires)
            return await talk.ask(question) is Reply.AGREED

        plan = planned.plan
        request = replace(
            self._request(talk, plan.order_id, planned.item, planned.said.updated(now=utc_now())),
            accepted=planned.accepted,
            plan_digest=plan.digest,
            agreed=f"plan {plan.digest}, digits typed in an agent's client",
            confirm_warnings=accepts,
        )
        return await self._cancel(request, run)

    async def _cancel(self, request: Request, run: Run) -> Answer:
        with contextlib.closing(Journal.open(request.state_dir)) as journal:
            work = flow.cancel_in(request, run, journal, self.version, open_walk)
            answer = await self._watched(run, work)
        return answer.model_copy(update={"error": cancel_error(answer, run.verify_command)})

    # Every run

    def _request(
        self, talk: Conversation, order: str, item: str | None, said: Facts | None
    ) -> Request:
        """What a call asks of the flow; what a killed run left behind is closed first."""
        request = make_request(order, self.browser, item=item, said=said, say=self.say)
        tidy(request.session)
        human = CalledHuman(request.human, talk.tell) if request.human else None
        return replace(request, keep_receipts=KEPT, human=human)

    async def _told(
        self,
        talk: Conversation,
        run: Run,
        work: Callable[[Run], Coroutine[None, None, Answer]],
        *,
        alone: bool = True,
    ) -> Answer:
        """The answer of a run, whatever ended it.

        Args:
            alone: it needs the browser, so no other run may have it.
        """
        try:
            with (
                self._one_at_a_time(talk, run) if alone else contextlib.nullcontext(),
                tell_truth(run, _AS_JSON, self.browser.state_dir),
            ):
                answer = await work(run)
        except ToolError as error:
            return stopped(error, answer_to(error, run))
        return answer

    @contextlib.contextmanager
    def _one_at_a_time(self, talk: Conversation, run: Run) -> Iterator[None]:
        """Hold the browser.

        Raises:
            ToolError: another call has it.
        """
        busy = self._busy
        if busy is not None:
            raise self._taken_by(busy, run)
        self._busy = talk.run = run
        try:
            yield
        finally:
            self._busy = None

    def _taken_by(self, busy: Run, run: Run) -> ToolError:
        """The error of a call that came while another one runs."""
        unclear = run.command == "verify" or (
            run.command == "cancel" and busy.command == "cancel" and busy.order_id == run.order_id
        )
        if unclear:
            flow.leave_unknown(run)
        return ToolError(
            f"another run is using this state folder: '{busy.command}' of this server, which runs one "
            "call at a time; nothing was read, nothing was sent",
            code=ErrorCode.ALREADY_RUNNING,
            exit_code=ExitCode.UNKNOWN_OUTCOME if unclear else ExitCode.FAILED,
            hint="try again when it is done",
        )

    async def _watched(
        self,
        run: Run,
        work: Coroutine[None, None, Result],
        progress: Callable[[], Hashable] = lambda: None,
    ) -> Result:
        """The result of work that is cancelled if it hangs.

        Raises:
            ToolError: what the work raised; ``step_stuck``.
        """
        this = asyncio.current_task()
        watch = asyncio.ensure_future(
            standstill(lambda: run.place(progress()), self.browser.timeout)
        )
        watch.add_done_callback(lambda done: this and not done.cancelled() and this.cancel())
        try:
            return await work
        except (ToolError, asyncio.CancelledError) as error:
            if not watch.done() or _is_more_than_an_end(error):
                raise
            raise stuck_in(watch.result()) from None
        finally:
            watch.cancel()


def _is_more_than_an_end(error: BaseException) -> bool:
    """Whether it says more than that the work was ended."""
    return isinstance(error, ToolError) and error.code is not ErrorCode.INTERRUPTED
