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
_WORD: Final = re.compile(r"[^\W\d_]+")
# Letters of other scripts that look like a Latin one.
_LOOKALIKES: Final = {
    **str.maketrans(  # Cyrillic
        "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u04cf",
        "abekmhopctyxijsdqwhl",
    ),
    **str.maketrans(  # Greek
        "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03f2\u03f3", "aeikvoptuxcj"
    ),
    **str.maketrans("\u0585\u057d\u0578\u0570\u0581\u0566", "ounhgq"),  # Armenian
    **str.maketrans(  # phonetic letters and small capitals
        "\u0251\u0131\u0261\u1d00\u0299\u1d04\u1d05\u1d07\u029c\u026a\u1d0a\u1d0b\u029f\u1d0d\u0274\u1d0f\u1d18\u0280\ua731\u1d1b\u1d1c"
        "\u1d20\u1d21\u028f\u1d22",
        "aigabcdehijklmnoprstuvwyz",
    ),
}
_SURE_LOOKALIKES: Final = frozenset(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u03bf\u03c1\u03b1\u03b9\u0585"
)
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
    return _WORD.sub(_in_latin, _INVISIBLE.sub("", unicodedata.normalize("NFC", plain)))


def _in_latin(word: re.Match[str]) -> str:
    """A word of two scripts, or one of look-alikes alone, as it is read; others stay."""
    text = word.group()
    mixed = any(char.isascii() for char in text) or set(text.casefold()) <= _SURE_LOOKALIKES
    if text.isascii() or not mixed:
        return text
    # Capitals keep their place, so that ``operationType`` is still two words.
    return "".join(_latin(char) for char in text)


def _latin(char: str) -> str:
    read = char.casefold().translate(_LOOKALIKES)
    return read.upper() if char.isupper() else read


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
