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
from automation.aliexpress.cancel.dossier import Prepared
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
    from automation.aliexpress.cancel.dossier import Dossier
    from automation.aliexpress.found import Judged
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.walk.order.reading import Reading
    from automation.engine.journal import Attempt
    from rules import Advice


async def read(dossier: Dossier) -> Reading:
    """Read the order's disputes, and end on the page of the one to judge.

    The rules must judge the page that gets clicked. Opening the order's other disputes can leave
    that page; it is then loaded again, and its new content is judged.
    """
    reading = await _found(dossier)
    dispute = reading.chosen
    if dispute is None or dossier.walk.page.url == dispute.address:
        return reading
    fresh = await dossier.walk.reload_dispute(dispute.address)
    check_identity(dossier.request.order_id, dispute.ids, fresh)
    return reading.showing(fresh)


async def _found(dossier: Dossier) -> Reading:
    """The order's disputes; by hand, with the buyer's help where pages are unknown."""
    request = dossier.request
    if request.escort is None:
        return await read_disputes(dossier.walk, request.order_id, request.item)
    from automation.aliexpress.cancel.escort.guide import Guide  # noqa: PLC0415  few act by hand

    said = request.said.dispute_status
    guide = Guide(dossier.walk, request.order_id, request.item, request.escort, said)
    reading = await guide.read()
    dossier.agreed.taught = dossier.agreed.taught.then(guide.taught)
    return reading


async def prepare(dossier: Dossier, reading: Reading, judged: Judged) -> Prepared:
    """Refuse what the rules block, try the click, and plan."""
    dispute = reading.chosen
    if dispute is not None:
        refuse_if_moved(dossier.log.journal, dossier.request, dispute.ids)
        if not dossier.log.has(Event.INTENT):  # after it, the target stays
            record_dispute(dossier.log, dossier.request, dispute)
    try:
        refuse_if_blocked(judged)
    except ToolError as refusal:
        if any(each.rule == "nothing-to-cancel" for each in judged.advice.findings):
            refusal.hint = refusal.hint.replace(VERIFY_IT, pasted(dossier.run.verify_command))
            ids = dispute.ids if dispute else None
            name_earlier_cancel(refusal, dossier.log.journal, dossier.request, ids)
        raise
    if dispute is None:
        raise ToolError("no dispute to cancel", code=ErrorCode.NO_DISPUTE)
    if dossier.request.escort is None:
        await try_cancel_request(dossier.walk, dispute)
        await dossier.walk.picture(CONTROL)
    with dossier.run.step(Step.PLAN) as running:
        plan = _plan_of(dossier, reading, dispute, judged.advice)
        running.page, running.note = "plan", plan.digest
    return Prepared(reading, dispute, judged.advice, plan)


def keep_for_later(dossier: Dossier, plan: Plan) -> Unsettled:
    """Keep a dry run's plan until it expires, and say what prevents carrying it out now."""
    keep_plan(dossier.log, plan)
    open_now = dossier.log.journal.open_intents(order_target(dossier.request.order_id))
    numbers = tuple(attempt.id for attempt in open_now)
    return Unsettled(numbers, tuple(_in_the_way(dossier, attempt) for attempt in open_now))


async def read_once_more(dossier: Dossier, prepared: Prepared) -> Prepared:
    """Read the dispute again: it must still give the same digest.

    That covers all that the rules judge of it, also what a seller wrote meanwhile.
    """
    with dossier.run.step(Step.REREAD) as running:
        running.page = "Dispute"
        prepared = await _read_again(dossier, prepared)
        running.note = "unchanged"
    return prepared


async def _read_again(dossier: Dossier, prepared: Prepared) -> Prepared:
    plan = prepared.plan
    fresh = await dossier.walk.reload_dispute(prepared.dispute.address)
    check_identity(dossier.request.order_id, prepared.dispute.ids, fresh)
    again = _plan_of(dossier, prepared.reading, fresh, prepared.advice)
    if again.digest != plan.digest:
        raise StalePlanError(
            "the dispute changed since it was read", differences(plan.kept(), again)
        )
    if plan.is_expired(dossier.request.now()):
        raise StalePlanError("the plan expired before it could be carried out")
    return replace(prepared, dispute=fresh)


def _plan_of(dossier: Dossier, reading: Reading, dispute: DisputePage, advice: Advice) -> Plan:
    """The plan for what was read; it expires when the one does that the buyer agreed to."""
    plan = make_plan(
        addresses=dossier.request.addresses,
        seen=reading,
        dispute=dispute,
        said=dossier.request.said,
        advice=advice,
        accepted=dossier.request.accepted,
        now=dossier.request.now(),
    )
    # What the buyer read themselves is part of what they consent to.
    said = dossier.agreed.taught.in_words
    plan = plan.model_copy(update={"unverified": (*plan.unverified, *said)})
    earlier = dossier.agreed.plan or dossier.stored
    return plan.until(earlier.expires) if earlier else plan


def _in_the_way(dossier: Dossier, attempt: Attempt) -> str:
    settle = verify_commands((attempt,), dossier.request, dossier.run.verify_command)
    return (
        f"attempt {attempt.id} may have sent its request and is not settled: "
        f"{verify_first(*settle)}"
    )
