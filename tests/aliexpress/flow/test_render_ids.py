"""Whose data a dispute page shows."""

from __future__ import annotations

import pytest

from automation.aliexpress.flow.render_ids import Json, asks_for_another, names_another
from automation.aliexpress.site import DisputeIds

MINE, LINE, ORDER = "1100482913307001", "8194370215560043", "8194370215560042"
OTHER, OTHER_LINE = "1100482913307002", "8194370215560044"
IDS = DisputeIds(MINE, LINE)


@pytest.mark.parametrize(
    ("answer", "another"),
    [
        ({"data": {"reverseOrderLineId": MINE}}, ""),
        ({"data": {"reverseOrderLineId": int(MINE)}}, ""),
        ({"data": {"status": "Cancelled"}}, ""),  # an answer may carry no ids at all
        ({"data": {"reverseOrderId": OTHER}}, ""),  # broader, and its own number
        ({"data": {"reverseOrderLineId": MINE, "otherLine": {"reverseOrderLineId": OTHER}}}, ""),
        ({"data": [{"reverseOrderLineId": OTHER}, {"reverseOrderLineId": MINE}]}, ""),
        ({"data": {"reverseOrderLineId": OTHER}}, OTHER),
        ({"data": {"reverse_order_line_id": OTHER}}, OTHER),
        ({"data": {"reverseOrderLineId": OTHER, "otherLine": {"reverseOrderLineId": MINE}}}, OTHER),
        ({"data": {"reverseOrderLineId": OTHER, "tradeOrderLineId": LINE}}, OTHER),
        ({"data": {"tradeOrderLineId": OTHER_LINE}}, OTHER_LINE),
        ({"data": {"tradeOrderId": "8194370215430042"}}, "8194370215430042"),
        ([], ""),
        (None, ""),
    ],
)
def test_an_answer_is_about_what_its_outermost_object_names(answer: Json, another: str) -> None:
    """GIVEN an answer to the page's read THEN another dispute's id, or nothing for our own."""
    assert names_another(answer, IDS, ORDER) == another


def test_an_id_that_is_not_known_cannot_be_compared() -> None:
    """GIVEN a page whose address names only the line THEN the dispute's own id is no contradiction."""
    answer: Json = {"data": {"reverseOrderLineId": OTHER, "tradeOrderLineId": LINE}}

    assert names_another(answer, DisputeIds(None, LINE), ORDER) == ""


@pytest.mark.parametrize(
    ("asked", "another"),
    [
        (f'https://h/h5/a/1.0/?data={{"reverseOrderLineId":"{MINE}"}}', False),
        (f'https://h/h5/a/1.0/ data={{"tradeOrderLineId":"{LINE}"}}', False),
        ("https://h/h5/a/1.0/ data=H4sIAAAA", False),  # the request cannot be read
        (f'https://h/h5/a/1.0/ data={{"reverseOrderLineId":"{OTHER}"}}', True),
        (f"https://h/h5/a/1.0/?tradeOrderLineId={OTHER_LINE}", True),
    ],
)
def test_a_preview_of_another_dispute_says_nothing_about_this_page(
    asked: str, another: bool
) -> None:
    """GIVEN a read for a sibling dispute THEN its answer does not count against the page."""
    assert asks_for_another(asked, IDS) is another
