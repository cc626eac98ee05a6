"""Turn addresses and payloads into plain words, so their meaning can be judged.

``cancelRequest``, ``cancel_request``, ``CANCEL%2DREQUEST`` and ``cancelrequest``
all become the words *cancel*, *request*; ``disagree`` and ``payload`` stay whole.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.engine.guard.traffic import Traffic

DECODE_ROUNDS: Final = 6
_TOKEN: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_LETTERS: Final = re.compile(r"[^a-z]+")
_LONGEST_COMPOUND: Final = 80
_SHORT: Final = 80


class EncodedTooOftenError(ValueError):
    """A text is percent-encoded more often than any honest page does it."""


def decode(text: str) -> str:
    """Undo percent-encoding until nothing changes.

    Raises:
        EncodedTooOftenError: still changing after ``DECODE_ROUNDS`` rounds.
    """
    return decodings(text)[-1]


def decodings(text: str) -> list[str]:
    """``text``, and its form after each round of percent-decoding that changes it.

    Raises:
        EncodedTooOftenError: still changing after ``DECODE_ROUNDS`` rounds.
    """
    found = [text]
    for _ in range(DECODE_ROUNDS):
        plain = unquote(found[-1])
        if plain == found[-1]:
            return found
        found.append(plain)
    raise EncodedTooOftenError


def normalise(text: str) -> str:
    """Fold look-alike forms (full-width letters, accents, invisible marks)."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in parts if unicodedata.category(char) != "Mn")
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", plain))


def tokens(text: str, traffic: Traffic) -> tuple[str, ...]:
    """The lower-case words of ``text``; compounds are split."""
    return _kept(text, traffic) if len(text) <= _SHORT else _taken_apart(text, traffic)


@lru_cache(maxsize=8192)
def _kept(text: str, traffic: Traffic) -> tuple[str, ...]:
    return _taken_apart(text, traffic)


def _taken_apart(text: str, traffic: Traffic) -> tuple[str, ...]:
    found: list[str] = []
    for match in _TOKEN.finditer(normalise(text)):
        found.extend(_compound(match.group().casefold(), traffic))
    return tuple(found)


def has_any(words: Iterable[str], wanted: frozenset[str]) -> str:
    """The first of ``words`` that is in ``wanted``, or an empty text."""
    return next((word for word in words if word in wanted), "")


def never_word(text: str, traffic: Traffic, *, told: bool = False) -> str:
    """The never-word that ``text`` carries, or an empty text.

    Args:
        told: ignore words such as ``agreement`` and ``accepted``, which only state something.
    """
    look = _kept_never if len(text) <= _SHORT else _never_in
    return look(text, traffic, told)


@lru_cache(maxsize=8192)
def _kept_never(text: str, traffic: Traffic, told: bool) -> str:
    return _never_in(text, traffic, told)


def _never_in(text: str, traffic: Traffic, told: bool) -> str:
    words = tokens(text, traffic)
    present = set(words)
    for entry in traffic.never:
        if _has_run(words, entry.words) and not present & entry.unless:
            return " ".join(entry.words)
    harmless = traffic.whole_words | traffic.told_words if told else traffic.whole_words
    squeezed = _squeeze(text, harmless)  # finds odd capitals such as aCCept too
    return next((word for word in traffic.never_inside if word in squeezed), "")


def _squeeze(text: str, whole_words: frozenset[str]) -> str:
    """Letters only, without the harmless words that contain a never-word."""
    pieces = _LETTERS.split(normalise(text).casefold())
    joined = " ".join(piece for piece in pieces if piece)
    for harmless in sorted(whole_words, key=len, reverse=True):
        joined = joined.replace(harmless, " ")
    return joined


def _has_run(words: tuple[str, ...], run: tuple[str, ...]) -> bool:
    if len(run) == 1:
        return run[0] in words
    return any(words[i : i + len(run)] == run for i in range(len(words) - len(run) + 1))


@lru_cache(maxsize=4096)
def _compound(word: str, traffic: Traffic) -> tuple[str, ...]:
    """Split a compound if known words cover all of it."""
    known = traffic.vocabulary
    if word in known or word in traffic.whole_words or len(word) > _LONGEST_COMPOUND:
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            before, piece = best[start], word[start:end]
            if before is not None and piece in known:
                candidate = (*before, piece)
                current = best[end]
                if current is None or len(candidate) < len(current):
                    best[end] = candidate
    return best[-1] or (word,)
