"""Compare a page's words with word lists.

A label matches only as a whole. A phrase is searched for in a longer text by whole words
if its script has spaces between words; by parts in other scripts, and where particles
attach to words (Korean, Arabic, Hebrew).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

STEM: Final = "*"
# Longer than any label, however it is spaced.
_LONGEST: Final = 5000
_INVISIBLE: Final = frozenset(("Cf", "Cc"))
TRAILING: Final = " .!…。:：>›»→❯"
"""What may close a label without changing it."""
# Letters and marks with several spellings. Without Turkish rules the capitals of i and
# dotless i become each other's small letter, so both count as i.
_SPELLINGS: Final = {
    "'": "’‘ʼ׳",
    '"': "“”„״",
    "-": "‐‑–—",
    "е": "ё",
    "i": "ı",
    "ا": "أإآٱ",
    "ي": "ى",
}
_MARKS: Final = (
    *range(0x0591, 0x05C8),  # Hebrew points
    *range(0x064B, 0x0653),  # Arabic vowel signs
    0x0640,  # Arabic tatweel, which only stretches a word
    0x0670,
)
_SAME: Final[dict[int, str | None]] = {
    **{ord(ch): plain for plain, others in _SPELLINGS.items() for ch in others},
    **dict.fromkeys(_MARKS),
}
# Hebrew and Arabic attach articles and prepositions to words, Korean particles; Thai,
# Chinese and Japanese have no spaces.
_JOINED: Final = re.compile("[\u0590-\u06ff\u0e00-\u0e7f\u1100-\u11ff\u2e80-\uffff]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_SEMITIC: Final = re.compile("[\u0590-\u06ff]")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold case, width, white space, spellings of one letter and invisible characters.

    ``"Cancel  REQUEST "`` and ``"Cancel Request"`` fold to the same text, while
    ``"Do not cancel request"`` stays longer than it.
    """
    visible = " ".join(unicodedata.normalize("NFKC", text).split())
    if not visible.isprintable():  # only then can it have invisible ones
        visible = "".join(ch for ch in visible if unicodedata.category(ch) not in _INVISIBLE)
    small = unicodedata.normalize("NFKC", visible.casefold())
    return " ".join(small.replace("i\u0307", "i").translate(_SAME).split())


class WordList:
    """Words with one meaning.

    A text matches as a label if it is one of the words, folded; a closing full stop, colon
    or ellipsis makes no difference. In a phrase search (``found_in``) a ``*`` at the end
    of a word stands for any ending: ``"akzeptier*"``. Labels have no ``*``.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(map(as_label, words)) - {""}  # no text is a word

    def __contains__(self, text: str) -> bool:
        return len(text) <= _LONGEST and as_label(text) in self._words

    def __or__(self, other: WordList) -> WordList:
        both = WordList(())
        both._words = self._words | other._words
        return both

    def __bool__(self) -> bool:
        return bool(self._words)

    def found_in(self, text: str) -> list[str]:
        """The words of this list in a longer text, sorted; stems end in ``…``."""
        words = spaced(fold(text))
        hits = (word for word in self._words if (found := _phrase(word)) and found.search(words))
        return sorted(word.replace(STEM, "…") for word in hits)


def as_label(text: str) -> str:
    """A text as labels are compared; empty if it says nothing, such as dots or invisible letters."""
    return fold(text).rstrip(TRAILING)


def phrase_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of the words in a folded text, longest first.

    It has no groups; without words it matches nothing.
    """
    folded = sorted(set(map(as_label, words)) - {""}, key=len, reverse=True)
    return "(?:" + "|".join(_expression(word) for word in folded) + ")" if folded else r"(?!)"


@lru_cache(maxsize=8192)
def _phrase(word: str) -> re.Pattern[str] | None:
    """The pattern of one folded word or phrase for a spaced text, ``None`` for no word."""
    expression = _expression(word)
    return re.compile(expression) if expression else None


def _expression(word: str) -> str:
    parts = [
        part + (STEM if stem and n == last else "")
        for token in word.split()
        for stem in (token.endswith(STEM),)
        for last in (len(spaced(token).split()) - 1,)
        for n, part in enumerate(spaced(token).split())
    ]
    if not parts:
        return ""
    text = _edge(parts[0], r"(?<!\S)")
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        text += re.escape(part.removesuffix(STEM))
        if part.endswith(STEM):
            text += r"\S*"
        text += _gap(part, following) if following else _edge(part, r"(?!\S)")
    return text


def _edge(part: str, boundary: str) -> str:
    return "" if _JOINED.search(part) else boundary


def _gap(before: str, after: str) -> str:
    """A pattern for what may be between two words of a phrase."""
    if not (_JOINED.search(before) and _JOINED.search(after)):
        return " "
    if _HANGUL.search(before):
        return r"\S{0,3} ?"  # a particle, and an optional space
    if _SEMITIC.search(before):
        return r"\S{0,3} \S{0,3}"  # an ending, then an article or preposition
    return " ?"


def spaced(text: str) -> str:
    """A text's words with single spaces; combining marks stay with their letter."""
    kept = (ch if ch.isalnum() or unicodedata.category(ch)[0] == "M" else " " for ch in text)
    return " ".join("".join(kept).split())
