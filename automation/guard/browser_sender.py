"""Sends the permitted request with the browser's own network stack, from a fresh context."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error

from automation.guard.fresh_tab import FreshTab
from automation.guard.original import Original, page_of_origin
from automation.guard.reply import Reply
from automation.guard.sending import DriverSender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.async_api import BrowserContext, Cookie, Request, Route

_READY_SECONDS: Final = 5.0
Jar = dict[tuple[str, str, str, str], "Cookie"]


@dataclass
class BrowserSender:
    """Sends from a context of its own beside the session's.

    Args:
        context: the session, whose cookies are used and get what the answer sets.
        options: the session's own context options, such as a phone's user agent.
        let_once: lets the request with this id through the layer below the routes.
    """

    context: BrowserContext
    options: dict[str, Any]
    let_once: Callable[[str], None]
    _tab: asyncio.Task[FreshTab] | None = field(default=None)

    def get_ready(self) -> None:
        """Begin to open the context, so that the request need not wait for it."""
        browser = self.context.browser
        if self._tab is None and browser is not None:
            made = FreshTab.open(browser, self.options, self.let_once)
            self._tab = asyncio.ensure_future(made)

    async def send(self, route: Route) -> Reply:
        """Send the routed request from there; with Playwright's client if there is no context."""
        request = route.request
        cookies = await self._cookies(request)
        try:
            async with asyncio.timeout(_READY_SECONDS):
                tab = await self._ready_tab(request, cookies)
        except (Error, TimeoutError):
            tab = None  # nothing was sent yet
        if tab is None:
            return await DriverSender().send(route)
        try:
            reply = await tab.send()
            with contextlib.suppress(Error):  # what was answered stays true without its cookies
                await self._keep_cookies(tab, cookies, request)
        except Error as error:
            return Reply.lost(error.message, sent=True)
        finally:
            await tab.close()
        return reply

    async def close(self) -> None:
        """Close a context that was not needed."""
        if self._tab is None:
            return
        if not self._tab.done():
            self._tab.cancel()
        with contextlib.suppress(Error, asyncio.CancelledError):
            await (await self._tab).close()

    async def _ready_tab(self, request: Request, cookies: list[Cookie]) -> FreshTab | None:
        self.get_ready()
        if self._tab is None:
            return None
        tab = await asyncio.shield(self._tab)
        shown = await self.context.cookies([request.url])
        await tab.get_there(_original(request, shown), cookies)
        return tab

    async def _cookies(self, request: Request) -> list[Cookie]:
        """The session's cookies for the request and its page, in the order of its header."""
        found = await self.context.cookies([request.url, _page(request)])
        order = [pair.partition("=")[0] for pair in request.headers.get("cookie", "").split("; ")]
        known = {name: place for place, name in reversed(list(enumerate(order)))}
        return sorted(found, key=lambda cookie: known.get(cookie.get("name", ""), len(order)))

    async def _keep_cookies(self, tab: FreshTab, before: list[Cookie], request: Request) -> None:
        """What the answer set or took away holds for the session too."""
        old, new = _jar(before), _jar(await tab.context.cookies([request.url, _page(request)]))
        fresh: Any = [cookie for key, cookie in new.items() if old.get(key) != cookie]
        if fresh:
            await self.context.add_cookies(fresh)
        for name, domain, path, _ in old.keys() - new.keys():
            await self.context.clear_cookies(name=name, domain=domain, path=path)


def _jar(cookies: Iterable[Cookie]) -> Jar:
    return {
        (c["name"], c["domain"], c["path"], str(c.get("partitionKey", ""))): c for c in cookies
    }


def _page(request: Request) -> str:
    try:
        frame = request.frame.url
    except Error:
        frame = ""  # a popup's first address comes before its frame
    return page_of_origin(frame, request.headers)


def _original(request: Request, cookies: Iterable[Cookie]) -> Original:
    return Original(
        url=request.url,
        method=request.method,
        how=request.resource_type,
        page=_page(request),
        headers=tuple(request.headers.items()),
        body=request.post_data_buffer,
        has_cookies=any("partitionKey" not in cookie for cookie in cookies),
        in_frame=_in_frame(request),
    )


def _in_frame(request: Request) -> bool:
    try:
        return request.is_navigation_request() and request.frame.parent_frame is not None
    except Error:
        return False
