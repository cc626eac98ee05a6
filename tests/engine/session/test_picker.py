"""A human's click in the picker: it names an element, and the page never gets it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error, async_playwright

from automation.engine.session.picker import Bar, Element, pick, saying
from tests.engine.guard.rig.campaign import open_quiet
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

pytestmark = pytest.mark.usefixtures("shared_driver")

PAGE = """
<body style="margin: 0"><main class="list--wrap--8f3Kd"><div class="entry is-active" data-pl="order_entry">
  <a href="#8194370215560042"><span>Take</span> <b id="back">back</b></a></div></main>
<script>
  window.heard = [];
  for (const kind of ['pointerdown', 'mousedown', 'mouseup', 'click', 'mousemove', 'keydown', 'pointermove'])
    window.addEventListener(kind, (event) => window.heard.push(kind), true);
</script>
"""


def on_page(act: Callable[[Page, asyncio.Future[Any]], Awaitable[None]], seconds: float = 20) -> tuple[tuple[Element, ...], list[str], int]:  # fmt: skip
    """What was picked, what the page heard, and how many elements the picker left in it."""

    async def work() -> tuple[tuple[Element, ...], list[str], int]:
        async with async_playwright() as playwright:
            browser = await open_quiet(playwright)
            page = await browser.new_page()
            await page.set_content(PAGE)
            picking = asyncio.ensure_future(pick(page, Bar("Click it."), seconds))
            await page.locator("html > div").wait_for(state="attached")
            await act(page, picking)
            picked = await picking
            heard = await page.evaluate("heard")
            left = await page.locator("html > div").count()
            await browser.close()
            return picked, heard, left

    return in_own_loop(work())


async def click(page: Page, _picking: object = None) -> None:
    """Click the word as a hand does."""
    box = await page.locator("#back").bounding_box()
    assert box is not None
    await page.mouse.click(box["x"] + 2, box["y"] + 2)


def test_a_click_names_an_element_and_reaches_no_listener() -> None:
    """GIVEN a page that listens to everything first WHEN a human clicks THEN it hears nothing."""
    picked, heard, left = on_page(click)

    assert [each.tag for each in picked] == ["b", "a", "div", "main"]
    assert picked[0].attributes == {"id": "back"}
    assert picked[2].attributes == {"class": "entry is-active", "data-pl": "order_entry"}
    assert picked[1].numbers == ("8194370215560042",)
    assert (heard, left) == ([], 0)


def test_the_same_click_reaches_the_page_without_the_picker() -> None:
    """Positive control: after Escape the page hears the click."""

    async def give_up(page: Page, picking: asyncio.Future[Any]) -> None:
        await page.keyboard.press("Escape")
        assert await picking == ()
        await click(page)

    _, heard, left = on_page(give_up)

    assert "click" in heard
    assert left == 0


def test_a_script_cannot_point() -> None:
    """GIVEN a page that clicks by itself WHEN no human clicks THEN nothing is picked."""

    async def by_script(page: Page, _picking: object) -> None:
        await page.evaluate("document.getElementById('back').click()")

    picked, heard, left = on_page(by_script, seconds=1)

    assert (picked, heard, left) == ((), ["click"], 0)


@pytest.mark.parametrize("kind", ["remove", "replace"])
def test_a_page_that_changes_meanwhile_is_no_error(kind: str) -> None:
    """GIVEN a page that removes the bar, or all of itself THEN the picker still ends."""

    async def change(page: Page, _picking: object) -> None:
        if kind == "remove":
            await page.evaluate("document.querySelector('html > div').remove()")
        else:
            await page.evaluate("document.body.replaceChildren()")
        await page.mouse.click(5, 5)

    picked, _, left = on_page(change, seconds=5)

    assert isinstance(picked, tuple)
    assert left == 0


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
