"""Read the protection deadline and the edits of a claim from a page's words.

No format is known for either (site facts, section 6), so only unambiguous readings count:
an absolute date beside words about protection, and "N of 4" or "N left" beside words about
edits, in the page's language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages.text.dates import dates_in
from automation.aliexpress.pages.text.plain import plain
from automation.aliexpress.site.words import WordList, phrase_pattern, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.site import WordPack

EDIT_LIMIT: Final = 4
_STOP: Final = re.compile(r"([^\W_]+)[)\"'»]?(?:[.;!?؟]+\s+|[。！？]\s*)(?=[^\W\d_])")
_SHORT: Final = 2
_PAIR: Final = re.compile(r"(?<![\d.,/-])([0-4])([^\d.;!?]{1,25}|/)([0-4])(?![\d/-]|[.,]\d)")
_SINGLE: Final = re.compile(r"(?<![\d.,/-])([0-4])(?![\d/-]|[.,]\d)")
_NUMBER: Final = re.compile(r"\d+")


def deadlines_in(blocks: list[str], words: WordPack) -> set[str | None]:
    """Every moment beside words about protection; ``None`` is an ambiguous one.

    Delivery promises do not count: "refund if no delivery before Sep 4".
    """
    protection, delivery = WordList(words.protection), WordList(words.delivery_promise)
    pieces = [piece for block in blocks for piece in _sentences(block)]
    about = [p for p in pieces if protection.found_in(p) and not delivery.found_in(p)]
    return {moment for piece in about for moment in dates_in(piece, words)}


def _sentences(text: str) -> Iterator[str]:
    """Sentences of a text; a point after a day or initial, or before a small letter, ends none."""
    start = 0
    for stop in _STOP.finditer(text):
        word, following = stop[1], text[stop.end()]
        ordinal = len(word) <= _SHORT and (word.isdigit() or (word.isalpha() and len(word) == 1))
        if ordinal or following.islower():
            continue
        yield text[start : stop.end()]
        start = stop.end()
    yield text[start:]


def edits_used_in(blocks: list[str], words: WordPack) -> int | None:
    """How many of the four edits are used (F15); ``None`` unless there is exactly one reading."""
    edits = WordList(words.edits)
    pieces = [piece for block in blocks for piece in _sentences(block) if edits.found_in(piece)]
    counts = {used for piece in pieces if (used := _edits_used(piece, words)) is not None}
    return counts.pop() if len(counts) == 1 else None


def _edits_used(piece: str, words: WordPack) -> int | None:
    text = plain(piece)
    left = bool(WordList(words.remaining).found_in(text))
    used = bool(WordList(words.used).found_in(text))
    if left and used:
        return None
    counts = {
        count for pair in _PAIR.finditer(text) if (count := _of_four(pair, words)) is not None
    }
    if not counts and left and len(set(_NUMBER.findall(text))) == 1:
        counts = {int(number) for number in _SINGLE.findall(text)}
    if len(counts) != 1 or not (left or used or _nothing_else(text, words)):
        return None
    count = counts.pop()
    return EDIT_LIMIT - count if left else count


def _of_four(pair: re.Match[str], words: WordPack) -> int | None:
    """The N of "N of 4"; some languages put the 4 first."""
    between = pair[2].strip()
    if between != "/" and not WordList(words.of).found_in(between):
        return None
    one, other = int(pair[1]), int(pair[3])
    if other == EDIT_LIMIT:
        return one
    return other if one == EDIT_LIMIT and between != "/" else None


def _nothing_else(text: str, words: WordPack) -> bool:
    """Whether bare numbers may mean used edits; not beside unknown words of a guessed pack."""
    if not words.is_guess:
        return True
    known = phrase_pattern((*words.edits, *words.of))
    return not any(ch.isalpha() for ch in re.sub(known, " ", spaced(text)))
