"""Remove a page's personal data but keep its structure, for a report that may be shared.

Text is kept only for a reason: if it is a label of the word lists, or on a button, a link
to a dispute or a status line, since reports exist to learn new words. Everywhere else
each letter becomes ``x`` and each digit ``0``, so lengths and formats stay readable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from automation.aliexpress.pages.snapshot import ancestors, text_of
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from automation.aliexpress.pages.private_parts import PrivateParts
    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import Hooks

_STRUCTURE = ("class", "id", "data-pl", "role", "type")
_WORDS = ("title", "aria-label", "value")
_FLAGS = ("disabled", "open", "aria-disabled", "data-dg-hidden", "data-dg-press")
_ADDRESSES = ("href", "src")
_VOID = frozenset(("br", "hr", "img", "input", "source", "track", "wbr", "col", "area"))
_TAG = re.compile(r"[a-z][a-z0-9-]{0,30}")
_NAME = re.compile(r"[A-Za-z_.-]{1,40}")
_TOKEN = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{4,}")
_UNSPACED = re.compile(r"\S+")
_OWN_PATH = re.compile(r"/(p|issue|h5)/", re.IGNORECASE)
_STATUS_HOOKS = (
    "dispute_status",
    "dispute_steps",
    "order_status",
    "card_status",
    "card_dispute",
    "modal_title",
)
_LONGEST_LABEL = 80
_SHORTEST_PART = 6


class Keep(IntEnum):
    """How much of a text is kept."""

    NOTHING = 0
    KNOWN_LABELS = 1
    KNOWN_WORDS = 2
    WORDS = 3


@dataclass(frozen=True)
class Redactor:
    """Writes pages without the private parts."""

    hooks: Hooks
    private: PrivateParts

    def page(self, snapshot: Snapshot) -> str:
        """A snapshot as a whole HTML document that may be shared."""
        lang = (
            snapshot.lang
            if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?", snapshot.lang)
            else ""
        )
        title = escape(self.text(snapshot.title, Keep.KNOWN_LABELS))
        body = snapshot.tree.body
        inner = _Writer(self, snapshot).children(body) if body else ""
        return (
            f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8">'
            f"<title>{title}</title></head>\n<!-- {escape(self.address(snapshot.address)).replace('--', '-')} -->\n"
            f"<body>{inner}</body>\n</html>\n"
        )

    def text(self, text: str, keep: Keep) -> str:
        """A text of the same length, masked except for what may be kept."""
        if keep is Keep.NOTHING:
            return mask(text)
        folded = fold(text).rstrip(" .!…:")
        if folded in self.private.known:
            return text
        if keep is Keep.WORDS and len(text) <= _LONGEST_LABEL and not self._names_goods(folded):
            return self._words(text, known_only=False)
        if keep >= Keep.KNOWN_WORDS and not self._names_goods(folded):
            return self._words(text, known_only=True)
        label, colon, rest = text.partition(":")
        if colon and fold(label) in self.private.known:
            return label + colon + mask(rest)
        return mask(text)

    def structure(self, value: str) -> str:
        """A class name, id or role without numbers that could be ids and without names."""

        def one(match: re.Match[str]) -> str:
            word = match[0]
            secret = fold(word) in self.private.words - self.private.structure
            return mask(word) if secret else _LONG_NUMBER.sub(lambda m: "0" * len(m[0]), word)

        return _TOKEN.sub(one, value)

    def address(self, value: str) -> str:
        """An address with its path, if it is the site's own, and the names in its query."""
        try:
            parts = urlsplit(value)
        except ValueError:
            return mask(value)
        if parts.scheme not in {"", "http", "https"}:
            return f"{self.structure(parts.scheme)}:{mask(parts.path)}"
        host = f"{parts.scheme}://{self.structure(parts.netloc)}" if parts.netloc else ""
        own = _OWN_PATH.match(parts.path)
        path = self.structure(parts.path) if own else mask(parts.path)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        query = "&".join(f"{self._name(name)}={mask(value)}" for name, value in pairs)
        return host + path + (f"?{query}" if query else "")

    def _name(self, name: str) -> str:
        return self.structure(name) if _NAME.fullmatch(name) else mask(name)

    def _names_goods(self, folded: str) -> bool:
        part = len(folded) >= _SHORTEST_PART
        return any(p in folded or (part and folded in p) for p in self.private.phrases)

    def _words(self, text: str, *, known_only: bool) -> str:
        """Keep words, but no numbers, mail addresses or names."""

        def one(match: re.Match[str]) -> str:
            word = fold(match[0])
            secret = word in self.private.words or any(ch.isdigit() for ch in word)
            if secret or (known_only and word not in self.private.vocabulary):
                return mask(match[0])
            return match[0]

        return _TOKEN.sub(one, _UNSPACED.sub(_without_mail, text))


class _Writer:
    """Writes the elements of one snapshot."""

    def __init__(self, redactor: Redactor, snapshot: Snapshot) -> None:
        self._redactor = redactor
        hooks = redactor.hooks
        self._personal = _ids(snapshot, hooks.css("personal"))
        self._furniture = _ids(snapshot, hooks.css("furniture"))
        self._notes = _ids(snapshot, hooks.css("order_reminder"))
        controls = [
            n for n in snapshot.select(hooks.css("buttons")) if len(text_of(n)) <= _LONGEST_LABEL
        ]
        links = [
            n
            for n in snapshot.select(hooks.css("dispute_link"))
            if is_dispute_page(n.attributes.get("href") or "")
        ]
        self._labels = {n.mem_id for n in (*controls, *links)}
        for name in _STATUS_HOOKS:
            self._labels |= _ids(snapshot, hooks.css(name))

    def children(self, node: LexborNode) -> str:
        """Write the elements inside one; without recursion, since pages may be deep."""
        out: list[str] = []
        todo: list[LexborNode | str] = _inside(node)
        while todo:
            part = todo.pop()
            if isinstance(part, str):
                out.append(part)
            elif part.tag == "-text":
                text = part.text_content or ""
                out.append(escape(self._redactor.text(text, self._keep(part)), quote=False))
            elif part.tag and _TAG.fullmatch(part.tag):
                out.append(self._start(part))
                if part.tag not in _VOID:
                    todo += [f"</{part.tag}>", *_inside(part)]
        return "".join(out)

    def _start(self, node: LexborNode) -> str:
        keep = self._keep(node)
        attributes = node.attributes
        written = []
        for name in (*_STRUCTURE, *_ADDRESSES, *_WORDS, *_FLAGS):
            if name not in attributes:
                continue
            value = attributes[name] or ""
            if name in _STRUCTURE:
                value = self._redactor.structure(value)
            elif name in _ADDRESSES:
                value = self._redactor.address(value)
            elif name in _WORDS:
                value = self._redactor.text(value, keep)
            else:
                value = value if value in {"true", "false"} else ""
            written.append(f' {name}="{escape(value)}"')
        return f"<{node.tag}{''.join(written)}>"

    def _keep(self, node: LexborNode) -> Keep:
        """How much of a text to keep; the strictest part around it decides."""
        around = {node.mem_id, *(a.mem_id for a in ancestors(node))}
        if around & self._personal:
            return Keep.NOTHING
        if around & self._furniture:
            return Keep.KNOWN_LABELS
        if around & self._labels:
            return Keep.WORDS
        return Keep.KNOWN_WORDS if around & self._notes else Keep.KNOWN_LABELS


def _without_mail(word: re.Match[str]) -> str:
    return mask(word[0]) if "@" in word[0] else word[0]


def mask(text: str) -> str:
    """Replace letters and their marks by ``x`` and digits by ``0``."""
    return "".join(map(_masked, text))


def _masked(char: str) -> str:
    if char.isspace():
        return " "
    kind = unicodedata.category(char)[0]
    if kind == "N":
        return "0"
    return char if kind in "PS" and char.isascii() else "x"


def _ids(snapshot: Snapshot, css: str) -> set[int]:
    return {node.mem_id for node in snapshot.select(css)}


def _inside(node: LexborNode) -> list[LexborNode | str]:
    """The child nodes, last first, so a stack returns them in order."""
    found: list[LexborNode | str] = []
    child = node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found[::-1]
