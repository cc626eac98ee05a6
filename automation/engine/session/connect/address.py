"""Find out what an endpoint is: a Playwright server, or a browser's DevTools address.

An address says little: both are websockets at any path. So it is asked, once, before anything of
the session is sent there. Addresses whose path says it all are not asked, since a server may give
a browser to each connection.
"""

from __future__ import annotations

import asyncio
import json
from enum import Enum
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from msgspec import Struct
from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import InvalidStatus, WebSocketException

from automation.engine.session.attach.endpoint import is_loopback
from automation.engine.session.connect.causes import Causes
from automation.engine.session.lookup import get, is_host, path_of
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMES: Final = {"ws": "ws", "wss": "wss", "http": "ws", "https": "wss"}
_DEVTOOLS: Final = "/devtools/"
_GRID: Final = "/se/cdp"
_BIDI: Final = "/se/bidi"
# DevTools answers it with a version; a Playwright server knows no such message.
_QUESTION: Final = {"id": 1, "method": "Browser.getVersion", "params": {}}


class Kind(Enum):
    """What speaks at an endpoint."""

    PLAYWRIGHT = "a Playwright server"
    DEVTOOLS = "a browser's DevTools"


class Remote(Struct, frozen=True):
    """A browser on another machine.

    Args:
        address: its websocket; it may hold a key, so it is never shown.
        causes: the errors about it.
    """

    kind: Kind
    address: str
    causes: Causes

    @property
    def name(self) -> str:
        """Its name in messages."""
        return f"the browser at {self.causes.place}"


async def find_remote(where: str, seconds: float) -> Remote:
    """What answers at an endpoint.

    Raises:
        ToolError: it is no endpoint (exit 2), or nothing usable answers there (exit 1).
    """
    parts = _parts(where)
    causes = Causes(parts.netloc.rpartition("@")[2], parts.path, seconds)
    try:
        async with asyncio.timeout(seconds):
            return await _found(parts, causes)
    except (OSError, WebSocketException) as error:  # a time-out is an OSError
        raise causes.of(error) from error


def _parts(where: str) -> SplitResult:
    try:
        where.encode()  # a byte that is no text cannot be sent
        parts = urlsplit(where)
        usable = parts.scheme in _SCHEMES and is_host(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ToolError(
            "--connect needs the address of a server or browser",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="use an endpoint such as ws://HOST:3000/ or http://HOST:9222",
        )
    return parts


async def _found(parts: SplitResult, causes: Causes) -> Remote:
    if parts.path.endswith(_BIDI):
        raise causes.bidi()
    if parts.scheme in {"http", "https"}:
        return await _looked_up(parts, causes)
    if _DEVTOOLS in parts.path or parts.path.endswith(_GRID):
        return Remote(Kind.DEVTOOLS, urlunsplit(parts), causes)
    try:
        return await _asked(parts, causes)
    except InvalidStatus as error:
        known = await _below(parts) if parts.path in {"", "/"} else None
        if known is None:
            raise causes.of(error) from error
        return Remote(*known, causes)


async def _looked_up(parts: SplitResult, causes: Causes) -> Remote:
    """Behind a tunnel the host and port that a browser answers are wrong: only its path counts."""
    if (known := await _below(parts)) is not None:
        return Remote(*known, causes)
    status, body = await get(parts, "/json/version")
    if "ready" in _object(_object(await _answer(parts, "/status")).get("value")):
        raise causes.grid()
    well = status in {0, HTTPStatus.OK}
    raise causes.nothing_known() if well else causes.status(status, body)


async def _below(parts: SplitResult) -> tuple[Kind, str] | None:
    """The websocket that a server names at its HTTP port, if it does."""
    devtools = _object(await _answer(parts, "/json/version")).get("webSocketDebuggerUrl")
    if isinstance(devtools, str) and (path := path_of(devtools)) is not None:
        return Kind.DEVTOOLS, _socket(parts, path)
    # A Playwright server knows this path without a query only.
    server = _object(await _answer(parts._replace(query=""), "/json")).get("wsEndpointPath")
    if isinstance(server, str) and path_of(server) is not None:
        return Kind.PLAYWRIGHT, _socket(parts, f"{parts.path.rstrip('/')}/{server.lstrip('/')}")
    return None


async def _answer(parts: SplitResult, path: str) -> object:
    _, body = await get(parts, path)
    return _json(body)


def _socket(parts: SplitResult, path: str) -> str:
    return urlunsplit((_SCHEMES[parts.scheme], parts.netloc, path, parts.query, ""))


async def _asked(parts: SplitResult, causes: Causes) -> Remote:
    """Ask a websocket what it speaks, as Playwright's own client would introduce itself."""
    address = urlunsplit(parts)
    async with open_socket(
        address,
        user_agent_header=f"Playwright/{version('playwright')}",
        additional_headers={"x-playwright-browser": "chromium"},
        proxy=None if is_loopback(address) else True,
        compression=None,
        ping_interval=None,
        close_timeout=1,
    ) as socket:
        await socket.send(json.dumps(_QUESTION))
        reply = _object(_json(await socket.recv()))
    if "protocolVersion" in _object(reply.get("result")):
        return Remote(Kind.DEVTOOLS, address, causes)
    if "error" in _object(reply.get("error")):
        return Remote(Kind.PLAYWRIGHT, address, causes)
    raise causes.bidi() if reply.get("type") == "error" else causes.nothing_known()


def _json(text: str | bytes) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
