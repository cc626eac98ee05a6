"""Read who wrote what on a dispute page: the seller, the buyer, the site, or unknown.

Only the seller's words are pressure. The author comes from structure: a class or a label
("Seller", "You", "AliExpress") around or beside a text. Without one the text stays
unattributed; its own words never decide its author.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages.snapshot import ancestors
from automation.aliexpress.pages.text.blocks import Block, blocks_of
from automation.aliexpress.pages.text.dates import dates_in, named_dates_in
from automation.aliexpress.site.words import WordList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import Hooks, WordPack

_NEAR: Final = 8
_LONGEST_LABEL: Final = 60
_LONGEST_TIME: Final = 40
_FEW_BLOCKS: Final = 3
_NAME_WORDS: Final = 2
_NAME_LETTERS: Final = 8
_FIRST_UNSPACED: Final = 0x0E00
_MARKS: Final = " \t\n:：|·•,-–—()[]"
_AFTER_NAME: Final = re.compile(r"[:：\]]|\s[-–—|]\s")
_ATTRIBUTES: Final = ("aria-label", "alt", "title")


class Author(StrEnum):
    """The author of a text."""

    SELLER = "seller"
    BUYER = "buyer"
    SITE = "site"
    UNKNOWN = "unknown"


_NAMED: Final = (Author.SELLER, Author.BUYER, Author.SITE)


class Message(Struct, frozen=True):
    """A text of the page and its author."""

    text: str
    author: Author

    @property
    def lasting(self) -> tuple[str, str]:
        """Author and text to compare over time: digits may change, except in people's messages."""
        is_said = self.author in {Author.SELLER, Author.BUYER}
        return self.author.value, self.text if is_said else re.sub(r"\d+", "0", self.text)


def read_messages(
    snapshot: Snapshot, hooks: Hooks, words: WordPack, apart: str
) -> tuple[Message, ...]:
    """The texts outside the known parts of a page, each with its author.

    Args:
        apart: CSS of the parts without messages.
    """
    authors = _Authors(snapshot, hooks, words, blocks_of(snapshot, apart))
    return tuple(authors.message(block) for block in authors.blocks if _is_prose(block.text))


class _Label(Struct, frozen=True):
    """A label that names an author.

    Args:
        at: number of the block that it is in or before.
        inline: it is in the text itself, where the writer could have put it.
    """

    author: Author
    at: int
    inline: bool = False


class _Authors:
    """The signs of authors on one page."""

    def __init__(
        self, snapshot: Snapshot, hooks: Hooks, words: WordPack, blocks: list[Block]
    ) -> None:
        self.blocks = blocks
        self._snapshot = snapshot
        self._words = words
        self._area = _ids(snapshot.select(hooks.css("messages")))
        self._site = _ids(snapshot.select(hooks.css("site_words")))
        signed = {author: snapshot.select(hooks.css(f"by_{author}")) for author in _NAMED}
        self._signed_nodes = signed
        self._signed = {author: _ids(nodes) for author, nodes in signed.items()}
        self._holds = {
            author: {around.mem_id for node in nodes for around in ancestors(node)}
            for author, nodes in signed.items()
        }
        self._names = {
            Author.SELLER: WordList(words.author_seller),
            Author.BUYER: WordList(words.author_buyer),
            Author.SITE: WordList(words.author_site),
        }

    def message(self, block: Block) -> Message:
        """A block's words without a leading label, and their author."""
        head, text = self._prefix(block.text)
        if head is not Author.SELLER and not self._is_transcript:
            # "Buyer: please cancel" may be the seller's own words.
            head, text = Author.UNKNOWN, block.text
        named = {head, self._by_label(block), self._by_class(block)} - {Author.UNKNOWN}
        if len(named) == 1:
            return Message(text, named.pop())
        of_site = not named and not self._site.isdisjoint(block.around)
        return Message(block.text, Author.SITE if of_site else Author.UNKNOWN)

    def _author_of(self, text: str) -> Author:
        """The author that a whole label names."""
        name = text.strip(_MARKS)
        if not name or len(name) > _LONGEST_LABEL:
            return Author.UNKNOWN
        named = [author for author, names in self._names.items() if name in names]
        return named[0] if len(named) == 1 else Author.UNKNOWN

    def _prefix(self, text: str) -> tuple[Author, str]:
        """The author before a mark at the start of a text, and the text after it."""
        mark = _AFTER_NAME.search(text[: 2 * _LONGEST_LABEL])
        if mark is None or not text[mark.end() :].strip():
            return Author.UNKNOWN, text
        author = self._author_of(text[: mark.start()])
        return author, text if author is Author.UNKNOWN else text[mark.end() :].strip()

    @cached_property
    def _is_transcript(self) -> bool:
        """Whether a seller's text starts with a label too: then the page writes such labels."""
        return any(self._prefix(block.text)[0] is Author.SELLER for block in self.blocks)

    def _by_label(self, block: Block) -> Author:
        """The author named by the nearest label around or beside a block."""
        for around in block.around:
            labels = self._labels.get(around, ())
            trusted = [
                each
                for each in labels
                if not each.inline or each.author is Author.SELLER or self._has_inline_seller
            ]
            if trusted:
                return _nearest(trusted, block)
        return Author.UNKNOWN

    @cached_property
    def _has_inline_seller(self) -> bool:
        every = (label for labels in self._labels.values() for label in labels)
        return any(label.inline and label.author is Author.SELLER for label in every)

    def _by_class(self, block: Block) -> Author:
        """The author of the nearest element around a block whose class names one."""
        for node in islice((block.node, *ancestors(block.node)), _NEAR):
            signs = [author for author, ids in self._signed.items() if node.mem_id in ids]
            if len(signs) == 1:
                return signs[0] if self._is_one_authors(node, signs[0]) else Author.UNKNOWN
        return Author.UNKNOWN

    def _is_one_authors(self, node: LexborNode, author: Author) -> bool:
        """False for an element with another author's words, or larger than a message.

        A whole page may have the buyer's class; that does not make its words theirs.
        """
        if any(node.mem_id in ids for other, ids in self._holds.items() if other is not author):
            return False
        if author is Author.SELLER:
            return True
        in_area = any(around.mem_id in self._area for around in ancestors(node))
        few = sum(node.mem_id in block.around for block in self.blocks) <= _FEW_BLOCKS
        return in_area or (few and node.mem_id in self._area)

    @cached_property
    def _said(self) -> dict[int, list[int]]:
        """Elements around possible messages, with the numbers of these blocks."""
        holders: dict[int, list[int]] = {}
        for block in self.blocks:
            if is_sentence(block.text) and not self._is_time(block.text):
                for around in block.around:
                    holders.setdefault(around, []).append(block.number)
        return holders

    def _is_time(self, text: str) -> bool:
        return len(text) <= _LONGEST_TIME and bool(dates_in(text, self._words))

    @cached_property
    def _labels(self) -> dict[int, list[_Label]]:
        """Labels by the element that has the author's words.

        "Seller | Sunny Shop" in a table of facts is not a message: a label counts only if
        words are right beside it, in an element with little else.
        """
        found: dict[int, list[_Label]] = {}
        every = (*self._worded_labels(), *self._attribute_labels(), *self._class_labels())
        for item, label in every:
            if label.inline or self._is_beside(label.at, item):
                found.setdefault(item, []).append(label)
        return {
            item: labels
            for item, labels in found.items()
            if len(self._said.get(item, ())) <= _FEW_BLOCKS * len(labels)
        }

    def _is_beside(self, at: int, item: int) -> bool:
        """True if words are right after a label's block, in it, or right before it."""
        said = self._said.get(item, ())
        if at in said or at + 1 in said:
            return True
        behind = self.blocks[at + 1].text if at + 1 < len(self.blocks) else ""
        is_time = any(ch.isdigit() for ch in behind) and not is_sentence(behind)
        return (at + 2 in said and (is_time or self._is_time(behind))) or list(said) == [at - 1]

    def _worded_labels(self) -> Iterator[tuple[int, _Label]]:
        """Visible labels: a whole block, or the first words of a block."""
        for block in self.blocks:
            author = self._label_of(block)
            item = self._item_around(block.around, but=block.number)
            if author is not Author.UNKNOWN and item is not None:
                yield item, _Label(author, block.number)
            text, held = block.parts[0]
            author = self._author_of(text) if held and len(block.parts) > 1 else Author.UNKNOWN
            if author is not Author.UNKNOWN and block.number in self._said.get(block.around[0], ()):
                yield block.around[0], _Label(author, block.number, inline=True)

    def _label_of(self, block: Block) -> Author:
        """The author that a whole block names, alone or with a time after the name."""
        whole = self._author_of(block.text)
        if whole is not Author.UNKNOWN or len(block.text) > 2 * _LONGEST_LABEL:
            return whole
        behind = " ".join(part for part, _ in block.parts[1:])
        if not is_sentence(behind) or self._is_time(behind):
            whole = self._author_of(block.parts[0][0])
        dated = named_dates_in(block.text, self._words)
        return (
            whole
            if whole is not Author.UNKNOWN or len(dated) != 1
            else self._author_of(dated[0][0])
        )

    def _attribute_labels(self) -> Iterator[tuple[int, _Label]]:
        """Labels in accessibility attributes of messages and pictures."""
        for node in self._snapshot.select(", ".join(f"[{name}]" for name in _ATTRIBUTES)):
            names = (node.attributes.get(name) or "" for name in _ATTRIBUTES)
            found = {self._author_of(name) for name in names} - {Author.UNKNOWN}
            around = (node.mem_id, *islice((a.mem_id for a in ancestors(node)), _NEAR))
            item = self._item_around(around)
            if len(found) == 1 and item is not None:
                yield item, _Label(found.pop(), min(self._said[item]))

    def _class_labels(self) -> Iterator[tuple[int, _Label]]:
        """Names and pictures beside a text, whose class names the author."""
        for author in _NAMED:
            for node in self._signed_nodes[author]:
                near = (node.mem_id, *islice((a.mem_id for a in ancestors(node)), _NEAR))
                in_area = author is Author.SELLER or not self._area.isdisjoint(near)
                item = self._item_around(near)
                if item is not None and item != node.mem_id and in_area:
                    yield item, _Label(author, self._place.get(node.mem_id, min(self._said[item])))

    @cached_property
    def _place(self) -> dict[int, int]:
        """The number of the first block in each element."""
        found: dict[int, int] = {}
        for block in self.blocks:
            for around in block.around:
                found.setdefault(around, block.number)
        return found

    def _item_around(self, around: tuple[int, ...], but: int = -1) -> int | None:
        """The smallest element around a label that has a message."""
        for item in around:
            if any(number != but for number in self._said.get(item, ())):
                return item
        return None


def _nearest(labels: list[_Label], block: Block) -> Author:
    """The author of the labels; with several authors, the one before the block."""
    if len({label.author for label in labels}) == 1:
        return labels[0].author
    before = [label.at for label in labels if label.at <= block.number]
    nearest = {label.author for label in labels if before and label.at == max(before)}
    return nearest.pop() if len(nearest) == 1 else Author.UNKNOWN


def _ids(nodes: list[LexborNode]) -> set[int]:
    return {node.mem_id for node in nodes}


def is_sentence(text: str) -> bool:
    """True for more than a name or time: three words, or nine letters of an unspaced script."""
    words = [word for word in text.split() if any(ch.isalpha() for ch in word)]
    unspaced = sum(ord(ch) >= _FIRST_UNSPACED for ch in text if ch.isalpha())
    return len(words) > _NAME_WORDS or unspaced > _NAME_LETTERS


def _is_prose(text: str) -> bool:
    return any(ch.isalpha() for ch in text)
