"""Send the permitted request once and pass its answer to the page that made it.

Chromium repeats a POST by itself when a reused keep-alive connection breaks before the
answer; no page-level hook sees that. So the page's own request is held, and a sender
sends the same request on a connection that was never used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from msgspec.structs import replace
from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from automation.engine.guard.permit import MAX_ANSWER, Permit, PermitAnswer
from automation.engine.guard.reply import REDIRECTS, Reply
from automation.engine.guard.report import redacted
from automation.engine.guard.transport.original import origin_text

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

_ADDRESS: Final = re.compile(r"\S*(?:://|\d+\.\d+\.\d+)\S*")
_NET_ERROR: Final = re.compile(r"net::ERR_\w+")
# The body is already decoded, and the session already has the cookies.
_NOT_HANDED_ON: Final = frozenset(
    {"content-encoding", "content-length", "set-cookie", "transfer-encoding"}
)
_NOT_FOLLOWED: Final = (
    "<!doctype html><title>Answer not followed</title>"
    "<p>The site answered with a redirect. It was recorded, but not followed."
)


class Sender(Protocol):
    """Sends one held request, exactly once."""

    def get_ready(self) -> None:
        """Start to prepare; sends nothing to the site."""

    async def ready(self) -> None:
        """Wait until everything is prepared.

        Raises:
            Error: the browser does not let it.
        """

    async def send(self, route: Route, answer_seconds: float) -> Reply:
        """Send it and return the reply; network errors are part of the reply.

        Args:
            route: the held request.
            answer_seconds: how long to wait for the answer after sending.
        """

    async def close(self) -> None:
        """Close what was prepared but not used."""

    def successor(self) -> Sender:
        """A sender for the request of another target."""


class DriverSender:
    """Sends with Playwright's own client, for a browser that opens no context of its own.

    Its requests have no Sec-Fetch headers and use no system proxy; they are sent once too.
    """

    def get_ready(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def ready(self) -> None:
        """Do nothing either."""

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def successor(self) -> Sender:
        """The same: it keeps nothing of a request."""
        return self

    async def send(self, route: Route, answer_seconds: float) -> Reply:
        """Send without retries or redirects."""
        return replace(await self._send(route, answer_seconds), client="playwright")

    async def _send(self, route: Route, answer_seconds: float) -> Reply:
        limit = answer_seconds * 1000
        try:
            response = await route.fetch(max_redirects=0, max_retries=0, timeout=limit)
            body = await response.body()
        except PlaywrightTimeoutError:
            return Reply.late(answer_seconds, sent=True)
        except Error as error:
            # The message does not show whether there ever was a connection.
            return Reply.lost(error.message, sent=True)
        headers = tuple((row["name"], row["value"]) for row in response.headers_array)
        return Reply(response.status, headers, body)


async def send_permitted(
    route: Route, permit: Permit, sender: Sender, answer_seconds: float, *, outlives: bool = False
) -> None:
    """Send the routed request once and pass the answer on.

    Use up the permit before. An answer is always recorded; a lost one is recorded as an
    error, and the effect is then unknown.

    Args:
        outlives: the browser goes on if the tool is killed or the connection ends, and sends what
            was held until then (measured). So the page's own request ends before the other is sent,
            and the page gets an error in place of the answer.
    """
    try:
        if outlives:
            await abort(route, "failed")
        reply = await sender.send(route, answer_seconds)
        permit.record(_answer(reply))
        if not outlives:
            await _hand_on(route, reply)
    except Error as error:
        permit.record(PermitAnswer(None, error=_short(error.message)))
        await abort(route)
    finally:
        permit.record(PermitAnswer(None, error="the answer was lost"))


async def abort(route: Route, reason: str = "blockedbyclient") -> None:
    """Refuse a routed request; do nothing if its page is gone."""
    try:
        await route.abort(reason)
    except Error:
        return


def _answer(reply: Reply) -> PermitAnswer:
    text = reply.body[:MAX_ANSWER].decode("utf-8", "replace")
    error = _short(reply.error)
    return PermitAnswer(reply.status, text, error, sent=reply.sent, client=reply.client)


async def _hand_on(route: Route, reply: Reply) -> None:
    """Give the page what it would have got: an error for an answer it may not read."""
    if reply.status is None or not _may_read(route.request, reply):
        await abort(route, "failed")
    elif reply.status not in REDIRECTS:
        rows = {n: v for n, v in reply.headers if n.lower() not in _NOT_HANDED_ON}
        await route.fulfill(status=reply.status, headers=rows, body=reply.body)
    elif route.request.is_navigation_request():
        await route.fulfill(status=200, content_type="text/html", body=_NOT_FOLLOWED)
    else:
        await abort(route)


def _may_read(request: Request, reply: Reply) -> bool:
    """Whether a cross-origin caller may read the answer.

    Without this check, Playwright would allow it for an answer without CORS headers.
    """
    origin = request.headers.get("origin", "")
    if request.is_navigation_request() or not origin or origin == origin_text(request.url):
        return True
    return any(name.lower() == "access-control-allow-origin" for name, _ in reply.headers)


def _short(message: str) -> str:
    """The first line without addresses: later lines quote headers and cookies."""
    named = _NET_ERROR.search(message)
    if named:
        return named[0]
    return redacted(_ADDRESS.sub("", message.partition("\n")[0]).strip())
