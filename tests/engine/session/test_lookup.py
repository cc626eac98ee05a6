"""A look-up at an HTTP port: whole answers, however they are sent, and nothing said that was not asked."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from automation.engine.session.lookup import get, is_host
from tests.engine.one_answer import answering, http, self_signed
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FOUND = b'{"webSocketDebuggerUrl": "ws://x/devtools/browser/1"}'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def found(where: str, path: str = "/json/version") -> tuple[int, bytes]:
    """What is there; a test that hangs fails."""
    return in_own_loop(get(urlsplit(where), path))


@contextmanager
def staying(pieces: Sequence[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers in chunks and keeps connections open; also yields the requests it got."""
    asked: list[bytes] = []
    kept: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                connection = server.accept()[0]
            except OSError:
                return
            kept.append(connection)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            asked.append(connection.recv(4096))
            for piece in pieces:
                connection.sendall(piece)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        for connection in kept:
            connection.close()


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", FOUND.decode()),
        b"HTTP/1.1 200 OK\r\ncontent-LENGTH:  %d \r\n\r\n%s" % (len(FOUND), FOUND),
        b"HTTP/1.0 200 OK\r\n\r\n" + FOUND,
        b"HTTP/1.1 200\r\n\r\n" + FOUND,
        CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(FOUND), FOUND),
        CHUNKED
        + b"%x\r\n%s\r\n%x;a=b\r\n%s\r\n0\r\n\r\n" % (5, FOUND[:5], len(FOUND) - 5, FOUND[5:]),
        CHUNKED.replace(b"chunked", b"Chunked")
        + b"%X\r\n%s\r\n0\r\nX-A: b\r\n\r\n" % (len(FOUND), FOUND),
    ],
)
def test_a_whole_answer_is_read(answer: bytes) -> None:
    """GIVEN an answer with a length, in chunks or up to its end THEN its status and its content."""
    with answering(answer) as where:
        assert found(where) == (200, FOUND)


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n" % len(FOUND), b"\r\n", FOUND[:9], FOUND[9:]),
        (CHUNKED, b"%x\r\n" % len(FOUND), FOUND, b"\r\n0\r\n", b"\r\n"),
    ],
)
def test_a_connection_that_stays_open_is_not_waited_for(pieces: Sequence[bytes]) -> None:
    """GIVEN a browser that ignores that the connection should close THEN the answer ends where it ends."""
    with staying(pieces) as (where, _):
        assert found(where) == (200, FOUND)


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (b"", 0, b""),
        (b"SSH-2.0-OpenSSH_9.6\r\n", 0, b""),
        (b"HTTP/1.1 two\r\n\r\nx", 0, b"x"),
        (b"HTTP/1.1", 0, b""),
        (http("404 Not Found", "no"), 404, b"no"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx", 200, b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", 200, b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\nx" % (b"9" * 5000), 200, b"x"),
        (b"HTTP/1.1 %s OK\r\n\r\nx" % (b"2" * 5000), 0, b"x"),
        (CHUNKED + b"5\r\n123", 200, b""),
        (CHUNKED + b"-5\r\n123\r\n0\r\n\r\n", 200, b""),
        (CHUNKED + b"no\r\n123\r\n0\r\n\r\n", 200, b""),
        (CHUNKED, 200, b""),
    ],
)
def test_what_is_no_whole_answer_is_told_apart(answer: bytes, status: int, body: bytes) -> None:
    """GIVEN silence, another protocol, or an answer that breaks off THEN nothing is made of it."""
    with answering(answer) as where:
        assert found(where) == (status, body)


def test_an_endless_answer_ends() -> None:
    """GIVEN a server that sends more and more THEN it is not read for ever."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"
    with staying([head, b"x" * 200_000]) as (where, _):
        status, body = found(where)

    assert status == 200
    assert len(body) < 200_000


@pytest.mark.parametrize(
    ("address", "line", "headers"),
    [
        ("http://{}", "GET /json/version HTTP/1.1", []),
        ("http://{}/", "GET /json/version HTTP/1.1", []),
        ("http://{}/deep/?token=a%20b", "GET /deep/json/version?token=a%20b HTTP/1.1", []),
        ("http://me:p%3Aw@{}", "GET /json/version HTTP/1.1", ["Authorization: Basic bWU6cDp3"]),
        ("http://me@{}", "GET /json/version HTTP/1.1", ["Authorization: Basic bWU6"]),
    ],
)
def test_a_request_has_the_path_and_the_key_of_its_address(
    address: str, line: str, headers: list[str]
) -> None:
    """GIVEN an address with a path, a key or a password THEN the request has these and no more."""
    with staying([http("200 OK", "{}")]) as (where, asked):
        place = where.removeprefix("http://")
        found(address.format(place))

    first, *rest = asked[0].decode().rstrip("\r\n").split("\r\n")
    assert first == line
    assert rest == [f"Host: {place}", "Connection: close", *headers]


@pytest.mark.parametrize(
    ("name", "can_be"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("my_machine.local.", True),
        ("münchen.example", True),
        ("a..b", False),
        (".a", False),
        ("a" * 64, False),
        ("", False),
        (None, False),
    ],
)
def test_a_name_that_no_host_can_have_is_known_before(name: str | None, *, can_be: bool) -> None:
    """GIVEN a name with an empty or endless part THEN it is none, since a look-up would break on it."""
    assert is_host(name) is can_be


def test_nothing_that_listens_is_an_error() -> None:
    """GIVEN a closed port THEN an error of the connection, as the callers expect."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(OSError, match=str(port)):
        found(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_a_connection_that_is_not_secure_is_refused(tmp_path: Path, scheme: str) -> None:
    """GIVEN an untrusted certificate THEN an error before anything of the address is sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    read: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                with context.wrap_socket(server.accept()[0], server_side=True) as wrapped:
                    read.append(wrapped.recv(4096))
            except OSError:
                return

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        with pytest.raises(OSError, match="certificate"):
            found(f"{scheme}://me:secret@127.0.0.1:{server.getsockname()[1]}")
        serving.join(20)

    assert b"".join(read) == b""
