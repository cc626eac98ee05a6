"""What pages wrap their content in: unpacked completely, or known not to be readable."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from automation.engine.guard.requests import encodings
from automation.engine.guard.requests.encodings import (
    UnpackError,
    is_blob,
    is_coded,
    readable,
    unwrapped,
)
from tests.engine.guard.requests.envelopes import base64_of, url_safe

CONTENT = '{"buttonCode":"CANCEL"}'
RAW = CONTENT.encode()
DEFLATE = zlib.compressobj(wbits=-15)
BARE = DEFLATE.compress(RAW) + DEFLATE.flush()


@pytest.mark.parametrize(
    "wrapped",
    [
        base64_of(RAW),
        base64_of(RAW + b" "),
        url_safe(RAW),
        base64.encodebytes(RAW * 9).decode(),
        base64_of(gzip.compress(RAW, mtime=0)).replace("+", " "),
        base64_of(zlib.compress(RAW)),
        base64_of(BARE),
        RAW.hex(),
        RAW.hex().upper(),
        gzip.compress(RAW, mtime=0).hex(),
        f"data:text/json;base64,{base64_of(RAW)}",
        f"v1:{base64_of(RAW)}",
        f"^^$$8f|{base64_of(RAW)}",
        f"eyJhbGciOiJub25lIn0.{url_safe(RAW)}.x9",
        f"  {base64_of(RAW)}\n",
    ],
)
def test_every_wrapping_is_undone(wrapped: str) -> None:
    """GIVEN content in base64, hex, gzip or deflate, with marks and breaks THEN it is read whole."""
    found = unwrapped(wrapped)

    assert found is not None
    assert CONTENT in found


@pytest.mark.parametrize(
    "text",
    ["", "abc", "plain words", "CANCEL!", base64_of(bytes(range(200))), "00ff", "a=b", "zzzz" * 9],
)
def test_what_wraps_nothing_is_left_alone(text: str) -> None:
    """GIVEN words, noise or too little THEN nothing is unwrapped."""
    assert unwrapped(text) is None


@pytest.mark.parametrize("cut", [1, 9, 15])
def test_broken_gzip_is_an_error(cut: int) -> None:
    """GIVEN gzip without its end, or with something behind it THEN it is not taken for text."""
    packed = gzip.compress(RAW, mtime=0)
    for raw in (packed[:-cut], packed + b"more"):
        with pytest.raises(UnpackError, match="cannot be unpacked"):
            readable(raw)
        with pytest.raises(UnpackError):
            unwrapped(base64_of(raw))
    assert readable(packed) == CONTENT  # control


def test_content_that_grows_without_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN content above the limit THEN an error; at the limit it is read (control)."""
    monkeypatch.setattr(encodings, "MAX_UNPACKED", 100)
    for pack in (gzip.compress, zlib.compress):
        assert readable(pack(b"x" * 100)) == "x" * 100
        with pytest.raises(UnpackError, match="too big"):
            readable(pack(b"x" * 101))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"words", "words"),
        ("Wörter mit Umlaut".encode(), "Wörter mit Umlaut"),
        ("äöü".encode(), None),  # a few bytes are text by chance
        ("\ufeff{}".encode() + b" " * 4, "\ufeff{}    "),
        (b"a\r\n\tb", "a\r\n\tb"),
        (b"a\x00b", None),
        (b"\r\n", None),
        (b"", None),
        (b"\xff\xfe", None),
        (b"\x1b[2Jwords", None),
    ],
)
def test_bytes_are_text_or_nothing(raw: bytes, text: str | None) -> None:
    """GIVEN bytes THEN printable text, or none."""
    assert readable(raw) == text


def test_bare_deflate_counts_only_with_structure() -> None:
    """GIVEN deflate without a header THEN JSON or a form; words may be chance."""
    for content, found in (("a=b&c=d", True), ("[1, 2, 3]", True), ("only words here", False)):
        packer = zlib.compressobj(wbits=-15)
        raw = packer.compress(content.encode()) + packer.flush()
        assert readable(raw) == (content if found else None)


@pytest.mark.parametrize(
    ("text", "blob"),
    [
        ("x9Kq2Zm81Rv0tB3nP7wL5sD4fG6h", True),
        ("x9Kq2Zm81Rv0tB3nP7w", False),  # too short
        ("cancel_reverse_order_line_now", False),
        ("CANCEL_8f3a9b2c7d1e4f60a9", True),
        ("1100482913300042-1100482913300043", False),  # numbers
        ("1a2b3c4d5e6f7a8b9c0d1e", True),
        ("words with spaces in between", False),
        ("x9Kq2Zm81Rv0tB3nP7wL5sD4fG6\u00e4", False),
        ("-" * 30, False),
    ],
)
def test_a_blob_is_long_and_has_no_words(text: str, *, blob: bool) -> None:
    """GIVEN a text THEN a blob if case and digits keep changing; words and numbers are none."""
    assert is_blob(text) is blob


@pytest.mark.parametrize(
    ("text", "coded"),
    [
        ("\\x43\\x41\\x4e\\x43\\x45\\x4c", True),
        ("&#67;&#65;&#78;&#67;&#69;&#76;", True),
        ("%u0043%u0041%u004e%u0043%u0045", True),
        ("67,65,78,67,69,76,67,65,78,67,69,76", True),
        ("[0x43 0x41 0x4e 0x43 0x45 0x4c 0x43 0x41 0x4e 0x43 0x45 0x4c]", True),
        ("67,65,78,67,69,76", False),  # a few numbers
        ("INHECTKUMVZGKYLMNRSG", False),
        ("INHE3TKUMV2GKYL4NRSG5", True),
        ('87cURD]i,"Ebo80<>', True),
        ("please cancel it now", False),
        ('please "cancel" it now', True),
        ("what? is this? for", False),
        ("a?b?cancelcancelcancel", True),
        ("a?b?c", False),
        ("INHE3TKUMV2GKYLNR", True),
        ("\u53d6\u6d88?" * 10, False),
        ("\u53d6\u6d88" * 10, False),
        ("2026-11-25T19:46:14.123Z", False),
    ],
)
def test_what_is_no_words_is_coded(text: str, *, coded: bool) -> None:
    """GIVEN content THEN escapes, lists of bytes, other alphabets and odd marks are not words."""
    assert is_coded(text) is coded
