"""Takes disguises and slips of the pen off a folded message."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rules.messages.folding import fold
from rules.messages.lexicon import has, languages, pattern
from rules.messages.vocabulary import CONCEPTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKALIKES = str.maketrans("авекмнорстухіѕјԁοανερτικ", "abekmhopctyxisjdoavepTik".lower())
_LEET = str.maketrans("013457@$!€", "oieastasie")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[.\-_*·•|~+^/]+(?=[^\W\d_])")
_SPELLED_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][\s.\-_*·•|/]{1,3}){3,}[^\W\d_](?!\w)")
_MIXED = re.compile(r"[\w@$!€]+")
_WORD = re.compile(r"[^\W\d_]{5,24}")
_SHORTEST_CORE, _SHORTEST_PART = 5, 4
_MOST_WORDS = 1_500


def readings(text: str) -> Iterator[str]:
    """The folded text, then what it says without disguises, then without slips of the pen."""
    plain = fold(text)
    yield plain
    bare = _INSIDE_WORD.sub("", plain)
    bare = _SPELLED_OUT.sub(_joined, bare)
    bare = _MIXED.sub(lambda m: _undisguised(m[0]), bare)
    if bare != plain:
        yield bare
    words = dict.fromkeys(_WORD.findall(bare))
    slips = {word: meant(word) for word in list(words)[:_MOST_WORDS]}
    corrected = _WORD.sub(lambda m: slips.get(m[0]) or m[0], bare)
    if corrected != bare and has("dispute", corrected):
        yield corrected


def _joined(match: re.Match[str]) -> str:
    """The spelled-out letters as words: spaces between letters hide those between words."""
    run = re.sub(r"[\W_]", "", match[0])
    return re.sub(r" +", " ", _parts().sub(r" \g<0> ", run)).strip()


@cache
def _parts() -> re.Pattern[str]:
    entries = {e for e in _single_words("cancel", "close", "dispute") if len(e) >= _SHORTEST_PART}
    return re.compile("|".join(map(re.escape, sorted(entries, key=lambda e: (-len(e), e)))))


def _undisguised(word: str) -> str:
    """Letters of another alphabet and digits inside a Latin word become what they look like."""
    latin = any("a" <= c <= "z" for c in word)
    if not latin:
        return word
    if any("\u0370" <= c <= "\u052f" for c in word):
        word = word.translate(_LOOKALIKES)
    core = word.rstrip("!")
    digits = sum(c.isdigit() for c in core)
    if 0 < digits <= len(core) // 3 or re.search(r"[a-z][@$!€][a-z]", core):
        return core.translate(_LEET)
    return word


@cache
def meant(word: str) -> str | None:
    """The word for cancel or dispute that is one slip away, if the word is none itself.

    Weaker verbs have common words for neighbours (close, chose): only swapped letters
    count there.
    """
    if any(pattern(concept).fullmatch(word) for concept in CONCEPTS):
        return None
    for core, stem in _cores("cancel", "dispute"):
        if word[0] == core[0] and _one_slip(word, core, stem=stem):
            return core
    return next((core for core, _ in _cores("close") if _is_swapped(word, core)), None)


@cache
def _cores(*concepts: str) -> tuple[tuple[str, bool], ...]:
    """Long single words of these concepts, and whether any ending fits."""
    entries = sorted(_entries(*concepts))
    return tuple(
        (core, entry.endswith("*"))
        for entry in entries
        if _WORD.fullmatch(core := entry.strip("*")) and len(core) >= _SHORTEST_CORE
    )


def _entries(*concepts: str) -> set[str]:
    lines = (str(getattr(words, c)) for words in languages().values() for c in concepts)
    return {fold(entry.strip()) for line in lines for entry in line.split(",")}


def _single_words(*concepts: str) -> set[str]:
    cores = (entry.strip("*") for entry in _entries(*concepts))
    return {core for core in cores if re.fullmatch(r"[^\W\d_]+", core)}


def _one_slip(word: str, core: str, *, stem: bool) -> bool:
    """One letter too many, missing, wrong or swapped, or letters doubled at will."""
    if not stem:
        return _is_near(word, core)
    lengths = (len(core) - 1, len(core), len(core) + 1)
    return any(_is_near(word[:n], core) for n in lengths if n <= len(word))


def _is_near(word: str, core: str) -> bool:
    if re.sub(r"(.)\1+", r"\1", word) == re.sub(r"(.)\1+", r"\1", core):
        return True
    if abs(len(word) - len(core)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, core, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, other = word[start:], core[start:]
    one_letter = rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
    return one_letter or _is_swapped(word, core)


def _is_swapped(word: str, core: str) -> bool:
    swaps = (core[:i] + core[i + 1] + core[i] + core[i + 2 :] for i in range(len(core) - 1))
    return len(word) == len(core) and word != core and word in swaps
