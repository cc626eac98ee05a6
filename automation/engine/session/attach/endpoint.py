"""Find where the buyer's own browser listens: by its channel, a port or a websocket.

A proxy in the environment is never used for a browser on this machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from automation.engine.session.lookup import get, is_host, path_of
from automation.errors import ErrorCode, ExitCode, ToolError

_PORT_FILE: Final = "DevToolsActivePort"
_USUAL: Final = "http://127.0.0.1:9222"
_NOT_FOUND: Final = 404
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_LAST_PORT: Final = 65535

# Folders of the default profiles on Linux, macOS and Windows.
_FOLDERS: Final = {
    "chrome": ("google-chrome", "Google/Chrome", "Google/Chrome"),
    "chrome-beta": ("google-chrome-beta", "Google/Chrome Beta", "Google/Chrome Beta"),
    "chrome-dev": ("google-chrome-unstable", "Google/Chrome Dev", "Google/Chrome Dev"),
    "chrome-canary": ("google-chrome-canary", "Google/Chrome Canary", "Google/Chrome SxS"),
    "msedge": ("microsoft-edge", "Microsoft Edge", "Microsoft/Edge"),
    "msedge-beta": ("microsoft-edge-beta", "Microsoft Edge Beta", "Microsoft/Edge Beta"),
    "msedge-dev": ("microsoft-edge-dev", "Microsoft Edge Dev", "Microsoft/Edge Dev"),
    "msedge-canary": ("microsoft-edge-canary", "Microsoft Edge Canary", "Microsoft/Edge SxS"),
    "chromium": ("chromium", "Chromium", "Chromium"),
}
CHANNELS: Final = tuple(_FOLDERS)
# On Linux, packages that keep their files apart, below the home folder.
_SANDBOXED: Final = {
    "chrome": (".var/app/com.google.Chrome/config/google-chrome",),
    "chrome-dev": (".var/app/com.google.ChromeDev/config/google-chrome-unstable",),
    "msedge": (".var/app/com.microsoft.Edge/config/microsoft-edge",),
    "chromium": ("snap/chromium/common/chromium", ".var/app/org.chromium.Chromium/config/chromium"),
}


class Endpoint(Struct, frozen=True):
    """A browser that can be attached to.

    Args:
        address: its websocket.
        name: its name in messages.
        asks: the browser may ask the buyer to allow the connection.
    """

    address: str
    name: str
    asks: bool = False


async def find_endpoint(where: str, seconds: float) -> Endpoint:
    """The websocket of a channel, of a port's address, or of a websocket address itself.

    Raises:
        ToolError: ``where`` is none of these (exit 2), or no browser answers (exit 1).
    """
    if where in _FOLDERS:
        return _of_channel(where)
    try:
        where.encode()  # a byte that is no text cannot be sent
        parts = urlsplit(where)
        known = parts.scheme in {"http", "https", "ws", "wss"} and is_host(parts.hostname)
        usable = known and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ToolError(
            f"--attach {where[:60]!r} is neither a browser nor an endpoint",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint=f"use one of {', '.join(CHANNELS)}, or an endpoint such as {_USUAL}",
        )
    if parts.scheme in {"ws", "wss"}:
        return Endpoint(where, f"your browser at {parts.netloc}")
    return await _of_port(parts, seconds)


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine, so no proxy may be used for it."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def profile_folder(channel: str) -> Path:
    """The folder of a channel's default profile, found as the browser finds it."""
    linux, mac, windows = _FOLDERS[channel]
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / mac
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(local) / windows / "User Data"
    if named := os.environ.get("CHROME_USER_DATA_DIR"):
        return Path(named)
    config = os.environ.get("CHROME_CONFIG_HOME") or os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / linux


def _port_file(channel: str) -> Path:
    """Where the browser wrote its port: in its usual folder, or in that of a package."""
    usual = profile_folder(channel) / _PORT_FILE
    apart = _SANDBOXED.get(channel, ()) if sys.platform == "linux" else ()
    packaged = (Path.home() / folder / _PORT_FILE for folder in apart)
    return next((file for file in (usual, *packaged) if file.is_file()), usual)


def _of_channel(channel: str) -> Endpoint:
    """Read the port and secret path that the browser wrote; they change at each start."""
    file = _port_file(channel)
    try:
        port, path, *_ = *file.read_text("utf-8").split(), "", ""
    except FileNotFoundError:
        raise _switched_off(channel, f"{file} does not exist") from None
    except (OSError, ValueError) as error:
        raise _switched_off(channel, f"cannot read {file}: {error}") from error
    if not _PORT.fullmatch(port) or int(port) > _LAST_PORT:
        raise _switched_off(channel, f"{file} has no port")
    address = f"ws://127.0.0.1:{port}{path or '/devtools/browser'}"
    return Endpoint(address, f"your {channel}", asks=True)


def _switched_off(channel: str, why: str) -> ToolError:
    return not_reached(
        f"remote debugging is off in {channel}: {why}",
        f"start {channel} and turn it on at chrome://inspect/#remote-debugging",
    )


async def _of_port(parts: SplitResult, seconds: float) -> Endpoint:
    place = f"{parts.scheme}://{parts.netloc}"
    try:
        async with asyncio.timeout(seconds):
            status, body = await get(parts, "/json/version")
    except TimeoutError:
        raise unanswered(place, seconds) from None
    except OSError as error:
        raise unreachable(place, error) from error
    if status == _NOT_FOUND:
        raise not_reached(
            f"the browser at {place} does not report its address, as it opened the port itself",
            f"use --attach {' or --attach '.join(CHANNELS[:2])} instead",
        )
    try:
        found = json.loads(body)
        path = path_of(str(found["webSocketDebuggerUrl"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        path = None
    if path is None:
        raise no_browser_there(place)
    # Behind a tunnel the host and port in its answer are wrong.
    scheme = "wss" if parts.scheme == "https" else "ws"
    return Endpoint(f"{scheme}://{parts.netloc}{path}", f"your browser at {place}")


def unreachable(place: str, error: OSError) -> ToolError:
    """The error if nothing listens there, or there is no such host."""
    words = error.strerror or str(error) or type(error).__name__
    return not_reached(
        f"no browser answers at {place}: {words[:120].lower()}",
        "start your browser with --remote-debugging-port=9222 --user-data-dir=DIR, "
        "or turn on remote debugging in it and use '--attach chrome'",
    )


def unanswered(place: str, seconds: float) -> ToolError:
    """The error if something accepts connections there, but does not answer."""
    return not_reached(
        f"{place} accepted the connection, but did not answer within {seconds:g} s",
        "check whether the browser hangs or asks something, and try again",
    )


def no_browser_there(place: str) -> ToolError:
    """The error if another program listens there."""
    return not_reached(
        f"{place} is not a browser's debugging port", "check the port, or use '--attach chrome'"
    )


def not_reached(message: str, hint: str) -> ToolError:
    """The error if the buyer's own browser cannot be reached, whatever the cause."""
    return ToolError(message, code=ErrorCode.NO_BROWSER, hint=hint)
