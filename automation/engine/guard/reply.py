"""The reply to the permitted request, and whether that request was sent at all."""

from __future__ import annotations

from typing import Final, Literal, Self

from msgspec import Struct

# With these errors the browser never had a connection to write on
# (tests/engine/guard/transport/test_not_sent.py). A reset, a closed connection, an empty answer, a timeout
# and TLS errors after the handshake are not listed: the site may have read the request.
_NO_CONNECTION: Final = frozenset(
    {
        "net::ERR_ADDRESS_INVALID",
        "net::ERR_ADDRESS_UNREACHABLE",
        "net::ERR_BLOCKED_BY_CLIENT",
        "net::ERR_CONNECTION_REFUSED",
        "net::ERR_INTERNET_DISCONNECTED",
        "net::ERR_NAME_NOT_RESOLVED",
        "net::ERR_PROXY_CONNECTION_FAILED",
        "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
        "net::ERR_TUNNEL_CONNECTION_FAILED",
        "net::ERR_UNSAFE_PORT",
    }
)
Client = Literal["", "browser", "playwright"]
"""Who sent a request: the browser itself, or Playwright's own client."""
REDIRECTS: Final = range(300, 400)
_BAD_CERTIFICATE: Final = "net::ERR_CERT_"


class Reply(Struct, frozen=True):
    """An answer, or why there is none.

    Args:
        status: HTTP status, ``None`` without a complete answer.
        error: why there is none.
        sent: False only if certainly no byte of the request was sent.
        client: who sent it; empty if nobody began to.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    error: str = ""
    sent: bool = True
    client: Client = ""

    @property
    def is_whole(self) -> bool:
        """Whether the body is as long as its headers say; assumed for a compressed body."""
        told = {name.lower(): value for name, value in self.headers}
        length = told.get("content-length", "")
        if "content-encoding" in told or not length.isdigit() or self.status in REDIRECTS:
            return True
        return len(self.body) >= int(length)

    @classmethod
    def lost(cls, error: str, *, sent: bool) -> Self:
        """No answer; if the request was sent, its effect is unknown."""
        return cls(None, error=error or "no reason given", sent=sent)

    @classmethod
    def late(cls, seconds: float, *, sent: bool) -> Self:
        """No answer in time."""
        return cls.lost(f"no answer within {seconds:g} s", sent=sent)


def never_sent(error: str) -> bool:
    """Whether the browser's error means that it never had a connection."""
    return error in _NO_CONNECTION or error.startswith(_BAD_CERTIFICATE)
