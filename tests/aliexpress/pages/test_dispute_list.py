"""The site's own dispute list: its cards, and the answer that fills it."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.dispute_list import ListedDispute, answered, joined
from automation.aliexpress.site import DisputeIds, SiteMap
from rules import DisputeStatus

DISPUTE, LINE, ORDER = "1100482913307001", "8194370215560043", "8194370215560042"
OTHER = "1100482913307002"
WORDS = SiteMap.load().pack("en")
ROW = {"reverseOrderLineId": DISPUTE, "tradeOrderLineId": LINE, "tradeOrderId": ORDER}


def card(href_id: str | None, *numbers: str) -> ListedDispute:
    """A card of the list."""
    return ListedDispute(DisputeIds(href_id), frozenset(numbers), "", DisputeStatus.UNKNOWN)


def test_an_answer_names_the_order_of_each_dispute_once() -> None:
    """GIVEN a row twice, deep in the answer THEN one dispute, its order, its known status."""
    row = ROW | {"reverseDetailStatusText": "Waiting for the seller's response"}

    [found] = answered([{"data": {"list": [row, {"more": row}]}}, [row]], WORDS)

    assert (found.ids, found.order_id) == (DisputeIds(DISPUTE, LINE), ORDER)
    assert found.status == "waiting_seller"


@pytest.mark.parametrize(
    "row", [{"reverseOrderLineId": "../x"}, {"tradeOrderId": ORDER}, [], None, "text", 7]
)
def test_what_names_no_dispute_is_none(row: object) -> None:
    """GIVEN an answer without a dispute's id THEN no dispute."""
    assert answered([{"data": row}], WORDS) == []


def test_cards_get_their_order_from_the_answer() -> None:
    """GIVEN a card that shows only a number THEN the answer's ids and order; others are added."""
    told = answered([ROW, {"reverseOrderLineId": OTHER}], WORDS)

    first, second = joined([card(None, DISPUTE)], told)

    assert (first.ids, first.order_id) == (DisputeIds(DISPUTE, LINE), ORDER)
    assert second.ids == DisputeIds(OTHER)


def test_a_card_of_two_disputes_belongs_to_neither() -> None:
    """GIVEN a card with the numbers of two THEN no order is guessed, and neither is repeated."""
    told = answered([ROW, {"reverseOrderLineId": OTHER}], WORDS)

    [only] = joined([card(None, DISPUTE, OTHER)], told)

    assert (bool(only.ids), only.order_id) == (False, "")
