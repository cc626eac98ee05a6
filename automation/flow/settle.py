"""Settling attempts whose request may have left: look at fresh pages, never click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from automation.errors import ExitCode, ToolError
from automation.flow.answers import Answer
from automation.flow.opening import open_walk
from automation.flow.reading import read_order_and_dispute
from automation.flow.report import Outcome, Report, Step
from automation.flow.verify import Finding, Seen, Subject, look, verify
from automation.flow.walk import Walk
from automation.journal import Attempt, Event, Journal
from automation.site import DisputeIds

if TYPE_CHECKING:
    from automation.flow.request import Request

# A request that was on its way when the tool died may still be carried out a little later.
_QUIET_TIME = timedelta(seconds=60)


@dataclass(frozen=True)
class Settlement:
    """What became of one open attempt."""

    attempt: int
    outcome: Outcome
    how: str


async def verify_order(request: Request, report: Report, journal: Journal) -> None:
    """The ``verify`` command: settle what is open, else report what the pages show."""
    async with open_walk(request, report) as walk:
        open_attempts = journal.open_intents(request.order_id)
        if open_attempts:
            settled = await settle_open(walk, request, report, journal)
            last = settled[-1]
            report.outcome, report.reason = last.outcome, last.how
        else:
            report.outcome, report.reason = await _report_only(walk, request, report, journal)
        report.stopped_at = Step.FINISHED


async def settle_open(
    walk: Walk, request: Request, report: Report, journal: Journal
) -> list[Settlement]:
    """Settle every open attempt on the order; those that stay unclear stay open."""
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
    subject = _subject(request, journal, attempt)
    found = await _steady_look(fresh, subject)
    outcome = _meaning(found, _intent_at(journal, attempt), request.now())
    if outcome is not Outcome.UNKNOWN:
        final: Literal["done", "not_done"] = "done" if outcome is Outcome.DONE else "not_done"
        journal.settle(attempt.id, final, found.sentence, request.now())
    return Settlement(attempt.id, outcome, found.sentence)


async def _steady_look(walk: Walk, subject: Subject) -> Finding:
    """One look; a page that was lost on the way gets a second one."""
    try:
        return await look(walk, subject)
    except ToolError as error:
        if error.exit_code is ExitCode.HUMAN_NEEDED:
            raise
        return await look(walk, subject)


def _meaning(found: Finding, intent: datetime, now: datetime) -> Outcome:
    if found.seen in {Seen.CANCELLED, Seen.LAGGING}:
        return Outcome.DONE
    if found.seen in {Seen.OPEN, Seen.OTHER} and now - intent >= _QUIET_TIME:
        return Outcome.NOT_DONE
    return Outcome.UNKNOWN


def _intent_at(journal: Journal, attempt: Attempt) -> datetime:
    events = journal.events(attempt.id)
    return max(event.at for event in events if event.event in {Event.INTENT, Event.CLICKED})


def _subject(request: Request, journal: Journal, attempt: Attempt) -> Subject:
    pages = [
        event.details["page"]
        for event in journal.events(attempt.id)
        if event.event is Event.DISPUTE_READ and isinstance(event.details.get("page"), str)
    ]
    if not pages:
        raise ToolError(
            f"the journal does not tell the page of attempt {attempt.id}",
            code="journal_incomplete",
            exit_code=ExitCode.UNKNOWN_OUTCOME,
            hint="look at the order in your own browser",
        )
    return Subject(
        request.order_id,
        DisputeIds(attempt.dispute_id, attempt.line_id),
        request.addresses.origin + str(pages[-1]),
    )


async def _report_only(
    walk: Walk, request: Request, report: Report, journal: Journal
) -> tuple[Outcome, str]:
    """Nothing is open in the journal: say what the pages show of the last target."""
    known = [
        a
        for a in journal.attempts(limit=1000)
        if a.order_id == request.order_id
        and a.outcome in {"done", "not_done"}
        and _read(journal, a)
    ]
    if known and request.item is None:
        fresh = Walk(walk.session, walk.site, walk.addresses, report, walk.timeout)
        outcome, sentence = await verify(
            fresh, _subject(request, journal, known[0]), Answer.FAILURE
        )
        return outcome, sentence
    reading = await read_order_and_dispute(walk, request.order_id, request.item)
    dispute = reading.chosen
    if dispute is None:
        many = f"the order shows {len(reading.disputes)} disputes; name one with --item"
        none = "the order shows no dispute, and the journal knows of no cancel"
        return Outcome.UNKNOWN, many if reading.disputes else none
    words = f"the dispute page says '{dispute.status_words}'"
    if dispute.status == "cancelled":
        return Outcome.DONE, words
    known_status = dispute.status != "unknown" or bool(dispute.cancel_labels)
    return (Outcome.NOT_DONE if known_status else Outcome.UNKNOWN), words


def _read(journal: Journal, attempt: Attempt) -> bool:
    return any(event.event is Event.DISPUTE_READ for event in journal.events(attempt.id))
