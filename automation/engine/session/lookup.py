"""A plain look-up at a browser's or server's own HTTP port, past every proxy and page."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_LARGEST: Final = 65536


async def get(parts: SplitResult, path: str) -> tuple[int, bytes]:
    """The status and body of ``path`` below an address; status 0 if it does not speak HTTP.

    Raises:
        OSError: nothing listens there, or the connection is not secure.
    """
    secure = parts.scheme in {"https", "wss"}
    port = parts.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure or None)
    try:
        writer.write(_request(parts, path).encode())
        await writer.drain()
        head, _, body = (await _all_of(reader)).partition(b"\r\n\r\n")
        words = head.split(maxsplit=2)
        is_http = len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit()
        return (int(words[1]) if is_http else 0), body
    finally:
        writer.close()


def _request(parts: SplitResult, path: str) -> str:
    query = f"?{parts.query}" if parts.query else ""
    rows = [
        f"GET {parts.path.rstrip('/')}{path}{query} HTTP/1.1",
        f"Host: {parts.netloc.rpartition('@')[2]}",
        "Connection: close",
    ]
    if parts.username:
        known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        rows.append(f"Authorization: Basic {base64.b64encode(known.encode()).decode()}")
    return "\r\n".join((*rows, "", ""))


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    """Read up to the content length; a browser may keep the connection open."""
    answer = b""
    while len(answer) < _LARGEST:
        piece = await reader.read(_LARGEST)
        answer += piece
        head, end, body = answer.partition(b"\r\n\r\n")
        lengths = [
            line.partition(b":")[2].strip()
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ]
        whole = end and lengths and lengths[0].isdigit() and len(body) >= int(lengths[0])
        if not piece or whole:
            break
    return answer
