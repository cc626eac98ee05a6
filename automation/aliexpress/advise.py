"""Advise in two stages: on what the buyer says, then also on what the pages show."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.aliexpress.answer import ChoiceAnswer, SeenAnswer, UnknownStatusAnswer
from automation.aliexpress.confirm_labels import note
from automation.aliexpress.flow.report import Report, Step
from automation.aliexpress.pages.messages import Author
from automation.aliexpress.site import Doubt
from automation.aliexpress.site.teaching import CHOICE, unknown_status
from automation.errors import ExitCode, ToolError
from rules import CANCEL_LABEL, Advice, Facts, Verdict, advise, advise_on_words
from rules.messages import read_message
from rules.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from automation.aliexpress.browse import Walk
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.read_order import Seen
    from automation.aliexpress.site import WordPack
    from rules import Finding


def read_facts(
    said: Facts,
    *,
    order: OrderPage,
    dispute: DisputePage | None,
    words: WordPack,
    open_disputes: int,
    item_given: bool,
) -> Facts:
    """Combine what was read with what the buyer said.

    A deadline or edit count missing on the pages comes from the buyer (settled
    questions); a status never does, once a page was read.
    """
    base = replace(
        said,
        order_status=words.order_state(order.status) or said.order_status,
        order_frozen=order.frozen or said.order_frozen,
        account_role="buyer",
        open_disputes_in_order=open_disputes,
        target_specified=item_given or open_disputes == 1,
        protection_deadline=order.deadline or said.protection_deadline,
        order_placed=order.placed or said.order_placed,
        dispute_status="none",
        visible_buttons=None,
    )
    if dispute is None:
        return base
    edits = dispute.edits_used
    return replace(
        base,
        dispute_status=dispute.status,
        protection_deadline=shown_deadline(order, dispute, said.protection_deadline),
        edits_used=edits if edits is not None else said.edits_used,
        visible_buttons=_buttons(dispute),
        seller_messages=(*said.seller_messages, *dispute.words_of(Author.SELLER)),
        unattributed_messages=dispute.words_of(Author.UNKNOWN),
    )


def shown_deadline(order: OrderPage, dispute: DisputePage, said: str | None = None) -> str | None:
    """The earlier of the deadlines on both pages, or what the buyer said."""
    told = [text for text in (order.deadline, dispute.deadline) if text]
    return min(told, key=_earliest, default=said)


def _earliest(text: str) -> datetime:
    """The earliest moment that a time could mean; an unreadable one comes first."""
    moment = read_moment(text)
    return moment.earliest if moment else datetime.min.replace(tzinfo=UTC)


def _buttons(dispute: DisputePage) -> tuple[str, ...]:
    """Button labels, with the cancel control under its standard name."""
    cancel = set(dispute.cancel_labels)
    others = tuple(label for label in dispute.buttons if label not in cancel)
    return (*others, *((CANCEL_LABEL,) if cancel else ()))


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
        code="refused",
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


async def advise_on_pages(request: Request, report: Report, walk: Walk, reading: Seen) -> Advice:
    """Stage two: judge everything that was read and said.

    Raises:
        ToolError: several disputes are open and none was named (exit 5).
    """
    with report.step(Step.ADVISE) as running:
        running.page = "rules"
        _one_target(report, reading)
        facts = read_facts(
            request.said,
            order=reading.order,
            dispute=reading.chosen,
            words=walk.words(reading.order.lang),
            open_disputes=len(reading.disputes),
            item_given=request.item is not None or reading.chosen is not None,
        )
        advice = advise(facts).accepting(request.accepted)
        report.advice = advice
        report.seen = _seen(reading)
        _teach(report, walk, reading)
        running.note = advice.verdict.value
        return advice


def _one_target(report: Report, reading: Seen) -> None:
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
        code="ambiguous_target",
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="name one with --item and its number, its line or its dispute",
    )


def _seen(reading: Seen) -> SeenAnswer:
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


def _teach(report: Report, walk: Walk, reading: Seen) -> None:
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
