"""A scripted human: a second client of the buyer's own browser, whose input the pages trust."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.async_api import Error, async_playwright

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from playwright.async_api import BrowserContext, Page

# Generous: it only ends a run that hangs.
_SECONDS = 300.0
# The tool's own words, whose root is closed; until then the tool is still reading.
SHOWN = "document.querySelector('html > [popover]') !== null"


@contextmanager
def human(endpoint: str, *acts: tuple[str, Callable[[Page], Awaitable[None]]]) -> Iterator[None]:
    """Let a human act while the body runs.

    Args:
        endpoint: the browser's debugging port.
        acts: a part of an address, and what they do on the page there once the tool asks them.
    """
    problems: list[BaseException] = []

    async def work() -> None:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.connect_over_cdp(endpoint, no_defaults=True)
            for part, act in acts:
                await act(await _asked_on(browser.contexts[0], part))
            await browser.close()

    def run() -> None:
        try:
            asyncio.run(asyncio.wait_for(work(), _SECONDS))
        except BaseException as problem:  # noqa: BLE001  told in the test's own thread
            problems.append(problem)

    thread = threading.Thread(target=run, name="human")
    thread.start()
    yield
    thread.join()
    if problems:
        raise problems[0]


async def _asked_on(context: BrowserContext, part: str) -> Page:
    """The page on which the tool asks the human."""
    while True:
        for page in context.pages:
            if part in page.url and await _shows(page):
                return page
        await asyncio.sleep(0.05)


async def _shows(page: Page) -> bool:
    try:
        return bool(await page.evaluate(SHOWN))
    except Error:
        return False


def presses(*words: str) -> Callable[[Page], Awaitable[None]]:
    """Press what is called so, one after the other."""

    async def act(page: Page) -> None:
        for each in words:
            await page.get_by_text(each, exact=True).filter(visible=True).last.click()

    return act


async def closes(page: Page) -> None:
    """Close the tab."""
    await page.close()
