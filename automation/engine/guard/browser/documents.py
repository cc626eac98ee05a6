"""Take out of a page's source what gets past every session of its page.

Speculation rules make the browser itself fetch ahead: no interception sees what they fetch. The
stubs withdraw a rule's script, but they cannot look into a closed declarative shadow root. So
no document gets one: its ``shadowrootmode`` is renamed before the browser parses it, and the
rules inside stay inert. The site has no shadow roots (site facts, section 4).

A sandboxed ``srcdoc`` frame runs in a process of its own, which no session of its page holds. The
stubs remove one that the parser makes, but on a busy machine it may send something first
(measured). So its ``srcdoc`` is renamed too, and it stays empty.
"""

from __future__ import annotations

import base64
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import CDPSession

    from automation.engine.devtools import HeaderRow, RequestPaused

DOCUMENTS: Final = {"urlPattern": "*", "resourceType": "Document", "requestStage": "Response"}
_SWITCHES: Final = rb"(?:\x1b\([BJ])*"  # a page in ISO-2022-JP may have these between two letters
_BEFORE: Final = rb"(?<=[\s/\"'BJ])"  # a blank, the end of a value, or of a switch
_BEHIND: Final = rb"(?=" + _SWITCHES + rb"\s*=)"
_NOT_KEPT: Final = frozenset(
    {"content-length", "content-encoding", "transfer-encoding", "set-cookie", "speculation-rules"}
)
_REDIRECTS: Final = range(300, 400)


def is_answer(event: RequestPaused) -> bool:
    """Whether a ``Fetch.requestPaused`` event is about an answer."""
    return "responseStatusCode" in event or "responseErrorReason" in event


class Word(Struct, frozen=True, dict=True):
    """A word of markup in any encoding that a browser reads, and what it becomes.

    Args:
        inert: a name that means nothing to a browser, in markup or in a script.
        attribute: it only counts where an attribute with a value stands; a script may say it.
    """

    name: bytes
    inert: bytes = b""
    attribute: bool = False

    @cached_property
    def _plain(self) -> re.Pattern[bytes]:
        letters = _SWITCHES.join(_letters(self.name))
        place = _BEFORE + letters + _BEHIND if self.attribute else letters
        return re.compile(place, re.IGNORECASE)

    @cached_property
    def _wide(self) -> re.Pattern[bytes]:  # UTF-16, either order
        return re.compile(b"\0".join(_letters(self.name)), re.IGNORECASE)

    def is_in(self, source: bytes) -> bool:
        """Whether the source has it."""
        return any(form.search(source) for form in (self._plain, self._wide))

    def renamed(self, source: bytes) -> bytes:
        """The source without it."""
        return self._wide.sub(b"\0".join(_letters(self.inert)), self._plain.sub(self.inert, source))


def _letters(name: bytes) -> list[bytes]:
    return [bytes((letter,)) for letter in name]


_ROOT: Final = Word(b"shadowrootmode", b"shadowroot-off")
_SANDBOX: Final = Word(b"sandbox")
_FRAME: Final = Word(b"srcdoc", b"src0ff", attribute=True)


def made_inert(source: bytes) -> bytes:
    """The source of a page in which shadow roots are plain templates and sandboxed frames empty."""
    source = _ROOT.renamed(source)
    return _FRAME.renamed(source) if _SANDBOX.is_in(source) else source


async def hand_on(session: CDPSession, event: RequestPaused) -> None:
    """Pass a document on, without shadow roots and rules; refuse it if it cannot be read."""
    call = {"requestId": event["requestId"]}
    status = event.get("responseStatusCode", 0)
    if "responseErrorReason" in event or status in _REDIRECTS:
        await session.send("Fetch.continueRequest", call)
        return
    try:
        source = await _source(session, event["requestId"])
    except Error:
        await session.send("Fetch.failRequest", {**call, "errorReason": "ConnectionClosed"})
        return
    cleaned, headers = made_inert(source), event.get("responseHeaders", [])
    if cleaned == source and not _rules(headers):
        await session.send("Fetch.continueRequest", call)
        return
    kept = [row for row in headers if row["name"].lower() not in _NOT_KEPT]
    body = base64.b64encode(cleaned).decode()
    made = {"responseCode": status, "responseHeaders": kept, "body": body}
    await session.send("Fetch.fulfillRequest", {**call, **made})


async def _source(session: CDPSession, request_id: str) -> bytes:
    got = await session.send("Fetch.getResponseBody", {"requestId": request_id})
    text = str(got["body"])
    return base64.b64decode(text) if got["base64Encoded"] else text.encode()


def _rules(headers: Sequence[HeaderRow]) -> bool:
    return any(row["name"].lower() == "speculation-rules" for row in headers)
