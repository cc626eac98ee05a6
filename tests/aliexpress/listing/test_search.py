"""How far the search pages through My Orders."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.listing import search as search_module
from automation.aliexpress.listing.dispute_row import Listing, Row
from automation.aliexpress.listing.search import Search, read_my_orders
from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderPage
from automation.aliexpress.request import utc_now
from automation.aliexpress.site import DisputeIds
from rules import DisputeStatus
from tests.aliexpress.listing.account import Account
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.walk.browse import Walk

ORDER = "8190000000000001"


def searched(
    account: Account, monkeypatch: pytest.MonkeyPatch, *, to_the_end: bool = False
) -> Search:
    """The search after reading My Orders of this account."""

    async def snapshot(*_: object, **__: object) -> object:
        return SimpleNamespace(lang="en")

    monkeypatch.setattr(search_module, "take_snapshot", snapshot)
    search = Search(cast("Walk", account), Listing(), utc_now())
    in_own_loop(read_my_orders(search, to_the_end=to_the_end))
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


@pytest.mark.parametrize(("disputes", "named"), [(1, ""), (2, " --item 2")])
def test_unknown_words_lead_to_the_call_that_names_them(disputes: int, named: str) -> None:
    """GIVEN a status in long unknown words THEN its note still has the call, for that dispute."""
    search = Search(cast("Walk", Account(1)), Listing(), utc_now())
    entries = tuple(DisputeEntry("link", "", f"/dispute?id={n}") for n in range(disputes))
    order = OrderPage("", (ORDER,), "", (), entries, None)
    page = DisputePage(
        "", DisputeIds("1"), (), (), "new words " * 90, DisputeStatus.UNKNOWN, (), (), None, None, "", ()
    )  # fmt: skip

    search_module._keep(search, Row(order_id=ORDER, number=2), order, page)  # noqa: SLF001

    [note] = search.listing.notes
    assert note.startswith(f"order {ORDER}: unknown status 'new words ")
    assert note.endswith(
        f"; 'dispute-guard advise {ORDER}{named} --json' shows the line for your site data"
    )
