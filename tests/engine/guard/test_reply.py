"""A reply, whether it is whole, and which errors prove that nothing was sent."""

from __future__ import annotations

import pytest

from automation.engine.guard.reply import Reply, never_sent


@pytest.mark.parametrize(
    ("headers", "body", "status", "whole"),
    [
        ((), b"", 200, True),
        ((("Content-Length", "3"),), b"abc", 200, True),
        ((("content-length", "3"),), b"ab", 200, False),
        ((("CONTENT-LENGTH", "1"),), b"", 500, False),
        ((("Content-Length", "3"), ("Content-Encoding", "br")), b"ab", 200, True),
        ((("Content-Length", "3"),), b"", 302, True),
        ((("Content-Length", "3"),), b"", 400, False),
        ((("Content-Length", "three"),), b"", 200, True),
    ],
)
def test_an_answer_may_be_cut_off(
    headers: tuple[tuple[str, str], ...], body: bytes, status: int, *, whole: bool
) -> None:
    """GIVEN a length in the headers THEN a shorter body is not whole, unless it is packed or a redirect's."""
    assert Reply(status, headers, body).is_whole is whole


@pytest.mark.parametrize("sent", [True, False])
def test_a_lost_answer_says_whether_it_may_have_been_sent(*, sent: bool) -> None:
    """GIVEN no answer THEN the reason, and what is known of the request."""
    lost, late = Reply.lost("", sent=sent), Reply.late(2.5, sent=sent)

    assert (lost.status, lost.error, lost.sent) == (None, "no reason given", sent)
    assert Reply.lost("net::ERR_X", sent=sent).error == "net::ERR_X"
    assert (late.status, late.error, late.sent) == (None, "no answer within 2.5 s", sent)


def test_unless_it_is_said_a_request_counts_as_sent() -> None:
    """GIVEN a reply about which nothing is said THEN the request was sent."""
    assert Reply(None).sent


@pytest.mark.parametrize(
    ("error", "proves"),
    [
        ("net::ERR_CONNECTION_REFUSED", True),
        ("net::ERR_NAME_NOT_RESOLVED", True),
        ("net::ERR_CERT_AUTHORITY_INVALID", True),
        ("net::ERR_CONNECTION_RESET", False),
        ("net::ERR_CONNECTION_CLOSED", False),
        ("net::ERR_EMPTY_RESPONSE", False),
        ("net::ERR_TIMED_OUT", False),
        ("net::ERR_SSL_PROTOCOL_ERROR", False),
        ("net::ERR_NETWORK_CHANGED", False),
        ("net::ERR_CONNECTION_REFUSED_", False),
        ("", False),
    ],
)
def test_only_a_connection_that_never_was_proves_that_nothing_was_sent(
    error: str, *, proves: bool
) -> None:
    """GIVEN the browser's error THEN a reset, an empty answer or a timeout proves nothing."""
    assert never_sent(error) is proves
