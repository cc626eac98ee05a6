"""A human points at an element of a page; the page never gets the click.

The browser's own inspector picks: it takes mouse and keyboard before the page does, so not even a
listener on the window sees them, and a script of the page cannot point in the human's place.
Playwright's ``pick_locator`` works inside the page: a page that listens first sees the click.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from playwright.async_api import CDPSession, Page

_WORLD: Final = "dispute-guard picker"
_BLUE: Final = {"r": 30, "g": 110, "b": 240, "a": 0.35}
_LOOKS: Final = {"showInfo": False, "contentColor": _BLUE, "paddingColor": _BLUE}
_DESCRIBE: Final = (
    resources.files("automation.engine.session").joinpath("describe.js").read_text("utf-8")
)
# A bar that only shows words: it takes no click, and is gone before a page is read.
_BAR: Final = """
function show(words) {
  const bar = document.createElement("div");
  bar.style.cssText = "all: initial; position: fixed; inset: 0 0 auto 0; z-index: 2147483647; pointer-events: none;";
  const inside = bar.attachShadow({ mode: "closed" });
  const text = document.createElement("div");
  text.style.cssText = "font: 600 16px/1.4 system-ui, sans-serif; color: #fff; background: #123a7a;" +
    " padding: 10px 18px; box-shadow: 0 2px 10px rgba(0,0,0,.4); text-align: center;";
  text.textContent = words;
  inside.append(text);
  document.documentElement.append(bar);
  globalThis.bar = bar;
}
"""
_HIDE: Final = "function hide() { globalThis.bar?.remove(); }"


@dataclass(frozen=True)
class Element:
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


async def pick(page: Page, ask: str, seconds: float) -> tuple[Element, ...]:
    """Let a human point at an element.

    Args:
        ask: what to click, in one sentence; shown at the top of the page.
        seconds: how long to wait.

    Returns:
        The element and those around it, innermost first; nothing if the human pressed Escape
        or the time ran out.

    Raises:
        Error: the page is gone.
    """
    session = await page.context.new_cdp_session(page)
    try:
        async with _pointing(session) as picked, _bar(session, ask):
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
async def _pointing(session: CDPSession) -> AsyncIterator[asyncio.Future[int | None]]:
    """Let the browser's inspector take the mouse and the keyboard; the page gets neither."""
    picked: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()

    def settle(node: int | None) -> None:
        if not picked.done():
            picked.set_result(node)

    session.on("Overlay.inspectNodeRequested", lambda event: settle(event["backendNodeId"]))
    session.on("Overlay.inspectModeCanceled", lambda _event: settle(None))
    await session.send("DOM.enable")
    await session.send("Overlay.enable")
    await session.send(
        "Overlay.setInspectMode", {"mode": "searchForNode", "highlightConfig": _LOOKS}
    )
    try:
        yield picked
    finally:
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
        for each in json.loads(told["value"])
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
) -> dict[str, Any]:
    where: dict[str, Any] = {"objectId": object_id} if object_id else {"executionContextId": world}
    arguments = [{"value": each} for each in words]
    answer = await session.send(
        "Runtime.callFunctionOn",
        {"functionDeclaration": function, "arguments": arguments, "returnByValue": True, **where},
    )
    result: dict[str, Any] = answer["result"]
    return result


@contextlib.asynccontextmanager
async def _bar(session: CDPSession, words: str) -> AsyncIterator[None]:
    world = await _world(session)
    await _call(session, _BAR, words, world=world)
    try:
        yield
    finally:
        with contextlib.suppress(Error):  # the page may have gone on by itself
            await _call(session, _HIDE, world=world)
