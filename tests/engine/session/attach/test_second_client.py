"""A second debugging client on the buyer's browser lets no window of the tool go early."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import pytest
from websockets.asyncio.client import connect

from automation.engine.guard import guard as guard_module
from automation.engine.session.attach.endpoint import find_endpoint
from automation.engine.session.attach.relay import Relay
from tests.engine.guard.rig.vectors import HOME
from tests.engine.session.attach.attaching import attached

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from websockets.asyncio.client import ClientConnection

    from automation.engine.devtools import Message
    from automation.engine.session.browser import Session
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

GRACE = 0.3
PATIENCE = 20.0
PLACE = "/p/reverse-pages/page-"
WAYS: Final = {
    "open": "window.open(to)",
    "open_named": "window.open(to, 'case')",
    "open_sized": "window.open(to, '_blank', 'width=400,opener')",
    "open_later": "const its = window.open(''); setTimeout(() => { its.location = to; }, 10)",
    "open_href": "window.open('about:blank', 'x').location.href = to",
    "frame_open": "added(document.createElement('iframe')).contentWindow.open(to)",
    "link_opener": "added(link('_blank', 'opener')).click()",
    "link_named": "added(link('other')).click()",
    "link_outside": "link('third').click()",
    "link_event": "link('fourth').dispatchEvent(new MouseEvent('click'))",
    "form_named": "added(Object.assign(document.createElement('form'), {action: to, target: 'fifth'})).submit()",
}
PROGRAM = """() => {
  const to = "%s";
  const added = (node) => document.body.appendChild(node);
  const link = (target, rel) =>
    Object.assign(document.createElement("a"), { href: to, target, rel: rel ?? "" });
  setTimeout(() => { %s; }, 0);
}"""
# Not native, as the self-test requires, and with an opener.
WITH_OPENER = "{ const own = window.open; window.open = (...given) => own.apply(window, given); }"


class Other:
    """Attaches to every tab and lets it run at once, as other automation does."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0
        self.released: asyncio.Queue[None] = asyncio.Queue()

    async def ask(self, method: str, **more: object) -> None:
        """Send a command and do not wait for its answer."""
        self._sent += 1
        await self._socket.send(json.dumps({"id": self._sent, "method": method, **more}))

    async def listen(self) -> None:
        """Let each tab go."""
        wanted = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        await self.ask("Target.setAutoAttach", params=wanted)
        async for text in self._socket:
            heard = json.loads(text)
            if heard.get("method") == "Target.attachedToTarget":
                session = heard["params"]["sessionId"]
                await self.ask("Runtime.runIfWaitingForDebugger", sessionId=session)
                if "openerId" in heard["params"]["targetInfo"]:
                    self.released.put_nowait(None)


@asynccontextmanager
async def another_client(port: str) -> AsyncIterator[Other]:
    """Connected to the same browser until the block ends."""
    async with connect(
        (await find_endpoint(port, PATIENCE)).address, proxy=None, max_size=None
    ) as socket:
        other = Other(socket)
        listening = asyncio.create_task(other.listen())
        try:
            yield other
        finally:
            listening.cancel()


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The tool does not learn of windows that pages open before this is set."""
    may_go, show = threading.Event(), Relay._show  # noqa: SLF001

    async def late(self: Relay, event: Message) -> None:
        if event["params"]["targetInfo"].get("openerId"):
            await asyncio.to_thread(may_go.wait, PATIENCE)
        await show(self, event)

    monkeypatch.setattr(Relay, "_show", late)
    return may_go


@pytest.mark.parametrize("tied", [pytest.param(False, marks=pytest.mark.further), True])
def test_a_window_is_held_until_the_guard_is_on_it(
    bench: Bench, theirs: str, site: Site, tmp_path: Path, ready: threading.Event,
    monkeypatch: pytest.MonkeyPatch, *, tied: bool,
) -> None:  # fmt: skip
    """GIVEN a client that lets windows go at once WHEN a page opens one THEN it waits for the guard."""
    ways = ("open", "open_named") if tied else tuple(WAYS)
    if tied:  # control: what a window with an opener does
        own = guard_module._script  # noqa: SLF001
        monkeypatch.setattr(
            guard_module, "_script", lambda name: WITH_OPENER if name == "windows.js" else own(name)
        )
    site.clear()

    def came(path: str) -> bool:
        return any(entry.path == path for entry in site.log())

    async def opened(session: Session, other: Other, way: str, path: str) -> None:
        ready.clear()
        try:
            await session.page.evaluate(PROGRAM % (path, WAYS[way]))
            await asyncio.wait_for(other.released.get(), PATIENCE)
            seconds = PATIENCE if tied else GRACE
            early = await asyncio.to_thread(site.wait_for, lambda: came(path), seconds)
            assert early is tied, way
        finally:
            ready.set()
        await asyncio.to_thread(site.wait_for, lambda: came(path), PATIENCE)
        assert came(path), f"{way} was lost"

    async def work() -> None:
        async with another_client(theirs) as other, attached(theirs, site, tmp_path) as session:
            await session.page.goto(site.url + HOME)
            for number, way in enumerate(ways):
                await opened(session, other, way, f"{PLACE}{number}.html")

    bench.run(work())
