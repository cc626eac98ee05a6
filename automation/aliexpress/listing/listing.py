"""Every open dispute of the account, by reading only: from My Orders and the site's own dispute list."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.advice.advise import words_at_hand
from automation.aliexpress.listing.dispute_row import OVER
from automation.aliexpress.listing.search import FAR, Search, read_listed_order, read_my_orders
from automation.aliexpress.listing.site_list import (
    ask_dispute_list,
    compare_sources,
    settle_listed,
)
from automation.aliexpress.session.evidence import keep_evidence
from automation.aliexpress.session.opening import walked
from automation.aliexpress.walk.drift import DriftError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from automation.aliexpress.listing.dispute_row import Listing
    from automation.aliexpress.pages.dispute_list import ListedDispute
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk

# A browser keeps the pages that it left until it needs the memory: about two MiB for each order.
_TIDY_EVERY = 5


async def list_account(
    request: Request,
    run: Run,
    listing: Listing,
    *,
    every_order: bool,
    tell: Callable[[int, int], None],
) -> None:
    """List every open dispute of the account.

    Raises:
        ToolError: a human is needed (exit 4), My Orders was not read to its end, or
            nothing could be read; the listing keeps what was found.
    """

    async def read(walk: Walk) -> None:
        listing.begin()
        await list_disputes(walk, listing, request.now(), every_order=every_order, tell=tell)

    async with words_at_hand(request.site):
        await walked(request, run, read)
    if listing.nothing_read or listing.cut_short:
        problem = listing.failures[0]
        if isinstance(problem, DriftError):
            keep_evidence(problem, problem.drift, request.state_dir, request.now())
        raise problem


async def list_disputes(
    walk: Walk,
    listing: Listing,
    now: datetime,
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
        ToolError: a human is needed (exit 4); the listing keeps what was found.
    """
    search = Search(walk, listing, now)
    await read_my_orders(search, to_the_end=every_order)
    listed = await ask_dispute_list(search)
    if not search.to_the_end and "dispute_list" not in listing.sources:
        await read_my_orders(search, to_the_end=True)
    elif not search.to_the_end and "my_orders" in listing.sources and not listing.cut_short:
        listing.note(
            f"My Orders was read up to its order {listing.orders_seen}, {FAR} after the last with a "
            "dispute; the rest is as the site's dispute list has it (--every-order reads all)"
        )
    orders = _orders_to_read(search, listed, every_order=every_order)
    for number, order_id in enumerate(orders):
        tell(number, len(orders))
        if number and number % _TIDY_EVERY == 0:
            await _forget_pages(walk)
        await read_listed_order(search, order_id)
    tell(len(orders), len(orders))
    for entry in listed:
        await settle_listed(search, entry)
    compare_sources(search, listed)


async def _forget_pages(walk: Walk) -> None:
    """Let the browser free what it still has of the pages before."""
    with suppress(Error):  # a page that is gone is the next order's problem
        await walk.page.request_gc()


def _orders_to_read(search: Search, listed: list[ListedDispute], *, every_order: bool) -> list[str]:
    """Orders that either list shows as disputed, in the order of My Orders."""
    named = {entry.order_id for entry in listed if entry.status not in OVER and entry.order_id}
    wanted = [
        card.order_id
        for card in search.cards.values()
        if every_order or card.dispute or card.order_id in named
    ]
    return list(dict.fromkeys([*wanted, *sorted(named)]))
