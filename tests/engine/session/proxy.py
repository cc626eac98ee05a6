"""Websockets that stand before another one: a Selenium Grid, and a server that passes on less."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from websockets.asyncio.connection import Connection
    from websockets.asyncio.server import Server, ServerConnection
    from websockets.http11 import Request, Response

SESSION = "0c5f6d1e2b3a49788f6e5d4c3b2a1908"
_STATUS = {"value": {"ready": True, "message": "Selenium Grid ready.", "nodes": []}}


class Proxy:
    """Passes every message on, to the websocket ``node`` and back."""

    def __init__(self, node: str) -> None:
        self.node = node
        self.url = ""
        self._server: Server | None = None

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """An HTTP answer in place of the websocket."""
        del connection, request
        return None

    def reply(self, message: str) -> str | None:
        """An answer to the client's message, which then goes no further."""
        del message
        return None

    def is_over(self) -> bool:
        """Whether this message of the client's is the first that gets nowhere."""
        return False

    async def at_end(self, client: ServerConnection) -> None:
        """What the client is told when it is over."""
        await client.close()

    async def _proxy(self, client: ServerConnection) -> None:
        async with connect(
            self.node, proxy=None, max_size=None, compression=None, ping_interval=None
        ) as node:
            there = asyncio.create_task(self._to_node(client, node))
            back = asyncio.create_task(self._to_client(node, client))
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
            there.cancel()
            back.cancel()
        await self.at_end(client)

    async def _to_node(self, client: Connection, node: Connection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for message in client:
                if self.is_over():
                    return
                if (reply := self.reply(str(message))) is not None:
                    await client.send(reply)
                else:
                    await node.send(message)

    async def _to_client(self, node: Connection, client: Connection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for message in node:
                await client.send(message)

    async def start(self) -> None:
        """Listen on loopback."""
        self._server = await serve(
            self._proxy, "127.0.0.1", 0, process_request=self.answer, max_size=None,
            compression=None, ping_interval=None, close_timeout=1,
        )  # fmt: skip
        self.url = f"ws://127.0.0.1:{next(iter(self._server.sockets)).getsockname()[1]}"

    async def stop(self) -> None:
        """End every connection."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()


class Grid(Proxy):
    """A double of a Selenium Grid for one session: its status, and its proxy for DevTools.

    Written after Selenium's own router: a websocket for a session that it does not know is answered
    with 400; one whose session ends is closed with 1011, and by older routers not at all.
    """

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self._left: int | None = None
        self._closes = True
        self.ends_when: Callable[[], bool] = lambda: False

    @property
    def cdp(self) -> str:
        """The session's ``se:cdp`` capability."""
        return f"{self.url}/session/{SESSION}/se/cdp"

    def end_session_after(self, messages: int, *, closes: bool) -> None:
        """End the session once this many of the client's messages got through.

        Args:
            closes: whether the client is told.
        """
        self._left, self._closes = messages, closes

    def is_over(self) -> bool:
        """Whether the session has ended."""
        if self._left is not None:
            self._left -= 1
        return (self._left is not None and self._left < 0) or self.ends_when()

    async def at_end(self, client: ServerConnection) -> None:
        """As the router does once a session is gone."""
        if self._closes:
            await client.close(1011, "upstream error")
        else:
            async for _ in client:
                pass

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Its HTTP side: the status, and what it says about sessions that it does not know."""
        if "Upgrade" not in request.headers:
            if request.path == "/status":
                return connection.respond(HTTPStatus.OK, json.dumps(_STATUS))
            return connection.respond(
                HTTPStatus.NOT_FOUND, '{"value": {"error": "unknown command"}}'
            )
        if request.path.startswith(f"/session/{SESSION}/se/"):
            return None
        return connection.respond(HTTPStatus.BAD_REQUEST, "400 Bad Request")


class WithoutDevTools(Proxy):
    """Before a Playwright server: passes on everything but DevTools sessions."""

    def reply(self, message: str) -> str | None:
        """Refuse what asks for one."""
        asked = json.loads(message)
        if asked.get("method") != "newCDPSession":
            return None
        error = {"error": {"name": "Error", "message": "DevTools are not offered here"}}
        return json.dumps({"id": asked["id"], "error": error})


Made = TypeVar("Made", bound=Proxy)


@contextmanager
def running(proxy: Made) -> Iterator[Made]:
    """Run one in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(proxy.start(), loop).result()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(proxy.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
