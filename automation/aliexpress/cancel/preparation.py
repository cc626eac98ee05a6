"""Read the order, advise and plan: all that comes before the buyer is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from automation.aliexpress.advice.advise import refuse_if_blocked
from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.attempts import (
    keep_plan,
    name_earlier_cancel,
    record_dispute,
    refuse_if_moved,
    verify_commands,
    verify_first,
)
from automation.aliexpress.cancel.case import Prepared
from automation.aliexpress.found import Unsettled
from automation.aliexpress.plan.order_number import VERIFY_IT
from automation.aliexpress.plan.plan import Plan, StalePlanError, differences, make_plan
from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.walk.album import CONTROL
from automation.aliexpress.walk.locate import try_cancel_request
from automation.aliexpress.walk.order.identity import check_identity
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.engine.journal import Event
from automation.errors import ErrorCode, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from automation.aliexpress.cancel.case import Case
    from automation.aliexpress.found import Judged
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.walk.order.reading import Reading
    from automation.engine.journal import Attempt
    from rules import Advice


async def read(case: Case) -> Reading:
    """Read the order's disputes, and end on the page of the one to judge.

    That is the page that will be clicked: the way to another dispute may have left it, and what
    it shows when it is loaded again is what the rules have to judge.
    """
    reading = await _found(case)
    dispute = reading.chosen
    if dispute is None or case.walk.page.url == dispute.address:
        return reading
    fresh = await case.walk.reload_dispute(dispute.address)
    check_identity(case.request.order_id, dispute.ids, fresh)
    return reading.showing(fresh)


async def _found(case: Case) -> Reading:
    """The order's disputes; by hand, with the buyer's help where pages are unknown."""
    request = case.request
    if request.escort is None:
        return await read_disputes(case.walk, request.order_id, request.item)
    from automation.aliexpress.cancel.escort.guide import Guide  # noqa: PLC0415  few act by hand

    said = request.said.dispute_status
    guide = Guide(case.walk, request.order_id, request.item, request.escort, said)
    reading = await guide.read()
    case.agreed.taught = case.agreed.taught.then(guide.taught)
    return reading


async def prepare(case: Case, reading: Reading, judged: Judged) -> Prepared:
    """Refuse what the rules block, try the click, and plan."""
    dispute = reading.chosen
    if dispute is not None:
        refuse_if_moved(case.log.journal, case.request, dispute.ids)
        if not case.log.has(Event.INTENT):  # after it, the target stays
            record_dispute(case.log, case.request, dispute)
    try:
        refuse_if_blocked(judged)
    except ToolError as refusal:
        if any(each.rule == "nothing-to-cancel" for each in judged.advice.findings):
            refusal.hint = refusal.hint.replace(VERIFY_IT, pasted(case.run.verify_command))
            ids = dispute.ids if dispute else None
            name_earlier_cancel(refusal, case.log.journal, case.request, ids)
        raise
    if dispute is None:
        raise ToolError("no dispute to cancel", code=ErrorCode.NO_DISPUTE)
    if case.request.escort is None:
        await try_cancel_request(case.walk, dispute)
        await case.walk.picture(CONTROL)
    with case.run.step(Step.PLAN) as running:
        plan = _plan_of(case, reading, dispute, judged.advice)
        running.page, running.note = "plan", plan.digest
    return Prepared(reading, dispute, judged.advice, plan)


def keep_for_later(case: Case, plan: Plan) -> Unsettled:
    """Keep a dry run's plan until it expires, and say what prevents carrying it out now."""
    keep_plan(case.log, plan)
    open_now = case.log.journal.open_intents(order_target(case.request.order_id))
    numbers = tuple(attempt.id for attempt in open_now)
    return Unsettled(numbers, tuple(_in_the_way(case, attempt) for attempt in open_now))


async def read_once_more(case: Case, prepared: Prepared) -> Prepared:
    """Read the dispute again: it must still give the same digest.

    That covers all that the rules judge of it, also what a seller wrote meanwhile.
    """
    with case.run.step(Step.REREAD) as running:
        running.page = "Dispute"
        prepared = await _read_again(case, prepared)
        running.note = "unchanged"
    return prepared


async def _read_again(case: Case, prepared: Prepared) -> Prepared:
    plan = prepared.plan
    fresh = await case.walk.reload_dispute(prepared.dispute.address)
    check_identity(case.request.order_id, prepared.dispute.ids, fresh)
    again = _plan_of(case, prepared.reading, fresh, prepared.advice)
    if again.digest != plan.digest:
        raise StalePlanError(
            "the dispute changed since it was read", differences(plan.kept(), again)
        )
    if plan.is_expired(case.request.now()):
        raise StalePlanError("the plan expired before it could be carried out")
    return replace(prepared, dispute=fresh)


def _plan_of(case: Case, reading: Reading, dispute: DisputePage, advice: Advice) -> Plan:
    """The plan for what was read; it expires when the one does that the buyer agreed to."""
    plan = make_plan(
        addresses=case.request.addresses,
        seen=reading,
        dispute=dispute,
        said=case.request.said,
        advice=advice,
        accepted=case.request.accepted,
        now=case.request.now(),
    )
    # What the buyer read themselves is part of what they consent to.
    said = case.agreed.taught.in_words
    plan = plan.model_copy(update={"unverified": (*plan.unverified, *said)})
    earlier = case.agreed.plan or case.stored
    return plan.until(earlier.expires) if earlier else plan


def _in_the_way(case: Case, attempt: Attempt) -> str:
    settle = verify_commands((attempt,), case.request, case.run.verify_command)
    return (
        f"attempt {attempt.id} may have sent its request and is not settled: "
        f"{verify_first(*settle)}"
    )
