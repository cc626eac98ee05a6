"""Unpack gzip, zlib, base64 and hex, in which pages wrap what they send.

Also detect a *blob*: a long text without words, such as a device token.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED: Final = 2 * 1024 * 1024
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{4,}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){4,}")
# A signed token (JWT): its second part is what it says.
_SIGNED: Final = re.compile(r"eyJ[\w-]+\.[\w-]{4,}\.[\w-]*")
_GZIP: Final = b"\x1f\x8b\x08"
_AUTO, _RAW = 47, -15  # zlib window bits: gzip or zlib by header; deflate without one
_SHORT: Final = 6
_ESCAPED: Final = re.compile(r"(?i)(?:\\[xu][0-9a-f]{2,4}|%u[0-9a-f]{4}|&#x?[0-9a-f]+;){4,}")
_NUMBERS: Final = re.compile(
    r"(?i)\[?\s*(?:0x)?[0-9a-f]{1,3}(?:[\s,:;-]+(?:0x)?[0-9a-f]{1,3}){11,}\s*\]?"
)
_CODED_RUN: Final = re.compile(r"[A-Za-z0-9]{16,}=*")
_SWITCHES: Final = 4
_ODD_MARKS: Final = re.compile(r"[{}\"<>^`~\\]|[?!$@#*].*[?!$@#*]")
_LEAST_CODED: Final = 16
_RUNS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")
_BLOB: Final = re.compile(r"[\w+/=.!~*:@|,#&^$%-]{20,}", re.ASCII)
_BLOB_RUN: Final = 2.7
_BLOB_LETTERS: Final = 0.25


class UnpackError(ValueError):
    """Compressed content that is cut off, broken or far too big."""


@lru_cache(maxsize=512)
def is_blob(text: str) -> bool:
    """Whether ``text`` is long and of high entropy: case and digits keep changing."""
    if not _BLOB.fullmatch(text):
        return False
    runs = _RUNS.findall(text)
    size = sum(map(len, runs))
    letters = sum(map(str.isalpha, text))
    return size > 0 and size / len(runs) <= _BLOB_RUN and letters / size >= _BLOB_LETTERS


def is_coded(text: str) -> bool:
    """Whether a text of content is no words: escapes, lists of bytes, other alphabets, odd marks.

    Nobody can list all encodings; what looks like one and was not decoded is not readable.
    """
    plain = text.strip()
    if len(plain) < _LEAST_CODED or not plain.isascii():
        return False
    if _ESCAPED.search(plain) or _NUMBERS.fullmatch(plain):
        return True
    if " " in plain:
        return '"' in plain or "{" in plain
    run = _CODED_RUN.fullmatch(plain)
    switches = len(re.findall(r"[A-Za-z](?=\d)|\d(?=[A-Za-z])", plain))
    return bool(_ODD_MARKS.search(plain)) or bool(run and switches >= _SWITCHES)


def unwrapped(text: str) -> str | None:
    """The readable text that ``text`` wraps, or None.

    Raises:
        UnpackError: it holds compressed content that cannot be unpacked.
    """
    for raw in _unwrapped_bytes(text):
        found = readable(raw)
        if found is not None:
            return found
    return None


def readable(raw: bytes) -> str | None:
    """The text in ``raw``, unpacked if needed; None if it is not text.

    Raises:
        UnpackError: it is gzip and cannot be unpacked.
    """
    if raw.startswith(_GZIP):
        unpacked = _unpacked(raw, _AUTO)
        if unpacked is None:
            raise UnpackError("compressed content cannot be unpacked")
        return _text(unpacked)
    found = _text(raw) or _text(_unpacked(raw, _AUTO))
    if found is None:
        # Deflate without a header: any few bytes may be that, so only structured text counts.
        bare = _text(_unpacked(raw, _RAW))
        found = bare if bare and (bare.lstrip()[0] in '{["' or "=" in bare) else None
    return found


def _unwrapped_bytes(text: str) -> Iterator[bytes]:
    """The bytes that ``text`` encodes in base64 or hex, also after a mark (``data:…;base64,``)."""
    tails = [text, *(text.rpartition(mark)[2] for mark in ",:|")]
    if _SIGNED.fullmatch(text):
        tails.append(text.split(".")[1])
    for tail in dict.fromkeys(tails):
        # A form turns + into a space; pages also break long base64 into lines.
        packed = re.sub(r"[\r\n]", "", tail).strip().replace(" ", "+")
        if _HEX.fullmatch(packed):
            yield bytes.fromhex(packed)
        if _BASE64.fullmatch(packed):
            plain = packed.rstrip("=").translate(str.maketrans("-_", "+/"))
            try:
                yield base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
            except binascii.Error:
                continue


def _unpacked(raw: bytes, window_bits: int) -> bytes | None:
    """The whole content of a finished stream, or None."""
    stream = zlib.decompressobj(window_bits)
    try:
        content = stream.decompress(raw, MAX_UNPACKED)
    except zlib.error:
        return None
    if stream.unconsumed_tail:
        raise UnpackError("compressed content is too big to read")
    return content if stream.eof and not stream.unused_data else None


def _text(raw: bytes | None) -> str | None:
    """``raw`` as readable text; short ones must be plain ASCII."""
    if not raw:
        return None
    try:
        text = raw.decode("ascii" if len(raw) <= _SHORT else "utf-8")
    except UnicodeDecodeError:
        return None
    seen = re.sub(r"[\t\r\n]", "", text.removeprefix("\ufeff"))
    return text if seen and seen.isprintable() else None
