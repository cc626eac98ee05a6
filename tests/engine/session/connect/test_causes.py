"""Why a browser elsewhere cannot be used: one error a cause, without the key in its address."""

from __future__ import annotations

import ssl
from socket import gaierror

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    ProxyError,
)
from websockets.frames import Close
from websockets.http11 import Response

from automation.engine.session.connect.causes import Causes, own_version
from automation.errors import ErrorCode

CAUSES = Causes("grid.example:4444", "/session/9/se/cdp", 7.5)
ELSEWHERE = Causes("grid.example:4444", "/devtools/browser/1", 7.5)


def answered(status: int, body: bytes = b"") -> InvalidStatus:
    """An HTTP answer in place of a websocket."""
    return InvalidStatus(Response(status, "", Headers(), body))


def untrusted() -> ssl.SSLCertVerificationError:
    """A certificate that nobody here vouches for."""
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "Self-Signed Certificate"
    return error


@pytest.mark.parametrize(
    ("error", "told", "hint"),
    [
        (answered(200), "neither a Playwright server nor", "check the port"),
        (answered(401), "did not allow the connection (401)", "the key"),
        (answered(403), "did not allow the connection (403)", "the key"),
        (answered(503), "has no browser to give (503)", "a node is free"),
        (answered(404), "the Grid at grid.example:4444 has no such session (404)", "create a session"),
        (answered(500, b"Host header is specified and is not"), "only to an IP address", "tunnel"),
        (TimeoutError(), "did not answer within 7.5 s", "--timeout"),
        (ProxyError("407 says\nthe proxy"), "the proxy did not connect to", "HTTPS_PROXY"),
        (ConnectionClosed(Close(1008, "no"), None), "closed the connection at once (1008)", "wss://"),
        (ConnectionClosed(None, None), "closed the connection at once", "wss://"),
        (untrusted(), "is not trusted: self-signed certificate", "SSL_CERT_FILE"),
        (ssl.SSLError(1, "wrong version number"), "does not speak TLS", "http://"),
        (ConnectionRefusedError(111, "x"), "nothing answers at grid.example:4444: connection refused", "port"),
        (gaierror(-2, "Name or service not known"), "there is no such host", "host and port"),
        (OSError(113, "No route to host\nat all"), "no route to host", "host and port"),
        (InvalidHandshake("other words"), "neither a Playwright server nor", "check the port"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)  # fmt: skip
def test_each_cause_has_its_own_error(error: Exception, told: str, hint: str) -> None:
    """GIVEN a connection that failed THEN what was seen, and what to do about it."""
    found = CAUSES.of(error)
    assert told in found.message
    assert hint in found.hint
    assert found.code is ErrorCode.NO_BROWSER
    assert "/session/9" not in found.message


def test_a_code_is_told_only_where_there_is_one() -> None:
    """GIVEN a connection that ended without a close frame THEN no number, not even zero."""
    assert "(" not in CAUSES.of(ConnectionClosed(None, None)).message


@pytest.mark.parametrize(
    ("status", "words"), [(404, "(404 not found)"), (418, "418"), (799, "(799 no reason)")]
)
def test_another_path_is_told_by_its_answer(status: int, words: str) -> None:
    """GIVEN an address that is no Grid's session THEN the path is to be checked, not the session."""
    found = ELSEWHERE.of(answered(status))
    assert words in found.message
    assert "path" in found.hint


@pytest.mark.parametrize(
    ("body", "theirs"),
    [
        (b"Playwright version mismatch:\n  - server version: v1.49\n  - client", "Playwright 1.49"),
        (b"\xff\xfe", "another version"),
    ],
)
def test_another_version_is_named_with_the_one_to_start(body: bytes, theirs: str) -> None:
    """GIVEN a server that refuses by its version THEN both versions, and a code of its own."""
    found = CAUSES.of(answered(428, body))
    assert f"has {theirs}, and this tool needs {own_version()}" in found.message
    assert f"playwright@{own_version()}" in found.hint
    assert found.code is ErrorCode.SERVER_VERSION


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Executable doesn't exist at /ms-playwright/chromium", "has no Chromium"),
        ("Chromium distribution 'chrome' is not found at /opt", "has no Chromium"),
        ("Target closed\nand more", "gave no browser: target closed"),
    ],
)
def test_a_server_without_a_browser(message: str, told: str) -> None:
    """GIVEN a Playwright server whose browser does not start THEN the first line of why."""
    found = CAUSES.no_browser(message)
    assert found.message.endswith(told)


def test_a_lost_browser_is_not_one_that_was_never_reached() -> None:
    """GIVEN a connection that ended during the run THEN a code of its own, with its reason cut short."""
    plain, told, silent = CAUSES.lost(), CAUSES.lost("idle " * 100), CAUSES.silenced()
    assert {each.code for each in (plain, told, silent)} == {ErrorCode.CONNECTION_LOST}
    assert plain.message.endswith("to its browser")
    assert told.message.startswith(f"{plain.message}: idle ")
    assert len(told.message) < 200
    assert "no longer answers" in silent.message
