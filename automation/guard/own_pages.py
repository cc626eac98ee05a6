"""Tells the tool's own pages from the user's, in a browser that is the user's.

Only adopted pages and the popups that they open are judged. What a service
worker of the site sends cannot be told apart and is judged; all else goes on.
"""

from __future__ import annotations

import asyncio
from enum import Enum
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.guard.facts import page_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page, Request

# Asks again a little later: the layers cannot be put on a page while its document is held.
INTERSTITIAL: Final = (
    "<!doctype html><title>One moment</title>"
    "<script>setTimeout(() => location.reload(), 60)</script>"
)
_SECONDS: Final = 5.0


class Owner(Enum):
    """Whose request it is."""

    TOOL = "the tool's own"
    USER = "the user's"
    UNDECIDED = "of a page that is not ready yet"


class OwnPages:
    """The adopted pages; ``prepare`` puts the layers on one of them."""

    def __init__(self, prepare: Callable[[Page], Awaitable[None]]) -> None:
        self._prepare = prepare
        self._owned: dict[Page, asyncio.Future[bool]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def adopt(self, page: Page) -> None:
        """Judge ``page`` and its popups from now on."""
        self._owned[page] = asyncio.get_running_loop().create_future()
        try:
            await self._prepare(page)
        finally:
            # A page that could not be prepared is judged all the same.
            self._owned[page].set_result(True)

    def open(self) -> tuple[Page, ...]:
        """The adopted pages and their popups that are not closed."""
        known = self._owned.items()
        return tuple(
            page for page, own in known if own.done() and own.result() and not page.is_closed()
        )

    def opened(self, page: Page) -> None:
        """Decide whether a new page is a popup of an adopted one."""
        if page in self._owned:
            return
        self._owned[page] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._decide(page, self._owned[page]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _decide(self, page: Page, decided: asyncio.Future[bool]) -> None:
        own = False
        try:
            opener = await page.opener()
            own = opener is not None and await self._is_own(opener)
            if own and self._owned[page] is decided:
                await self._prepare(page)
        except Error:
            own = True  # closed meanwhile: what it still sends is judged
        finally:
            decided.set_result(own)

    async def _is_own(self, page: Page) -> bool:
        """Whether ``page`` is adopted; one that takes too long to tell counts as such."""
        known = self._owned.get(page)
        if known is None:
            return False
        try:
            async with asyncio.timeout(_SECONDS):
                return await asyncio.shield(known)
        except TimeoutError:
            return True

    async def owner(self, request: Request) -> Owner:
        """Whose ``request`` it is.

        A new page asks for its first document before Playwright shows the page:
        such a GET is undecided, and so is one that came before the page was ready.
        """
        document = request.is_navigation_request() and request.method == "GET"
        page = page_of(request)
        if page is None:
            return Owner.UNDECIDED if document else Owner.TOOL
        known = self._owned.get(page)
        if document and known is not None and not known.done():
            return Owner.UNDECIDED
        return Owner.TOOL if await self._is_own(page) else Owner.USER
