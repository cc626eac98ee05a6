"""Split a page's text into blocks: rows, sentences, paragraphs."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from automation.aliexpress.pages.snapshot import Snapshot, ancestors
from automation.aliexpress.pages.text.dates import named_dates_in
from automation.aliexpress.pages.text.runs import INLINE
from automation.aliexpress.pages.text.terms import deadlines_in
from automation.aliexpress.site.words import WordList, as_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.site import Hooks, WordPack

BLOCK_LIMIT = 2000
_ROW_LIMIT = 300
_ROW_DEPTH = 4
_DEEPEST = 40
MARKS = " \t\n:：.|·•-–—"
"""What may stand around a label or a value in its row."""


class Block(Struct, frozen=True, dict=True):
    """The words directly in one block element.

    Args:
        node: the element; its words before and after an inner block are two blocks.
        parts: its texts, each with whether it is in an inline element.
        number: position on the page, from 0.
    """

    node: LexborNode
    parts: tuple[tuple[str, bool], ...]
    number: int

    @cached_property
    def text(self) -> str:
        """Its words with single spaces, cut at ``BLOCK_LIMIT``."""
        return " ".join(" ".join(part for part, _ in self.parts).split())[:BLOCK_LIMIT]

    @cached_property
    def around(self) -> tuple[int, ...]:
        """Ids of the element and its ancestors, innermost first."""
        near = islice((node.mem_id for node in ancestors(self.node)), _DEEPEST)
        return (self.node.mem_id, *near)


def blocks_outside(snapshot: Snapshot, css: str) -> list[str]:
    """Texts of the blocks outside the elements that match ``css``."""
    return [block.text for block in blocks_of(snapshot, css)]


def blocks_of(snapshot: Snapshot, css: str) -> list[Block]:
    """The blocks outside the elements that match ``css``, in page order."""
    body = snapshot.tree.body
    if body is None:
        return []
    skip = {node.mem_id for node in snapshot.select(css)} if css else set()
    found: list[Block] = []
    for node, texts in groupby(_texts(body, skip), key=_block_of):
        parts = tuple((text.text_content or "", _is_held(text, node)) for text, _ in texts)
        block = Block(node.node, parts, len(found))
        if block.text:
            found.append(block)
    return found


class _Held(NamedTuple):
    """An element, compared by identity."""

    mem_id: int
    node: LexborNode

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.mem_id == other.mem_id

    def __hash__(self) -> int:
        return hash(self.mem_id)


def _block_of(text: tuple[LexborNode, _Held]) -> _Held:
    return text[1]


def _is_held(text: LexborNode, block: _Held) -> bool:
    return text.parent is not None and text.parent.mem_id != block.mem_id


def _texts(body: LexborNode, skip: set[int]) -> Iterator[tuple[LexborNode, _Held]]:
    """Each text with its block, without the skipped elements and their contents."""
    todo: list[tuple[LexborNode, _Held]] = [(body, _Held(body.mem_id, body))]
    while todo:
        node, block = todo.pop()
        if node.is_text_node:
            if (node.text_content or "").strip():
                yield node, block
            continue
        if node.tag not in INLINE:
            if node.mem_id in skip:
                continue
            block = _Held(node.mem_id, node)
        children = list(node.iter(include_text=True))
        todo += [(child, block) for child in reversed(children)]


def said_in(block: str, messages: Sequence[str]) -> bool:
    """True if a block contains one of the messages."""
    return any(message in block for message in messages)


def deadline_on(
    snapshot: Snapshot, hooks: Hooks, words: WordPack, messages: Sequence[str] = ()
) -> str | None:
    """The protection deadline on a page, ``None`` unless there is exactly one reading.

    What seller or buyer wrote (``messages``) does not count. A label and its date may be in
    two blocks of one row, so rows are tried if no block has both.
    """
    css = ", ".join((hooks.css("furniture"), hooks.css("order_line"), hooks.css("modal")))
    blocks = [b for b in blocks_of(snapshot, css) if not said_in(b.text, messages)]
    found = deadlines_in([block.text for block in blocks], words)
    found = found or deadlines_in(list(_rows(blocks, words)), words)
    return found.pop() if len(found) == 1 else None


def _rows(blocks: Sequence[Block], words: WordPack) -> Iterator[str]:
    """Each date that has no label in its own block, after the block before it in the same row.

    A date with a label of its own, such as "Order placed on:", is that label's.
    """
    until = WordList((*words.until, *words.at))
    for place, block in enumerate(blocks):
        named = named_dates_in(block.text, words)
        rest = named[0][0].strip(MARKS) if named else ""
        if not named or (as_label(rest) and rest not in until):
            continue
        label = place - 1
        while label >= 0 and blocks[label].text.strip(MARKS) in until:
            label -= 1
        if label < 0 or named_dates_in(blocks[label].text, words):
            continue
        says_more = any(char.isdigit() for char in blocks[label].text)
        if says_more and not named[0][0].strip(MARKS) and label == place - 1:
            continue  # after "12 days left", a bare date may be of anything
        row = blocks[label : place + 1]
        text = " ".join(each.text for each in row)
        if len(text) <= _ROW_LIMIT and _in_one_row(row[0], block):
            yield text


def _in_one_row(one: Block, other: Block) -> bool:
    return bool({*one.around[:_ROW_DEPTH]} & {*other.around[:_ROW_DEPTH]})
