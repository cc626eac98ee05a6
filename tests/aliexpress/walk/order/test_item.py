"""Which dispute ``--item`` names, and what has to be opened to tell."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderLine, OrderPage
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.walk.order.item import chosen, item_number, worth_opening
from automation.aliexpress.walk.order.reading import Found
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus

ORDER = "8194370215560042"
LINES = ("8194370215560043", "8194370215560044")
DISPUTES = ("1100482913307001", "1100482913307002")
LINKS = tuple(
    DisputeEntry("link", "Dispute", f"/p/reverse-pages/detail.html?reverseOrderLineId={each}")
    for each in DISPUTES
)
BOXES = tuple(DisputeEntry("box", "Dispute in Progress", nth=n) for n in range(2))


def order(*entries: DisputeEntry) -> OrderPage:
    """Order Details with these ways to disputes."""
    return OrderPage("", (ORDER,), "", (), entries, None)


def found(number: int, status: DisputeStatus = DisputeStatus.WAITING_SELLER, *labels: str) -> Found:
    """The first or second dispute, as its page was read."""
    ids = DisputeIds(DISPUTES[number - 1], LINES[number - 1])
    page = DisputePage("", ids, (ORDER,), (), status, status, (), labels, None, None, "", ())
    return Found(LINKS[number - 1], number, page)


@pytest.mark.parametrize(
    ("item", "number"),
    [("1", 1), ("12", 12), ("12345", None), ("²", None), ("", None), (None, None)],
)
def test_what_is_a_number(item: str | None, number: int | None) -> None:
    """GIVEN an item THEN up to four plain digits are a number."""
    assert item_number(item) == number


@pytest.mark.parametrize(
    ("entries", "item", "opened", "first"),
    [
        (LINKS, "2", LINKS[1:], 2),
        (LINKS, DISPUTES[1], LINKS[1:], 2),
        (LINKS, LINES[1], LINKS, 1),
        (LINKS, None, LINKS, 1),
        (BOXES, "2", BOXES, 1),
    ],
    ids=["number", "id-in-link", "id-not-shown", "no-item", "boxes"],
)
def test_only_what_may_be_meant_is_opened(
    entries: tuple[DisputeEntry, ...],
    item: str | None,
    opened: tuple[DisputeEntry, ...],
    first: int,
) -> None:
    """GIVEN ways to disputes THEN one alone only if the page itself says that it is the one."""
    assert worth_opening(order(*entries), item) == (opened, first)


def test_ways_that_may_lead_to_one_dispute_are_not_counted_unopened() -> None:
    """GIVEN an old link and a new one, maybe to one dispute THEN both are opened to count them."""
    old = DisputeEntry("link", "Dispute", "/issue/fastissue/Detail.htm?issueId=55")

    assert worth_opening(order(old, LINKS[0]), "2") == ((old, LINKS[0]), 1)


def test_a_number_beyond_the_links_is_refused_at_once() -> None:
    """GIVEN two links THEN the third dispute does not exist."""
    with pytest.raises(ToolError) as stopped:
        worth_opening(order(*LINKS), "3")

    assert stopped.value.code is ErrorCode.ITEM_NOT_FOUND


def test_the_items_of_an_order_are_named_by_their_product() -> None:
    """GIVEN an item that names none, before any dispute is opened THEN each is named with its product."""
    lines = tuple(OrderLine(title) for title in ("A lamp", "A chair"))
    entries = tuple(replace(each, line=n) for n, each in enumerate(LINKS))

    with pytest.raises(ToolError) as stopped:
        worth_opening(replace(order(*entries), lines=lines), "99")

    assert stopped.value.message == (
        "--item 99 matches no dispute of this order; it has "
        f"--item 1: A lamp, dispute {DISPUTES[0]}; --item 2: A chair, dispute {DISPUTES[1]}"
    )


@pytest.mark.parametrize("item", ["2", LINES[1], DISPUTES[1]])
def test_a_dispute_is_named_by_number_line_or_id(item: str) -> None:
    """GIVEN two disputes THEN each of its names takes the second."""
    both = [found(1), found(2)]

    assert chosen(both, item, order()) is both[1]


def test_without_an_item_the_only_open_one_is_meant() -> None:
    """GIVEN no item THEN the only open dispute, the only one at all, or none of several."""
    over, still_open = found(1, DisputeStatus.CLOSED), found(2)
    with_control = found(1, DisputeStatus.UNKNOWN, "Cancel Request")

    assert chosen([over, still_open], None, order()) is still_open
    assert chosen([over], None, order()) is over
    assert chosen([with_control, still_open], None, order()) is None
    assert chosen([], None, order()) is None


def test_an_item_that_no_dispute_has_is_named_with_those_there_are() -> None:
    """GIVEN another id THEN the error lists the disputes of the order."""
    with pytest.raises(ToolError, match=f"1: line {LINES[0]}, dispute {DISPUTES[0]}"):
        chosen([found(1)], "8194370215569999", order())
