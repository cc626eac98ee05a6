"""Which failures prove that the request was never sent, each with real sockets."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import pytest

from automation.engine.guard.reply import never_sent
from automation.engine.guard.transport.browser_sender import BrowserSender
from tests.engine.guard.rig.loopback import free_port
from tests.engine.guard.transport.sending import CALL, begin, hold_and_send, signed_in
from tests.engine.one_answer import self_signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.async_api import Browser

    from automation.engine.context import ContextOptions
    from automation.engine.guard.reply import Reply
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

_RESET = struct.pack("ii", 1, 0)


@contextmanager
def server(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this machine where each connection is served by ``serve`` and closed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            while True:
                try:
                    plug, _ = listening.accept()
                except OSError:
                    return
                with plug:
                    serve(plug)

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]


def read_and_reset(plug: socket.socket) -> None:
    """Take the request and reset the connection."""
    plug.recv(65536)
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def read_and_close(plug: socket.socket) -> None:
    """Read the request and close the connection."""
    plug.recv(65536)


def answer_half(plug: socket.socket) -> None:
    """Take the request and answer with less than was promised."""
    plug.recv(65536)
    plug.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")


def answer_a_chunk(plug: socket.socket) -> None:
    """Take the request and answer with one chunk and no end."""
    plug.recv(65536)
    plug.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n")


def answer_nonsense(plug: socket.socket) -> None:
    """Take the request and answer in another protocol."""
    plug.recv(65536)
    plug.sendall(b"\x00\x01\x02\x03 no http at all " * 40)


def no_tunnel(plug: socket.socket) -> None:
    """A proxy that cannot connect."""
    plug.recv(65536)
    plug.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


def send(
    bench: Bench,
    quiet: Browser,
    sites: tuple[Site, Site],
    address: str,
    proxy: str = "",
    seconds: float = 20,
) -> Reply:
    """The result of a call to ``address`` from a page of the site."""
    options = cast("ContextOptions", {"proxy": {"server": proxy}} if proxy else {})
    got: list[Reply] = []

    async def work() -> None:
        async with signed_in(quiet, *sites) as page:
            sender = BrowserSender(page.context, options, lambda _: None)
            act = begin(page, "fetch", address + CALL)
            got.append(await hold_and_send(page, act, sender=sender, seconds=seconds))

    bench.run(work())
    return got[0]


def test_nothing_listens(bench: Bench, quiet: Browser, sites: tuple[Site, Site]) -> None:
    """A refused connection: not sent."""
    reply = send(bench, quiet, sites, f"http://127.0.0.1:{free_port()}")
    assert (reply.error, reply.sent) == ("net::ERR_CONNECTION_REFUSED", False)


def test_no_such_name(bench: Bench, quiet: Browser, sites: tuple[Site, Site]) -> None:
    """A name without an address: not sent."""
    reply = send(bench, quiet, sites, "http://dispute-guard-test.invalid")
    assert (reply.error, reply.sent) == ("net::ERR_NAME_NOT_RESOLVED", False)


def test_forbidden_port(bench: Bench, quiet: Browser, sites: tuple[Site, Site]) -> None:
    """A port that browsers refuse: not sent."""
    reply = send(bench, quiet, sites, "http://127.0.0.1:1")
    assert (reply.error, reply.sent) == ("net::ERR_UNSAFE_PORT", False)


def test_no_proxy_there(bench: Bench, quiet: Browser, sites: tuple[Site, Site]) -> None:
    """A proxy that cannot be reached: not sent."""
    proxy = f"http://127.0.0.1:{free_port()}"
    reply = send(bench, quiet, sites, "http://shop.invalid", proxy)
    assert (reply.error, reply.sent) == ("net::ERR_PROXY_CONNECTION_FAILED", False)


def test_proxy_does_not_get_through(bench: Bench, quiet: Browser, sites: tuple[Site, Site]) -> None:
    """A proxy that opens no tunnel: not sent."""
    with server(no_tunnel) as port:
        reply = send(bench, quiet, sites, "https://shop.invalid", f"http://127.0.0.1:{port}")
    assert (reply.error, reply.sent) == ("net::ERR_TUNNEL_CONNECTION_FAILED", False)


def test_certificate_of_nobody(
    bench: Bench, quiet: Browser, sites: tuple[Site, Site], tmp_path: Path
) -> None:
    """An untrusted certificate: not sent, and the server has read no request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    read: list[bytes] = []

    def serve(plug: socket.socket) -> None:
        try:
            with context.wrap_socket(plug, server_side=True) as wrapped:
                read.append(wrapped.recv(65536))
        except OSError:
            return

    with server(serve) as port:
        reply = send(bench, quiet, sites, f"https://127.0.0.1:{port}")
    assert reply.error.startswith("net::ERR_CERT_")
    assert (reply.sent, b"".join(read)) == (False, b"")


@pytest.mark.parametrize(
    "serve", [read_and_reset, read_and_close, answer_half, answer_a_chunk, answer_nonsense]
)
def test_what_proves_nothing(
    bench: Bench, quiet: Browser, sites: tuple[Site, Site], serve: Callable[[socket.socket], None]
) -> None:
    """Control: anything that breaks after the request may be too late to stop it."""
    with server(serve) as port:
        reply = send(bench, quiet, sites, f"http://127.0.0.1:{port}")
    assert (reply.status, reply.sent) == (None, True), reply.error


def test_silence_proves_nothing(bench: Bench, quiet: Browser, sites: tuple[Site, Site]) -> None:
    """Control: a server that reads the request and stays silent has it."""
    done = threading.Event()

    def serve(plug: socket.socket) -> None:
        plug.recv(65536)
        done.wait(30)

    with server(serve) as port:
        reply = send(bench, quiet, sites, f"http://127.0.0.1:{port}", seconds=3)
        done.set()
    assert (reply.error, reply.sent) == ("no answer within 3 s", True)


@pytest.mark.parametrize(
    "error",
    ["net::ERR_CONNECTION_RESET", "net::ERR_CONNECTION_CLOSED", "net::ERR_EMPTY_RESPONSE",
     "net::ERR_TIMED_OUT", "net::ERR_CONNECTION_ABORTED", "net::ERR_SSL_PROTOCOL_ERROR",
     "net::ERR_NETWORK_CHANGED", "net::ERR_HTTP2_PROTOCOL_ERROR", "net::ERR_FAILED", ""],
)  # fmt: skip
def test_words_that_prove_nothing(error: str) -> None:
    """Errors that can also follow a request that was read."""
    assert not never_sent(error)
