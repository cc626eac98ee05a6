"""Advise in two stages: on what the buyer says, then also on what the pages of an order show."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from automation.aliexpress.answer import SeenAnswer, Step, UnknownStatusAnswer
from automation.aliexpress.found import Judged
from automation.aliexpress.pages.messages import Author
from automation.aliexpress.pages.text.dates import dates_in
from automation.aliexpress.plan.order_number import TEACH_IT, VERIFY_IT
from automation.aliexpress.site import Doubt
from automation.aliexpress.site.teaching import CHOICE, unknown_status
from automation.aliexpress.walk.order.reading import AmbiguousTargetError, shown_deadline
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import (
    CANCEL_LABEL,
    AccountRole,
    Advice,
    DisputeStatus,
    Facts,
    Verdict,
    advise,
    advise_on_words,
)
from rules.messages import preload
from rules.verdicts import as_utc_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.request import Request
    from automation.aliexpress.site import SiteMap, WordPack
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.order.reading import Reading
    from automation.aliexpress.walk.progress import Progress
    from rules import Finding

_USUAL: Final = "en"


def judge(
    seen: Reading, said: Facts, words: WordPack, *, item_given: bool, by_hand: bool = False
) -> Advice:
    """Advise on everything that was read and said.

    Args:
        by_hand: the buyer presses Cancel Request and sees it: a page where no such control
            was recognised, or several, does not say that there is none.
    """
    facts = read_facts(
        said,
        order=seen.order,
        dispute=seen.chosen,
        words=words,
        open_disputes=len(seen.disputes),
        item_given=item_given or seen.chosen is not None,
    )
    if by_hand and seen.chosen is not None and len(seen.chosen.cancel_labels) != 1:
        facts = facts.updated(visible_buttons=None)
    return advise(facts)


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
    base = said.updated(
        order_status=words.order_state(order.status) or said.order_status,
        order_frozen=order.frozen or said.order_frozen,
        account_role=AccountRole.BUYER,
        open_disputes_in_order=open_disputes,
        target_specified=item_given or open_disputes == 1,
        protection_deadline=order.deadline or said.protection_deadline,
        order_placed=order.placed or said.order_placed,
        dispute_status=DisputeStatus.NONE,
        visible_buttons=None,
    )
    if dispute is None:
        return base
    edits = dispute.edits_used
    return base.updated(
        dispute_status=dispute.status,
        protection_deadline=shown_deadline(order, dispute, said.protection_deadline),
        edits_used=edits if edits is not None else said.edits_used,
        visible_buttons=_buttons(dispute),
        seller_messages=(*said.seller_messages, *dispute.words_of(Author.SELLER)),
        unattributed_messages=dispute.words_of(Author.UNKNOWN),
    )


def _buttons(dispute: DisputePage) -> tuple[str, ...]:
    """Button labels, with the cancel control under its standard name."""
    cancel = set(dispute.cancel_labels)
    others = tuple(label for label in dispute.buttons if label not in cancel)
    return (*others, *((CANCEL_LABEL,) if cancel else ()))


def seen_answer(seen: Reading, now: datetime) -> SeenAnswer:
    """What the pages showed, for the JSON answer.

    Args:
        now: when they were read.
    """
    dispute = seen.chosen
    answer_by = dispute.countdown.ends(now) if dispute else None
    return SeenAnswer(
        order_status=seen.order.status,
        item=seen.item,
        disputes=tuple(each.ids.name for each in seen.disputes),
        status_words=dispute.status_words if dispute else "",
        status=dispute.status if dispute else DisputeStatus.NONE,
        protection_deadline=shown_deadline(seen.order, dispute) if dispute else seen.order.deadline,
        unverified=dispute.unverified if dispute else (),
        edits_used=dispute.edits_used if dispute else None,
        amount=dispute.amount if dispute else "",
        answer_by=as_utc_text(answer_by) if answer_by else None,
    )


def unknown_status_answer(dispute: DisputePage, site: SiteMap) -> UnknownStatusAnswer | None:
    """How to teach a status line that is unknown; ``None`` if it is known or empty."""
    if dispute.status is not DisputeStatus.UNKNOWN or not dispute.status_words:
        return None
    doubt = unknown_status(dispute.lang, dispute.status_words, site.statuses)
    return UnknownStatusAnswer(
        seen=dispute.status_words,
        teach=doubt.lines[-1],
        choices=doubt.choices,
        where=f"a TOML file that begins with {doubt.lines[0]}, pass it with --site-data FILE, "
        f"and replace {CHOICE} with one of the choices",
    )


def unknown_labels(dispute: DisputePage, site: SiteMap) -> Doubt | None:
    """What of a dispute page's words is unknown: its status, else its buttons."""
    if dispute.status is DisputeStatus.UNKNOWN and dispute.status_words:
        return unknown_status(dispute.lang, dispute.status_words, site.statuses)
    if dispute.cancel_labels or not site.pack(dispute.lang).is_guess:
        return None
    buttons = {"labels.cancel_request": dispute.buttons}
    return Doubt(dispute.lang, "the control that withdraws your claim", buttons)


def refuse_if_blocked(judged: Judged) -> None:
    """Stop the run where the rules block.

    Raises:
        ToolError: the verdict is block (exit 3).
    """
    advice = judged.advice
    if advice.verdict is not Verdict.BLOCK:
        return
    blocks = [finding for finding in advice.findings if finding.severity.value == "block"]
    names = ", ".join(dict.fromkeys(finding.rule for finding in blocks))
    raise ToolError(
        f"refused by {names}: {blocks[0].meaning}",
        code=ErrorCode.REFUSED,
        exit_code=ExitCode.REFUSED,
        hint=_teaching(judged.unknown_status, blocks) or _next_step(blocks),
    )


def _teaching(shown: UnknownStatusAnswer | None, blocks: list[Finding]) -> str:
    """How to add an unknown status to a words file."""
    if not shown or not any(finding.rule == "status-unreadable" for finding in blocks):
        return ""
    choices = ", ".join(shown.choices)
    return (
        f"if you know what it means, run {TEACH_IT}, or put "
        f"{shown.teach} into {shown.where}: {choices}"
    )


def _next_step(blocks: list[Finding]) -> str:
    if any(finding.rule == "nothing-to-cancel" for finding in blocks):
        return f"run {VERIFY_IT} or 'dispute-guard list' to see what is open"
    if not all(finding.overridable for finding in blocks):
        return "keep the dispute open; --accept-risk cannot override this"
    risks = dict.fromkeys(finding.rule for finding in blocks)
    return "keep the dispute open, or accept the risk with " + " ".join(
        f"--accept-risk {rule}" for rule in risks
    )


@contextlib.asynccontextmanager
async def words_at_hand(site: SiteMap) -> AsyncIterator[None]:
    """Load the words of messages and dates while the browser starts, which takes longer."""
    making = asyncio.create_task(asyncio.to_thread(_load, site))
    try:
        yield
    finally:
        await making


def _load(site: SiteMap) -> None:
    dates_in("", site.pack(_USUAL))
    preload()


def advise_first(request: Request, progress: Progress) -> Judged:
    """Stage one: what the buyer says, judged before a browser starts; see ``refuse_if_blocked``."""
    with progress.step(Step.WORDS) as running:
        running.page = "your options, before any page"
        judged = Judged(advise_on_words(request.said).accepting(request.accepted))
        running.note = judged.advice.verdict.value
        return judged


def advise_on_pages(request: Request, progress: Progress, walk: Walk, seen: Reading) -> Judged:
    """Stage two: judge everything that was read and said.

    Raises:
        AmbiguousTargetError: several disputes are open and none was named.
        ToolError: the order shows none, but may have one (exit 5).
    """
    with progress.step(Step.ADVISE) as running:
        running.page = "rules"
        if seen.chosen is None and seen.disputes:
            raise AmbiguousTargetError(seen.choices())
        if seen.doubt is not None:
            raise seen.doubt
        words, dispute = walk.words(seen.order.lang), seen.chosen
        advice = judge(
            seen,
            request.said,
            words,
            item_given=request.item is not None,
            by_hand=request.escort is not None,
        )
        judged = Judged(
            advice.accepting(request.accepted),
            seen_answer(seen, request.now()),
            unknown_status_answer(dispute, walk.site) if dispute else None,
            unknown_labels(dispute, walk.site) if dispute else None,
        )
        running.note = judged.advice.verdict.value
        return judged
