"""Read one order for ``list``: each dispute becomes a row, and so does what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.flow.facts import read_facts
from automation.aliexpress.flow.listed import OVER, Listing, Row
from automation.aliexpress.flow.reading import Found, cause_of, item_title, open_each
from automation.aliexpress.flow.waiting import Watch
from automation.aliexpress.pages import OrderCard
from automation.aliexpress.site import DisputeIds, WordPack
from automation.errors import ExitCode, ToolError
from rules import CANCEL_LABEL, Facts, advise

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.flow.walk import Walk
    from automation.aliexpress.pages import DisputePage, OrderPage


@dataclass
class Search:
    """One walk over the account.

    Args:
        words: word pack for the language of My Orders.
        cards: the cards in My Orders, by order number.
        read: the orders that were opened.
    """

    walk: Walk
    listing: Listing
    now: datetime
    words: WordPack = field(default_factory=lambda: WordPack(lang="en"))
    cards: dict[str, OrderCard] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


async def read_listed_order(search: Search, order_id: str) -> None:
    """Read every dispute of an order, at most once.

    Raises:
        ToolError: a human is needed (exit 4); any other error becomes a row.
    """
    if order_id in search.read:
        return
    search.read.add(order_id)
    forget_refusals(search.walk)
    card = search.cards.get(order_id, OrderCard(order_id))
    known = len(search.listing.rows) + len(search.listing.over)
    try:
        order = await search.walk.open_order(order_id)
    except (ToolError, Error) as error:
        row = Row(order_id=order_id, item=card.item, status_words=card.dispute)
        search.listing.failed(row, problem_of(error, search.walk))
        return
    await _read_each(search, order_id, order, card)
    if card.dispute and known == len(search.listing.rows) + len(search.listing.over):
        search.listing.note(
            f"order {order_id}: My Orders says '{card.dispute}', but Order Details shows no dispute"
        )


async def _read_each(search: Search, order_id: str, order: OrderPage, card: OrderCard) -> None:
    walk, listing = search.walk, search.listing
    async for each in open_each(walk, order_id, order.entries):
        row = Row(
            order_id=order_id,
            number=each.number,
            item=item_title(card, order, each.entry),
            ids=each.entry.ids,
        )
        if isinstance(each, Found):
            if not _is_known(search, each.page):
                _keep(search, row, order, each.page)
        elif each.problem is not None:
            problem = problem_of(each.problem, walk)
            if each.number is not None:
                listing.failed(row, problem)
    await walk.back_to_own_tab()


def _is_known(search: Search, dispute: DisputePage) -> bool:
    """True if this dispute was already found another way."""
    known = [*(row.ids for row in search.listing.rows if row.ids), *search.listing.over]
    return any(dispute.ids.agrees_with(ids) for ids in known)


def _keep(search: Search, row: Row, order: OrderPage, dispute: DisputePage) -> None:
    expected = row.ids or DisputeIds()
    ids = DisputeIds(
        dispute.ids.reverse_line_id or expected.reverse_line_id,
        dispute.ids.trade_line_id or expected.trade_line_id,
    )
    if dispute.status in OVER:
        search.listing.over.append(ids)
        search.listing.note(
            f"order {row.order_id}: dispute {ids.name} is not listed, since it is over "
            f"('{dispute.status_words}')"
        )
        return
    if dispute.status == "unknown":
        search.listing.note(
            f"order {row.order_id}: unknown status '{dispute.status_words}'; "
            f"'dispute-guard advise {row.order_id} --json' shows the line to add to a words file"
        )
    if search.walk.words(dispute.lang).is_guess:
        for each in dispute.unverified:
            search.listing.note(f"order {row.order_id}: {each}")
    facts = read_facts(
        Facts(now=search.now),
        order=order,
        dispute=dispute,
        words=search.walk.words(order.lang),
        open_disputes=max(1, len(order.disputes)),
        item_given=True,
    )
    if len(dispute.cancel_labels) > 1:
        # A cancel would stop here at its trial click, so the hint must block too.
        facts = replace(facts, visible_buttons=(CANCEL_LABEL,) * len(dispute.cancel_labels))
    search.listing.rows.append(
        replace(
            row,
            ids=ids,
            status=dispute.status,
            status_words=dispute.status_words,
            edits_used=dispute.edits_used,
            amount=dispute.amount,
            deadline=facts.protection_deadline,
            advice=advise(facts),
        )
    )


def problem_of(error: ToolError | Error, walk: Walk) -> ToolError:
    """Turn the error into a note, so that the walk can go on.

    Raises:
        ToolError: a human is needed; going on would only annoy the site.
        Error: the browser is gone.
    """
    browser = walk.session.context.browser
    if isinstance(error, Error) and browser is not None and not browser.is_connected():
        raise error
    cause = cause_of(error, walk)
    if isinstance(cause, Error):
        line = cause.message.splitlines()[0]
        return ToolError(f"the browser failed: {line}", code="browser_failed")
    if cause.exit_code is ExitCode.HUMAN_NEEDED:
        raise cause
    return cause


def forget_refusals(walk: Walk) -> None:
    """Ignore earlier refusals, so that a foreign host in one order does not stop the next."""
    walk.watch = Watch(walk.site.hooks, walk.session.guard)
