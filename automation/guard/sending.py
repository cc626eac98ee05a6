"""Sends the permitted request once and hands its answer to the page that asked.

Chromium repeats a POST by itself when a reused keep-alive connection breaks before the
answer; no page-level hook sees that. So the page's own request is held, and a sender
sends one like it on a connection that was never used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from automation.guard.original import origin_text
from automation.guard.permit import MAX_ANSWER, Permit, PermitAnswer
from automation.guard.reply import REDIRECTS, Reply
from automation.guard.report import redacted

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

_ADDRESS: Final = re.compile(r"\S*(?:://|\d+\.\d+\.\d+)\S*")
_NET_ERROR: Final = re.compile(r"net::ERR_\w+")
# The body is handed on as it was decoded, and cookies went to the session before.
_NOT_HANDED_ON: Final = frozenset(
    {"content-encoding", "content-length", "set-cookie", "transfer-encoding"}
)
_NOT_FOLLOWED: Final = (
    "<!doctype html><title>Answer not followed</title>"
    "<p>The site answered with a redirect. It was recorded and not followed."
)


class Sender(Protocol):
    """Sends one held request, exactly once."""

    def get_ready(self) -> None:
        """Begin to prepare; asks nothing of the site."""

    async def send(self, route: Route, answer_seconds: float) -> Reply:
        """Send it and return what came back; never raises for what the network does.

        Args:
            route: the held request.
            answer_seconds: how long to wait for the answer once it was sent.
        """

    async def close(self) -> None:
        """Give back what was prepared and not needed."""


class DriverSender:
    """Sends with Playwright's own client: for browsers that connect ahead.

    Its requests have no Sec-Fetch headers and no system proxy, but are sent once too.
    """

    def get_ready(self) -> None:
        """There is nothing to prepare."""

    async def close(self) -> None:
        """There is nothing to give back."""

    async def send(self, route: Route, answer_seconds: float) -> Reply:
        """Send without retries or redirects."""
        limit = answer_seconds * 1000
        try:
            response = await route.fetch(max_redirects=0, max_retries=0, timeout=limit)
            body = await response.body()
        except PlaywrightTimeoutError:
            return Reply.late(answer_seconds, sent=True)
        except Error as error:
            # Its words do not tell whether it ever had a connection.
            return Reply.lost(error.message, sent=True)
        headers = tuple((row["name"], row["value"]) for row in response.headers_array)
        return Reply(response.status, headers, body)


async def send_permitted(
    route: Route, permit: Permit, sender: Sender, answer_seconds: float
) -> None:
    """Send the routed request once and hand the answer on.

    The permit must be used up before. Its answer is recorded in every case; a
    lost answer is recorded as an error and says nothing about the effect.
    """
    try:
        reply = await sender.send(route, answer_seconds)
        permit.record(_answer(reply))
        await _hand_on(route, reply)
    except Error as error:
        permit.record(PermitAnswer(None, error=_short(error.message)))
        await abort(route)
    finally:
        permit.record(PermitAnswer(None, error="the answer was lost"))


async def abort(route: Route, reason: str = "blockedbyclient") -> None:
    """Refuse a routed request; nothing to do if its page is gone."""
    try:
        await route.abort(reason)
    except Error:
        return


def _answer(reply: Reply) -> PermitAnswer:
    text = reply.body[:MAX_ANSWER].decode("utf-8", "replace")
    return PermitAnswer(reply.status, text, _short(reply.error), sent=reply.sent)


async def _hand_on(route: Route, reply: Reply) -> None:
    """The page gets what it would have got: an answer that it may not read is an error to it."""
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
    """Whether the answer allows a call from another origin to read it.

    Playwright would allow it in the site's place where the answer does not say.
    """
    origin = request.headers.get("origin", "")
    if request.is_navigation_request() or not origin or origin == origin_text(request.url):
        return True
    return any(name.lower() == "access-control-allow-origin" for name, _ in reply.headers)


def _short(message: str) -> str:
    """The first line without addresses: the rest of it quotes headers and cookies."""
    named = _NET_ERROR.search(message)
    if named:
        return named[0]
    return redacted(_ADDRESS.sub("", message.partition("\n")[0]).strip())
