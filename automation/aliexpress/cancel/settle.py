"""Settle earlier attempts that may have sent their request: look at fresh pages, never click.

``verify`` does that for the buyer, and ``cancel`` does it before it sends anything.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.attempts import (
    ended_on,
    is_meant,
    made_on_this_site,
    verify_commands,
)
from automation.aliexpress.cancel.reply import in_words
from automation.aliexpress.cancel.verify import Subject, conclude, subject_of
from automation.aliexpress.found import End, Kept
from automation.aliexpress.plan.targets import ids_of, order_target
from automation.aliexpress.receipts.contents import keep_settlement
from automation.aliexpress.session.opening import open_walk, walked
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.walk.album import Album
from automation.aliexpress.walk.order.item import item_number
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.aliexpress.walk.progress import Untold
from automation.engine.journal import Attempt, Event, Journal
from automation.engine.outcome import Case, Outcome, Past
from automation.engine.trace import trace_of
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.session.opening import Opener
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.progress import Progress
    from automation.engine.journal import AttemptEvent, StoredPlan
    from automation.engine.journal.records import FinalOutcome
    from automation.engine.looking import Concluded

_LOOK_SECONDS = 6.0


class Settlement(Struct, frozen=True):
    """What became of one open attempt."""

    of: Attempt
    outcome: Outcome
    how: str
    kept: Kept = field(default_factory=Kept)

    @property
    def attempt(self) -> int:
        """Its number."""
        return self.of.id

    @property
    def ids(self) -> DisputeIds:
        """The ids of its dispute."""
        return ids_of(self.of)


class Verified(Struct, frozen=True):
    """What ``verify`` found.

    Args:
        ids: the dispute that it speaks of.
        attempt: the attempt that it settled, or that was settled before and may have sent the
            request; ``None`` if the journal has none.
        journal_problem: why the journal does not prove that nothing was sent.
        settle_at: the call that settles it on the site where it was made, if that is another.
    """

    end: End
    ids: DisputeIds | None = None
    attempt: int | None = None
    kept: Kept = field(default_factory=Kept)
    journal_problem: str = ""
    settle_at: str = ""


async def verify_order(
    request: Request, run: Run, journal: Journal, opener: Opener = open_walk
) -> Verified:
    """Run ``verify``: settle open attempts, or say what the pages show."""

    async def settle(walk: Walk) -> Verified:
        if journal.open_intents(order_target(request.order_id)):
            settled = await settle_open(walk, request, run, journal)
            told = _told([s for s in settled if _names(journal, s, request.item)])
            if told:
                end = _end(told.outcome, told.how)
                verified = Verified(end, told.ids, told.attempt, told.kept)
                if made_on_this_site(told.of, request):
                    return verified
                [there] = verify_commands((told.of,), request, run.verify_command)
                return replace(verified, settle_at=there)
        return _without_journal(await _shown_now(walk, request, journal), journal)

    return await walked(request, run, settle, opener)


def _without_journal(found: Verified, journal: Journal) -> Verified:
    """Say that the journal is lost: a request may still be under way, so only "done" is proof."""
    lost = journal.must_not_send()
    if not lost:
        return found
    found = replace(found, journal_problem=lost)
    if found.end.outcome is Outcome.DONE:
        return found
    end = replace(found.end, outcome=Outcome.UNKNOWN, reason=f"{found.end.reason}; {lost}")
    return replace(found, end=end)


def _without_a_cancel(sentence: str, journal: Journal) -> str:
    """The sentence, and that the journal has no cancel; one that is lost proves no such thing."""
    if journal.must_not_send():
        return sentence
    lacking = max(journal.lacks(), default=0)
    began_anew = f", but it began after attempt {lacking} and may lack one" if lacking else ""
    return f"{sentence}; the journal has no cancel of it{began_anew}"


def _names(journal: Journal, settlement: Settlement, item: str | None) -> bool:
    return is_meant(settlement.of, journal.events(settlement.attempt), item)


def _told(settled: list[Settlement]) -> Settlement | None:
    """The newest unknown one, or the newest; ``None`` if the item names none of them."""
    unknown = [s for s in settled if s.outcome is Outcome.UNKNOWN]
    return next(iter((unknown or settled)[-1:]), None)


async def settle_open(
    walk: Walk, request: Request, progress: Progress, journal: Journal
) -> list[Settlement]:
    """Settle every open attempt on the order; unclear ones stay open.

    Hold the dispute's lock: an attempt in progress is open too.
    """
    settlements = []
    for attempt in journal.open_intents(order_target(request.order_id)):
        with progress.step(Step.VERIFY) as running:
            running.page = "Order Details and Dispute"
            settlement = await _settle(walk, request, journal, attempt)
            running.note = f"attempt {attempt.id}: {settlement.outcome.value}"
        settlements.append(settlement)
    return settlements


async def _settle(walk: Walk, request: Request, journal: Journal, attempt: Attempt) -> Settlement:
    if not made_on_this_site(attempt, request):
        how = f"it was made on another site, {attempt.site}; verify it there"
        return Settlement(attempt, Outcome.UNKNOWN, how)
    events = journal.events(attempt.id)
    trace = trace_of(events)
    case = Case(trace.past(request.moment()), trace.answer)
    album = Album(request.site, request.order_id)
    fresh = dataclasses.replace(walk, album=album)
    concluded = await _look(fresh, request, _subject(request, attempt, events), case)
    how = f"{concluded.sentence}; {trace.in_words(in_words(trace.answer))}"
    if concluded.outcome is Outcome.UNKNOWN:
        return Settlement(attempt, concluded.outcome, f"{how}; {trace.wait(request.moment())}")
    final: FinalOutcome = "done" if concluded.outcome is Outcome.DONE else "not_done"
    journal.settle(attempt.id, final, how, request.now())
    settled = Settlement(attempt, concluded.outcome, how)
    return _with_receipt(settled, events, request, journal, album)


def _with_receipt(
    settled: Settlement,
    events: tuple[AttemptEvent, ...],
    request: Request,
    journal: Journal,
    album: Album,
) -> Settlement:
    """Write the receipt; a problem with that changes no outcome."""
    digests = [event.details.get("digest") for event in events if event.event is Event.PLANNED]
    plan = journal.load_plan(str(digests[-1])) if digests else None
    kept = keep_settlement(settled.of, plan, settled.outcome, settled.how, request, album)
    return replace(settled, kept=kept)


def _own_walk(walk: Walk) -> Walk:
    """A walk in the same session whose steps are not part of the run."""
    return dataclasses.replace(walk, progress=Untold(), responses=None, confirm_words=None)


def _subject(request: Request, attempt: Attempt, events: tuple[AttemptEvent, ...]) -> Subject:
    pages = [
        event.details["page"]
        for event in events
        if event.event is Event.TARGET_READ and isinstance(event.details.get("page"), str)
    ]
    if not pages:
        raise ToolError(
            f"the journal has no page for attempt {attempt.id}",
            code=ErrorCode.JOURNAL_INCOMPLETE,
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint="look at the order in your own browser",
        )
    told = next((event.details for event in events if event.event is Event.INTENT), {})
    boxes = told.get("boxes")
    return Subject(
        request.order_id,
        ids_of(attempt),
        request.addresses.origin + str(pages[-1]),
        boxes=boxes if isinstance(boxes, int) else 1,
        listed=told.get("listed") is True,
    )


async def _shown_now(walk: Walk, request: Request, journal: Journal) -> Verified:
    """With no open attempt in the journal, say what the pages show."""
    ended = ended_on(request, journal)
    if ended:
        known = ended[0]
        was_done = any(a.outcome == "done" and ids_of(a) == ids_of(known) for a in ended)
        past = Past.KNOWN_DONE if was_done else Past.NOTHING
        subject = _subject(request, known, journal.events(known.id))
        concluded = await _look(walk, request, subject, Case(past))
        sender = newest_that_may_have_sent(journal, ended, ids_of(known))
        if sender is not None:
            note_later(journal, sender, concluded, request.now())
        return Verified(_end(concluded.outcome, concluded.sentence), ids_of(known), sender)
    reading = await read_disputes(walk, request.order_id, request.item)
    dispute = reading.chosen
    if dispute is None:
        many = f"the order shows {len(reading.disputes)} disputes; name one with --item"
        none = _without_a_cancel("the order shows no dispute", journal)
        return Verified(_end(Outcome.UNKNOWN, many if reading.disputes else none))
    subject = subject_of(request.order_id, reading.order, dispute)
    concluded = await _look(walk, request, subject, Case(Past.NOTHING))
    sentence = concluded.sentence
    if concluded.outcome is not Outcome.DONE:
        sentence = _without_a_cancel(sentence, journal)
    return Verified(_end(concluded.outcome, sentence), dispute.ids)


def newest_that_may_have_sent(
    journal: Journal, ended: Sequence[Attempt], ids: DisputeIds
) -> int | None:
    """The newest attempt on a dispute that got as far as an intent; dry runs and refusals do not.

    Args:
        ended: finished attempts, newest first.
    """
    for attempt in ended:
        meant = any(event.event is Event.INTENT for event in journal.events(attempt.id))
        if meant and ids_of(attempt) == ids:
            return attempt.id
    return None


def note_later(journal: Journal, attempt: int, concluded: Concluded, now: datetime) -> None:
    """Keep what the pages show now beside the attempt that could have sent a request.

    A request that was refused may have an effect later; the outcome of its run stays what it was.
    """
    if concluded.outcome is Outcome.UNKNOWN:
        return
    final: FinalOutcome = "done" if concluded.outcome is Outcome.DONE else "not_done"
    journal.seen_later(attempt, final, concluded.sentence, now)


def _end(outcome: Outcome, reason: str) -> End:
    return End(outcome, reason, at=Step.FINISHED)


async def _look(walk: Walk, request: Request, subject: Subject, case: Case) -> Concluded:
    """Look at fresh pages for a few seconds; these steps are not part of the run."""
    seconds = min(walk.timeout, _LOOK_SECONDS)
    return await conclude(_own_walk(walk), subject, case, seconds, request.pace)


async def settled_before(
    walk: Walk, request: Request, run: Run, journal: Journal, stored: StoredPlan | None
) -> Settlement | None:
    """Settle earlier attempts that may have sent a request, and return one that cancelled this.

    Raises:
        ToolError: one stays unclear, or cancelled a dispute that may be this one, so nothing
            may be sent (exit 8).
    """
    for settlement in await settle_open(walk, request, run, journal):
        if settlement.outcome is Outcome.UNKNOWN:
            raise _unsettled(
                f"attempt {settlement.attempt} may have sent its request and is not settled: "
                f"{settlement.how}",
                *verify_commands((settlement.of,), request, run.verify_command),
            )
        if settlement.outcome is Outcome.DONE:
            meant = _is_meant(settlement.ids, request.item, stored)
            if meant:
                return settlement
            if meant is None:
                raise _unsettled(
                    f"attempt {settlement.attempt} cancelled dispute {settlement.ids.name}, so "
                    f"--item {request.item} may be another one now",
                    run.verify_command,
                )
    return None


def cancelled_by(settlement: Settlement) -> End:
    """The end of a run whose dispute an earlier attempt has cancelled."""
    reason = f"attempt {settlement.attempt} cancelled it: {settlement.how}"
    return End(Outcome.DONE, reason, verified=True, at=Step.FINISHED)


def _id_in(stored: StoredPlan, name: str) -> str | None:
    """An id that a stored plan names, if it does."""
    found = stored.document.get(name)
    return None if found is None else str(found)


def _is_meant(ids: DisputeIds, item: str | None, stored: StoredPlan | None) -> bool | None:
    """True if the dispute is the one of this run; ``None`` if that is unclear."""
    if stored is not None:
        planned = DisputeIds(_id_in(stored, "reverse_line_id"), _id_in(stored, "trade_line_id"))
        return ids.agrees_with(planned)
    if item is None:
        return True
    if item in (ids.reverse_line_id, ids.trade_line_id):
        return True
    return False if item_number(item) is None else None


def _unsettled(message: str, verify_command: str) -> ToolError:
    return ToolError(
        message,
        code=ErrorCode.UNSETTLED_ATTEMPT,
        exit_code=ExitCode.UNKNOWN_OUTCOME,
        hint=f"wait a few minutes, then run {pasted(verify_command)}",
    )
