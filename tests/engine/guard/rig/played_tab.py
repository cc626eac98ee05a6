"""The sender's tab with DevTools that are played, so that each moment can be met."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error

from automation.engine.guard.transport.fresh_tab import FreshTab
from automation.engine.guard.transport.original import Original
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from automation.engine.guard.reply import Reply

PAGE: Final = "https://shop.example/p/dispute?id=1"
CALL: Final = "https://api.shop.example/h5/cancelDispute/1.0/?line=1"
XHR: Final = Original(
    CALL, "POST", "xhr", PAGE, (("Origin", "https://shop.example"), ("Cookie", "a=1")), b"a=1"
)
FORM: Final = Original(
    CALL, "POST", "document", PAGE, (("content-type", "multipart/form-data; boundary=old"),),
    b"--old\r\nx\r\n--old--",
)  # fmt: skip
FORM_BEGINS: Final = FORM.begins_at
REQUEST: Final = "net-1"
Did = list[tuple[str, dict[str, Any]]]


@dataclass
class Devtools:
    """A browser with one tab, as far as the sender uses it."""

    did: Did = field(default_factory=list)
    broken: frozenset[str] = frozenset()
    body: bytes = b"{}"
    closed: bool = False
    told: dict[str, Callable[..., Any]] = field(default_factory=dict)
    evaluated: asyncio.Event = field(default_factory=asyncio.Event)
    hangs: bool = False
    went_to: str = ""
    cookies: object = None

    async def new_context(self, **_: object) -> Devtools:
        """A context, which is all of it here."""
        return self

    async def grant_permissions(self, _: object) -> None:
        """A browser may not know the permission."""
        self._fail("permission")

    async def new_page(self) -> Devtools:
        """The page."""
        return self

    async def new_cdp_session(self, _: object) -> Devtools:
        """The session."""
        return self

    def on(self, event: str, heard: Callable[..., Any]) -> None:
        """Listen."""
        self.told[event] = heard

    async def send(self, command: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
        """Carry a command out."""
        self._fail(command)
        if command == "Fetch.getResponseBody":
            return {"body": base64.b64encode(self.body).decode(), "base64Encoded": True}
        if given is not None and "requestId" in given:
            self.did.append((command.removeprefix("Fetch."), given))
        return {}

    async def add_cookies(self, cookies: object) -> None:
        """Keep them."""
        self.cookies = cookies

    async def goto(self, address: str) -> None:
        """Open a page."""
        self.went_to = address

    async def evaluate(self, _program: str, _given: object) -> None:
        """Run the script that sends."""
        self._fail("evaluate")
        self.evaluated.set()
        if self.hangs:
            await asyncio.Event().wait()

    async def close(self) -> None:
        """Close it."""
        self.closed = True

    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.closed

    def _fail(self, what: str) -> None:
        if what in self.broken:
            raise Error(f"{what} failed")


@dataclass
class Tab:
    """A tab under test, and what it is told."""

    devtools: Devtools
    fresh: FreshTab
    let: list[str]

    async def paused(self, url: str, method: str = "POST", **more: object) -> str:
        """A request or an answer is held; returns what is done with it."""
        asked = {"url": url, "method": method, "headers": {}}
        event = {"requestId": "hold", "request": asked, "networkId": REQUEST, **more}
        before = len(self.devtools.did)
        await self.devtools.told["Fetch.requestPaused"](event)
        return ", ".join(command for command, _ in self.devtools.did[before:])

    async def answered(self, status: int = 200, **more: object) -> str:
        """The answer to the request is held."""
        return await self.paused(CALL, "POST", responseStatusCode=status, **more)

    async def sending(self, seconds: float = 20) -> asyncio.Task[Reply]:
        """The tab sends; returns once its page has the script."""
        task = asyncio.ensure_future(self.fresh.send(seconds))
        await self.devtools.evaluated.wait()
        return task

    def tell(self, event: str, **more: str) -> None:
        """An event of the request, unless another id is given."""
        self.devtools.told[event]({"requestId": REQUEST, **more})


async def opened(devtools: Devtools, original: Original | None = XHR) -> Tab:
    """A tab that knows what to send."""
    let: list[str] = []
    browser: Any = devtools
    fresh = await FreshTab.open(browser, {}, let.append)
    if original is not None:
        await fresh.get_there(original, [])
    return Tab(devtools, fresh, let)


def play(story: Callable[[Devtools], Coroutine[Any, Any, None]], **more: Any) -> Devtools:  # noqa: ANN401  values of the browser
    """Run a story in a loop of its own; returns the browser as it was left."""

    async def run() -> Devtools:
        devtools = Devtools(**more)
        await story(devtools)
        return devtools

    return in_own_loop(run())
