"""Everything that a request says: its address and body as keys and values.

Reads urlencoded forms, mtop's ``data=`` JSON, JSON inside JSON, and multipart
forms. What cannot be read completely is marked so; the guard then refuses it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from automation.guard.words import EncodedTooOftenError, decode

MAX_BODY: Final = 512 * 1024
MAX_PAIRS: Final = 5000
MAX_DEPTH: Final = 24
_API: Final = re.compile(r"mtop\.[a-z0-9_.\-]+", re.IGNORECASE)
_VERSION_TAIL: Final = re.compile(r"[/.]\d+(\.\d+)*/?$")


@dataclass(frozen=True)
class Pair:
    """One value and the keys that lead to it, outermost first."""

    keys: tuple[str, ...]
    value: str

    @property
    def key(self) -> str:
        """The innermost key."""
        return self.keys[-1] if self.keys else ""


@dataclass
class Payload:
    """The decoded path, all pairs of query and body, and the API names in them as written.

    ``unreadable`` says why something could not be read; empty if all was.
    """

    path: str = ""
    pairs: list[Pair] = field(default_factory=list)
    apis: set[str] = field(default_factory=set)
    unreadable: str = ""

    @property
    def keys(self) -> set[str]:
        """Every key on the way to any value."""
        return {key for pair in self.pairs for key in pair.keys}


class _UnreadableError(ValueError):
    """The payload is too big, too deep or not text."""


def read_payload(url: str, body: bytes | None, content_type: str) -> Payload:
    """Read address and body; never raises, sets ``unreadable`` in its place."""
    payload = Payload()
    try:
        parts = urlsplit(url)
        payload.path = decode(parts.path)
        _note_apis(payload, decode(url))
        _add_form(payload, parts.query)
        _add_value(payload, ("#",), parts.fragment, 1)
        if body:
            _add_body(payload, body, content_type)
    except EncodedTooOftenError:
        payload.unreadable = "encoded too often to be read"
    except _UnreadableError as error:
        payload.unreadable = str(error)
    except (ValueError, RecursionError):
        payload.unreadable = "malformed"
    return payload


def _add_body(payload: Payload, body: bytes, content_type: str) -> None:
    if len(body) > MAX_BODY:
        raise _UnreadableError("the body is too big to be read")
    if content_type.casefold().startswith("multipart/"):
        _add_multipart(payload, body, content_type)
        return
    text = _text(body)
    _note_apis(payload, text)
    if not _add_json(payload, (), text, 1):
        _add_form(payload, text)


def _add_multipart(payload: Payload, body: bytes, content_type: str) -> None:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart() or message.defects:
        raise _UnreadableError("the multipart body cannot be taken apart")
    for part in message.iter_parts():
        name = part.get_param("name", "", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise _UnreadableError("a part of the multipart body is nested")
        _add_value(payload, (str(name),), _text(content), 1)


def _add_form(payload: Payload, text: str) -> None:
    """Pairs of a query or urlencoded body; a lone text becomes a value without a key."""
    for key, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_PAIRS):
        _add_value(payload, (decode(key),), value, 1)


def _add_value(payload: Payload, keys: tuple[str, ...], value: str, depth: int) -> None:
    """Add a text, and what is inside it if it is JSON or a form of its own."""
    if len(payload.pairs) >= MAX_PAIRS or depth > MAX_DEPTH:
        raise _UnreadableError("the payload is too complex to be read")
    plain = decode(value)
    _note_apis(payload, plain)
    payload.pairs.append(Pair(keys, plain))
    if _add_json(payload, keys, plain, depth):
        return
    if "=" in plain and "\n" not in plain:
        for key, inner in parse_qsl(plain.rpartition("?")[2], max_num_fields=MAX_PAIRS):
            if inner != plain:
                _add_value(payload, (*keys, decode(key)), inner, depth + 1)


def _add_json(payload: Payload, keys: tuple[str, ...], text: str, depth: int) -> bool:
    """Walk ``text`` if it is a JSON object, list or quoted text; say whether it was."""
    stripped = text.strip().removeprefix("\ufeff")
    if not stripped or stripped[0] not in '{["':
        return False
    try:
        value = json.loads(stripped, object_pairs_hook=_Object)
    except ValueError:
        return False
    _walk(payload, keys, value, depth)
    return True


class _Object(list[tuple[str, object]]):
    """A JSON object with all its keys, repeated ones included."""


def _walk(payload: Payload, keys: tuple[str, ...], value: object, depth: int) -> None:
    if depth > MAX_DEPTH or len(payload.pairs) >= MAX_PAIRS:
        raise _UnreadableError("the payload is too complex to be read")
    if isinstance(value, _Object):
        for key, item in value:
            plain = decode(key)
            payload.pairs.append(Pair((*keys, plain), ""))
            _walk(payload, (*keys, plain), item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _walk(payload, keys, item, depth + 1)
    elif isinstance(value, str):
        _add_value(payload, keys, value, depth + 1)
    elif value is not None:
        payload.pairs.append(Pair(keys, str(value)))


def _note_apis(payload: Payload, text: str) -> None:
    for match in _API.finditer(text):
        payload.apis.add(api_name(match.group()))


def api_name(text: str) -> str:
    """``text`` as an API name, without a version behind it."""
    return _VERSION_TAIL.sub("", text.rstrip(".-_"))


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnreadableError("the body is not text") from error
    if "\x00" in text:
        raise _UnreadableError("the body is not text")
    return text
