"""Find every open dispute of the account, reading only.

Cards in My Orders show a dispute line. It may be missing or late (site facts, section
2), so this also reads the site's own dispute list, and reports where the two disagree.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.flow.advice import rules_at_hand
from automation.aliexpress.flow.comparing import compare_sources, settle_listed
from automation.aliexpress.flow.dispute_list import read_dispute_list
from automation.aliexpress.flow.listed import OVER, Listing, Row
from automation.aliexpress.flow.listed_order import Search, problem_of, read_listed_order
from automation.aliexpress.flow.opening import open_walk
from automation.aliexpress.flow.report import Step
from automation.aliexpress.pages import take_snapshot
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.flow.report import Report
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.pages import OrderCard
    from automation.aliexpress.pages.dispute_list import ListedDispute


async def list_disputes(
    request: Request,
    report: Report,
    listing: Listing,
    *,
    every_order: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Fill the listing with every open dispute of the account.

    Args:
        listing: keeps what was found so far, even if this ends with an error.
        every_order: open every order, whatever the lists say.
        tell: called with how many orders were read, and of how many.

    Raises:
        ToolError: a human is needed (exit 4), My Orders was not read to its end, or
            nothing could be read; the listing keeps what was found.
    """
    async with rules_at_hand(), open_walk(request, report) as walk:
        search = Search(walk, listing, request.now())
        await _read_my_orders(search)
        listed = await _ask_dispute_list(search)
        orders = _orders_to_read(search, listed, every_order=every_order)
        for number, order_id in enumerate(orders):
            tell(number, len(orders))
            await read_listed_order(search, order_id)
        tell(len(orders), len(orders))
        for entry in listed:
            await settle_listed(search, entry)
        compare_sources(search, listed)
    report.stopped_at = Step.FINISHED
    if listing.nothing_read or listing.cut_short:
        raise listing.failures[0]


def _orders_to_read(search: Search, listed: list[ListedDispute], *, every_order: bool) -> list[str]:
    """Orders that either list shows as disputed, in the order of My Orders."""
    named = {entry.order_id for entry in listed if entry.status not in OVER and entry.order_id}
    wanted = [
        card.order_id
        for card in search.cards.values()
        if every_order or card.dispute or card.order_id in named
    ]
    return list(dict.fromkeys([*wanted, *sorted(named)]))


async def _read_my_orders(search: Search) -> None:
    walk, listing = search.walk, search.listing
    try:
        with walk.report.step(Step.MY_ORDERS) as running:
            running.page = "My Orders"
            more, seen = await walk.open_list(), 0
            search.words = walk.words((await take_snapshot(walk.page, scope="title")).lang)
            listing.sources.append("my_orders")
            while more:
                cards, seen = await walk.new_cards(seen)
                for card in cards:
                    _keep_card(search, card)
                more = await walk.goes_on(seen)
            running.note = f"{listing.orders_seen} order(s)"
    except (ToolError, Error) as error:
        problem = problem_of(error, walk)
        listing.cut_short = True
        listing.lacks(f"could not read My Orders to its end: {problem.message}", problem)


def _keep_card(search: Search, card: OrderCard) -> None:
    if card.order_id in search.cards:
        return  # a new order, placed while the list is open, moves the others down
    search.listing.orders_seen += 1
    if card.order_id:
        search.cards[card.order_id] = card
    elif card.dispute:
        problem = ToolError(
            "expected one order number on this card of My Orders", code=ErrorCode.NO_ORDER
        )
        row = Row(order_id="", item=card.item, status_words=card.dispute)
        search.listing.failed(row, problem)


async def _ask_dispute_list(search: Search) -> list[ListedDispute]:
    try:
        listed = await read_dispute_list(search.walk)
    except (ToolError, Error) as error:
        problem = problem_of(error, search.walk)
        search.listing.lacks(
            f"could not read the site's dispute list: {problem.message}; disputes that My Orders "
            "does not show may be missing (try --every-order)",
            problem,
        )
        return []
    search.listing.sources.append("dispute_list")
    return [replace(entry, order_id=_order_of(search, entry)) for entry in listed]


def _order_of(search: Search, entry: ListedDispute) -> str:
    """The order of a listed dispute: as listed, or the one number that belongs to an order."""
    named = entry.numbers & search.cards.keys()
    return entry.order_id or (next(iter(named)) if len(named) == 1 else "")
