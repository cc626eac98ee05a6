"""Join words that a page writes with one inline element per character, like the site's prices.

Such a run is one word (site facts, section 9), so its parts are joined without spaces. A
run may begin or end with a currency's name in its own element.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages.text.amounts import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Elements that a browser lays out inline; a page may define others (``x-char``).
INLINE: Final = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var",
))  # fmt: skip
_ALONE: Final = "a, button, input, label, [role='button'], [data-dg-press]"
_LONGEST: Final = 24
_ONE: Final = re.compile(r">(?:[^<>&\s]|&#?\w{1,8};)[\u0300-\u036f]?</")
_NUMBER: Final = re.compile(r"[\d.,'’٫٬ ]*\d[\d.,'’٫٬ ]*")
_POINT: Final = frozenset(".,'’٫٬")


def join_runs(tree: LexborHTMLParser, html: str) -> None:
    """Merge each run of one-character elements into its first element.

    Args:
        html: the tree's source.
    """
    if tree.body is None or not _ONE.search(html):
        return
    parents: dict[int, LexborNode] = {}
    for node in tree.body.css("*"):
        if _is_inline(node) and node.parent is not None and _is_one(_raw(node)):
            parents.setdefault(node.parent.mem_id, node.parent)
    for parent in parents.values():
        for run in list(_runs(parent)):
            _write(run)


class _Piece(Struct, frozen=True):
    """A text or inline element and its raw text."""

    node: LexborNode
    text: str

    @property
    def is_one(self) -> bool:
        return _is_one(self.text) or (not self.text.strip() and self.node.tag != "-text")

    def joins(self, other: _Piece) -> bool:
        """True if this piece and the next one belong to one word."""
        if self.is_one and other.is_one:
            return True
        left, right = self.text.strip(), other.text.strip()
        if self.text[-1:].isspace() or other.text[:1].isspace():
            return False
        if _NUMBER.fullmatch(left) or left in _POINT:
            point = left in _POINT or right in _POINT
            number = right in _POINT or bool(_NUMBER.fullmatch(right))
            return (point and number) or (left[-1:].isdigit() and is_currency(right))
        return is_currency(left) and right[:1].isdigit() and bool(_NUMBER.fullmatch(right))


def _runs(parent: LexborNode) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in _pieces(parent):
        if piece and run and run[-1].joins(piece):
            run.append(piece)
            continue
        if len(run) > 1:
            yield run
        run = [piece] if piece else []
    if len(run) > 1:
        yield run


def _pieces(parent: LexborNode) -> Iterator[_Piece | None]:
    """The short inline parts of an element; ``None`` where a word certainly ends."""
    for node in parent.iter(include_text=True):
        is_part = node.is_text_node or _is_inline(node)
        text = _raw(node) if is_part else ""
        fits = is_part and 0 < len(text) <= _LONGEST and node.tag != "br"
        yield _Piece(node, text) if fits else None


def _is_inline(node: LexborNode) -> bool:
    tag = node.tag or ""
    if tag not in INLINE and "-" not in tag:
        return False
    return not node.any_css_matches((_ALONE,)) and node.css_first(_ALONE) is None


def _raw(node: LexborNode) -> str:
    if node.is_text_node:
        return node.text_content or ""
    return node.text(deep=True, separator="")


def _is_one(text: str) -> bool:
    """True for one letter, digit or sign, with its accents."""
    bare = text.strip()
    if not bare or len(bare) > len("abc"):
        return False
    return sum(unicodedata.category(ch)[0] != "M" for ch in bare) == 1


def _write(run: list[_Piece]) -> None:
    first, *others = run
    text = "".join(piece.text for piece in run)
    for piece in others:
        piece.node.decompose()
    if first.node.is_text_node:
        first.node.replace_with(text)
    else:
        first.node.inner_html = escape(text, quote=False)
