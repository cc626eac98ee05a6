"""Run one cancel, from the buyer's reason to the receipt, or a dry run without a permit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.advice.advise import advise_on_pages, words_at_hand
from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.conclusion import Conclusion
from automation.aliexpress.cancel.confirm import Confirm
from automation.aliexpress.cancel.consent import accept_warnings, agree
from automation.aliexpress.cancel.dossier import Agreed, Dossier, Prepared
from automation.aliexpress.cancel.preparation import keep_for_later, prepare, read, read_once_more
from automation.aliexpress.cancel.settle import cancelled_by, settled_before
from automation.aliexpress.cancel.verify import Subject, subject_of
from automation.aliexpress.found import Confirmed, Consented, End
from automation.aliexpress.plan.plan import check_made_here
from automation.aliexpress.plan.site_warnings import UnseenWarningsError
from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.request import Escort
from automation.aliexpress.session.opening import open_walk, walked_in_parts
from automation.aliexpress.site.addresses import has_legacy_name_only
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.locate import cancel_control, uncovered
from automation.aliexpress.walk.response_names import Known, Names, names_in
from automation.engine.journal import Event, StoredPlan
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from playwright.async_api import Locator

    from automation.aliexpress.cancel.escort.by_hand import ByHand
    from automation.aliexpress.found import Part
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.session.opening import Opener
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog

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
        ToolError: what stopped the run. The request may be on its way by then: ``run.found.sent``
            knows it from what was yielded, and the end of the attempt makes ``unknown`` of it.
    """
    stored = _stored(request, run, log)
    still_open = not request.dry_run and bool(
        log.journal.open_intents(order_target(request.order_id))
    )
    if still_open:
        # Until it is settled, the outcome is unknown, whatever stops this run.
        yield End(Outcome.UNKNOWN)
    agreed = Agreed()

    async def parts(walk: Walk) -> AsyncIterator[Part]:
        if still_open:
            before = await settled_before(walk, request, run, log.journal, stored)
            yield cancelled_by(before) if before else End()
            if before:
                log.record(Event.VERIFIED, outcome=Outcome.DONE.value, by=before.attempt)
                return
        async for part in _parts(Dossier(request, run, log, walk, stored, agreed)):
            yield part

    async with words_at_hand(request.site):
        async for part in walked_in_parts(request, run, parts, opener):
            yield part


async def _parts(dossier: Dossier) -> AsyncIterator[Part]:
    """Read, advise and plan; then consent, commit and verify, unless it is a dry run."""
    request = dossier.request
    reading = await read(dossier)
    if dossier.walk.album is not None:
        dossier.walk.album.item = reading.item
    dossier.log.record(Event.WHOLE_FOUND)
    judged = advise_on_pages(request, dossier.run, dossier.walk, reading)
    yield judged
    prepared = await prepare(dossier, reading, judged)
    yield prepared.plan
    dossier.log.record(Event.PLANNED, digest=prepared.plan.digest)
    if request.dry_run:
        yield keep_for_later(dossier, prepared.plan)
        yield End(Outcome.NOT_DONE, "dry run: made a plan", at=Step.PLAN)
        return
    consented = await agree(dossier, prepared)
    yield consented
    prepared = await read_once_more(dossier, prepared)
    async for part in _commit(dossier, prepared, consented):
        yield part


async def _commit(
    dossier: Dossier, prepared: Prepared, consented: Consented
) -> AsyncIterator[Part]:
    """Write the intent, send one request, and verify it on fresh pages."""
    target = await _aim(dossier, prepared)
    with dossier.run.step(Step.INTENT) as running:
        running.page = "journal"
        _write_intent(dossier, prepared)
        running.note = "on disk"
    confirmed = Confirmed()
    async for part in _send(dossier, prepared, target, consented):
        confirmed = part if isinstance(part, Confirmed) else confirmed
        yield part
    conclusion = Conclusion(
        dossier.request,
        dossier.run,
        dossier.log,
        dossier.walk,
        _subject(dossier, prepared),
        prepared.dispute.status_words,
        dossier.stored,
    )
    async for part in conclusion.parts(confirmed):
        yield part


def _write_intent(dossier: Dossier, prepared: Prepared) -> None:
    """Write it once: after a hand-over it is on disk already."""
    if dossier.log.has(Event.INTENT):
        return
    subject = _subject(dossier, prepared)
    dossier.log.record(
        Event.INTENT,
        digest=prepared.plan.digest,
        boxes=subject.boxes,
        listed=subject.listed,
    )


async def _aim(dossier: Dossier, prepared: Prepared) -> Locator | Escort:
    """Who presses what: the control to click, or the escort of a buyer who presses it."""
    if dossier.request.escort is not None:
        return dossier.request.escort
    target = await cancel_control(dossier.walk, prepared.dispute)
    await uncovered(dossier.walk, target)
    return target


async def _send(
    dossier: Dossier, prepared: Prepared, target: Locator | Escort, consented: Consented
) -> AsyncIterator[Part]:
    """Send the one request; if the dialog warns, ask the buyer and read everything again.

    Nothing can have been sent before the question: no permit was handed out.
    """
    accepted, confirmed = dossier.request.accepted_warnings, Confirmed()
    for asked in range(_MOST_QUESTIONS + 1):
        way, sending = await _way(dossier, prepared, target, accepted, confirmed)
        try:
            await sending
        except UnseenWarningsError as unseen:
            if asked == _MOST_QUESTIONS:
                break
            said = await accept_warnings(dossier, unseen, prepared.plan)
            accepted |= {each.digest for each in unseen.warnings}
            consented = Consented(f"{consented.how}, {said}")
        else:
            return
        finally:
            # Also where something else stopped it: the request may be on its way.
            confirmed = way.so_far
            yield confirmed
        yield consented
        prepared = await read_once_more(dossier, prepared)
        target = await _aim(dossier, prepared)
    raise ToolError(
        "the site warns of something else each time",
        code=ErrorCode.DIALOG_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the dispute in your own browser",
    )


async def _way(
    dossier: Dossier,
    prepared: Prepared,
    target: Locator | Escort,
    accepted: frozenset[str],
    so_far: Confirmed,
) -> tuple[Confirm | ByHand, Coroutine[None, None, None]]:
    """The tool's own clicks, or those of the buyer; nothing begins before it is awaited."""
    walk, plan, log = dossier.walk, prepared.plan, dossier.log
    others, names = _other_ids(prepared), await _names(dossier, prepared)
    spends = dossier.request.plan_digest
    if isinstance(target, Escort):
        from automation.aliexpress.cancel.escort.by_hand import ByHand  # noqa: PLC0415

        by_hand = ByHand(
            walk, plan, log, other_ids=others, escort=target, names=names, spends=spends,
            lang=prepared.dispute.lang, taught=dossier.agreed.taught, so_far=so_far,
        )  # fmt: skip
        return by_hand, by_hand.send()
    confirm = Confirm(
        walk, plan, log, other_ids=others, names=names, accepted=accepted, spends=spends, so_far=so_far
    )  # fmt: skip
    return confirm, confirm.send(target)


async def _names(dossier: Dossier, prepared: Prepared) -> Names:
    responses, ids = dossier.walk.responses, prepared.dispute.ids
    legacy = has_legacy_name_only(prepared.dispute.address)
    known = Known(
        dossier.request.order_id,
        None if legacy else ids.reverse_line_id,
        ids.trade_line_id,
        ids.reverse_line_id if legacy else None,
    )
    heard = await responses.all() if responses else ()
    names = names_in(heard, known, traffic_of(dossier.request.site.traffic))
    only_line = len(prepared.reading.order.lines) == 1
    return names.of_an_only_line() if only_line else names


def _subject(dossier: Dossier, prepared: Prepared) -> Subject:
    """The dispute before the request."""
    return subject_of(dossier.request.order_id, prepared.reading.order, prepared.dispute)


def _stored(request: Request, run: Run, log: AttemptLog) -> StoredPlan | None:
    """The plan that was consented to earlier, if there is one, made on this site."""
    if not request.plan_digest:
        return None
    stored = log.stored_plan(request.plan_digest, run.verify_command)
    if made_on := stored.document.get("origin"):  # without one its digest cannot be the same
        check_made_here(stored.digest, str(made_on), request.addresses.origin)
    return stored


def _other_ids(prepared: Prepared) -> frozenset[str]:
    """Ids of the order's other disputes and lines: a request with one of them is refused."""
    mine = {prepared.dispute.ids.reverse_line_id, prepared.dispute.ids.trade_line_id}
    named = (
        *(dispute.ids for dispute in prepared.reading.disputes),
        *(entry.ids for entry in prepared.reading.order.entries),
    )
    others = {i for ids in named for i in (ids.reverse_line_id, ids.trade_line_id) if i}
    return frozenset((others | set(prepared.dispute.foreign_ids)) - mine)
