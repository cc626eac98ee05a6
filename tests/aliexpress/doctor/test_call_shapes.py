"""The shapes of a page's calls: no value of a call is ever in one."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from automation.aliexpress.doctor.call_shapes import CallShape, CallShapes, let_through
from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import GuardReport, RequestRecord
from tests.listening import Heard

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext

PAGE = "/p/order/detail.html"
GATEWAY = "https://acs.aliexpress.com/h5"


def call(name: str = "mtop.ae.shelf.sheetView", way: str = "xhr", **said: object) -> Any:  # noqa: ANN401  a stand-in
    """A call of Order Details."""
    return SimpleNamespace(
        url=f"{GATEWAY}/{name}/1.0/?jsv=2.5.1&appKey=12574478&t=1767225600000",
        method="POST",
        resource_type=way,
        post_data_buffer=f"data={json.dumps(said)}".encode(),
        headers={"content-type": "application/x-www-form-urlencoded"},
        frame=SimpleNamespace(url=f"https://www.aliexpress.com{PAGE}?orderId=8194370215560042"),
    )


def shapes_of(*calls: object, path: str = PAGE) -> tuple[CallShape, ...]:
    """What is kept of the calls of a page."""
    context = Heard()
    shapes = CallShapes(cast("BrowserContext", context), site_traffic())
    for each in calls:
        context.tell("request", each)
    return shapes.of(path)


def test_names_and_keys_stay_and_values_do_not() -> None:
    """GIVEN a call about an order THEN its name and its own keys, each once."""
    said = {"tradeOrderId": "8194370215560042", "note": "Robin Ostertag"}

    found = shapes_of(call(**said), call(**said))

    assert found == (
        CallShape(PAGE, "mtop.ae.shelf.sheetView", "POST", "xhr", ("note", "tradeOrderId")),
    )
    assert "8194370215560042" not in str(found)


@pytest.mark.parametrize(
    "ignored",
    [call(way="image"), call("8194370215560042"), call("mtop.ae.of8194370215560042"), call("né")],
    ids=["way", "number", "number-in-name", "letters"],
)
def test_what_is_no_call_with_a_plain_name_is_left_out(ignored: object) -> None:
    """GIVEN a picture, or a name that could be somebody's number THEN nothing of it is kept."""
    assert shapes_of(ignored) == ()


def test_a_page_has_its_own_calls_only() -> None:
    """GIVEN another page THEN none of these calls is its."""
    assert shapes_of(call(), path="/p/order/index.html") == ()


def test_a_call_that_was_held_back_is_told_apart() -> None:
    """GIVEN a report of the guard THEN what it held back was not let through."""
    [shape] = shapes_of(call())
    held = RequestRecord(shape.name, "", "POST", "unknown", "", page=PAGE, teachable=True)

    assert not let_through(shape, GuardReport((), (held,)))
    assert let_through(shape, GuardReport((), ()))
