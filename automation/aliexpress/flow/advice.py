"""Advise in two stages: on what the buyer says, then also on what the pages show."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from automation.aliexpress.answer import ChoiceAnswer, SeenAnswer, UnknownStatusAnswer
from automation.aliexpress.flow.facts import read_facts, shown_deadline
from automation.aliexpress.flow.report import Report, Step
from automation.aliexpress.flow.words import note
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.site import Doubt
from automation.aliexpress.site.teaching import CHOICE, unknown_status
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Advice, Verdict, advise, advise_on_words
from rules.messages import read_message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from automation.aliexpress.flow.reading import Reading
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.flow.walk import Walk
    from rules import Finding


# It names a verb and a dispute, so reading it loads every list.
_ANY_MESSAGE = "please cancel the dispute"


def refuse_if_blocked(report: Report, advice: Advice) -> None:
    """Stop the run where the rules block.

    Raises:
        ToolError: the verdict is block (exit 3).
    """
    report.advice = advice
    if advice.verdict is not Verdict.BLOCK:
        return
    blocks = [finding for finding in advice.findings if finding.severity.value == "block"]
    names = ", ".join(dict.fromkeys(finding.rule for finding in blocks))
    raise ToolError(
        f"refused by {names}: {blocks[0].meaning}",
        code=ErrorCode.REFUSED,
        exit_code=ExitCode.REFUSED,
        hint=_teaching(report, blocks) or _next_step(blocks),
    )


def _teaching(report: Report, blocks: list[Finding]) -> str:
    """How to add an unknown status to a words file."""
    shown = report.unknown_status
    if not shown or not any(finding.rule == "status-unreadable" for finding in blocks):
        return ""
    return f"if you know what it means, put {shown.teach} into {shown.where}: " + ", ".join(
        shown.choices
    )


def _next_step(blocks: list[Finding]) -> str:
    if any(finding.rule == "nothing-to-cancel" for finding in blocks):
        return "run 'dispute-guard verify ORDER' or 'dispute-guard list' to see what is open"
    if not all(finding.overridable for finding in blocks):
        return "keep the dispute open; --accept-risk cannot override this"
    risks = dict.fromkeys(finding.rule for finding in blocks)
    return "keep the dispute open, or accept the risk with " + " ".join(
        f"--accept-risk {rule}" for rule in risks
    )


@contextlib.asynccontextmanager
async def rules_at_hand() -> AsyncIterator[None]:
    """Load the word lists while the browser starts, which takes longer."""
    making = asyncio.create_task(asyncio.to_thread(read_message, _ANY_MESSAGE))
    try:
        yield
    finally:
        await making


def advise_first(request: Request, report: Report) -> None:
    """Stage one: a block on what the buyer says ends the run before a browser starts."""
    with report.step(Step.WORDS) as running:
        running.page = "your options"
        advice = advise_on_words(request.said).accepting(request.accepted)
        running.note = advice.verdict.value
        refuse_if_blocked(report, advice)


async def advise_on_pages(request: Request, report: Report, walk: Walk, reading: Reading) -> Advice:
    """Stage two: judge everything that was read and said.

    Raises:
        ToolError: several disputes are open and none was named (exit 5).
    """
    with report.step(Step.ADVISE) as running:
        running.page = "rules"
        _one_target(report, reading)
        snapshot = await take_snapshot(walk.page, scope="title")
        facts = read_facts(
            request.said,
            order=reading.order,
            dispute=reading.chosen,
            words=walk.words(snapshot.lang),
            open_disputes=len(reading.disputes),
            item_given=request.item is not None or reading.chosen is not None,
        )
        advice = advise(facts).accepting(request.accepted)
        report.advice = advice
        report.seen = _seen(reading)
        _teach(report, walk, reading)
        running.note = advice.verdict.value
        return advice


def _one_target(report: Report, reading: Reading) -> None:
    if reading.chosen is not None or not reading.disputes:
        return
    choices = reading.choices()
    report.choices = tuple(ChoiceAnswer.model_validate(each) for each in choices)
    named = "; ".join(
        f"--item {each['item_number']}: {each['item'] or 'item not named'}, line "
        f"{each['line_id'] or '?'}, dispute {each['dispute_id'] or '?'} "
        f"({each['status_words'] or 'no status'})"
        for each in choices
    )
    raise ToolError(
        f"this order has {len(reading.disputes)} open disputes: {named}",
        code=ErrorCode.AMBIGUOUS_TARGET,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="name one with --item and its number, its line or its dispute",
    )


def _seen(reading: Reading) -> SeenAnswer:
    """What the pages showed, for the JSON answer."""
    dispute = reading.chosen
    return SeenAnswer(
        order_status=reading.order.status,
        item=reading.item,
        disputes=tuple(d.ids.name for d in reading.disputes),
        status_words=dispute.status_words if dispute else "",
        status=dispute.status if dispute else "none",
        protection_deadline=shown_deadline(reading.order, dispute)
        if dispute
        else reading.order.deadline,
        unverified=dispute.unverified if dispute else (),
        edits_used=dispute.edits_used if dispute else None,
        amount=dispute.amount if dispute else "",
    )


def _teach(report: Report, walk: Walk, reading: Reading) -> None:
    """Show unknown labels, and the lines to add them to a words file."""
    dispute = reading.chosen
    if dispute is None:
        return
    if dispute.status == "unknown" and dispute.status_words:
        doubt = unknown_status(dispute.lang, dispute.status_words, walk.site.statuses)
        note(report, doubt)
        report.unknown_status = UnknownStatusAnswer(
            seen=dispute.status_words,
            teach=doubt.lines[-1],
            choices=doubt.choices,
            where=f"a TOML file that begins with {doubt.lines[0]}, pass it with --words FILE, "
            f"and replace {CHOICE} with one of the choices",
        )
    elif not dispute.cancel_labels and walk.words(dispute.lang).is_guess:
        buttons = {"labels.cancel_request": dispute.buttons}
        note(report, Doubt(dispute.lang, "the control that withdraws your claim", buttons))
