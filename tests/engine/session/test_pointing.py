"""What the picker does with a page that is gone or has changed, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.engine.session.picker import Bar, Element, saying
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

ENTRY = Element("div", {"class": "entry", "id": "e1"}, (), "#e1")


class Found:
    """A page, and what stands at any place of it."""

    def __init__(self, count: int, *marks: str) -> None:
        self._count, self._marks = count, list(marks)
        self.asked: list[str] = []

    def locator(self, place: str) -> Found:
        """Look there."""
        self.asked.append(place)
        return self

    async def count(self) -> int:
        """How many there are."""
        return self._count

    async def evaluate(self, _: str) -> list[str]:
        """Tag, class and id."""
        return self._marks


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        (Found(1, "div", "entry", "e1"), True),
        (Found(1, "div", "entry active", "e1"), False),
        (Found(1, "span", "entry", "e1"), False),
        (Found(0, "div", "entry", "e1"), False),
        (Found(2, "div", "entry", "e1"), False),
    ],
)
def test_an_element_is_where_it_was_only_if_it_is_the_same(page: Found, *, is_there: bool) -> None:
    """GIVEN a page that went on by itself THEN another element at the same place is not it."""
    assert in_own_loop(ENTRY.is_there(cast("Page", page))) is is_there
    assert page.asked == ["css=#e1"]


class Session:
    """DevTools of a page; from a command on, the page is gone."""

    def __init__(self, gone_at: str = "") -> None:
        self.sent: list[str] = []
        self.left = False
        self._gone_at = gone_at
        self.context = self

    async def new_cdp_session(self, _: object) -> Session:
        """Open them."""
        if self._gone_at == "at once":
            raise Error("the page is gone")
        return self

    async def send(self, method: str, _: object = None) -> dict[str, Any]:
        """Answer a command."""
        if method == self._gone_at:
            raise Error("the page is gone")
        self.sent.append(method)
        return {
            "frameTree": {"frame": {"id": "1"}},
            "executionContextId": 7,
            "result": {"value": "x"},
        }

    async def detach(self) -> None:
        """Close them."""
        self.left = True


@pytest.mark.parametrize("gone_at", ["", "at once", "Page.getFrameTree", "Runtime.callFunctionOn"])
def test_a_bar_is_shown_where_there_is_a_page(gone_at: str) -> None:
    """GIVEN a page that is gone at any moment THEN what is asked elsewhere goes on, and nothing stays open."""
    session = Session(gone_at)
    ran: list[list[str]] = []

    async def work() -> None:
        async with saying(cast("Page", session), Bar("Answer in the terminal.")):
            ran.append(list(session.sent))

    in_own_loop(work())
    shown = "Runtime.callFunctionOn"
    assert len(ran) == 1
    assert (shown in ran[0]) is (gone_at == "")
    assert session.sent.count(shown) == (2 if gone_at == "" else 0)  # shown, and taken away
    assert session.left is (gone_at != "at once")
