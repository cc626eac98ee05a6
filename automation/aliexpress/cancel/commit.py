"""Run one cancel, from the buyer's reason to the receipt, or a dry run without a permit."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from automation.aliexpress.advice.advise import advise_on_pages, refuse_if_blocked, words_at_hand
from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.attempts import (
    keep_plan,
    name_earlier_cancel,
    record_dispute,
    refuse_if_moved,
    verify_commands,
    verify_first,
)
from automation.aliexpress.cancel.conclusion import Conclusion
from automation.aliexpress.cancel.confirm import Commit
from automation.aliexpress.cancel.escort.taught import Taught
from automation.aliexpress.cancel.settle import cancelled_by, settled_before
from automation.aliexpress.cancel.verify import Subject, subject_of
from automation.aliexpress.found import Confirmed, Consented, End, Unsettled
from automation.aliexpress.plan.order_number import VERIFY_IT
from automation.aliexpress.plan.plan import (
    Plan,
    StalePlanError,
    check_made_here,
    differences,
    make_plan,
)
from automation.aliexpress.plan.site_warnings import UnseenWarningsError
from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.request import Escort
from automation.aliexpress.session.opening import open_walk, walked_in_parts
from automation.aliexpress.site.addresses import has_legacy_name_only
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.album import CONTROL
from automation.aliexpress.walk.locate import cancel_control, try_cancel_request, uncovered
from automation.aliexpress.walk.notice import asking_at_terminal
from automation.aliexpress.walk.order.identity import check_identity
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.aliexpress.walk.response_names import Known, Names, names_in
from automation.engine.journal import Event, StoredPlan
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from playwright.async_api import Locator

    from automation.aliexpress.cancel.escort.by_hand import ByHand
    from automation.aliexpress.found import Judged, Part
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.session.opening import Opener
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.order.reading import Reading
    from automation.engine.attempt import AttemptLog
    from automation.engine.journal import Attempt
    from rules import Advice

# How often to ask about a dialog that warns of something new each time.
_MOST_QUESTIONS = 3


async def cancel(
    request: Request, run: Run, log: AttemptLog, opener: Opener = open_walk
) -> AsyncIterator[Part]:
    """Run one cancel, and yield what it finds as soon as it is found.

    So what was sent or seen is not lost where a later step, or closing the browser, fails.

    Args:
        opener: opens the site, perhaps in a browser that several runs share.

    Raises:
        ToolError: whatever stops the run before a request is sent. After that, nothing is
            raised: the outcome is ``unknown`` instead.
    """
    stored = _stored(request, run, log)
    still_open = not request.dry_run and bool(
        log.journal.open_intents(order_target(request.order_id))
    )
    if still_open:
        # Until it is settled, the outcome is unknown, whatever stops this run.
        yield End(Outcome.UNKNOWN)
    agreed = _Agreed()

    async def parts(walk: Walk) -> AsyncIterator[Part]:
        if still_open:
            before = await settled_before(walk, request, run, log.journal, stored)
            yield cancelled_by(before) if before else End()
            if before:
                log.record(Event.VERIFIED, outcome=Outcome.DONE.value, by=before.attempt)
                return
        async for part in _Cancel(request, run, log, walk, stored, agreed).parts():
            yield part

    async with words_at_hand(request.site):
        async for part in walked_in_parts(request, run, parts, opener):
            yield part


class Prepared(msgspec.Struct, frozen=True):
    """The input of a commit."""

    reading: Reading
    dispute: DisputePage
    advice: Advice
    plan: Plan


@dataclass
class _Agreed:
    """The plan that the buyer agreed to in this run, and how; it outlives a hand-over.

    Args:
        taught: what a buyer who acts by hand taught this run.
    """

    plan: Plan | None = None
    how: str = ""
    taught: Taught = field(default_factory=Taught)


class _Cancel(msgspec.Struct, frozen=True):
    request: Request
    run: Run
    log: AttemptLog
    walk: Walk
    stored: StoredPlan | None
    agreed: _Agreed = msgspec.field(default_factory=_Agreed)

    async def parts(self) -> AsyncIterator[Part]:
        """Read, advise and plan; then consent, commit and verify, unless it is a dry run."""
        request = self.request
        reading = await self._read()
        if self.walk.album is not None:
            self.walk.album.item = reading.item
        self.log.record(Event.WHOLE_FOUND)
        judged = advise_on_pages(request, self.run, self.walk, reading)
        yield judged
        prepared = await self.prepare(reading, judged)
        yield prepared.plan
        self.log.record(Event.PLANNED, digest=prepared.plan.digest)
        if request.dry_run:
            yield self.keep_plan(prepared.plan)
            yield End(Outcome.NOT_DONE, "dry run: made a plan", at=Step.PLAN)
            return
        consented = await self.agree(prepared)
        yield consented
        prepared = await self._read_once_more(prepared)
        async for part in self.commit(prepared, consented):
            yield part

    async def prepare(self, reading: Reading, judged: Judged) -> Prepared:
        """Refuse what the rules block, try the click, and plan."""
        dispute = reading.chosen
        if dispute is not None:
            refuse_if_moved(self.log.journal, self.request, dispute.ids)
            if not self.log.has(Event.INTENT):  # after it, the target stays
                record_dispute(self.log, self.request, dispute)
        try:
            refuse_if_blocked(judged)
        except ToolError as refusal:
            if any(each.rule == "nothing-to-cancel" for each in judged.advice.findings):
                refusal.hint = refusal.hint.replace(VERIFY_IT, pasted(self.run.verify_command))
                ids = dispute.ids if dispute else None
                name_earlier_cancel(refusal, self.log.journal, self.request, ids)
            raise
        if dispute is None:
            raise ToolError("no dispute to cancel", code=ErrorCode.NO_DISPUTE)
        if self.walk.page.url != dispute.address:
            dispute = await self.walk.reload_dispute(dispute.address)
        if self.request.escort is None:
            await try_cancel_request(self.walk, dispute)
            await self.walk.picture(CONTROL)
        with self.run.step(Step.PLAN) as running:
            plan = self._plan_of(reading, dispute, judged.advice)
            running.page, running.note = "plan", plan.digest
        return Prepared(reading, dispute, judged.advice, plan)

    async def _read(self) -> Reading:
        """Read the order's disputes; by hand, with the buyer's help where pages are unknown."""
        request = self.request
        if request.escort is None:
            return await read_disputes(self.walk, request.order_id, request.item)
        from automation.aliexpress.cancel.escort.guide import Guide  # noqa: PLC0415  few act by hand

        said = request.said.dispute_status
        guide = Guide(self.walk, request.order_id, request.item, request.escort, said)
        reading = await guide.read()
        self.agreed.taught = guide.taught
        return reading

    def _plan_of(self, reading: Reading, dispute: DisputePage, advice: Advice) -> Plan:
        """The plan for what was read; it expires when the one does that the buyer agreed to."""
        plan = make_plan(
            addresses=self.request.addresses,
            seen=reading,
            dispute=dispute,
            said=self.request.said,
            advice=advice,
            accepted=self.request.accepted,
            now=self.request.now(),
        )
        # What the buyer read themselves is part of what they consent to.
        said = self.agreed.taught.in_words
        plan = plan.model_copy(update={"unverified": (*plan.unverified, *said)})
        earlier = self.agreed.plan or self.stored
        return plan.until(earlier.expires) if earlier else plan

    def keep_plan(self, plan: Plan) -> Unsettled:
        """Keep a dry run's plan until it expires, and say what prevents carrying it out now."""
        keep_plan(self.log, plan)
        open_now = self.log.journal.open_intents(order_target(self.request.order_id))
        numbers = tuple(attempt.id for attempt in open_now)
        return Unsettled(numbers, tuple(map(self._in_the_way, open_now)))

    def _in_the_way(self, attempt: Attempt) -> str:
        settle = verify_commands((attempt,), self.request, self.run.verify_command)
        return (
            f"attempt {attempt.id} may have sent its request and is not settled: "
            f"{verify_first(*settle)}"
        )

    async def agree(self, prepared: Prepared) -> Consented:
        """Get consent: to the stored plan, if it is still the same, or at the terminal.

        After a hand-over, consent to the very same plan still counts.
        """
        with self.run.step(Step.CONSENT) as running:
            running.page = "you"
            if self.agreed.plan is not None:
                _check_same(prepared.plan, self.agreed.plan.digest, self.agreed.plan.kept())
                running.note = self.agreed.how
                return Consented(self.agreed.how)
            if self.stored is not None:
                _check_same(prepared.plan, self.stored.digest, self.stored.document)
                running.note = self.request.agreed or f"plan {self.stored.digest}"
            else:
                await self._ask(prepared)
                running.note = "typed at the terminal"
        self.log.record(Event.CONSENTED, how=running.note)
        self.agreed.plan, self.agreed.how = prepared.plan, running.note
        return Consented(f"{running.note}{self._pressed_by()}")

    def _pressed_by(self) -> str:
        """For the consent: who presses, if it is not the tool."""
        if self.request.escort is None:
            return ""
        from automation.aliexpress.cancel.escort.by_hand import PRESSED_BY_HAND  # noqa: PLC0415

        return f"; {PRESSED_BY_HAND}"

    async def _read_once_more(self, prepared: Prepared) -> Prepared:
        """Read the dispute again: it must still give the same digest."""
        with self.run.step(Step.REREAD) as running:
            running.page = "Dispute"
            prepared = await self._read_again(prepared)
            running.note = "unchanged"
        return prepared

    async def _ask(self, prepared: Prepared) -> None:
        ask, by_hand = self.request.consent, self.request.escort is not None
        at_window = asking_at_terminal(self.walk.page.context) if by_hand else nullcontext()
        with self.run.waiting_for_human():
            async with at_window:
                agreed = ask is not None and await ask(prepared.plan, prepared.advice)
        if not agreed:
            raise ToolError(
                "consent not given: the digits did not match",
                code=ErrorCode.DECLINED,
                exit_code=ExitCode.DECLINED,
                hint="run the command again, and type the group before the last one",
            )

    async def _read_again(self, prepared: Prepared) -> Prepared:
        plan = prepared.plan
        fresh = await self.walk.reload_dispute(prepared.dispute.address)
        check_identity(self.request.order_id, prepared.dispute.ids, fresh)
        again = self._plan_of(prepared.reading, fresh, prepared.advice)
        if again.digest != plan.digest:
            raise StalePlanError(
                "the dispute changed since it was read", differences(plan.kept(), again)
            )
        if plan.is_expired(self.request.now()):
            raise StalePlanError("the plan expired before it could be carried out")
        return replace(prepared, dispute=fresh)

    async def commit(self, prepared: Prepared, consented: Consented) -> AsyncIterator[Part]:
        """Write the intent, send one request, and verify it on fresh pages."""
        target = await self._aim(prepared)
        with self.run.step(Step.INTENT) as running:
            running.page = "journal"
            self._write_intent(prepared)
            running.note = "on disk"
        confirmed = Confirmed()
        async for part in self._send(prepared, target, consented):
            confirmed = part if isinstance(part, Confirmed) else confirmed
            yield part
        conclusion = Conclusion(
            self.request,
            self.run,
            self.log,
            self.walk,
            self._subject(prepared),
            prepared.dispute.status_words,
            self.stored,
        )
        async for part in conclusion.parts(confirmed):
            yield part

    def _write_intent(self, prepared: Prepared) -> None:
        """Write it once: after a hand-over it is on disk already."""
        if self.log.has(Event.INTENT):
            return
        subject = self._subject(prepared)
        self.log.record(
            Event.INTENT,
            digest=prepared.plan.digest,
            boxes=subject.boxes,
            listed=subject.listed,
        )

    async def _aim(self, prepared: Prepared) -> Locator | Escort:
        """Who presses what: the control to click, or the escort of a buyer who presses it."""
        if self.request.escort is not None:
            return self.request.escort
        target = await cancel_control(self.walk, prepared.dispute)
        await uncovered(self.walk, target)
        return target

    async def _send(
        self, prepared: Prepared, target: Locator | Escort, consented: Consented
    ) -> AsyncIterator[Part]:
        """Send the one request; if the dialog warns, ask the buyer and read everything again.

        Nothing can have been sent before the question: no permit was handed out.
        """
        accepted, confirmed = self.request.accepted_warnings, Confirmed()
        for _ in range(_MOST_QUESTIONS):
            way, sending = await self._way(prepared, target, accepted, confirmed)
            try:
                await sending
            except UnseenWarningsError as unseen:
                said = await self._accept(unseen, prepared.plan)
                accepted |= {each.digest for each in unseen.warnings}
                consented = Consented(f"{consented.how}, {said}")
            else:
                return
            finally:
                # Also where something else stopped it: the request may be on its way.
                confirmed = way.so_far
                yield confirmed
            yield consented
            prepared = await self._read_once_more(prepared)
            target = await self._aim(prepared)
        raise ToolError(
            "the site warns of something else each time",
            code=ErrorCode.DIALOG_NOT_RECOGNISED,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="look at the dispute in your own browser",
        )

    async def _way(
        self,
        prepared: Prepared,
        target: Locator | Escort,
        accepted: frozenset[str],
        so_far: Confirmed,
    ) -> tuple[Commit | ByHand, Coroutine[None, None, None]]:
        """The tool's own clicks, or those of the buyer; nothing begins before it is awaited."""
        dispute = (self.walk, prepared.plan, self.log, _other_ids(prepared))
        taught = self.agreed.taught
        names, spends = await self._names(prepared), self.request.plan_digest
        if isinstance(target, Escort):
            from automation.aliexpress.cancel.escort.by_hand import ByHand  # noqa: PLC0415

            lang = prepared.dispute.lang
            by_hand = ByHand(*dispute, target, names, lang, spends, taught, so_far)
            return by_hand, by_hand.send()
        commit = Commit(*dispute, names, accepted, spends, so_far)
        return commit, commit.send(target)

    async def _accept(self, unseen: UnseenWarningsError, plan: Plan) -> str:
        """Ask the buyer about the dialog's warnings, and say what they did.

        Raises:
            ToolError: there is no terminal to ask at (exit 7), or the buyer says no (exit 6).
        """
        ask = self.request.confirm_warnings
        if ask is None:
            raise unseen
        with self.run.step(Step.CONSENT) as running:
            running.page = "you"
            with self.run.waiting_for_human():
                accepted = await ask(unseen.warnings, plan)
            if not accepted:
                raise ToolError(
                    "the site's warning was not accepted",
                    code=ErrorCode.DECLINED,
                    exit_code=ExitCode.DECLINED,
                    hint="run the command again, and read the warning before you type yes",
                )
            running.note = "the site's warning accepted"
        return running.note

    async def _names(self, prepared: Prepared) -> Names:
        responses, ids = self.walk.responses, prepared.dispute.ids
        legacy = has_legacy_name_only(prepared.dispute.address)
        known = Known(
            self.request.order_id,
            None if legacy else ids.reverse_line_id,
            ids.trade_line_id,
            ids.reverse_line_id if legacy else None,
        )
        heard = await responses.all() if responses else ()
        names = names_in(heard, known, traffic_of(self.request.site.traffic))
        only_line = len(prepared.reading.order.lines) == 1
        return names.of_an_only_line() if only_line else names

    def _subject(self, prepared: Prepared) -> Subject:
        """The dispute before the request."""
        return subject_of(self.request.order_id, prepared.reading.order, prepared.dispute)


def _stored(request: Request, run: Run, log: AttemptLog) -> StoredPlan | None:
    """The plan that was consented to earlier, if there is one, made on this site."""
    if not request.plan_digest:
        return None
    stored = log.stored_plan(request.plan_digest, run.verify_command)
    if made_on := stored.document.get("origin"):  # without one its digest cannot be the same
        check_made_here(stored.digest, str(made_on), request.addresses.origin)
    return stored


def _check_same(plan: Plan, digest: str, document: dict[str, object]) -> None:
    """Require the digest that the buyer consented to."""
    if plan.digest != digest:
        raise StalePlanError("the plan is stale", differences(document, plan))


def _other_ids(prepared: Prepared) -> frozenset[str]:
    """Ids of the order's other disputes and lines: a request with one of them is refused."""
    mine = {prepared.dispute.ids.reverse_line_id, prepared.dispute.ids.trade_line_id}
    named = (
        *(dispute.ids for dispute in prepared.reading.disputes),
        *(entry.ids for entry in prepared.reading.order.entries),
    )
    others = {i for ids in named for i in (ids.reverse_line_id, ids.trade_line_id) if i}
    return frozenset((others | set(prepared.dispute.foreign_ids)) - mine)
