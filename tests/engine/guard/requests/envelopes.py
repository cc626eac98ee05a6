"""The ways in which a page wraps what it sends (site facts, section 9)."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    Wrap = Callable[[Any], dict[str, Any]]


def text(value: object) -> str:
    """JSON as a page writes it."""
    return json.dumps(value, separators=(",", ":"))


def base64_of(raw: bytes) -> str:
    """Plain base64."""
    return base64.b64encode(raw).decode()


def url_safe(raw: bytes) -> str:
    """Base64 for addresses, without its padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def packed(value: object) -> str:
    """Gzip and base64."""
    return base64_of(gzip.compress(text(value).encode(), mtime=0))


def bare_deflate(value: object) -> str:
    """Deflate without a header, in base64."""
    made = zlib.compressobj(wbits=-15)
    return base64_of(made.compress(text(value).encode()) + made.flush())


ENVELOPES: dict[str, Wrap] = {
    "plain": dict,
    "json in json": lambda value: {"params": text(value)},
    "json in json in json": lambda value: {"params": text({"data": text(value)})},
    "gzip": lambda value: {"params": packed(value), "compress": True},
    "gzip, nothing said": lambda value: {"params": packed(value)},
    "gzip, url-safe": lambda value: {
        "params": url_safe(gzip.compress(text(value).encode(), mtime=0)), "compress": "true",
    },
    "zlib": lambda value: {"params": base64_of(zlib.compress(text(value).encode()))},
    "bare deflate": lambda value: {"params": bare_deflate(value)},
    "base64": lambda value: {"params": base64_of(text(value).encode())},
    "base64, url-safe": lambda value: {"params": url_safe(text(value).encode())},
    "base64 twice": lambda value: {"params": base64_of(base64_of(text(value).encode()).encode())},
    "base64 in gzip": lambda value: {"params": packed({"x": base64_of(text(value).encode())})},
    "gzip in another key": lambda value: {"extra": packed(value)},
    "behind a mark": lambda value: {"queryParams": f"^^$$8f3a|{packed(value)}"},
    "data address": lambda value: {"f": f"data:text/json;base64,{base64_of(text(value).encode())}"},
    "hex": lambda value: {"params": text(value).encode().hex()},
    "percent": lambda value: {"params": quote(quote(text(value)))},
    "form": lambda value: {"params": "&".join(f"{k}={quote(str(v))}" for k, v in value.items())},
    "nested": lambda value: {"a": [{"b": {"c": dict(value)}}]},
}  # fmt: skip

SENDINGS: dict[str, Callable[[str, object], tuple[str, str, str, bytes | None]]] = {
    "GET": lambda url, value: (f"{url}?data={quote(text(value))}", "GET", "xhr", None),
    "JSONP": lambda url, value: (
        f"{url}?type=jsonp&callback=mtopjsonp1&data={quote(text(value))}", "GET", "script", None,
    ),
    "form": lambda url, value: (url, "POST", "fetch", f"data={quote(text(value))}".encode()),
    "JSON": lambda url, value: (url, "POST", "xhr", text(value).encode()),
    "gzip body": lambda url, value: (url, "POST", "xhr", gzip.compress(text(value).encode(), mtime=0)),
}  # fmt: skip
"""How a call goes out: its address, method, type and body."""
