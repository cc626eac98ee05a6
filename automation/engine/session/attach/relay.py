"""Relay between Playwright and the buyer's own browser that shows only the tool's tabs.

Playwright attaches to every tab of a browser that it connects to: it would answer the buyer's
dialogs, intercept their requests and wait for a tab that hangs. So it connects to a relay on
loopback instead. The relay releases a tab at once if the tool did not open it, directly or
through one of its own tabs, and Playwright never sees it. The relay has its own thread, so it
keeps working while the tool waits for a person.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from automation.engine.session.attach.endpoint import is_loopback
from automation.engine.session.attach.phone import PAGE, of_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from websockets.asyncio.client import ClientConnection
    from websockets.asyncio.server import Server, ServerConnection
    from websockets.http11 import Request, Response

    from automation.engine.devtools import Message, Params, Result, TargetInfo
    from automation.engine.session.attach.phone import Command, Value

Done = TypeVar("Done")

_OWN_IDS: Final = 1_000_000_000  # Playwright counts from 1
_REPLY: Final = re.compile(r'^\{"id":(\d+)')
_TARGETS: Final = '"Target.'
_PAGES_ONLY: Final = [{"type": "page"}]
# A guest must not change the whole browser; these commands only read.
_HARMLESS: Final = frozenset(
    {
        "Browser.getVersion",
        "Browser.getWindowForTarget",
        "Browser.getWindowBounds",
        "Storage.getCookies",
    }
)
_OFFLINE: Final = {
    "offline": True,
    "latency": 0,
    "downloadThroughput": -1,
    "uploadThroughput": -1,
}


@dataclass
class Relay:
    """One connection to the buyer's browser.

    Args:
        browser: the connection itself.
        note: called with the ids of the tool's open tabs whenever they change.
        seconds: how long to wait for an answer.
        ended: what was said when the connection ended, often nothing; None before that.
        phone: what makes a tab of the tool a phone's.
    """

    browser: ClientConnection
    note: Callable[[Iterable[str]], None]
    seconds: float
    own: set[str] = field(default_factory=set)
    ended: str | None = None
    phone: tuple[Command, ...] = ()
    _sessions: dict[str, str] = field(default_factory=dict)
    _phones: set[str] = field(default_factory=set)
    _closing: set[str] = field(default_factory=set)
    _of_browser: set[str] = field(default_factory=set)
    _held: list[Message] = field(default_factory=list)
    _create_ids: set[int] = field(default_factory=set)
    _context_ids: set[int] = field(default_factory=set)
    _contexts: set[str] = field(default_factory=set)
    _next_id: int = _OWN_IDS
    _waiting: dict[int, asyncio.Future[Message]] = field(default_factory=dict)
    _guest: ServerConnection | None = None

    async def ask(self, method: str, session: str = "", **params: Value) -> Result:
        """Send a command of the relay's own and return its result.

        Raises:
            TimeoutError: the browser did not answer.
            LookupError: the browser refused.
        """
        number, answer = await self._send(method, session, params)
        try:
            async with asyncio.timeout(self.seconds):
                found = await answer
        finally:
            self._waiting.pop(number, None)
        if "error" in found:
            raise LookupError(str(found["error"].get("message", "")))
        return found.get("result", {})

    async def _send(
        self, method: str, session: str, params: Mapping[str, Value]
    ) -> tuple[int, asyncio.Future[Message]]:
        self._next_id += 1
        number = self._next_id
        self._waiting[number] = asyncio.get_running_loop().create_future()
        message: dict[str, object] = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        await self.browser.send(json.dumps(message))
        return number, self._waiting[number]

    async def _tell(self, method: str, session: str = "", **params: Value) -> None:
        """Send a command whose answer does not matter."""
        number, answer = await self._send(method, session, params)
        answer.add_done_callback(lambda _: self._waiting.pop(number, None))

    async def listen(self) -> None:
        """Pass the browser's messages to the guest until the connection ends."""
        with contextlib.suppress(ConnectionClosed):
            async for text in self.browser:
                await self._from_browser(str(text))
        self.ended = self.browser.close_reason or ""
        if self._guest is not None:
            await self._guest.close()

    async def serve(self, guest: ServerConnection) -> None:
        """Pass the guest's messages to the browser until it disconnects."""
        self._guest = guest
        try:
            async for text in guest:
                await self._from_guest(json.loads(text))
        except ConnectionClosed:
            return
        finally:
            self._guest = None

    async def _from_guest(self, message: Message) -> None:
        method, params = str(message.get("method")), message.get("params", {})
        session = message.get("sessionId")
        whole = session is None or session in self._of_browser
        if whole and self._is_forbidden(method, params):
            await self._to_guest(_refusal(message, f"{method} is not allowed for a guest"))
            return
        if session is None:
            if method == "Target.setAutoAttach":
                message["params"] = {**params, "filter": _PAGES_ONLY}
            elif method == "Target.createTarget":
                self._create_ids.add(int(message["id"]))
            elif method == "Target.createBrowserContext":
                # Without this it would outlive a tool that is killed.
                message["params"] = {**params, "disposeOnDetach": True}
                self._context_ids.add(int(message["id"]))
        await self.browser.send(json.dumps(message))

    def _is_forbidden(self, method: str, params: Params) -> bool:
        if method in {"Target.closeTarget", "Target.activateTarget"}:
            return params.get("targetId") not in self.own
        if context := params.get("browserContextId"):
            return context not in self._contexts
        changes = method.startswith(("Browser.", "Storage.", "Fetch.", "Network."))
        return changes and method not in _HARMLESS

    async def _from_browser(self, text: str) -> None:
        reply = _REPLY.match(text)
        if reply:
            await self._reply(int(reply[1]), text)
        elif _TARGETS in text[:200]:
            await self._event(json.loads(text), text)
        else:
            await self._hand_on(text)

    async def _reply(self, number: int, text: str) -> None:
        if number > _OWN_IDS:
            waiting = self._waiting.get(number)
            if waiting is not None and not waiting.done():
                waiting.set_result(json.loads(text))
            return
        if number in self._context_ids:
            self._context_ids.discard(number)
            self._contexts.add(str(json.loads(text).get("result", {}).get("browserContextId")))
        if number in self._create_ids:
            self._create_ids.discard(number)
            made = json.loads(text)
            if "sessionId" not in made:
                self._adopt(str(made.get("result", {}).get("targetId", "")))
                await self._decide_held()
        await self._hand_on(text)

    async def _event(self, event: Message, text: str) -> None:
        method, params = str(event.get("method")), event.get("params", {})
        session = str(params.get("sessionId", ""))
        if "sessionId" in event:
            if method == "Target.attachedToTarget":
                await self._prepare(session, params["targetInfo"])
        elif method == "Target.attachedToTarget":
            await self._attached(event)
            return
        elif method == "Target.detachedFromTarget":
            target = self._sessions.pop(session, None)
            if target is None:
                return
            # A tab may have further sessions; it is gone when the last one is.
            if target not in self._sessions.values():
                self._gone(target)
        await self._hand_on(text)

    async def _attached(self, event: Message) -> None:
        """Handle an attached tab; a new one waits until its owner is known."""
        info = event["params"]["targetInfo"]
        if info["targetId"] in self._closing:
            return
        if info["type"] == "browser":  # the guest requested another session of the browser
            self._of_browser.add(str(event["params"]["sessionId"]))
            await self._to_guest(event)
        elif info["targetId"] in self.own or info.get("openerId") in self.own:
            await self._show(event)
        elif event["params"].get("waitingForDebugger") and self._create_ids:
            self._held.append(event)
        else:
            await self._let_go(str(event["params"]["sessionId"]))

    async def _decide_held(self) -> None:
        held, self._held = self._held, []
        for event in held:
            await self._attached(event)

    async def _show(self, event: Message) -> None:
        params = event["params"]
        target = str(params["targetInfo"]["targetId"])
        self._adopt(target)
        self._sessions[str(params["sessionId"])] = target
        await self._prepare(str(params["sessionId"]), params["targetInfo"])
        await self._to_guest(event)

    async def _let_go(self, session: str) -> None:
        await self._tell("Runtime.runIfWaitingForDebugger", session)
        await self._tell("Target.detachFromTarget", sessionId=session)

    async def _prepare(self, session: str, info: TargetInfo) -> None:
        """Bypass service workers, stop prerendering and be a phone, before anything is loaded.

        A service worker registered earlier would answer instead of the network, and a
        prerendered page is an unguarded target.
        """
        kind = info.get("type")
        if kind in {PAGE, "iframe"}:
            await self._tell("Network.enable", session)
            await self._tell("Network.setBypassServiceWorker", session, bypass=True)
            await self._make_phone(session, info)
        if kind == PAGE:
            await self._tell("Page.setPrerenderingAllowed", session, isAllowed=False)

    async def _make_phone(self, session: str, info: TargetInfo) -> None:
        """Make a tab or frame a phone's, in its first session: one that ends takes that back."""
        if info["targetId"] in self._phones:
            return
        self._phones.add(info["targetId"])
        for method, params in of_kind(self.phone, info["type"]):
            await self._tell(method, session, **params)

    def _adopt(self, target: str) -> None:
        if target and target not in self.own:
            self.own.add(target)
            self.note(self.own)

    def _gone(self, target: str) -> None:
        if target in self.own:
            self.own.discard(target)
            self.note(self.own)

    async def _to_guest(self, message: Message) -> None:
        await self._hand_on(json.dumps(message))

    async def _hand_on(self, text: str) -> None:
        """Send it to the guest, if it is still connected."""
        if self._guest is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._guest.send(text)

    async def profiles(self) -> list[list[str]]:
        """The tabs of each profile, by title or address."""
        found: dict[str, list[str]] = {}
        for info in (await self.ask("Target.getTargets"))["targetInfos"]:
            if info.get("type") == "page":
                shown = str(info.get("title") or info.get("url") or "")
                found.setdefault(str(info.get("browserContextId", "")), []).append(shown)
        return list(found.values())

    async def close_tabs(self, targets: Iterable[str]) -> int:
        """Close tabs without unload requests; return how many there were."""
        there = {str(i["targetId"]) for i in (await self.ask("Target.getTargets"))["targetInfos"]}
        self._closing = lost = there & set(targets)
        for target in lost:
            with contextlib.suppress(TimeoutError, LookupError):
                made = await self.ask("Target.attachToTarget", targetId=target, flatten=True)
                session = str(made["sessionId"])
                await self.ask("Network.enable", session)
                await self.ask("Network.emulateNetworkConditions", session, **_OFFLINE)
            await self.ask("Target.closeTarget", targetId=target)
            self._gone(target)
        return len(lost)


def _refusal(command: Message, words: str) -> Message:
    """The answer to a command that is not passed on."""
    refusal: Message = {"id": command["id"], "error": {"code": -32000, "message": words}}
    if (session := command.get("sessionId")) is not None:
        refusal["sessionId"] = session
    return refusal


class RelayThread:
    """A relay in its own thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._path = f"/{secrets.token_hex(16)}"
        self._server: Server | None = None
        self.relay: Relay | None = None
        self._listening: asyncio.Task[None] | None = None

    async def run(self, work: Coroutine[None, None, Done]) -> Done:
        """Run a coroutine in the relay's thread."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def start(
        self,
        address: str,
        note: Callable[[Iterable[str]], None],
        seconds: float,
        ping_seconds: float | None = None,
    ) -> Relay:
        """Connect to the browser; the guest cannot see it yet.

        Args:
            ping_seconds: how often to ping it, where something between may drop a silent connection.

        Raises:
            OSError: nothing answers there, or not in time.
            WebSocketException: another program answers, or the browser refuses.
        """
        self._thread.start()
        self.relay = await self.run(self._connect(address, note, seconds, ping_seconds))
        return self.relay

    async def _connect(
        self,
        address: str,
        note: Callable[[Iterable[str]], None],
        seconds: float,
        ping_seconds: float | None,
    ) -> Relay:
        browser = await connect(
            address,
            proxy=None if is_loopback(address) else True,
            max_size=None,
            ping_interval=ping_seconds,
            ping_timeout=None,
            compression=None,
            open_timeout=seconds,
            close_timeout=1,
        )
        relay = Relay(browser, note, seconds)
        self._listening = asyncio.create_task(relay.listen())
        return relay

    async def open_for_guest(self, relay: Relay) -> str:
        """Start to serve; return the loopback address for Playwright, with a secret path."""
        return await self.run(self._open(relay))

    async def _open(self, relay: Relay) -> str:
        self._server = await serve(
            relay.serve,
            "127.0.0.1",
            0,
            process_request=self._check,
            max_size=None,
            ping_interval=None,
            compression=None,
            close_timeout=1,
        )
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}{self._path}"

    def _check(self, guest: ServerConnection, request: Request) -> Response | None:
        if secrets.compare_digest(request.path, self._path):
            return None
        return guest.respond(HTTPStatus.NOT_FOUND, "")

    def open_tabs(self) -> frozenset[str]:
        """The ids of the tool's open tabs."""
        return frozenset(self.relay.own) if self.relay is not None else frozenset()

    async def stop(self) -> None:
        """Close the tool's tabs, disconnect and end the thread."""
        try:
            await self.run(self._close())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            await asyncio.to_thread(self._thread.join)
            self._loop.close()

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        if self.relay is not None:
            # If Playwright's driver was lost, its tabs are still open.
            with contextlib.suppress(LookupError, TimeoutError, ConnectionClosed):
                if self.relay.own:
                    await self.relay.close_tabs(frozenset(self.relay.own))
            await self.relay.browser.close()
        if self._listening is not None:
            await self._listening
