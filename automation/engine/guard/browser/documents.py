"""Take out of a page's source what makes the browser itself fetch ahead.

Speculation rules are carried out by the browser: no interception sees what they fetch. The
stubs withdraw a rule's script, but they cannot look into a closed declarative shadow root. So
no document gets one: its ``shadowrootmode`` is renamed before the browser parses it, and the
rules inside stay inert. The site has no shadow roots (site facts, section 4).
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import CDPSession

DOCUMENTS: Final = {"urlPattern": "*", "resourceType": "Document", "requestStage": "Response"}
_NAME: Final = b"shadowrootmode"
_INERT: Final = b"shadowroot-off"
_LETTERS: Final = [bytes((letter,)) for letter in _NAME]
_SWITCHES: Final = rb"(?:\x1b\([BJ])*"  # a page in ISO-2022-JP may have these between two letters
_PLAIN: Final = re.compile(_SWITCHES.join(_LETTERS), re.IGNORECASE)
_WIDE: Final = re.compile(b"\0".join(_LETTERS), re.IGNORECASE)  # UTF-16, either order
_NOT_KEPT: Final = frozenset(
    {"content-length", "content-encoding", "transfer-encoding", "set-cookie", "speculation-rules"}
)
_REDIRECTS: Final = range(300, 400)


def is_answer(event: dict[str, Any]) -> bool:
    """Whether a ``Fetch.requestPaused`` event is about an answer."""
    return "responseStatusCode" in event or "responseErrorReason" in event


def without_shadow_roots(source: bytes) -> bytes:
    """The source of a page in which every declarative shadow root is an inert template."""
    wide = b"\0".join(bytes((letter,)) for letter in _INERT)
    return _WIDE.sub(wide, _PLAIN.sub(_INERT, source))


async def hand_on(session: CDPSession, event: dict[str, Any]) -> None:
    """Pass a document on, without shadow roots and rules; refuse it if it cannot be read."""
    call = {"requestId": event["requestId"]}
    status = event.get("responseStatusCode", 0)
    if "responseErrorReason" in event or status in _REDIRECTS:
        await session.send("Fetch.continueRequest", call)
        return
    try:
        source = await _source(session, call)
    except Error:
        await session.send("Fetch.failRequest", {**call, "errorReason": "ConnectionClosed"})
        return
    cleaned, headers = without_shadow_roots(source), event.get("responseHeaders", [])
    if cleaned == source and not _rules(headers):
        await session.send("Fetch.continueRequest", call)
        return
    kept = [row for row in headers if row["name"].lower() not in _NOT_KEPT]
    body = base64.b64encode(cleaned).decode()
    made = {"responseCode": status, "responseHeaders": kept, "body": body}
    await session.send("Fetch.fulfillRequest", {**call, **made})


async def _source(session: CDPSession, call: dict[str, Any]) -> bytes:
    got = await session.send("Fetch.getResponseBody", call)
    text = str(got["body"])
    return base64.b64decode(text) if got["base64Encoded"] else text.encode()


def _rules(headers: Sequence[dict[str, str]]) -> bool:
    return any(row["name"].lower() == "speculation-rules" for row in headers)
