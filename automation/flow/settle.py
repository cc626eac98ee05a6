"""Settling attempts whose request may have left: look at fresh pages, never click."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from automation.errors import ExitCode, ToolError
from automation.flow.opening import open_walk
from automation.flow.reading import read_order_and_dispute
from automation.flow.report import Outcome, Report, Step
from automation.flow.trace import meaning, trace_of
from automation.flow.verify import Seen, Subject, look_until_clear
from automation.flow.walk import Walk
from automation.journal import Attempt, Event, Journal
from automation.site import DisputeIds

if TYPE_CHECKING:
    from automation.flow.request import Request
    from automation.journal import AttemptEvent

_LOOK_SECONDS = 6.0
_ALL = -1  # SQLite: no limit


@dataclass(frozen=True)
class Settlement:
    """What became of one open attempt."""

    attempt: int
    ids: DisputeIds
    outcome: Outcome
    how: str


async def verify_order(request: Request, report: Report, journal: Journal) -> None:
    """The ``verify`` command: settle what is open, else report what the pages show."""
    async with open_walk(request, report) as walk:
        if journal.open_intents(request.order_id):
            settled = await settle_open(walk, request, report, journal)
            told = _told(settled, request.item)
            report.outcome, report.reason = told.outcome, told.how
        else:
            report.outcome, report.reason = await _report_only(walk, request, report, journal)
        report.stopped_at = Step.FINISHED


def _told(settled: list[Settlement], item: str | None) -> Settlement:
    """The one that the item names; else one that is unknown; else the newest."""
    named = [s for s in settled if item and item in (s.ids.reverse_line_id, s.ids.trade_line_id)]
    unknown = [s for s in settled if s.outcome is Outcome.UNKNOWN]
    return (named or unknown or settled)[-1]


async def settle_open(
    walk: Walk, request: Request, report: Report, journal: Journal
) -> list[Settlement]:
    """Settle every open attempt on the order; those that stay unclear stay open.

    Call it with the dispute's lock held: an attempt that runs right now is open too.
    """
    settlements = []
    for attempt in journal.open_intents(request.order_id):
        with report.step(Step.VERIFY) as running:
            running.page = "Order Details and Dispute"
            settlement = await _settle(walk, request, journal, attempt)
            running.note = f"attempt {attempt.id}: {settlement.outcome.value}"
        settlements.append(settlement)
    return settlements


async def _settle(walk: Walk, request: Request, journal: Journal, attempt: Attempt) -> Settlement:
    fresh = Walk(walk.session, walk.site, walk.addresses, Report("verify"), walk.timeout)
    events = journal.events(attempt.id)
    subject, trace = _subject(request, attempt, events), trace_of(events)
    means = partial(meaning, trace, now=request.now())
    patience = min(walk.timeout, _LOOK_SECONDS)
    outcome, sentence = await look_until_clear(fresh, subject, means, patience)
    how = f"{sentence}; {trace.words}"
    if outcome is Outcome.DONE:
        journal.settle(attempt.id, "done", how, request.now())
    elif outcome is Outcome.NOT_DONE:
        journal.settle(attempt.id, "not_done", how, request.now())
    else:
        how = f"{how}; {trace.wait(request.now())}"
    return Settlement(attempt.id, subject.ids, outcome, how)


def _subject(request: Request, attempt: Attempt, events: tuple[AttemptEvent, ...]) -> Subject:
    pages = [
        event.details["page"]
        for event in events
        if event.event is Event.DISPUTE_READ and isinstance(event.details.get("page"), str)
    ]
    if not pages:
        raise ToolError(
            f"the journal does not tell the page of attempt {attempt.id}",
            code="journal_incomplete",
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint="look at the order in your own browser",
        )
    told = next((event.details for event in events if event.event is Event.INTENT), {})
    boxes = told.get("boxes")
    return Subject(
        request.order_id,
        DisputeIds(attempt.dispute_id, attempt.line_id),
        request.addresses.origin + str(pages[-1]),
        boxes=boxes if isinstance(boxes, int) else 1,
        listed=told.get("listed") is True,
    )


async def _report_only(
    walk: Walk, request: Request, report: Report, journal: Journal
) -> tuple[Outcome, str]:
    """Nothing is open in the journal: say what the pages show of the last target."""
    found = _last_target(request, journal)
    if found is not None and request.item is None:
        known, was_done = found
        fresh = Walk(walk.session, walk.site, walk.addresses, report, walk.timeout)
        subject = _subject(request, known, journal.events(known.id))
        means = partial(_as_shown, was_done=was_done)
        return await look_until_clear(fresh, subject, means, min(walk.timeout, _LOOK_SECONDS))
    reading = await read_order_and_dispute(walk, request.order_id, request.item)
    dispute = reading.chosen
    if dispute is None:
        many = f"the order shows {len(reading.disputes)} disputes; name one with --item"
        none = "the order shows no dispute, and the journal knows of no cancel"
        return Outcome.UNKNOWN, many if reading.disputes else none
    words = f"the dispute page says '{dispute.status_words}'"
    if dispute.status == "cancelled":
        return Outcome.DONE, words
    # "Closed" does not tell by whom, and may well be what a cancelled dispute says.
    told = bool(dispute.cancel_labels) or dispute.status not in {"unknown", "closed"}
    return (Outcome.NOT_DONE if told else Outcome.UNKNOWN), words


def _last_target(request: Request, journal: Journal) -> tuple[Attempt, bool] | None:
    """The order's newest attempt that read a dispute, and whether one on that dispute ended done."""
    ended = [
        attempt
        for attempt in journal.attempts(limit=_ALL)
        if attempt.order_id == request.order_id
        and attempt.outcome in {"done", "not_done"}
        and any(event.event is Event.DISPUTE_READ for event in journal.events(attempt.id))
    ]
    if not ended:
        return None
    newest = ended[0]
    ids = (newest.dispute_id, newest.line_id)
    return newest, any(a.outcome == "done" and (a.dispute_id, a.line_id) == ids for a in ended)


def _as_shown(seen: Seen, *, was_done: bool) -> Outcome:
    """What the pages show where nothing is open; the journal's word backs what they leave open."""
    if seen in {Seen.CANCELLED, Seen.LAGGING}:
        return Outcome.DONE
    if seen in {Seen.CLOSED, Seen.GONE, Seen.ABSENT}:
        return Outcome.DONE if was_done else Outcome.UNKNOWN
    if seen in {Seen.OPEN, Seen.OTHER} and not was_done:
        return Outcome.NOT_DONE
    return Outcome.UNKNOWN
