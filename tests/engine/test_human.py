"""A human in the guarded pages: what they are shown, and what of their pressing is noted."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from automation.engine import human
from automation.engine.human import HumanWatch, Notice, Press
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from playwright.async_api import Page

PAGE = """<!doctype html><title>A page</title>
<style>.sheet { position: fixed; inset: 25% 25%; background: #eee }</style>
<button id="one" class="act--go--3fK">Pull it back</button>
<p id="text">Only text</p>
<div class="sheet box--dialog--9x"><div>Are you <b>s</b><b>ure</b>?</div><div>It ends.</div>
<a id="two" role="button">Go on</a></div>
<script>
  window.seen = [];
  addEventListener("click", (event) => seen.push(event.target.id), true);
</script>"""
SHOWN = Notice("You may press", ("Order … 1234",), "1:59 left")
PATIENCE = 5.0


@asynccontextmanager
async def watched(bench: Bench) -> AsyncIterator[tuple[Page, HumanWatch]]:
    """A page, and a human in it who is watched."""
    browser = await open_quiet(bench.playwright)
    context = await browser.new_context()
    page = await context.new_page()
    await page.set_content(PAGE)
    async with HumanWatch(context) as watch:
        await watch.show(SHOWN)
        yield page, watch
    await browser.close()


async def presses(watch: HumanWatch, count: int) -> list[Press]:
    """The presses, once so many were told; they come on a connection of their own."""
    async with asyncio.timeout(PATIENCE):
        while len(watch.presses) < count:
            await watch.show(SHOWN)
    return watch.presses


def test_only_what_a_human_presses_is_noted(bench: Bench) -> None:
    """GIVEN trusted and forged clicks THEN the trusted ones are noted, with their dialog's words."""

    async def work() -> None:
        async with watched(bench) as (page, watch):
            await page.evaluate("document.querySelector('#two').click()")
            await page.locator("#one").click()
            await page.locator("#two").click()
            await page.evaluate("document.documentElement.className = 'translated-ltr'")
            await page.locator("#text").click()
            first, second, third = await presses(watch, 3)
            assert await page.evaluate("seen") == ["two", "one", "two", "text"]

        assert (first.words, first.tag, first.classes) == (
            "Pull it back",
            "button",
            ("act--go--3fK",),
        )
        assert (first.dialog, first.control) == ("", True)
        assert (second.words, second.dialog) == ("Go on", "Are you sure? It ends.")
        assert second.around is not None
        assert second.around.classes == ("sheet", "box--dialog--9x")
        assert (third.words, third.control) == ("Only text", False)
        assert [each.translated for each in (first, second, third)] == [False, False, True]

    bench.run(work())


def test_the_page_cannot_read_press_or_keep_away_the_words(bench: Bench) -> None:
    """GIVEN a page that looks for the words THEN it finds an empty element that takes no click."""

    async def work() -> None:
        async with watched(bench) as (page, watch):
            found = await page.evaluate(
                """() => {
                  const host = document.querySelector("html > [popover]");
                  const box = host.getBoundingClientRect();
                  const under = document.elementFromPoint(box.x + box.width / 2, box.y + 20);
                  const told = { text: host.textContent, html: host.outerHTML, root: host.shadowRoot,
                    taken: under === host, tells: Object.keys(window).filter((k) => /^dg/.test(k)) };
                  host.remove();
                  return told;
                }"""
            )
            assert (found["text"], found["root"], found["taken"], found["tells"]) == (
                "",
                None,
                False,
                [],
            )
            assert "1234" not in found["html"]

            await watch.show(SHOWN)

            assert await page.locator("html > [popover]").count() == 1
            await page.reload()
            await page.set_content(PAGE)
            await watch.show(SHOWN)
            assert await page.locator("html > [popover]").count() == 1

    bench.run(work())


def test_a_window_of_the_page_is_watched_too(bench: Bench) -> None:
    """GIVEN a window that opens later THEN it shows the words, and presses in it are noted."""

    async def work() -> None:
        async with watched(bench) as (page, watch):
            async with page.expect_popup() as opening:
                await page.evaluate("window.open('about:blank')")
            popup = await opening.value
            await popup.set_content("<button>In a window</button>")
            async with asyncio.timeout(PATIENCE):
                while not await popup.locator("html > [popover]").count():
                    await watch.show(SHOWN)
            await popup.locator("button").click()
            assert [each.words for each in await presses(watch, 1)] == ["In a window"]

    bench.run(work())


def test_a_page_whose_run_was_killed_takes_no_press(bench: Bench) -> None:
    """GIVEN no word from the run for seconds THEN nothing can be pressed, until it speaks again.

    A page that was told the end is left alone.
    """

    async def work() -> None:
        async with watched(bench) as (ended, other), watched(bench) as (page, watch):
            await other.show(Notice("Sent", tone="sent", over=True))
            await page.wait_for_function("document.body.inert", timeout=30_000)
            assert not await ended.evaluate("document.body.inert")
            await page.mouse.click(*await middle(page, "#one"))
            await page.evaluate("document.querySelector('#one').focus()")
            await page.keyboard.press("Enter")
            assert await page.evaluate("seen.filter((id) => id === 'one')") == []

            await watch.show(SHOWN)

            await page.locator("#one").click()
            assert await page.evaluate("seen.filter((id) => id === 'one')") == ["one"]

    bench.run(work())


async def middle(page: Page, css: str) -> tuple[float, float]:
    """The middle of an element."""
    box = await page.locator(css).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


FORGED = (
    "document.querySelector('#one').click()",
    "document.querySelector('#one').dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))",
    "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))",
    """{ const label = document.createElement('label'); label.innerHTML = '<input type=checkbox>';
        document.body.append(label); label.click(); }""",
)


def test_only_a_hand_leads_to_anything(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN clicks and keys that the page makes THEN they do not count; a mouse or a key does."""
    monkeypatch.setattr(human, "_NEWS_SECONDS", 0.2)

    async def work() -> None:
        async with watched(bench) as (page, watch):
            for script in FORGED:
                await page.evaluate(script)
            assert not await watch.led_to(page)
            assert not await watch.led_to(None)
            await page.locator("#one").click()
            assert await watch.led_to(page)
            watch.forget()
            assert not await watch.led_to(page)
            await page.locator("#one").press("Enter")
            assert await watch.led_to(page)

    bench.run(work())


def test_an_answer_to_a_native_question_is_a_press_if_one_led_to_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a question of the page's own making THEN a yes leads to nothing; after a press it does."""
    monkeypatch.setattr(human, "_NEWS_SECONDS", 0.2)
    asks = "setTimeout(() => confirm('End it?'), 0)"

    async def work() -> None:
        async with watched(bench) as (page, watch):
            page.on("dialog", lambda dialog: dialog.accept())
            async with page.expect_event("dialog"):
                await page.evaluate(asks)
            await page.evaluate("1")
            assert not await watch.led_to(page)

            await page.locator("#one").click()
            assert await watch.led_to(page)
            monkeypatch.setattr(human, "_JUST_SECONDS", 1.0)
            async with page.expect_event("dialog"):
                await page.evaluate(asks)
            await page.evaluate("1")
            assert await watch.led_to(page)

    bench.run(work())
