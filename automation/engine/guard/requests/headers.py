"""Which headers of a request its page set, and which the browser adds by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from automation.engine.guard.requests.tokens import has_any, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.engine.guard.traffic import Traffic

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
_DESCRIBING: Final = frozenset({"content-type", "accept"})
_OVERRIDES: Final = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})


def is_pages_own(name: str, value: str) -> bool:
    """Whether a script of the page set the header."""
    plain = name.casefold()
    if plain in _BROWSERS_OWN or plain.startswith(_BROWSERS_PREFIXES):
        return False
    return not (plain == "accept" and value == "*/*")


def pages_own_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that a script of the page set and that do not just describe the body."""
    folded = {name.casefold(): value for name, value in headers.items()}
    return {n: v for n, v in folded.items() if is_pages_own(n, v) and n not in _DESCRIBING}


def why_rerouted(own: Mapping[str, str], traffic: Traffic) -> str:
    """What makes another request of it: another method or address; an empty text if nothing does."""
    if own.keys() & _OVERRIDES:
        return "a header overrides the method"
    if any(has_any(tokens(name, traffic), traffic.routing_words) for name in own):
        return "a header gives another address"
    return ""
