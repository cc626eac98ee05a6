"""A small site on loopback whose log judges the guard."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.engine.guard.rig.loopback_answers import answer
from tests.engine.guard.rig.vectors import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RESET = struct.pack("ii", 1, 0)  # linger on, zero seconds: the connection is reset


@dataclass(frozen=True)
class Entry:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]
    lines: tuple[tuple[str, str], ...] = ()
    connection: int = 0


class Site:
    """The address of the running site and the log of what arrived."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._entries: list[Entry] = []
        self._lock = threading.Condition(threading.RLock())

    def note(self, entry: Entry) -> None:
        """Add to the log; called by the server's threads."""
        with self._lock:
            self._entries.append(entry)
            self._lock.notify_all()

    def log(self) -> list[Entry]:
        """Everything that arrived so far."""
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        """Start a new log."""
        with self._lock:
            self._entries.clear()

    def leaks(self) -> set[str]:
        """The names of the vectors that got through."""
        paths = (entry.path for entry in self.log())
        return {path.removeprefix(MARK) for path in paths if path.startswith(MARK)}

    def wait_for(self, seen: Callable[[], bool], seconds: float) -> bool:
        """Wait until the log matches, at most ``seconds``."""
        with self._lock:
            return self._lock.wait_for(seen, seconds)

    def wait_for_leaks(self, names: set[str], seconds: float) -> bool:
        """Wait until all of ``names`` got through, at most ``seconds``."""
        with self._lock:
            return self._lock.wait_for(lambda: names <= self.leaks(), seconds)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running_site() -> Iterator[Site]:
    """Serve until the block ends."""
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            headers = {key.lower(): value for key, value in self.headers.items()}
            lines, peer = tuple(self.headers.items()), self.client_address[1]
            site.note(Entry(self.command, parts.path, parts.query, body, headers, lines, peer))
            found = answer(parts.path, dict(parse_qsl(parts.query)))
            if found.hang_up:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                self.close_connection = True
                return
            stopped.wait(found.delay)
            content = found.body.encode(found.charset)
            self.send_response(found.status)
            self.send_header("Content-Type", found.content_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            if "origin" in headers:
                self.send_header("Access-Control-Allow-Origin", headers["origin"])
                self.send_header("Access-Control-Allow-Credentials", "true")
                self.send_header("Access-Control-Allow-Headers", "x-custom, content-type")
            for name, value in found.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_HEAD = do_OPTIONS = _respond  # noqa: N815  names of the base class

        def log_message(self, *_: Any) -> None:  # noqa: ANN401  signature of the base class
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:  # noqa: ANN401  signature of the base class
            """A browser that hangs up is not an error here."""

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
