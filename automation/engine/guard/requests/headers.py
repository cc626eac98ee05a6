"""Which headers of a request its page set, and which the browser adds by itself."""

from __future__ import annotations

from typing import Final

OLD_HINTS: Final = frozenset(
    {"device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width", "width"}
)
"""Client hints whose names say nothing of it."""
_BROWSERS_OWN: Final = frozenset(
    {
        "accept-encoding", "accept-language", "access-control-request-headers",
        "access-control-request-method", "cache-control", "connection", "content-length", "cookie",
        "dnt", "host", "origin", "pragma", "priority", "purpose", "referer", "te",
        "upgrade-insecure-requests", "user-agent", "x-client-data",
    }
) | OLD_HINTS  # fmt: skip
_BROWSERS_PREFIXES: Final = ("sec-", "proxy-")


def is_pages_own(name: str, value: str) -> bool:
    """Whether a script of the page set the header."""
    plain = name.casefold()
    if plain in _BROWSERS_OWN or plain.startswith(_BROWSERS_PREFIXES):
        return False
    return not (plain == "accept" and value == "*/*")
