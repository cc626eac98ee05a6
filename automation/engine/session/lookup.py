"""A plain look-up at a browser's or server's own HTTP port, past every proxy and page."""

from __future__ import annotations

import asyncio
import base64
import re
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote, urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_LARGEST: Final = 65536
_SIZE: Final = re.compile(rb"[0-9A-Fa-f]{1,8}")
_NUMBER: Final = re.compile(rb"[0-9]{1,9}")


class _Answer(Struct, frozen=True):
    """What has come of an answer so far.

    Args:
        begun: its head is complete.
    """

    head: bytes
    begun: bool
    body: bytes

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The parts of these bytes."""
        head, end, body = data.partition(b"\r\n\r\n")
        return cls(head, bool(end), body)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there; false while only its end can tell."""
        if not self.begun:
            return False
        if self._is_chunked:
            return _chunks(self.body) is not None
        length = _number(self._header(b"content-length"))
        return length is not None and len(self.body) >= length

    @property
    def content(self) -> bytes:
        """Its body as it was meant; nothing if its chunks are not all there."""
        return (_chunks(self.body) or b"") if self._is_chunked else self.body

    @property
    def _is_chunked(self) -> bool:
        return self._header(b"transfer-encoding").lower() == b"chunked"

    def _header(self, name: bytes) -> bytes:
        rows = (line.partition(b":") for line in self.head.split(b"\r\n"))
        return next((value.strip() for key, _, value in rows if key.lower() == name), b"")


def is_host(name: str | None) -> bool:
    """Whether an address can be looked up for a name; no name of the internet has an empty part."""
    try:
        return bool((name or "").encode("idna"))
    except UnicodeError:
        return False


def path_of(address: str) -> str | None:
    """The path of an address that a server told; ``None`` if it is no address that can be used."""
    try:
        path = urlsplit(address).path
        path.encode()
    except ValueError:
        return None
    return path


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
        answer = await _all_of(reader)
        return _status(answer.head), answer.content
    finally:
        writer.close()


def _status(head: bytes) -> int:
    """The status that a head tells; 0 if it is not HTTP."""
    words = head.split(maxsplit=2)
    is_http = len(words) > 1 and words[0].startswith(b"HTTP/")
    return (is_http and _number(words[1])) or 0


def _number(digits: bytes) -> int | None:
    """A number as it stands in a head; ``None`` if it is none, or far too long to be read."""
    return int(digits) if _NUMBER.fullmatch(digits) else None


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


async def _all_of(reader: asyncio.StreamReader) -> _Answer:
    """Read the whole answer and no further; a browser may keep the connection open."""
    data = b""
    while len(data) < _LARGEST:
        piece = await reader.read(_LARGEST)
        data += piece
        if not piece or _Answer.of(data).is_whole:
            break
    return _Answer.of(data)


def _chunks(body: bytes) -> bytes | None:
    """What is in the chunks of a body; ``None`` if one is missing or broken."""
    found, rest = b"", body
    while True:
        size, end, rest = rest.partition(b"\r\n")
        digits = size.partition(b";")[0].strip()
        if not end or not _SIZE.fullmatch(digits):
            return None
        length = int(digits, 16)
        if length == 0:
            return found
        if len(rest) < length + 2:
            return None
        found, rest = found + rest[:length], rest[length + 2 :]
