"""How far ``list`` pages through My Orders, and what it leaves behind on its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.listing import listing
from automation.aliexpress.listing.dispute_row import Listing
from automation.aliexpress.listing.listing import Search, _read_my_orders, list_disputes
from automation.aliexpress.pages import OrderCard
from automation.aliexpress.request import utc_now
from automation.aliexpress.site import WordPack
from automation.aliexpress.walk.progress import Untold
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.walk.browse import Walk

PAGE = 10


@dataclass
class Account:
    """My Orders with so many orders; those at ``disputed`` (from 1) show a dispute."""

    orders: int
    disputed: tuple[int, ...] = ()
    pages: int = 0
    progress: Untold = field(default_factory=Untold)
    page: object = None

    async def open_list(self) -> bool:
        """Open it."""
        return bool(self.orders)

    def words(self, _lang: str) -> WordPack:
        """No words are needed."""
        return WordPack(lang="en")

    async def new_cards(self, seen: int) -> tuple[list[OrderCard], int]:
        """The next page."""
        self.pages += 1
        now = min(seen + PAGE, self.orders)
        cards = [
            OrderCard(str(place), dispute="open" if place in self.disputed else "")
            for place in range(seen + 1, now + 1)
        ]
        return cards, now

    async def goes_on(self, seen: int) -> bool:
        """Whether there is another page."""
        return seen < self.orders


def searched(
    account: Account, monkeypatch: pytest.MonkeyPatch, *, to_the_end: bool = False
) -> Search:
    """The search after reading My Orders of this account."""

    async def snapshot(*_: object, **__: object) -> Any:  # noqa: ANN401  a part of a page
        return SimpleNamespace(lang="en")

    monkeypatch.setattr(listing, "take_snapshot", snapshot)
    search = Search(cast("Walk", account), Listing(), utc_now())
    in_own_loop(_read_my_orders(search, to_the_end=to_the_end))
    return search


@pytest.mark.parametrize(
    ("account", "pages", "end"),
    [
        (Account(44, (35,)), 5, True),
        (Account(99), 10, True),
        (Account(10_000), 10, False),
        (Account(10_000, (1,)), 11, False),
        (Account(10_000, (1, 95, 180)), 28, False),
        (Account(0), 0, True),
    ],
    ids=["to-the-end", "just", "none", "first", "several", "empty"],
)
def test_paging_follows_the_disputes_and_not_the_orders(
    account: Account, pages: int, end: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an account of any size THEN it stops 100 orders after the last one with a dispute."""
    search = searched(account, monkeypatch)

    assert (account.pages, search.to_the_end) == (pages, end)
    disputed = {card.order_id for card in search.cards.values() if card.dispute}
    assert disputed == {str(place) for place in account.disputed}


def test_on_demand_all_orders_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN --every-order, or no dispute list THEN thousands are paged through."""
    account = Account(1_000, (999,))

    search = searched(account, monkeypatch, to_the_end=True)

    assert (account.pages, search.to_the_end, len(search.cards)) == (100, True, 1_000)


@dataclass
class Tab:
    """A page that says when it was asked to free memory, beside the orders that were read."""

    did: list[str]
    gone: bool = False

    async def request_gc(self) -> None:
        """Free it; not if the page is gone."""
        self.did.append("free")
        if self.gone:
            raise Error("Target page, context or browser has been closed")


@pytest.mark.parametrize("gone", [False, True])
def test_pages_of_a_long_list_are_freed_on_the_way(
    monkeypatch: pytest.MonkeyPatch, *, gone: bool
) -> None:
    """GIVEN 12 disputed orders THEN the browser frees the pages before it after each five.

    If the page is gone, that is for the next order to say.
    """
    did: list[str] = []
    account = Account(12, tuple(range(1, 13)), page=Tab(did, gone))

    async def read(_search: Search, order_id: str) -> None:
        did.append(order_id)

    async def none(*_: object) -> list[object]:
        return []

    async def snapshot(*_: object, **__: object) -> object:
        return SimpleNamespace(lang="en")

    monkeypatch.setattr(listing, "take_snapshot", snapshot)
    monkeypatch.setattr(listing, "read_listed_order", read)
    monkeypatch.setattr(listing, "_ask_dispute_list", none)

    in_own_loop(list_disputes(cast("Walk", account), Listing(), utc_now()))

    orders = [str(place) for place in range(1, 13)]
    assert did == [*orders[:5], "free", *orders[5:10], "free", *orders[10:]]
