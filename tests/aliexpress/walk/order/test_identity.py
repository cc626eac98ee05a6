"""A page must belong to the order and the dispute that it was opened for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from automation.aliexpress.pages import DisputePage
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.walk.order.identity import check_identity, check_where_it_led
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus

ORDER, OTHER_ORDER = "8194370215560042", "8194370215590042"
IDS, OTHER = DisputeIds("1100482913307001", "8194370215560043"), DisputeIds("1100482913309001")
LINK = "/p/reverse-pages/detail.html?reverseOrderLineId={}"
OLD_LINK = "/issue/fastissue/Detail.htm?issueId=55"
OPEN = DisputeStatus.WAITING_SELLER
PAGE = DisputePage("", IDS, (ORDER,), (), OPEN, OPEN, (), (), None, None, "", ())


@pytest.mark.parametrize("orders", [(ORDER,), ()], ids=["named", "unnamed"])
def test_the_expected_page_passes(orders: tuple[str, ...]) -> None:
    """GIVEN the expected dispute THEN its page need not name the order."""
    check_identity(ORDER, IDS, replace(PAGE, order_ids=orders))


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (replace(PAGE, ids=DisputeIds()), "address names no dispute"),
        (replace(PAGE, ids=OTHER), f"shows dispute {OTHER.name}, not {IDS.name}"),
        (replace(PAGE, other_disputes=("70000000000204321",)), "names dispute 70000000000204321"),
        (replace(PAGE, order_ids=(OTHER_ORDER,)), f"names order {OTHER_ORDER}, not {ORDER}"),
        (replace(PAGE, order_ids=(ORDER, OTHER_ORDER)), f"names order {OTHER_ORDER}"),
    ],
    ids=["no-dispute", "another-dispute", "calls-itself-another", "another-order", "two-orders"],
)
def test_another_page_is_refused(page: DisputePage, says: str) -> None:
    """GIVEN a page that names something else THEN the run ends and says what it names."""
    with pytest.raises(ToolError, match=says) as stopped:
        check_identity(ORDER, IDS, page)

    assert stopped.value.code is ErrorCode.WRONG_DISPUTE


def test_numbers_in_doubt_must_include_this_order_where_nothing_else_does() -> None:
    """GIVEN a page behind a click, its labels unknown THEN one of its numbers must be the order's."""
    nameless = replace(PAGE, order_ids=(), doubtful_ids=(OTHER_ORDER,))

    check_identity(ORDER, IDS, nameless)
    check_identity(ORDER, DisputeIds(), replace(nameless, doubtful_ids=(OTHER_ORDER, ORDER)))
    with pytest.raises(ToolError, match=f"shows {OTHER_ORDER} and not {ORDER}"):
        check_identity(ORDER, DisputeIds(), nameless)


def test_a_link_leads_to_the_dispute_that_it_names() -> None:
    """GIVEN a link with an id THEN the page behind it must have the same."""
    check_where_it_led(ORDER, LINK.format(IDS.reverse_line_id), PAGE)

    with pytest.raises(ToolError, match="shows dispute"):
        check_where_it_led(ORDER, LINK.format(OTHER.reverse_line_id), PAGE)


def test_an_old_link_leads_where_the_page_names_the_order() -> None:
    """GIVEN an ``issueId``, which may differ from the newer id THEN the page must name the order."""
    check_where_it_led(ORDER, OLD_LINK, PAGE)

    with pytest.raises(ToolError, match="shows dispute"):
        check_where_it_led(ORDER, OLD_LINK, replace(PAGE, order_ids=()))
