"""Track which of the tool's pages have their layers on, in the user's own browser.

The connection to such a browser shows only the tool's pages and the windows they open.
There is no session of the whole browser, so each page gets its own before it may load
anything.
"""

from __future__ import annotations

import asyncio
from enum import Enum
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.engine.guard.browser.request_facts import page_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page, Request

# Reloads a little later: the layers cannot be put on a page while its document is held.
INTERSTITIAL: Final = (
    "<!doctype html><title>One moment</title>"
    "<script>setTimeout(() => location.reload(), 60)</script>"
)


class Turn(Enum):
    """What a page may do while its layers are put on."""

    GO = "its layers are on"
    LATER = "retry a little later"
    NEVER = "nothing: its layers could not be put on, or the request cannot be retried"


class OwnPages:
    """The tool's pages; ``prepare`` puts the layers on a page."""

    def __init__(self, prepare: Callable[[Page], Awaitable[None]]) -> None:
        self._prepare = prepare
        self._tasks: dict[Page, asyncio.Task[None]] = {}
        self._ready: set[Page] = set()

    def opened(self, page: Page) -> None:
        """Put the layers on a new page, once."""
        if page not in self._tasks:
            self._tasks[page] = asyncio.create_task(self._try_to_prepare(page))

    async def ready(self, page: Page) -> bool:
        """Wait until the layers are on ``page``; False if they could not be put on."""
        self.opened(page)
        await self._tasks[page]
        return page in self._ready

    def forget_closed(self) -> None:
        """Keep nothing of pages that are closed."""
        self._tasks = {page: task for page, task in self._tasks.items() if not page.is_closed()}
        self._ready &= self._tasks.keys()

    async def _try_to_prepare(self, page: Page) -> None:
        try:
            await self._prepare(page)
        except Error:
            return  # the page closed, or the browser cannot do it: nothing passes
        self._ready.add(page)

    def turn(self, request: Request) -> Turn:
        """Whether the layers are on the page of ``request``.

        A new page requests its first document before Playwright reports the page. No layer
        would judge the redirects of any other request, so it does not pass.
        """
        page = page_of(request)
        if page in self._ready:
            return Turn.GO
        failed = page is not None and page in self._tasks and self._tasks[page].done()
        again = request.method == "GET" and request.is_navigation_request()
        return Turn.LATER if again and not failed else Turn.NEVER
