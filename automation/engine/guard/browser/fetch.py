"""CDP Fetch beneath Playwright's routes.

``context.route`` sees only the first address of a request, and nothing of a page that
is closing. A Fetch session of the browser sees every hop of every page, popup and
worker, and outlives them all (measured; tests/engine/guard).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, NamedTuple

from playwright.async_api import Error

from automation.engine.guard.browser.documents import DOCUMENTS, hand_on, is_answer
from automation.engine.guard.browser.request_facts import facts_of_paused
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.layers import Layer

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, CDPSession, Page

    from automation.engine.devtools import RequestPaused
    from automation.engine.guard.browser.self_test import SelfTest

_EVERY_REQUEST: Final = {
    "patterns": [{"urlPattern": "*", "requestStage": "Request"}, DOCUMENTS],
}
_OFFLINE: Final = {
    "offline": True,
    "latency": 0,
    "downloadThroughput": -1,
    "uploadThroughput": -1,
}
_REMEMBERED: Final = 512


class Document(NamedTuple):
    """Where a document is opened.

    Args:
        main_frame: it replaces a page.
        new_window: the page is a window that a page opened, and not one of the tool's.
    """

    main_frame: bool
    new_window: bool = False


class BrowserFetch:
    """Judges requests at the browser's edge; what it cannot judge is not sent."""

    def __init__(self, judge: Judge, self_test: SelfTest) -> None:
        self._judge = judge
        self._self_test = self_test
        self._page_sessions: list[CDPSession] = []
        self._by_url: dict[str, Document] = {}
        self._by_chain: dict[str, Document] = {}
        self._let_once: set[str] = set()
        self._sent: set[str] = set()

    def note_document(self, url: str, *, main_frame: bool, new_window: bool = False) -> None:
        """Remember what requested a document, for later hops."""
        _remember(self._by_url, url.partition("#")[0], Document(main_frame, new_window))

    def let_once(self, network_id: str) -> None:
        """Let the request pass that the guard itself sends under its permit."""
        self._let_once.add(network_id)
        self._sent.add(network_id)

    async def watch_browser(self, browser: Browser) -> None:
        """Judge everything that this browser sends."""
        session = await browser.new_browser_cdp_session()
        session.on("Fetch.requestPaused", lambda event: self._paused(session, event))
        await session.send("Fetch.enable", _EVERY_REQUEST)

    async def watch_page(self, context: BrowserContext, page: Page) -> None:
        """Judge what one page sends, in the user's own browser."""
        session = await context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        main = str(tree["frameTree"]["frame"]["id"])
        session.on(
            "Fetch.requestPaused", lambda event: self._paused_in_page(session, main, page, event)
        )
        await session.send("Fetch.enable", _EVERY_REQUEST)
        # Else a tab behind the user's own is not drawn, and no click in it ends.
        await session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
        self._page_sessions.append(session)

    async def bypass_workers(self, context: BrowserContext, page: Page) -> None:
        """Bypass service workers registered earlier, which would answer instead of the network."""
        session = await context.new_cdp_session(page)
        await session.send("Network.enable")
        await session.send("Network.setBypassServiceWorker", {"bypass": True})
        self._self_test.without_workers.add(page)

    async def take_pages_offline(self) -> None:
        """Take the watched pages offline; the rest of the user's browser stays online."""
        await asyncio.gather(*(_take_offline(session) for session in self._page_sessions))

    async def _paused_in_page(
        self, session: CDPSession, main: str, page: Page, event: RequestPaused
    ) -> None:
        """Judge before the routes do.

        Requests that the routes would let through, or send under the permit, go on to them.
        The rest ends here: a request of a page that is unloading never gets to its route,
        and Playwright would let it pass.
        """
        if is_answer(event):
            await self._answered(session, event)
            return
        is_main = event.get("resourceType") == "Document" and event.get("frameId") == main
        shown = page.url if event.get("frameId") == main and not is_main else ""
        try:
            goes_on = self._goes_on(event, main_frame=is_main, page=shown)
        except Exception:
            # What stays held would be sent when the tool leaves this browser.
            await _answer(session, event, Verdict.REFUSE)
            raise
        if goes_on:
            await _answer(session, event, Verdict.LET)
        else:
            await self._paused(session, event, main_frame=is_main, page=shown)

    def _goes_on(self, event: RequestPaused, *, main_frame: bool, page: str) -> bool:
        """Whether a request's own route is to decide about it, or the self-test is about that."""
        if self._self_test.is_for(str(event["request"]["url"]), Layer.ROUTE):
            return True
        facts = facts_of_paused(event, main_frame=main_frame, page=page)
        hop = "redirectedRequestId" in event
        return not hop and not facts.body_unreadable and self._judge.may_go_on(facts)

    async def _paused(
        self,
        session: CDPSession,
        event: RequestPaused,
        *,
        main_frame: bool | None = None,
        page: str = "",
    ) -> None:
        if is_answer(event):
            await self._answered(session, event)
            return
        verdict = Verdict.REFUSE
        try:
            if self._self_test.is_for(str(event["request"]["url"]), Layer.BROWSER_FETCH):
                self._self_test.seen.add(Layer.BROWSER_FETCH)
                return
            if self._is_permitted(event):
                verdict = Verdict.LET
                return
            document = self._document(event)
            facts = facts_of_paused(
                event,
                main_frame=document.main_frame if main_frame is None else main_frame,
                new_window=document.new_window,
                page=page,
            )
            verdict = self._judge.at_browser(facts, Layer.BROWSER_FETCH)
        finally:
            await _answer(session, event, verdict)

    async def _answered(self, session: CDPSession, event: RequestPaused) -> None:
        """Pass a document on; the answer to the permitted request is the sender's."""
        try:
            if str(event.get("networkId", "")) in self._sent:
                await session.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                await hand_on(session, event)
        except Error:
            return  # the page or the browser is gone, and the document with it

    def _is_permitted(self, event: RequestPaused) -> bool:
        """Whether it is the guard's own request; targets of redirects are judged."""
        network_id = str(event.get("networkId", ""))
        if self._judge.sealed or network_id not in self._let_once:
            return False
        self._let_once.discard(network_id)
        return "redirectedRequestId" not in event

    def _document(self, event: RequestPaused) -> Document:
        """What the request would replace; hops inherit this from their first address."""
        if event.get("resourceType") != "Document":
            return Document(main_frame=False)
        chain = str(event.get("networkId", ""))
        known = self._by_chain.get(chain)
        if known is None:
            known = self._by_url.get(str(event["request"]["url"]), Document(main_frame=True))
            _remember(self._by_chain, chain, known)
        return known


async def _take_offline(session: CDPSession) -> None:
    try:
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", _OFFLINE)
    except Error:
        return  # the page is gone


async def _answer(session: CDPSession, event: RequestPaused, verdict: Verdict) -> None:
    request_id = event["requestId"]
    try:
        if verdict is Verdict.LET:
            await session.send("Fetch.continueRequest", {"requestId": request_id})
        else:
            await session.send(
                "Fetch.failRequest",
                {"requestId": request_id, "errorReason": "BlockedByClient"},
            )
    except Error:
        return  # the page or the browser is gone, and the request with it


def _remember(table: dict[str, Document], key: str, value: Document) -> None:
    if len(table) >= _REMEMBERED:
        table.pop(next(iter(table)))
    table[key] = value
