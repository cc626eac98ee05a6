"""The first cards of My Orders, and what they say about an order whose own page failed."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages import OrderCard
from automation.aliexpress.walk.my_orders import MyOrders
from automation.errors import ErrorCode, ExitCode, ToolError

LISTED, OTHER = "8190000000000001", "8190000000010001"


def first_cards() -> MyOrders:
    """A list whose first ten cards have one order number."""
    seen = MyOrders()
    seen.keep([OrderCard(LISTED, item="lamp"), OrderCard("")], 10)
    return seen


def failed(code: ErrorCode, hint: str = "look") -> ToolError:
    """An error of Order Details."""
    return ToolError("seen", code=code, exit_code=ExitCode.PAGE_NOT_RECOGNISED, hint=hint)


def test_an_order_that_is_not_listed_has_an_empty_card() -> None:
    """GIVEN the first cards THEN one is found by its number, and another says nothing."""
    seen = first_cards()

    assert seen.card_of(LISTED).item == "lamp"
    assert seen.card_of(OTHER) == OrderCard(OTHER)
    seen.forget()
    assert (seen.count, seen.card_of(LISTED)) == (0, OrderCard(LISTED))


@pytest.mark.parametrize(
    ("seen", "order", "code", "told"),
    [
        (first_cards(), OTHER, ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.ORDER_NOT_FOUND),
        (first_cards(), OTHER, ErrorCode.WRONG_ORDER, ErrorCode.ORDER_NOT_FOUND),
        (first_cards(), OTHER, ErrorCode.CAPTCHA, ErrorCode.CAPTCHA),
        (first_cards(), LISTED, ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.PAGE_NOT_RECOGNISED),
        (MyOrders(), OTHER, ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.PAGE_NOT_RECOGNISED),
    ],
)
def test_only_an_order_that_is_not_listed_is_not_found(
    seen: MyOrders, order: str, code: ErrorCode, told: ErrorCode
) -> None:
    """GIVEN an error of Order Details THEN it says 'not found' only if the list lacks the order too."""
    error = failed(code)

    seen.explain(error, order)

    assert error.code is told
    assert ("not among the first 10" in error.message) is (told is ErrorCode.ORDER_NOT_FOUND)


def test_calls_that_were_held_back_are_still_named() -> None:
    """GIVEN a hint to let calls through THEN it stays, after the number: the page may need them."""
    error = failed(ErrorCode.PAGE_NOT_RECOGNISED, "let them through with --allow-read x")

    first_cards().explain(error, OTHER)

    assert error.hint.startswith("check the number")
    assert error.hint.endswith("; if both are right, let them through with --allow-read x")


def test_what_the_list_lacks_is_said_before_anything_else() -> None:
    """GIVEN an order that the list does not show THEN its number is the likelier cause."""
    assert OTHER in first_cards().lacks(OTHER)
    assert (first_cards().lacks(LISTED), MyOrders().lacks(OTHER)) == ("", "")
