"""Read a request's address and body into a payload of keys and values.

Reads urlencoded forms, JSON in a field of one, JSON inside JSON, base64, gzip and hex inside
either, and multipart forms. What cannot be read completely is marked, and the guard refuses
it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from automation.engine.guard.requests.apis import apis_in
from automation.engine.guard.requests.encodings import (
    UnpackError,
    is_blob,
    is_coded,
    readable,
    unwrapped,
)
from automation.engine.guard.requests.page_tree import (
    NAME_KEYS,
    NO,
    VALUE_KEYS,
    JsonObject,
    PageTree,
)
from automation.engine.guard.requests.payload import Pair, Payload
from automation.engine.guard.requests.tokens import EncodedTooOftenError, decode, decodings, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from automation.engine.guard.traffic import Traffic

MAX_BODY: Final = 512 * 1024
MAX_PAIRS: Final = 20_000
MAX_DEPTH: Final = 40
_LEAST_BYTES: Final = 12
_PRINTED: Final = range(9, 127)
# Letters between two + of base64, on average at least: it has 64, and + is one of them.
_LEAST_PIECE: Final = 8
Packed = Literal["", "content", "all"]
_BROKEN: Final = re.compile(r"[\[\s]*\{\s*[\"']?[\w$-]+[\"']?\s*:|\[\s*(['\"])[^'\"]*\1\s*[,\]]")
_FORM: Final = re.compile(r"[\w.\[\]-]+=[^&]*(&[\w.\[\]-]+=[^&]*)*")
# Attributes of the shop's kind: "type:1;channel:pc". A clock or an address is none.
_FEATURES: Final = re.compile(r";?[A-Za-z_][\w.-]*:[^;/][^;]*(;[A-Za-z_][\w.-]*:[^;/][^;]*)*;?")
_REFERENCES: Final = frozenset({"id", "key", "name", "ref", "componentid", "componentkey", "uid"})


class _UnreadableError(ValueError):
    """The payload is too big, too deep, packed in an unknown way, or not text."""


class _Place(Struct, frozen=True):
    """Where the reader is: the keys so far, how deep, in which blocks.

    Args:
        packed: what a key beside it declares as packed: the content, or everything if no
            key is one of content.
        guess, offered, listed: see ``Pair``.
    """

    keys: tuple[str, ...] = ()
    depth: int = 1
    blocks: tuple[int, ...] = ()
    packed: Packed = ""
    guess: bool = False
    offered: bool = False
    listed: bool = False

    def at(self, key: str) -> _Place:
        return replace(self, keys=(*self.keys, key), depth=self.depth + 1, listed=False)

    @property
    def deeper(self) -> _Place:
        return replace(self, depth=self.depth + 1)


def read_payload(url: str, body: bytes | None, content_type: str, traffic: Traffic) -> Payload:
    """Read address and body; sets ``unreadable`` instead of raising."""
    reader = _Reader(traffic)
    return reader.total(lambda: reader.read(url, body, content_type))


def read_headers(headers: Mapping[str, str], traffic: Traffic) -> Payload:
    """Read the values of headers; sets ``unreadable`` instead of raising."""
    reader = _Reader(traffic)
    return reader.total(lambda: reader.add_each(headers))


class _Reader:
    """Fills one payload."""

    def __init__(self, traffic: Traffic) -> None:
        self.payload = Payload()
        self._traffic = traffic
        self._tree = PageTree(traffic)

    def total(self, read: Callable[[], None]) -> Payload:
        """The payload after ``read``, which may give up."""
        try:
            read()
        except EncodedTooOftenError:
            self.payload.unreadable = "encoded too many times"
        except (_UnreadableError, UnpackError) as error:
            self.payload.unreadable = str(error)
        except (ValueError, RecursionError):
            self.payload.unreadable = "malformed"
        return self.payload

    def add_each(self, values: Mapping[str, str]) -> None:
        """Add named texts, such as headers."""
        for name, value in values.items():
            self._add_value(_Place((name,)), value)

    def read(self, url: str, body: bytes | None, content_type: str) -> None:
        parts = urlsplit(url)
        self.payload.path = decode(parts.path)
        self._note_apis(self.payload.path)
        self._add_form(parts.query)
        if parts.fragment:
            self._add_value(_Place(("#",)), parts.fragment)
        if body:
            self._add_body(body, content_type)

    def _add_body(self, body: bytes, content_type: str) -> None:
        if len(body) > MAX_BODY:
            raise _UnreadableError("the body is too big")
        if content_type.casefold().startswith("multipart/"):
            self._add_multipart(body, content_type)
            return
        text = readable(body)
        if text is None:
            raise _UnreadableError("the body is not text")
        if self._add_structure(_Place(), text.strip()):
            return
        if "=" not in text.strip().rstrip("=") and is_blob(text.strip()):
            raise _UnreadableError("the body cannot be decoded")
        self._add_form(text)

    def _add_multipart(self, body: bytes, content_type: str) -> None:
        from email.parser import BytesParser  # noqa: PLC0415  few requests need it, and it loads long
        from email.policy import HTTP  # noqa: PLC0415

        head = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
        message = BytesParser(policy=HTTP).parsebytes(head + body)
        if not message.is_multipart() or message.defects:
            raise _UnreadableError("the multipart body is malformed")
        for part in message.iter_parts():
            name = part.get_param("name", "", header="content-disposition")
            content = part.get_payload(decode=True)
            if not isinstance(content, bytes):
                raise _UnreadableError("a part of the multipart body is nested")
            text = readable(content) if content else ""
            if text is None:
                raise _UnreadableError("a part of the multipart body is not text")
            self._add_value(_Place((decode(str(name)),)), text)

    def _add_form(self, text: str) -> None:
        """Add the pairs of a query or urlencoded body; a text without ``=`` is a key."""
        if "=" not in text.rstrip("=") and self._add_structure(_Place(), text):
            return
        if self._add_json_in(_Place(), decodings(text)):
            return
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_PAIRS)
        packed = self._packed([key for key, _ in pairs], [value for _, value in pairs])
        counts = Counter(key for key, _ in pairs)
        for key, value in pairs:
            listed = counts[key] > 1
            self._add_value(_Place((decode(key),), packed=packed, listed=listed), value)

    def _add_value(self, place: _Place, value: str) -> None:
        """Add a text, and its content if it is JSON, packed or a form."""
        self._check(place)
        plain = decode(value)
        if not place.blocks:
            self._note_apis(".".join(place.keys[-1:]))
        if self._add_structure(place, value):
            self.payload.pairs.append(Pair(place.keys, "", place.blocks, holder=True))
            return
        if not place.blocks:
            self._note_apis(plain)
        self.payload.pairs.append(
            Pair(
                place.keys,
                plain,
                place.blocks,
                guess=place.guess,
                offered=place.offered,
                listed=place.listed,
            )
        )
        if self._must_decode(place, plain):
            self._cannot_read(place, f"its {place.keys[-1]!r} cannot be decoded")
        if _FEATURES.fullmatch(plain):
            for key, _, inner in (part.partition(":") for part in plain.split(";") if part):
                self._add_value(place.at(decode(key)), inner)
        if "=" in plain and "\n" not in plain and not is_blob(plain):
            for key, inner in parse_qsl(plain.rpartition("?")[2], max_num_fields=MAX_PAIRS):
                if inner != plain:
                    self._add_value(place.at(decode(key)), inner)

    def _add_structure(self, place: _Place, text: str) -> bool:
        """Add the content of JSON or packed text; return whether ``text`` was either.

        Every round of percent-decoding is tried as JSON: a text inside it may be encoded
        once more, and how often the site decodes is unknown.
        """
        layers = decodings(text)
        if self._add_json_in(place, layers):
            return True
        if place.keys and place.keys[-1].casefold() in self._traffic.opaque_keys:
            return self._add_structure_in_token(place, layers[-1])
        if self._is_broken(place, _bare(layers[-1])):
            self._cannot_read(place, "it contains broken JSON")
        return self._add_packed(place, layers[-1])

    def _add_structure_in_token(self, place: _Place, text: str) -> bool:
        """Add what a token or signature wraps, if that is JSON or a form; noise says nothing."""
        try:
            found = unwrapped(text)
        except UnpackError:
            return False
        if found is None:
            return False
        if self._add_json(place.deeper, found):
            return True
        if _FORM.fullmatch(found):
            self._add_value(place.deeper, found)
            return True
        return self._add_structure_in_token(place.deeper, found)

    def _add_json_in(self, place: _Place, layers: Sequence[str]) -> bool:
        """Add each layer of a text that is JSON; return whether one was."""
        found = [self._add_json(place, layer) for layer in layers]
        return any(found)

    def _add_packed(self, place: _Place, text: str) -> bool:
        found = unwrapped(text)
        if found is None:
            return False
        # A plain word may be valid base64 by chance: then it counts as itself too.
        sure = found.lstrip()[:1] in set('{["') or "=" in found or _is_any_blob(text)
        self._add_value(replace(place.deeper, packed="", guess=not sure), found)
        return sure

    def _add_json(self, place: _Place, text: str) -> bool:
        """Walk ``text`` if it is a JSON object, list or string; return whether it was."""
        stripped = _bare(text)
        if stripped[:1] not in {"{", "[", '"'}:
            return False
        try:
            value = json.loads(stripped, object_pairs_hook=JsonObject)
        except ValueError:
            return False
        self._walk(place, value)
        return True

    def _is_broken(self, place: _Place, text: str) -> bool:
        """Whether it is almost JSON, which a lenient parser of the site might accept."""
        content = (
            set(self._words(place.keys[-1] if place.keys else "")) & self._traffic.content_keys
        )
        return bool(_BROKEN.match(text)) or (bool(content) and text.startswith("{"))

    def _cannot_read(self, place: _Place, why: str) -> None:
        """Give up the payload, or only the block if it is part of a sent-along page."""
        if not place.blocks:
            raise _UnreadableError(why)
        self.payload.sealed_blocks |= set(place.blocks)

    def _walk(self, place: _Place, value: object) -> None:
        self._check(place)
        if isinstance(value, JsonObject):
            self._walk_object(place, value)
        elif isinstance(value, list):
            self._walk_list(place, value)
        elif isinstance(value, str):
            self._add_value(place.deeper, value)
        elif value is not None:
            plain = str(value).casefold()
            self.payload.pairs.append(Pair(place.keys, plain, place.blocks, listed=place.listed))

    def _walk_object(self, place: _Place, value: JsonObject) -> None:
        drawn = self._tree.blocks_among(place.keys, value)
        names = [decode(key) for key, _ in value]
        packed = self._packed(names, [item for _, item in value])
        for name, (_, item) in zip(names, value, strict=True):
            inner = replace(place.at(name), packed=packed)
            if not place.blocks:  # a batch has calls by their names
                self._note_apis(name)
            if isinstance(item, JsonObject | list):
                self.payload.pairs.append(Pair(inner.keys, "", place.blocks, holder=True))
            elif item is None:
                self.payload.pairs.append(Pair(inner.keys, "null", place.blocks))
            if isinstance(item, JsonObject) and (place.blocks or name in drawn):
                inner = replace(inner, blocks=self._block(place, name, item))
            self._walk(inner, item)
        for name in value.texts(NAME_KEYS):
            for text in value.texts(VALUE_KEYS):
                self._add_value(place.at(decode(name)), text)

    def _walk_list(self, place: _Place, value: Sequence[object]) -> None:
        if _is_bytes(value):
            self._cannot_read(place, "it contains text as numbers")
        place = replace(place, offered=place.offered or self._tree.offers(place.keys, value))
        children = [("", item) for item in value]
        drawn = bool(self._tree.blocks_among(place.keys, children))
        for item in value:
            inner = replace(place.deeper, listed=True)
            if isinstance(item, JsonObject) and (
                place.blocks or (drawn and self._tree.is_drawn(item))
            ):
                inner = replace(inner, blocks=self._block(place, "", item))
            self._walk(inner, item)

    def _block(self, place: _Place, name: str, item: JsonObject) -> tuple[int, ...]:
        """Number a block of a sent-along page; return all blocks around its content."""
        number = len(self.payload.blocks)
        names = {decode(text) for text in (name, *item.texts(_REFERENCES)) if text}
        self.payload.blocks[number] = frozenset(names)
        self.payload.outer_blocks += not place.blocks
        return (*place.blocks, number)

    def _words(self, text: str) -> tuple[str, ...]:
        return tokens(text, self._traffic)

    def _must_decode(self, place: _Place, text: str) -> bool:
        """Whether the text is content that the site can read and this reader cannot."""
        key = place.keys[-1] if place.keys else ""
        if key.casefold() in self._traffic.opaque_keys or text.casefold() in NO:
            return False
        if set(self._words(key)) & self._traffic.content_keys:
            return bool(place.packed) or _is_any_blob(text) or self._is_coded(key, text)
        return place.packed == "all" and _is_any_blob(text)

    def _is_coded(self, key: str, text: str) -> bool:
        """Whether the text is coded in a way that this reader does not know; a label may be odd."""
        return not set(self._words(key)) & self._traffic.text_words and is_coded(text)

    def _packed(self, names: Sequence[str], values: Sequence[object]) -> Packed:
        """What the keys of one object declare as packed."""
        words = [set(self._words(name)) for name in names]
        if not any(
            each & self._traffic.packed_keys and not _says_no(value)
            for each, value in zip(words, values, strict=True)
        ):
            return ""
        return "content" if any(each & self._traffic.content_keys for each in words) else "all"

    def _check(self, place: _Place) -> None:
        if place.depth > MAX_DEPTH or len(self.payload.pairs) >= MAX_PAIRS:
            raise _UnreadableError("the payload is too complex")

    def _note_apis(self, text: str) -> None:
        self.payload.apis |= set(apis_in(text, self._traffic))


def _bare(text: str) -> str:
    return text.strip().removeprefix("\ufeff")


def _is_any_blob(text: str) -> bool:
    """Whether it is a blob as it was written, or as it was before a form read its + as blanks."""
    return is_blob(text) or is_blob(_with_plus(text))


def _with_plus(text: str) -> str:
    """A text with + for the blanks that a form made of them; words, which have more, stay as they are."""
    pieces = text.split(" ")
    return "+".join(pieces) if len(text) >= _LEAST_PIECE * len(pieces) else text


def _is_bytes(value: Sequence[object]) -> bool:
    """Whether a list is a text, number by number: JSON has quotes, a form an equals sign."""
    numbers = [each for each in value if isinstance(each, int)]
    if len(numbers) < len(value) or len(value) < _LEAST_BYTES:
        return False
    return all(each in _PRINTED for each in numbers) and bool(set(map(ord, '"=')) & set(numbers))


def _says_no(value: object) -> bool:
    text = str(value).casefold()
    return value is None or text in NO or text.startswith(("utf", "iso", "ascii"))
