"""Whose dispute it is that the buyer opened, and what is said if they opened none."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.cancel.escort.gaps import Gaps
from automation.aliexpress.cancel.escort.way_by_hand import WayByHand, _of_address
from automation.aliexpress.pages import OrderPage, read_dispute, read_order
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.request import Escort
from automation.aliexpress.walk.responses import Heard
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.cancel.escort.world import (
    ADDRESS,
    DETAILS,
    ID,
    ORDER,
    OTHER,
    SHEET,
    SITE,
    World,
    gaps,
)

CALL = "http://127.0.0.1:2/h5/mtop.ae.matter.boardView/1.0/"


def way() -> WayByHand:
    """The way by hand to a page that no test looks at."""
    known = gaps()
    return WayByHand(known.walk, ORDER, None, known.escort, known)


def heard(**named: str) -> tuple[Heard, ...]:
    """One read of the page: it asks for the dispute, and the answer names more."""
    body = f"data=%7B%22reverseOrderLineId%22%3A%22{ID}%22%7D".encode()
    return (Heard(CALL, body, {"data": {"reverseOrderLineId": ID, **named}}),)


@pytest.mark.parametrize(
    ("calls", "came_from", "wrong"),
    [
        (heard(tradeOrderId=ORDER), "", ""),
        (heard(), DETAILS, ""),
        ((), DETAILS, ""),
        (heard(), "", "nothing on it names this order"),
        (heard(tradeOrderId=OTHER), DETAILS, OTHER),
        (heard(tradeOrderId=OTHER), "", OTHER),
        ((), DETAILS.replace(ORDER, OTHER), "nothing on it names this order"),
    ],
)
def test_whose_dispute_it_is_comes_from_the_page(
    calls: tuple[Heard, ...], came_from: str, wrong: str
) -> None:
    """GIVEN a page that the buyer opened THEN its order is named, by it or by the way, and no other."""
    page = read_dispute(Snapshot(ADDRESS, "<p>x</p>", "sv"), SITE.hooks, SITE.pack("sv"))

    with pytest.raises(ToolError) if wrong else contextlib.nullcontext() as stopped:
        way()._check_whose(page, came_from, calls)  # noqa: SLF001

    if wrong:
        assert stopped is not None
        assert stopped.value.code is ErrorCode.WRONG_DISPUTE
        assert wrong in stopped.value.message


def order_at(address: str, text: str = "x") -> OrderPage:
    """Order Details with this text, at this address."""
    return read_order(Snapshot(address, f"<p>{text}</p>", "en"), SITE.hooks, SITE.pack("en"))


def test_order_details_without_its_number_are_of_the_order_in_their_address() -> None:
    """GIVEN Order Details that shows no number THEN its address names it, but another one never."""
    assert _of_address(order_at(DETAILS), ORDER).order_ids == (ORDER,)

    for page in (order_at(DETAILS.replace(ORDER, OTHER)), order_at(DETAILS, f"Order ID: {OTHER}")):
        with pytest.raises(ToolError) as stopped:
            _of_address(page, ORDER)
        assert stopped.value.code is ErrorCode.WRONG_ORDER


def test_a_closed_tab_is_a_no() -> None:
    """GIVEN a tab that the buyer closed THEN they declined (exit 6)."""
    assert way()._not_opened(closed=True).exit_code is ExitCode.DECLINED  # noqa: SLF001


def test_time_that_ran_out_names_the_calls_that_the_pages_lacked() -> None:
    """GIVEN no dispute in time THEN the hint has the line for a read that was held back."""
    world = World(SHEET)
    world.session.context = SimpleNamespace(pages=[world.page])
    walk: Any = world
    own = WayByHand(walk, ORDER, None, Escort(), Gaps(walk, ORDER, Escort()))

    error = own._not_opened(closed=False)  # noqa: SLF001

    assert error.code is ErrorCode.DISPUTE_NOT_REACHED
    assert f'traffic.reads = ["{SHEET.what}"]' in error.hint
