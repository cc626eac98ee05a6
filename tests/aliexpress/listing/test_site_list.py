"""Where the site's own dispute list and the pages of the orders disagree."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from msgspec.structs import replace

from automation.aliexpress.listing import site_list
from automation.aliexpress.listing.dispute_row import Listing, Row
from automation.aliexpress.listing.search import Search
from automation.aliexpress.listing.site_list import (
    ask_dispute_list,
    compare_sources,
    settle_listed,
)
from automation.aliexpress.pages import OrderCard
from automation.aliexpress.pages.dispute_list import ListedDispute
from automation.aliexpress.request import utc_now
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.walk.browse import Walk

ORDER, OTHER = "8194370215560042", "8194370215560142"
IDS = DisputeIds("1100482913307001", "8194370215560043")
ROW = Row(order_id=ORDER, ids=IDS, status=DisputeStatus.WAITING_SELLER, status_words="Waiting")
LISTED = ListedDispute(IDS, frozenset(), "Waiting", DisputeStatus.WAITING_SELLER, order_id=ORDER)
CARD = OrderCard(ORDER, dispute="Waiting for the seller's response")


def search(*rows: Row, card: OrderCard | None = CARD, asked: bool = True) -> Search:
    """A search that has read these rows, and whose My Orders has this card."""
    loss = SimpleNamespace(loss_behind=_not_lost, context=SimpleNamespace(browser=None))
    walk = cast("Walk", SimpleNamespace(session=loss))
    listing = Listing(rows=[*rows], sources=["my_orders", *["dispute_list"] * asked])
    cards = {card.order_id: card} if card else {}
    words = SiteMap.load().pack("en")
    return Search(walk, listing, utc_now(), words=words, cards=cards, to_the_end=True)


async def _not_lost(_problem: object) -> None:
    return None


def test_sources_that_agree_need_no_note() -> None:
    """GIVEN one dispute alike on its page, its card and the dispute list THEN no note."""
    found = search(ROW)

    compare_sources(found, [LISTED])

    assert found.listing.notes == []


@pytest.mark.parametrize(
    ("listed", "card", "says"),
    [
        ([], CARD, "not in the site's dispute list"),
        (
            [replace(LISTED, status=DisputeStatus.CLOSED, status_words="Closed")],
            CARD,
            "the dispute list says 'Closed'",
        ),
        ([LISTED], None, "My Orders does not show this order"),
        ([LISTED], OrderCard(ORDER), "its card in My Orders shows no dispute"),
        (
            [LISTED],
            OrderCard(ORDER, dispute="Dispute closed"),
            "My Orders says 'Dispute closed'",
        ),
    ],
    ids=["not-listed", "another-status", "no-card", "silent-card", "lagging-card"],
)
def test_each_source_that_differs_is_named(
    listed: list[ListedDispute], card: OrderCard | None, says: str
) -> None:
    """GIVEN one source that differs from the dispute's own page THEN one note has its words."""
    found = search(ROW, card=card)

    compare_sources(found, listed)

    name = f"order {ORDER}, dispute {IDS.name}"
    assert found.listing.notes == [f"{name}: {says}; its own page says 'Waiting'"]


def test_a_list_that_was_not_read_contradicts_nothing() -> None:
    """GIVEN no dispute list THEN a dispute is not said to be missing in it."""
    found = search(ROW, asked=False)

    compare_sources(found, [])

    assert found.listing.notes == []


@pytest.mark.parametrize(
    ("numbers", "order_id"),
    [({ORDER}, ORDER), ({ORDER, OTHER}, ""), ({"1100482913307009"}, "")],
    ids=["one", "two", "none"],
)
def test_a_listed_dispute_gets_the_one_order_that_its_card_names(
    numbers: set[str], order_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN long numbers that may be any id THEN only a single number of an order is its order."""
    found = search(asked=False)
    found.cards[OTHER] = OrderCard(OTHER)
    entry = replace(LISTED, order_id="", numbers=frozenset(numbers))

    async def read(_walk: object) -> list[ListedDispute]:
        return [entry]

    monkeypatch.setattr(site_list, "read_dispute_list", read)

    assert in_own_loop(ask_dispute_list(found)) == [replace(entry, order_id=order_id)]
    assert found.listing.sources == ["my_orders", "dispute_list"]


def test_a_dispute_list_that_fails_leaves_the_answer_incomplete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a dispute list that cannot be loaded THEN a note, and no claim to be complete."""
    found = search(asked=False)

    async def read(_walk: object) -> list[ListedDispute]:
        raise ToolError("could not load", code=ErrorCode.PAGE_NOT_LOADED)

    monkeypatch.setattr(site_list, "read_dispute_list", read)
    monkeypatch.setattr(site_list, "problem_of", _same)

    assert in_own_loop(ask_dispute_list(found)) == []
    assert not found.listing.complete
    assert found.listing.sources == ["my_orders"]
    assert "could not load" in found.listing.notes[0]


async def _same(problem: ToolError, _walk: object) -> ToolError:
    return problem


@pytest.mark.parametrize(
    ("rows", "entry"),
    [((ROW,), LISTED), ((), replace(LISTED, status=DisputeStatus.CANCELLED))],
    ids=["found", "over"],
)
def test_what_was_found_or_is_over_is_not_looked_for(
    rows: tuple[Row, ...], entry: ListedDispute
) -> None:
    """GIVEN a listed dispute that has its row, or is over THEN no page is opened for it."""
    found = search(*rows)

    in_own_loop(settle_listed(found, entry))

    assert found.listing.rows == [*rows]
    assert found.listing.notes == []


def test_a_dispute_without_order_is_a_row_with_its_problem() -> None:
    """GIVEN a listed dispute without order and link THEN its row says what is unknown."""
    found = search()

    in_own_loop(settle_listed(found, replace(LISTED, order_id="")))

    (row,) = found.listing.rows
    assert row.problem == "only the site's dispute list has this dispute, and its order is unknown"
    assert (row.ids, row.status_words) == (IDS, "Waiting")


def test_a_dispute_that_its_order_does_not_lead_to_is_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a listed dispute whose order was read without it THEN a note says so."""
    found = search()

    async def read(_search: Search, _order_id: str) -> None:
        pass

    monkeypatch.setattr(site_list, "read_listed_order", read)

    in_own_loop(settle_listed(found, LISTED))

    assert found.listing.rows == []
    (note,) = found.listing.notes
    assert note == (
        f"order {ORDER}: the dispute list says 'Waiting' for dispute {IDS.name}, "
        "but Order Details leads to no such dispute"
    )
