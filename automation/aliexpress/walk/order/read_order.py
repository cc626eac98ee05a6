"""Read an order's disputes, one after the other, numbered as ``--item`` counts them.

``advise``, ``cancel``, ``verify``, ``list`` and ``capture`` all read an order through ``open_each``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.album import DISPUTE, ORDER_DETAILS
from automation.aliexpress.walk.browse import LATE_WAY_SECONDS
from automation.aliexpress.walk.held_reads import still_held
from automation.aliexpress.walk.order.identity import check_where_it_led
from automation.aliexpress.walk.order.item import chosen, worth_opening
from automation.aliexpress.walk.order.reading import Found, NotFound, Reading
from automation.engine.guard.requests.tokens import tokens
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text
from rules import DisputeStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderPage
    from automation.aliexpress.site import DisputeIds, WordPack
    from automation.aliexpress.walk.browse import Walk

_LONGEST_TOLD = 80
# Errors of a line's button that leads to no open dispute.
_NO_DISPUTE_THERE = frozenset({ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.DISPUTE_NOT_REACHED})


async def read_disputes(walk: Walk, order_id: str, item: str | None) -> Reading:
    """Walk from My Orders to the one dispute to judge.

    Args:
        item: number of the dispute on the page, from 1, or the id of its line or dispute.

    Raises:
        ToolError: wrong or missing order, dispute or item (exit 5), a human is needed (exit 4).
    """
    card = await walk.find_order(order_id)
    order = await walk.open_order(order_id)
    await walk.picture(ORDER_DETAILS)
    walk.develop()  # from here on it is known what names the buyer
    _check_language(walk.words(order.lang), order)
    found = await _read_each(walk, order, order_id, item)
    if not found and not order.disputes:
        order = await walk.open_order(order_id, late=LATE_WAY_SECONDS)
        found = await _read_each(walk, order, order_id, item) if order.disputes else ()
    seems_none = not found and not order.disputes
    doubt = _doubt_about_none(walk, card, order) if seems_none else None
    return Reading(card, order, found, chosen(found, item, order), doubt)


async def _read_each(
    walk: Walk, order: OrderPage, order_id: str, item: str | None
) -> tuple[Found, ...]:
    """The disputes that the ways of an open Order Details lead to.

    Raises:
        ToolError: one that should lead to a dispute failed, or none led anywhere for sure.
    """
    entries, first = worth_opening(order, item)
    found, doubts = list[Found](), list[ToolError | Error]()
    async for each in open_each(walk, order_id, entries, first):
        if isinstance(each, Found):
            found.append(each)
            await walk.picture(
                DISPUTE if each.number == first else f"{DISPUTE} (number {each.number})"
            )
        elif each.problem is not None and each.number is not None:
            raise each.problem
        elif each.problem is not None:
            doubts.append(each.problem)
    if doubts and not found:
        raise doubts[0]
    return tuple(found)


def _doubt_about_none(walk: Walk, card: OrderCard, order: OrderPage) -> ToolError | None:
    """Why an order that shows no dispute may have one all the same; ``None`` if nothing says so."""
    table = traffic_of(walk.site.traffic)
    held = [
        each.what
        for each in still_held(order.address, walk.session.guard)
        if each.asks and table.matters & set(tokens(each.what, table))
    ]
    status = read_status(card.dispute, walk.words(order.lang)).name
    if card.dispute and (status.is_cancellable or status is DisputeStatus.UNKNOWN):
        why = f"My Orders says '{clean_text(card.dispute, _LONGEST_TOLD)}'"
    elif held:
        why = f"{held[0]}, which may bring it, was held back"
    else:
        return None
    return ToolError(
        f"Order Details shows no way to a dispute, but {why}",
        code=ErrorCode.DISPUTE_NOT_REACHED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run 'dispute-guard cancel' with --by-hand, and open the dispute yourself",
    )


async def open_each(
    walk: Walk, order_id: str, entries: Sequence[DisputeEntry], first: int = 1
) -> AsyncIterator[Found | NotFound]:
    """Follow each way to a dispute once, from an open Order Details.

    This alone decides what ``--item`` counts: the disputes in the order of the page, each
    once, and the ways that should lead to one but failed. A line's button that leads to no
    open dispute does not count.

    Args:
        first: the number of the first dispute.
    """
    number = first
    known: list[DisputeIds] = []
    for position, entry in enumerate(entries):
        try:
            if position:
                await _go_back(walk, order_id, entry)
            page, problem = await _open(walk, order_id, entry)
        except (ToolError, Error) as error:
            each: Found | NotFound = _failed(entry, number, cause_of(error, walk))
            ids = entry.ids
        else:
            ids = page.ids if page else entry.ids
            is_new = page is not None and not any(ids.agrees_with(other) for other in known)
            each = Found(entry, number, page) if page and is_new else NotFound(entry, None, problem)
        yield each
        if each.number is not None:
            known.append(ids)
            number += 1


def _failed(entry: DisputeEntry, number: int, problem: ToolError | Error) -> NotFound:
    return NotFound(entry, None if _leads_to_none(entry, problem) else number, problem)


def _leads_to_none(entry: DisputeEntry, problem: ToolError | Error) -> bool:
    """True for a line's button that leads to no open dispute."""
    code = problem.code if isinstance(problem, ToolError) else ""
    return entry.kind == "button" and code in _NO_DISPUTE_THERE


def cause_of(error: ToolError | Error, walk: Walk) -> ToolError | Error:
    """The error, or the navigation that broke the tool's script, if the guard refused one."""
    if isinstance(error, Error):
        try:
            walk.watch.check(walk.page)
        except ToolError as led_away:
            return led_away
    return error


async def _go_back(walk: Walk, order_id: str, entry: DisputeEntry) -> None:
    """Make the next way reachable: a full address is, from anywhere, but a click needs its page."""
    await walk.back_to_own_tab()
    if not urlsplit(entry.href).netloc:
        await walk.open_order(order_id)


async def _open(
    walk: Walk, order_id: str, entry: DisputeEntry
) -> tuple[DisputePage | None, ToolError | None]:
    """The dispute behind a way, or why a line's button leads to none."""
    with walk.progress.step(Step.DISPUTE_PAGE) as running:
        running.page, running.note = "Dispute", "no open dispute"
        try:
            dispute = await walk.open_dispute(entry)
        except ToolError as error:
            if _leads_to_none(entry, error):
                return None, error
            raise
        if dispute is not None:
            check_where_it_led(order_id, entry.href, dispute)
            running.note = dispute.status_words or "no status shown"
        return dispute, None


def _check_language(pack: WordPack, order: OrderPage) -> None:
    """Stop if no dispute was found on a page whose words are unverified: that proves nothing.

    Raises:
        ToolError: the page has no dispute link, and its language is unknown (exit 5).
    """
    if order.entries or not pack.is_guess:
        return
    known = "has only unverified labels" if pack.labels else "is unknown"
    raise ToolError(
        f"found no dispute on Order Details, but its language '{pack.lang}' {known}",
        code=ErrorCode.LANGUAGE_UNKNOWN,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="if a box or button there leads to your dispute, add its words to your site data "
        f'(--site-data FILE): lang = "{pack.lang}" | labels.dispute_entry = ["THE WORDS OF THE BOX"]',
    )
