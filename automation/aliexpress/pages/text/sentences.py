"""Split a dialog into sentences and find those that say more than its question.

A dialog may be confirmed only if the buyer saw everything in it. A sentence is plain if it
has only words about cancelling a request; any other is a warning, whether its words are
known or not.
"""

from __future__ import annotations

import html
import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from automation.aliexpress.pages.snapshot import long_numbers, text_of
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.site.words import WordList, fold, phrase_pattern, spaced
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.site import WordPack

# Longer ones are split and shown in full: a cut-off rest would be confirmed unseen.
LONGEST: Final = 300
_STOP: Final = re.compile(r"(?<=[.!?;…؟])\s+|(?<=[。！？；])\s*")
_INLINE: Final = frozenset(
    ("a", "abbr", "b", "bdi", "br", "em", "font", "i", "label", "mark", "small", "span", "strong",
     "sub", "sup", "time", "u", "wbr")
)  # fmt: skip


def sentences_of(root: LexborNode) -> tuple[str, ...]:
    """Every sentence in an element, in order; a block ends a sentence."""
    return tuple(part for text in _texts(root) for part in sentences(text))


def sentences(text: str) -> Iterator[str]:
    """The visible sentences of one text."""
    for piece in _STOP.split(text):
        if any(ch.isalnum() for ch in clean_text(piece, LONGEST)):
            yield from textwrap.wrap(piece, LONGEST)


def _texts(root: LexborNode) -> Iterator[str]:
    """The texts in an element, one for each run of inline content."""
    run = ""
    for node in _flat(root):
        if node is None:
            yield _words(run)
            run = ""
        else:
            run += node
    yield _words(run)


def _flat(root: LexborNode) -> Iterator[str | None]:
    """Inline content as HTML, and ``None`` wherever a block begins or ends."""
    for node in root.iter(include_text=True):
        if node.is_text_node:
            yield html.escape(node.text_content or "", quote=False)
        elif all(each.tag in _INLINE for each in (node, *node.css("*"))):
            yield node.html or ""
        else:
            yield None
            yield from _flat(node)
            yield None


def _words(run: str) -> str:
    body = LexborHTMLParser(f"<!doctype html><body>{run}").body
    return text_of(body) if body else ""


def stands_in_text(node: LexborNode) -> bool:
    """True for inline content with words beside it, as in a sentence."""
    if node.parent is None:
        return False
    beside = (
        other.text_content if other.is_text_node else text_of(other)
        for other in node.parent.iter(include_text=True)
        if other.mem_id != node.mem_id and (other.is_text_node or other.tag in _INLINE - {"a"})
    )
    return any(ch.isalnum() for text in beside for ch in text or "")


def warnings_in(
    found: Iterable[str], question: str, words: WordPack, told: Sequence[str] = ()
) -> tuple[str, ...]:
    """The sentences that the buyer must see before the dialog is confirmed.

    A person who taught the whole question has read it: then of its sentences only those
    with words of loss count, which no words file can accept.

    Args:
        found: all sentences of the dialog.
        question: the dialog's whole question.
        told: ids and amount of the plan, which the buyer saw.
    """
    read = squeezed_words(question) if question in WordList(words.dialog_questions) else ""
    return tuple(
        dict.fromkeys(
            text
            for text in found
            if means_loss(text, words)
            or not (squeezed_words(text) in read or is_plain(text, words, told))
        )
    )


def means_loss(text: str, words: WordPack) -> bool:
    """True for words about something that the buyer loses: protection, chances, money."""
    lists = (*words.dialog_loss, *words.dialog_paying)
    return bool(WordList(lists).found_in(text))


def is_plain(text: str, words: WordPack, told: Sequence[str] = ()) -> bool:
    """True if a sentence has only words about cancelling a request.

    Amounts and numbers that could be ids are plain only if they are in ``told``.
    """
    amounts = amounts_in(text)
    if (set(amounts) | set(long_numbers(text))) - set(told):
        return False
    bare = " ".join(text.split())
    for amount in amounts:
        bare = bare.replace(amount, " ")
    rest = _any_of(words.dialog_plain).sub(" ", spaced(fold(bare)))
    return not any(ch.isalpha() for ch in rest)


@lru_cache(maxsize=32)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(phrase_pattern(phrases))


def squeezed_words(text: str) -> str:
    """A text's letters and digits, for a comparison without spacing and punctuation."""
    return "".join(ch for ch in fold(text) if ch.isalnum())
