"""What is at an endpoint: a Playwright server or DevTools; each other cause has its own message."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import threading
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.server import serve

from automation.engine.session.connect.address import Kind, Remote, find_remote
from automation.engine.session.connect.causes import own_version
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.engine.one_answer import answering, http, self_signed
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from websockets.asyncio.server import ServerConnection
    from websockets.http11 import Request, Response

    from tests.engine.session.proxy import Grid

PATIENCE = 30.0


def found(where: str, seconds: float = PATIENCE) -> Remote:
    """What is found at an endpoint."""
    return in_own_loop(find_remote(where, seconds))


def problem(where: str, seconds: float = PATIENCE) -> ToolError:
    """Why nothing usable is there."""
    with pytest.raises(ToolError) as caught:
        found(where, seconds)
    return caught.value


def test_a_playwright_server_is_known_by_its_answer(server: str) -> None:
    """GIVEN a Playwright server WHEN asked by websocket or HTTP THEN its websocket, query and all."""
    place, query = server.removeprefix("ws://").split("/?")

    asked, looked_up = found(server), found(f"http://{place}/?{query}")

    assert (asked.kind, asked.address) == (Kind.PLAYWRIGHT, server)
    assert (looked_up.kind, looked_up.address) == (Kind.PLAYWRIGHT, server)
    assert asked.name == f"the browser at {place}"


def test_devtools_are_known_by_their_answer(theirs: str, node: str, its_grid: Grid) -> None:
    """GIVEN a debugging port, its websocket or a Grid's CDP address THEN DevTools, at that address."""
    port = theirs.replace("http", "ws")

    at = {where: found(where) for where in (theirs, port, node, its_grid.cdp)}

    assert {remote.kind for remote in at.values()} == {Kind.DEVTOOLS}
    assert at[theirs].address == at[port].address == node
    assert at[its_grid.cdp].address == its_grid.cdp


def test_a_websocket_that_says_nothing_by_its_path_is_asked(node: str) -> None:
    """GIVEN DevTools at a path like any other, as services offer it THEN one answer tells."""
    told = json.dumps({"id": 1, "result": {"protocolVersion": "1.3"}})
    with speaking(told) as endpoint:
        assert found(f"{endpoint}/?token=secret").kind is Kind.DEVTOOLS
    del node


def test_another_version_of_playwright_is_named() -> None:
    """GIVEN a server of another version THEN both versions, and how to start the right one."""
    said = "Playwright version mismatch:\n  - server version: v1.40\n  - client version: v1.65"
    with speaking("", status=428, body=said) as endpoint:
        error = problem(endpoint)

    assert error.code is ErrorCode.SERVER_VERSION
    assert f"has Playwright 1.40, and this tool needs {own_version()}" in error.message
    assert f"npx playwright@{own_version()} run-server" in error.hint


@pytest.mark.parametrize(
    ("status", "path", "words"),
    [
        (401, "/", "did not allow the connection (401)"),
        (403, "/?token=wrong", "did not allow the connection (403)"),
        (503, "/", "has no browser to give (503)"),
        (429, "/", "has no browser to give (429)"),
        (404, "/elsewhere", "refused the connection at this path (404 not found)"),
    ],
)
def test_a_refusal_is_named_by_its_cause(status: int, path: str, words: str) -> None:
    """GIVEN a server that refuses THEN why, without the key that the address holds."""
    with speaking("", status=status) as endpoint:
        error = problem(endpoint + path)

    assert words in error.message
    assert error.code is ErrorCode.NO_BROWSER
    assert "wrong" not in error.message + error.hint


def test_a_grid_without_a_session_is_named(its_grid: Grid) -> None:
    """GIVEN a Grid, a session that it does not know, or BiDi THEN which address is needed."""
    errors = {
        "a Selenium Grid, which gives a browser only to a session": its_grid.url.replace(
            "ws", "http"
        ),
        "for WebDriver BiDi": its_grid.cdp.replace("/cdp", "/bidi"),
    }
    for words, where in errors.items():
        error = problem(where)
        assert words in error.message
        assert "se:cdp" in error.hint


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        http("200 OK", "<html>a router</html>"),
        http("200 OK", "[]"),
        http("200 OK", '{"wsEndpointPath": "\\ud800"}'),
        http("200 OK", '{"webSocketDebuggerUrl": "ws://["}'),
        http("200 OK", '{"webSocketDebuggerUrl": "ws://x/\\ud800"}'),
        http("200 OK", "[" * 60_000),
    ],
    ids=lambda value: ascii(value)[-40:],
)
@pytest.mark.parametrize("scheme", ["http", "ws"])
def test_another_program_is_named(answer: bytes, scheme: str) -> None:
    """GIVEN another program behind the port THEN it is said to be neither."""
    with answering(answer) as port:
        error = problem(port.replace("http", scheme))

    assert "is neither a Playwright server nor a browser's DevTools address" in error.message


def test_a_websocket_of_another_protocol_is_named() -> None:
    """GIVEN a websocket that speaks something else THEN it is said to be neither."""
    with speaking('{"hello": "world"}') as endpoint:
        error = problem(endpoint)

    assert "is neither a Playwright server" in error.message


def test_a_browser_that_wants_a_number_is_named() -> None:
    """GIVEN DevTools asked by a host's name THEN the error names Chromium's own condition."""
    said = "Host header is specified and is not an IP address or localhost."
    with answering(http("500 Internal Server Error", said)) as port:
        error = problem(port)

    assert "answers only to an IP address or localhost" in error.message


@pytest.mark.parametrize("scheme", ["http", "ws"])
def test_a_silent_port_ends_in_time(scheme: str) -> None:
    """GIVEN a port that accepts and says nothing THEN the time that it was given is named."""
    with answering(None) as port:
        error = problem(port.replace("http", scheme), 0.5)

    assert "did not answer within 0.5 s" in error.message


@pytest.mark.parametrize("scheme", ["http", "ws", "wss"])
def test_a_closed_port_is_named(scheme: str) -> None:
    """GIVEN nothing that listens THEN so it says; the path may hold a key and is not shown."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    error = problem(f"{scheme}://name:word@127.0.0.1:{port}/key?token=key")

    assert error.message == f"nothing answers at 127.0.0.1:{port}: connection refused"


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_tls_where_there_is_none_is_named(scheme: str) -> None:
    """GIVEN a plain port WHEN asked over TLS THEN TLS is the cause."""
    with answering(http("400 Bad Request", "")) as port:
        error = problem(port.replace("http", scheme))

    assert "does not speak TLS" in error.message


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_a_certificate_that_is_not_trusted_is_named(tmp_path: Path, scheme: str) -> None:
    """GIVEN a certificate of its own making THEN the certificate is the cause."""
    context = certified(tmp_path)
    with speaking("", context=context) as endpoint:
        error = problem(endpoint.replace("ws", scheme, 1))

    assert "the certificate of 127.0.0.1" in error.message
    assert "is not trusted: self-signed certificate" in error.message
    assert "SSL_CERT_FILE" in error.hint


@pytest.mark.parametrize(
    "where",
    [
        "chrome",
        "ftp://x:1",
        "ws://",
        "http://x:port",
        "9222",
        "",
        "ws://a..b:1",
        "http://.a:9222",
        "http://127.0.0.1:9222/\udcff",
        "ws://127.0.0.1:9222/\udcff",
    ],
    ids=ascii,
)
def test_what_is_no_endpoint_is_a_usage_error(where: str) -> None:
    """GIVEN no address of a server THEN exit 2 and what one looks like."""
    error = problem(where)

    assert error.exit_code is ExitCode.USAGE
    assert "ws://HOST" in error.hint


@contextmanager
def speaking(
    message: str, *, status: int = 0, body: str = "", context: ssl.SSLContext | None = None
) -> Iterator[str]:
    """A websocket server with one answer for each message; with a status it refuses instead."""
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    ready: list[str] = []
    listening = threading.Event()

    def refuse(connection: ServerConnection, _: Request) -> Response | None:
        if not status:
            return None
        known = {each.value for each in HTTPStatus}
        response = connection.respond(HTTPStatus.BAD_REQUEST, body)
        response.status_code = status if status in known else HTTPStatus.BAD_REQUEST
        return response

    async def answer(connection: ServerConnection) -> None:
        async for _ in connection:
            await connection.send(message)

    async def run() -> None:
        async with serve(answer, "127.0.0.1", 0, process_request=refuse, ssl=context) as server:
            ready.append(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")
            listening.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    listening.wait()
    yield ready[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


def certified(folder: Path) -> ssl.SSLContext:
    """A certificate that is not trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(folder))
    return context
