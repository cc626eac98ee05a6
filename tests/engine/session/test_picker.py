"""A human's click in the picker: it names an element, and the page never gets it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import async_playwright

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from automation.engine.session.picker import Bar, Element, pick
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

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
            browser = await playwright.chromium.launch(
                executable_path=find_browsers(headless=True)[0], args=sandbox_arguments()
            )
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
