"""Comparing words of a page with word lists: always whole, never as a part of a longer text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_INVISIBLE = {"Cf", "Cc"}
_TRAILING = " .!…。:：>›»→❯"


def fold(text: str) -> str:
    """Fold case, width, white space and invisible characters; keep everything else.

    ``"Cancel  REQUEST "`` and ``"Cancel Request"`` fold to the same text, while
    ``"Do not cancel request"`` stays longer than it.
    """
    wide = unicodedata.normalize("NFKC", text)
    visible = "".join(
        " " if ch.isspace() else ch
        for ch in wide
        if ch.isspace() or unicodedata.category(ch) not in _INVISIBLE
    )
    return " ".join(visible.casefold().replace("’", "'").split())


class WordList:
    """Labels that mean one thing.

    A label matches when its folded text is one of the words; a closing full stop,
    colon or ellipsis makes no difference.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(fold(word).rstrip(_TRAILING) for word in words)

    def __contains__(self, text: str) -> bool:
        return fold(text).rstrip(_TRAILING) in self._words

    def __or__(self, other: WordList) -> WordList:
        both = WordList(())
        both._words = self._words | other._words
        return both

    def __bool__(self) -> bool:
        return bool(self._words)

    def found_in(self, text: str) -> list[str]:
        """The words of this list that occur in a longer text, as whole words, sorted."""
        padded = f" {_spaced(fold(text))} "
        return sorted(word for word in self._words if word and _occurs(_spaced(word), padded))


def _spaced(text: str) -> str:
    return " ".join("".join(ch if ch.isalnum() else " " for ch in text).split())


def _occurs(word: str, padded: str) -> bool:
    # Scripts without spaces between words (Chinese, Japanese, Thai) only allow a part match.
    if any("\u0e00" <= ch <= "\u0e7f" or ch >= "\u2e80" for ch in word):
        return word in padded
    return f" {word} " in padded
