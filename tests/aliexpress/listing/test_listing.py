"""What ``list`` leaves behind on its way through the orders."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.listing import listing, search
from automation.aliexpress.listing.dispute_row import Listing
from automation.aliexpress.listing.listing import list_disputes
from automation.aliexpress.request import utc_now
from tests.aliexpress.listing.account import Account
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.listing.search import Search
    from automation.aliexpress.walk.browse import Walk


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

    monkeypatch.setattr(search, "take_snapshot", snapshot)
    monkeypatch.setattr(listing, "read_listed_order", read)
    monkeypatch.setattr(listing, "ask_dispute_list", none)

    in_own_loop(list_disputes(cast("Walk", account), Listing(), utc_now()))

    orders = [str(place) for place in range(1, 13)]
    assert did == [*orders[:5], "free", *orders[5:10], "free", *orders[10:]]
