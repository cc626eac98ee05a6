"""Why a browser on another machine cannot be used; each cause has an error of its own."""

from __future__ import annotations

import re
import ssl
from http import HTTPStatus
from importlib.metadata import version
from socket import gaierror
from typing import Final

from msgspec import Struct
from websockets.exceptions import ConnectionClosed, InvalidStatus, ProxyError

from automation.errors import ErrorCode, ToolError

_LONGEST: Final = 120
_SERVER_VERSION: Final = re.compile(r"server version: v(\d+\.\d+)")
_OTHER_VERSION: Final = 428
_NOT_ALLOWED: Final = frozenset({401, 403, 407})
_BUSY: Final = frozenset({429, 502, 503, 504})
_GONE_SESSION: Final = "/se/cdp"
# What Chromium answers to a name that is neither an IP address nor localhost.
_HOST_REFUSED: Final = b"Host header is specified"


def own_version() -> str:
    """The version of Playwright that a server has to have."""
    return ".".join(version("playwright").split(".")[:2])


class Causes(Struct, frozen=True):
    """Errors about one endpoint, named without its path and query: these may hold a key.

    Args:
        place: its host and port.
        path: its path, which says what kind of address it is.
        seconds: how long each step may take.
    """

    place: str
    path: str
    seconds: float

    def of(self, error: Exception) -> ToolError:
        """The error for a connection that failed."""
        match error:
            case InvalidStatus():
                response = error.response
                found = self.status(response.status_code, bytes(response.body or b""))
            case TimeoutError():
                found = self.silent()
            case ProxyError():
                found = self._no_proxy(error)
            case ConnectionClosed():
                found = self.closed(error.rcvd.code if error.rcvd else 0)
            case OSError():
                found = self._not_connected(error)
            case _:
                found = self.nothing_known()
        return found

    def _no_proxy(self, error: ProxyError) -> ToolError:
        return _not_reached(
            f"the proxy did not connect to {self.place}: {_words(error)}",
            "check HTTPS_PROXY, or list the host in NO_PROXY",
        )

    def _not_connected(self, error: OSError) -> ToolError:
        if isinstance(error, ssl.SSLCertVerificationError):
            return _not_reached(
                f"the certificate of {self.place} is not trusted: {error.verify_message.lower()}",
                "name its authority in SSL_CERT_FILE and NODE_EXTRA_CA_CERTS, or use an SSH tunnel",
            )
        if isinstance(error, ssl.SSLError):
            return _not_reached(
                f"{self.place} does not speak TLS", "use ws:// or http:// if it has no certificate"
            )
        if isinstance(error, ConnectionRefusedError):
            words = "connection refused"
        elif isinstance(error, gaierror):
            words = "there is no such host"
        else:
            words = _words(error)
        return _not_reached(
            f"nothing answers at {self.place}: {words}",
            "check host and port, and that the server or browser is running",
        )

    def status(self, status: int, body: bytes) -> ToolError:
        """The error for an HTTP answer in place of a connection."""
        if status == _OTHER_VERSION:
            return self._other_version(body)
        if status == HTTPStatus.OK:
            return self.nothing_known()
        if _HOST_REFUSED in body:
            return self._host_refused()
        return _not_reached(*self._refused(status))

    def _refused(self, status: int) -> tuple[str, str]:
        """Why it refused, and what to do."""
        if status in _NOT_ALLOWED:
            return (
                f"{self.place} did not allow the connection ({status})",
                "put the key, or the name and password, into the address",
            )
        if status in _BUSY:
            return (
                f"{self.place} has no browser to give ({status})",
                "check that a node is free, and try again",
            )
        if self.path.endswith(_GONE_SESSION):
            return (
                f"the Grid at {self.place} has no such session ({status})",
                "create a session and use its se:cdp address",
            )
        phrase = next((each.phrase.lower() for each in HTTPStatus if each == status), "no reason")
        return (
            f"{self.place} refused the connection at this path ({status} {phrase})",
            "check the path of the address",
        )

    def _other_version(self, body: bytes) -> ToolError:
        """The server is of another version, whose messages differ."""
        own = own_version()
        found = _SERVER_VERSION.search(body.decode("utf-8", "replace"))
        theirs = f"Playwright {found[1]}" if found else "another version"
        return ToolError(
            f"the Playwright server at {self.place} has {theirs}, and this tool needs {own}",
            code=ErrorCode.SERVER_VERSION,
            hint=f"start the server with 'npx playwright@{own} run-server --port PORT'",
        )

    def silent(self) -> ToolError:
        """Something accepts connections, and says nothing."""
        return _not_reached(
            f"{self.place} did not answer within {self.seconds:g} s",
            "check that a browser is free there, or give more time with --timeout",
        )

    def closed(self, code: int = 0) -> ToolError:
        """It ended the connection instead of an answer."""
        told = f" ({code})" if code else ""
        return _not_reached(
            f"{self.place} closed the connection at once{told}",
            "check whether it needs wss:// or https://, a key, or a free browser",
        )

    def nothing_known(self) -> ToolError:
        """Another program listens there."""
        return _not_reached(
            f"{self.place} is neither a Playwright server nor a browser's DevTools address",
            "check the port, and whether it needs wss:// or https://",
        )

    def _host_refused(self) -> ToolError:
        """Chromium answers DevTools only where it is named by its number."""
        return _not_reached(
            f"the browser at {self.place} answers only to an IP address or localhost",
            "use its IP address, or tunnel its port to this machine",
        )

    def grid(self) -> ToolError:
        """A Grid's own address has no browser before a session is created."""
        return _not_reached(
            f"{self.place} is a Selenium Grid, which gives a browser only to a session",
            "create a session and use its se:cdp address, such as ws://HOST:4444/session/ID/se/cdp",
        )

    def bidi(self) -> ToolError:
        """WebDriver BiDi is another protocol."""
        return _not_reached(
            f"the address at {self.place} is for WebDriver BiDi, which the guard cannot use",
            "use the session's se:cdp address, such as ws://HOST:4444/session/ID/se/cdp",
        )

    def no_browser(self, message: str) -> ToolError:
        """The Playwright server answers, and its browser does not start."""
        if "executable doesn't exist" in message.lower() or "is not found at" in message:
            return _not_reached(
                f"the Playwright server at {self.place} has no Chromium",
                f"run 'npx playwright@{own_version()} install chromium' on that machine",
            )
        return _not_reached(
            f"the Playwright server at {self.place} gave no browser: {_words(message)}",
            "start Chromium on that machine by hand to see the problem",
        )

    def lost(self, reason: str = "") -> ToolError:
        """The connection ended while the run still needed it."""
        told = f": {reason[:_LONGEST]}" if reason else ""
        return _lost(f"{self.place} ended the connection to its browser{told}")

    def silenced(self) -> ToolError:
        """The connection is open and leads to no browser any more: older Grids do not close it."""
        return _lost(f"the browser at {self.place} no longer answers")


def _lost(message: str) -> ToolError:
    return ToolError(
        message,
        code=ErrorCode.CONNECTION_LOST,
        hint="check the session time-out of the server or Grid, and try again",
    )


def _not_reached(message: str, hint: str) -> ToolError:
    return ToolError(message, code=ErrorCode.NO_BROWSER, hint=hint)


def _words(error: object) -> str:
    """The first line of a message, short."""
    known = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(known).partition("\n")[0][:_LONGEST].lower()
