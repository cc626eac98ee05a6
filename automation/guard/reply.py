"""What came back for the permitted request, and whether it was sent at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

# The browser gives up before it has a connection to write on (tests/guard/test_not_sent.py).
# A reset, a closed connection, an empty answer, a time-out and errors of a running TLS
# connection are missing: the request may have been read before them.
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
REDIRECTS: Final = range(300, 400)
_BAD_CERTIFICATE: Final = "net::ERR_CERT_"


@dataclass(frozen=True)
class Reply:
    """An answer, or why there is none.

    Args:
        status: HTTP status, ``None`` if no whole answer came.
        error: why none came.
        sent: False only if it is certain that no byte of the request was sent.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    error: str = ""
    sent: bool = True

    @property
    def is_whole(self) -> bool:
        """Not less than its headers promise; of a packed body nobody can tell."""
        told = {name.lower(): value for name, value in self.headers}
        length = told.get("content-length", "")
        if "content-encoding" in told or not length.isdigit() or self.status in REDIRECTS:
            return True
        return len(self.body) >= int(length)

    @classmethod
    def lost(cls, error: str, *, sent: bool) -> Self:
        """No answer; it says nothing about what the request did, if it was sent."""
        return cls(None, error=error or "no reason given", sent=sent)

    @classmethod
    def late(cls, seconds: float, *, sent: bool) -> Self:
        """No answer in time."""
        return cls.lost(f"no answer within {seconds:g} s", sent=sent)


def never_sent(error: str) -> bool:
    """Whether the browser's word for a failure means that it never had a connection."""
    return error in _NO_CONNECTION or error.startswith(_BAD_CERTIFICATE)
