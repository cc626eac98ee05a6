"""A human points at an element of a page; the page never gets the click.

The browser's own inspector picks: it takes mouse and keyboard before the page does, so not even a
listener on the window sees them, and a script of the page cannot point in the human's place.
Playwright's ``pick_locator`` works inside the page: a page that listens first sees the click.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from playwright.async_api import CDPSession, Page

_WORLD: Final = "dispute-guard picker"
_BLUE: Final = {"r": 30, "g": 110, "b": 240, "a": 0.35}
_LOOKS: Final = {"showInfo": False, "contentColor": _BLUE, "paddingColor": _BLUE}


def _script(name: str) -> str:
    return resources.files("automation.engine.session").joinpath(name).read_text("utf-8")


_DESCRIBE: Final = _script("describe.js")
_BAR: Final = _script("bar.js")
_HIDE: Final = "function hide() { globalThis.bar?.remove(); }"
_MARKS: Final = """el => [
  el.localName, ...['class', 'id'].map((name) => (el.getAttribute(name) || '').slice(0, 300)),
]"""


class Bar(Struct, frozen=True):
    """What a bar at the top of the page says; it takes no click, and the page cannot read it.

    Args:
        words: the one thing to do.
        note: what else to know.
        refused: why what was clicked before did not count.
    """

    words: str
    note: str = ""
    refused: str = ""


class Element(Struct, frozen=True):
    """An element that was pointed at, or one around it.

    Args:
        attributes: those that may name what it is; no text.
        numbers: the long numbers in its text and links.
        place: a selector of this one element, as long as the page stays as it is.
    """

    tag: str
    attributes: Mapping[str, str]
    numbers: tuple[str, ...]
    place: str

    async def is_there(self, page: Page) -> bool:
        """Whether its place still has the element that was pointed at.

        Raises:
            Error: the page is gone.
        """
        there = page.locator(f"css={self.place}")
        if await there.count() != 1:
            return False
        marks = [self.tag, self.attributes.get("class", ""), self.attributes.get("id", "")]
        now = await there.evaluate(_MARKS)
        return bool(now == marks)


async def pick(page: Page, bar: Bar, seconds: float) -> tuple[Element, ...]:
    """Let a human point at an element.

    Args:
        bar: what to click; shown at the top of the page.
        seconds: how long to wait.

    Returns:
        The element and those around it, innermost first; nothing if the human pressed Escape,
        closed the page, or the time ran out.

    Raises:
        Error: the page is gone.
    """
    session = await page.context.new_cdp_session(page)
    try:
        async with _pointing(page, session) as picked, _shown(session, bar):
            try:
                async with asyncio.timeout(seconds):
                    node = await picked
            except TimeoutError:
                node = None
            return () if node is None else await _described(session, node)
    finally:
        with contextlib.suppress(Error):
            await session.detach()


@contextlib.asynccontextmanager
async def saying(page: Page, bar: Bar) -> AsyncIterator[None]:
    """Show a bar while the body asks a human elsewhere; a page that is gone shows nothing."""
    async with contextlib.AsyncExitStack() as stack:
        with contextlib.suppress(Error):
            session = await page.context.new_cdp_session(page)
            stack.push_async_callback(_detach, session)
            await stack.enter_async_context(_shown(session, bar))
        yield


async def _detach(session: CDPSession) -> None:
    with contextlib.suppress(Error):
        await session.detach()


@contextlib.asynccontextmanager
async def _pointing(page: Page, session: CDPSession) -> AsyncIterator[asyncio.Future[int | None]]:
    """Let the browser's inspector take the mouse and the keyboard; the page gets neither."""
    picked: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()

    def settle(node: int | None) -> None:
        if not picked.done():
            picked.set_result(node)

    def gone(_: Page) -> None:
        settle(None)

    session.on("Overlay.inspectNodeRequested", lambda event: settle(event["backendNodeId"]))
    session.on("Overlay.inspectModeCanceled", lambda _event: settle(None))
    page.on("close", gone)
    try:
        await session.send("DOM.enable")
        await session.send("Overlay.enable")
        await session.send(
            "Overlay.setInspectMode", {"mode": "searchForNode", "highlightConfig": _LOOKS}
        )
        yield picked
    finally:
        page.remove_listener("close", gone)
        with contextlib.suppress(Error):
            await session.send("Overlay.setInspectMode", {"mode": "none", "highlightConfig": {}})
            await session.send("Overlay.disable")


async def _described(session: CDPSession, node: int) -> tuple[Element, ...]:
    resolved = await session.send(
        "DOM.resolveNode", {"backendNodeId": node, "executionContextId": await _world(session)}
    )
    told = await _call(session, _DESCRIBE, object_id=resolved["object"]["objectId"])
    return tuple(
        Element(each["tag"], each["attributes"], tuple(each["numbers"]), each["place"])
        for each in json.loads(told)
    )


async def _world(session: CDPSession) -> int:
    """A world of the tool's own in the page's main frame."""
    tree = await session.send("Page.getFrameTree")
    made = await session.send(
        "Page.createIsolatedWorld",
        {"frameId": tree["frameTree"]["frame"]["id"], "worldName": _WORLD},
    )
    number: int = made["executionContextId"]
    return number


async def _call(
    session: CDPSession, function: str, *words: str, object_id: str = "", world: int = 0
) -> str:
    """Call a function in the page, and return what it answers as text; empty if nothing."""
    where = {"objectId": object_id} if object_id else {"executionContextId": world}
    arguments = [{"value": each} for each in words]
    answer = await session.send(
        "Runtime.callFunctionOn",
        {"functionDeclaration": function, "arguments": arguments, "returnByValue": True, **where},
    )
    return str(answer["result"].get("value", ""))


@contextlib.asynccontextmanager
async def _shown(session: CDPSession, bar: Bar) -> AsyncIterator[None]:
    world = await _world(session)
    await _call(session, _BAR, bar.words, bar.note, bar.refused, world=world)
    try:
        yield
    finally:
        with contextlib.suppress(Error):  # the page may have gone on by itself
            await _call(session, _HIDE, world=world)
