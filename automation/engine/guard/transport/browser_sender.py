"""Send the permitted request with the browser's own network stack, from a fresh context."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from playwright.async_api import Error

from automation.engine.guard.reply import Reply
from automation.engine.guard.transport.fresh_tab import FreshTab
from automation.engine.guard.transport.original import Original, page_of_origin
from automation.engine.guard.transport.sender import DriverSender
from automation.engine.guard.transport.session_cookies import Changes, without_partitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playwright.async_api import BrowserContext, Cookie, Page, Request, Route

    from automation.engine.context import ContextOptions
    from automation.engine.devtools import RequestWillBeSent


_READY_SECONDS: Final = 5.0
_NAMES_SECONDS: Final = 1.0
_TOO_LATE: Final = Reply.lost("the run ended before it was sent", sent=False)


@dataclass
class BrowserSender:
    """Sends from its own context beside the session's.

    Args:
        context: the session; its cookies are used, and updated from the answer.
        options: the session's own context options, such as a phone's user agent.
        let_once: lets the request with this id pass the layer below the routes.
    """

    context: BrowserContext
    options: ContextOptions
    let_once: Callable[[str], None]
    _tab: asyncio.Task[FreshTab] | None = None
    _hearing: asyncio.Task[None] | None = None
    _closed: bool = False
    _names: HeaderNames = field(default_factory=lambda: HeaderNames())  # noqa: PLW0108  it stands below

    def get_ready(self) -> None:
        """Start to open the context, so the request need not wait for it."""
        if self._tab is None and not self._closed:
            self._tab = asyncio.ensure_future(self._open_tab())
            self._hearing = asyncio.ensure_future(self._names.listen(self.context))

    async def ready(self) -> None:
        """Wait until everything is ready."""
        self.get_ready()
        await asyncio.gather(*filter(None, (self._tab, self._hearing)))

    async def send(self, route: Route, answer_seconds: float) -> Reply:
        """Send the routed request from that context, or with Playwright's client without one."""
        request = route.request
        try:
            async with asyncio.timeout(_READY_SECONDS):
                tab, cookies = await self._there(request)
        except asyncio.CancelledError:
            if not self._closed:
                raise
            return _TOO_LATE
        except (Error, TimeoutError):
            # Nothing was sent yet, and nothing may be sent after the run's end.
            return _TOO_LATE if self._closed else await DriverSender().send(route, answer_seconds)
        try:
            reply = await tab.send(answer_seconds)
            with contextlib.suppress(Error):  # the answer counts without its cookies too
                await self._keep_cookies(tab, cookies, request)
        finally:
            await tab.close()
        return replace(reply, client="browser")

    async def close(self) -> None:
        """Close the context if it was not needed."""
        self._closed = True
        if self._hearing is not None:
            self._hearing.cancel()
        if self._tab is None:
            return
        if not self._tab.done():
            self._tab.cancel()
        with contextlib.suppress(Error, asyncio.CancelledError):
            await (await self._tab).close()

    def successor(self) -> BrowserSender:
        """A sender with a context of its own, which goes on listening to the same pages."""
        self._names.forget()
        return BrowserSender(self.context, self.options, self.let_once, _names=self._names)

    async def _there(self, request: Request) -> tuple[FreshTab, list[Cookie]]:
        """The tab with the blank page, and the cookies it got."""
        if self._tab is None and not self._closed:
            # The page waits for this request, so no new listener is added here.
            self._tab = asyncio.ensure_future(self._open_tab())
        if self._tab is None:
            raise Error("the run has ended")
        tab = await asyncio.shield(self._tab)
        cookies = await self.context.cookies([request.url, _page(request)])
        shown = await self.context.cookies([request.url])
        headers = await self._names.of(request)
        original = _original(request, shown, headers)
        if original.is_navigation:
            cookies = without_partitions(cookies, original.partition)
        await tab.get_there(original, cookies)
        return tab, cookies

    async def _open_tab(self) -> FreshTab:
        browser = self.context.browser
        if browser is None:
            raise Error("the browser of this context is not reachable")
        return await FreshTab.open(browser, self.options, self.let_once)

    async def _keep_cookies(self, tab: FreshTab, before: list[Cookie], request: Request) -> None:
        """Apply the cookies that the answer set or removed to the session too."""
        after = await tab.context.cookies([request.url, _page(request)])
        await Changes.between(before, after).apply(self.context)


class HeaderNames:
    """Header names as pages wrote them: Playwright has them in lower case only.

    The browser reports them on a session of their own, so they may come after the request.
    """

    def __init__(self) -> None:
        self._as_written: dict[str, str] = {}
        self._heard: set[tuple[str, str]] = set()
        self._news = asyncio.Event()
        self._listening = False
        self._listened: frozenset[Page] = frozenset()

    async def listen(self, context: BrowserContext) -> None:
        """Note the header names of the open pages' requests, as far as possible."""
        with contextlib.suppress(Error):
            known, self._listened = self._listened, frozenset(context.pages)
            for page in self._listened - known:
                session = await context.new_cdp_session(page)
                session.on("Network.requestWillBeSent", self._note)
                await session.send("Network.enable")
                self._listening = True

    def forget(self) -> None:
        """Keep nothing of the requests so far but how their headers are written."""
        self._heard.clear()

    async def of(self, request: Request) -> tuple[tuple[str, str], ...]:
        """The request's headers under their written names; waits until these were reported."""
        call = request.method, request.url.partition("#")[0]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_NAMES_SECONDS if self._listening else 0):
                while call not in self._heard:
                    self._news.clear()
                    await self._news.wait()
        return self.rows(request.headers)

    def rows(self, headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The headers under their written names, else in the usual capitals."""
        return tuple((self._as_written.get(n, n.title()), v) for n, v in headers.items())

    def _note(self, event: RequestWillBeSent) -> None:
        self._heard.add((event["request"]["method"], event["request"]["url"].partition("#")[0]))
        self._news.set()
        if event["request"]["method"] != "GET" or event.get("type") in {"XHR", "Fetch"}:
            self._as_written |= {name.lower(): name for name in event["request"]["headers"]}


def _page(request: Request) -> str:
    try:
        frame = request.frame.url
    except Error:
        frame = ""  # a popup's first address comes before its frame
    return page_of_origin(frame, request.headers)


def _original(
    request: Request, cookies: Iterable[Cookie], headers: tuple[tuple[str, str], ...]
) -> Original:
    return Original(
        url=request.url,
        method=request.method,
        how=request.resource_type,
        page=_page(request),
        headers=headers,
        body=request.post_data_buffer,
        has_cookies=any("partitionKey" not in cookie for cookie in cookies),
        in_frame=_in_frame(request),
    )


def _in_frame(request: Request) -> bool:
    try:
        return request.is_navigation_request() and request.frame.parent_frame is not None
    except Error:
        return False
