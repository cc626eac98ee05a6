"""Send the permitted request from a tab in its own context.

A new context has its own socket pool, so its one request uses a connection that was
never used; Chromium repeats a POST only if a used one breaks (guard facts). The tab
shows a blank page at the address of the requesting page, made here and never fetched, so
the browser adds cookies, Origin, Referer and Sec-Fetch headers as it would there.

A browser preconnects to the address that a tab is about to open, and Chromium counts such
an idle connection as used (measured: with it the POST arrived twice). So the tab first opens
an address at which nothing can listen, answered here by a redirect to the blank page: nothing
preconnects to the target of a redirect. That holds in any profile, whatever its settings.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.engine.guard.reply import Reply, never_sent
from automation.engine.guard.transport.original import CLOSED_PORT, Original, same_but_boundary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.async_api import Browser, BrowserContext, CDPSession, Cookie, Page

    from automation.engine.context import ContextOptions
    from automation.engine.devtools import AskedRequest, LoadingFailed, OfRequest, RequestPaused

_BOTH_STAGES: Final = {
    "patterns": [
        {"urlPattern": "*", "requestStage": "Request"},
        {"urlPattern": "*", "requestStage": "Response"},
    ]
}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# The empty icon keeps a browser with windows from requesting one.
_BLANK: Final = '<!doctype html><title>dispute-guard</title><link rel="icon" href="data:,">'
START: Final = f"https://dispute-guard.invalid:{CLOSED_PORT}/"
_CALL: Final = """([how, url, method, headers, body, credentials, mode]) => {
  const bytes = body === null ? undefined : Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
  if (how === "xhr") {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.withCredentials = credentials === "include";
    for (const [name, value] of headers) xhr.setRequestHeader(name, value);
    xhr.send(bytes);
  } else {
    fetch(url, { method, headers, body: bytes, credentials, mode })
      .then((answer) => answer.arrayBuffer())
      .catch(() => 0);
  }
}"""
_SCRIPT: Final = """([src, crossOrigin]) => {
  const tag = Object.assign(document.createElement("script"), { async: true, src });
  if (crossOrigin !== null) tag.crossOrigin = crossOrigin;
  document.head.append(tag);
}"""
_TAB_LOST: Final = "the tab was lost"
_NAVIGATE: Final = """([url, method, enctype, fields, inFrame]) => {
  const target = inFrame ? "answer" : "_self";
  if (inFrame) {
    document.body.append(Object.assign(document.createElement("iframe"), { name: target }));
  }
  if (method === "GET") {
    const link = Object.assign(document.createElement("a"), { href: url, target });
    document.body.append(link);
    link.click();
    return;
  }
  const form = Object.assign(document.createElement("form"), { method, action: url, enctype, target });
  for (const [name, value] of fields) {
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  document.body.append(form);
  form.submit();
}"""


@dataclass
class FreshTab:
    """One blank tab that sends one request and is closed.

    Args:
        let_once: called with the id of the request right before it is sent, so the layer
            that watches the whole browser lets it pass.
    """

    context: BrowserContext
    _page: Page
    let_once: Callable[[str], None]
    _original: Original | None = None
    _request: str = ""
    _written: bool = False
    _read: Reply | None = None
    _shown: bool = False
    _reply: asyncio.Future[Reply] = field(default_factory=asyncio.Future)

    @classmethod
    async def open(
        cls, browser: Browser, options: ContextOptions, let_once: Callable[[str], None]
    ) -> FreshTab:
        """Open one; nothing is fetched.

        Raises:
            Error: this browser cannot open another context.
        """
        context = await browser.new_context(**options)
        try:
            # A page made here counts as public, and a mimic site is on loopback. Browsers that
            # do not know this permission do not ask for it.
            with contextlib.suppress(Error):
                await context.grant_permissions(["local-network-access"])
            tab = cls(context, await context.new_page(), let_once)
            await tab._watch()
        except Error:
            with contextlib.suppress(Error):
                await context.close()
            raise
        return tab

    async def _watch(self) -> None:
        self._page.on("crash", self._lost)
        self._page.on("close", self._lost)
        session = await self.context.new_cdp_session(self._page)
        session.on("Fetch.requestPaused", partial(self._paused, session))
        session.on("Network.requestWillBeSentExtraInfo", self._on_wire)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)
        await session.send("Network.enable")
        await session.send("Fetch.enable", _BOTH_STAGES)

    async def get_there(self, original: Original, cookies: Sequence[Cookie]) -> None:
        """Copy the session's cookies and show the blank page; nothing is sent yet."""
        self._original = original
        if cookies:
            # It takes back what it gave, by a type of its own.
            await self.context.add_cookies(cookies)  # type: ignore[arg-type]
        await self._page.goto(START)

    async def send(self, answer_seconds: float) -> Reply:
        """Send the request and wait for its answer.

        When this ends, nothing more is sent: what it says of the request stays true.
        """
        original = self._original
        if original is None:
            raise RuntimeError("the tab does not know what to send")
        try:
            async with asyncio.timeout(answer_seconds):
                await self._page.evaluate(*_program(original))
                await asyncio.shield(self._reply)
        except TimeoutError:
            self._end(Reply.late(answer_seconds, sent=bool(self._request)))
        except Error as error:
            self._end(self._gone(error))
        except asyncio.CancelledError:
            self._lost()
            raise
        return self._reply.result()

    async def close(self) -> None:
        """Close the tab; its page sends nothing on unload."""
        with contextlib.suppress(Error):
            await self.context.close()

    async def _paused(self, session: CDPSession, event: RequestPaused) -> None:
        try:
            if "responseStatusCode" in event or "responseErrorReason" in event:
                await self._answered(session, event)
            else:
                await self._asked(session, event)
        except Error as error:
            self._end(self._gone(error))

    async def _asked(self, session: CDPSession, event: RequestPaused) -> None:
        """Serve the blank page, answer the browser's preflight, send the one request."""
        original, asked = self._original, event["request"]
        if original is None or self._reply.done():
            # A page that hung may begin its request only now, when it counts as not sent.
            await _refuse(session, event)
        elif asked["url"] == START:
            await _fulfil(session, event, 302, {"Location": original.page}, "")
        elif not self._shown and event.get("resourceType") == "Document":
            self._shown = True
            await _fulfil(session, event, 200, original.page_headers, _BLANK)
        elif asked["method"] == "OPTIONS" and original.is_preflight(asked):
            # As for the page's own request: an intercepted one sends no preflight to the server.
            await _fulfil(session, event, 204, original.preflight_headers(asked), "")
        elif not self._request and original.is_same(asked["method"], asked["url"]):
            self._request = str(event.get("networkId", "-"))
            self.let_once(self._request)
            await _continue(session, event, **self._corrections(asked))
        else:
            await _refuse(session, event)

    def _corrections(self, asked: AskedRequest) -> dict[str, str]:
        """A navigation's address, and the original's bytes: a form may write others."""
        original = self._original
        if original is None or not original.is_navigation:
            return {}
        address = {"url": original.url.partition("#")[0]}
        if original.body is None:
            return address
        kind = {key.lower(): value for key, value in asked["headers"].items()}.get("content-type")
        body = same_but_boundary(original, str(kind or ""))
        return {**address, "postData": base64.b64encode(body).decode()}

    async def _answered(self, session: CDPSession, event: RequestPaused) -> None:
        if str(event.get("networkId", "-")) != self._request or "responseErrorReason" in event:
            await _continue(session, event)  # loadingFailed reports failures in more detail
            return
        status, body = int(event["responseStatusCode"]), b""
        if status not in _REDIRECTS:
            got = await session.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
            text = str(got["body"])
            body = base64.b64decode(text) if got["base64Encoded"] else text.encode()
        headers = tuple((row["name"], row["value"]) for row in event.get("responseHeaders", ()))
        reply = Reply(status, headers, body)
        reply = reply if reply.is_whole else Reply.lost("the answer broke off", sent=True)
        if self._original is not None and self._original.reads_answer and body:
            # The answer is known to be complete only when the tab has read all of it.
            self._read = reply
            await _continue(session, event)
            return
        self._end(reply)
        await _refuse(session, event)  # a redirect is not followed, and no answer runs here

    def _on_wire(self, event: OfRequest) -> None:
        """Note that the browser writes the request's headers on a connection."""
        self._written = self._written or event["requestId"] == self._request

    def _finished(self, event: OfRequest) -> None:
        if event["requestId"] == self._request and self._read is not None:
            self._end(self._read)

    def _failed(self, event: LoadingFailed) -> None:
        if event["requestId"] == self._request:
            reason = str(event.get("errorText", ""))
            self._end(Reply.lost(reason, sent=self._written or not never_sent(reason)))

    def _gone(self, error: Error) -> Reply:
        """What an error of the tab means; closing it ends the script that waits in it first."""
        reason = _TAB_LOST if self._page.is_closed() or "closed" in error.message else error.message
        return Reply.lost(reason, sent=bool(self._request))

    def _lost(self, _page: Page | None = None) -> None:
        self._end(Reply.lost(_TAB_LOST, sent=bool(self._request)))

    def _end(self, reply: Reply) -> None:
        if not self._reply.done():
            self._reply.set_result(reply)


async def _continue(session: CDPSession, event: RequestPaused, **changed: str) -> None:
    await session.send("Fetch.continueRequest", {"requestId": event["requestId"], **changed})


async def _refuse(session: CDPSession, event: RequestPaused) -> None:
    refusal = {"requestId": event["requestId"], "errorReason": "BlockedByClient"}
    await session.send("Fetch.failRequest", refusal)


async def _fulfil(
    session: CDPSession, event: RequestPaused, status: int, headers: dict[str, str], text: str
) -> None:
    rows = [{"name": name, "value": value} for name, value in headers.items()]
    made = {"requestId": event["requestId"], "responseCode": status, "responseHeaders": rows}
    body = base64.b64encode(text.encode()).decode()
    await session.send("Fetch.fulfillRequest", {**made, "body": body})


def _program(original: Original) -> tuple[str, list[object]]:
    """The script that makes the blank page send the same request in the same way."""
    if original.is_navigation:
        kind, fields = original.form
        return _NAVIGATE, [original.begins_at, original.method, kind, fields, original.in_frame]
    if original.how == "script":
        return _SCRIPT, [original.url, original.cross_origin]
    body = None if original.body is None else base64.b64encode(original.body).decode()
    headers = original.own_headers
    return _CALL, [
        original.how,
        original.url,
        original.method,
        headers,
        body,
        original.credentials,
        original.mode,
    ]
