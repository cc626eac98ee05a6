"""The words of all languages, and how to find them in a text.

In an entry of ``words/LANG.toml`` ``*`` stands for any ending or beginning, `` … `` for up to four
words between the parts of a split verb.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rules.compiled import compiled, read
from rules.messages.fold import fold
from rules.word_files import word_bytes, word_tables

COMMON = "common"
# Scripts without spaces between words, where no edge of a word can be found.
_SCRIPTS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
UNSPACED = re.compile(f"[{_SCRIPTS}]")
# Among them a name in other letters needs no spaces around it: 用paypal付款.
WORD = re.compile(rf"[{_SCRIPTS}]+|[^\W{_SCRIPTS}]+")
_LETTER = re.compile(rf"[^\W{_SCRIPTS}]")
_ENTRY_WORD = re.compile(r"\*?\w+\*?|\.{3}|\.")
_JOINT, _DOT = re.compile(r"[\s\-]{1,3}"), re.compile(r"\.")
_GAP = 4
_FOLDER = __file__.removesuffix("lexicon.py")
_Entry = tuple[str, str, tuple[str, ...]]  # concept, language, words


class Hit(NamedTuple):
    """A word of one concept and one language at ``start:end`` of a folded text."""

    concept: str
    language: str
    start: int
    end: int


@cache
def entries() -> dict[str, list[_Entry]]:
    """As ``made_entries``, which takes a tenth of a second."""
    code = (read(f"{_FOLDER}{name}.py") for name in ("fold", "lexicon"))
    return compiled(f"{_FOLDER}lexicon.words", b"\0".join((word_bytes(), *code)), made_entries)


def made_entries() -> dict[str, list[_Entry]]:
    """Entries by first word (``*`` if any beginning fits), or by first sign of a script without spaces."""
    found: dict[str, list[_Entry]] = {}
    for language, table in word_tables().items():
        for concept, listed in table.items():
            for text in dict.fromkeys(fold("\n".join(listed)).split("\n")):
                sign = UNSPACED.search(text)
                words = (text,) if sign else tuple(_ENTRY_WORD.findall(text))
                key = sign[0] if sign else "*" if text[0] == "*" else words[0]
                found.setdefault(key, []).append((concept, language, words))
    return found


def preload() -> None:
    """Load the words of all languages now; the first message would."""
    entries()


@lru_cache(maxsize=20_000)
def _starting_with(word: str) -> tuple[_Entry, ...]:
    keys = ("*", word, *(f"{word[:end]}*" for end in range(1, len(word) + 1)))
    found = (entry for key in keys for entry in entries().get(key, ()))
    return tuple(entry for entry in found if _fits(entry[2][0], word))


@lru_cache(maxsize=1_000)  # a message without disguised words is read twice
def hits_in(folded: str) -> frozenset[Hit]:
    """Every word of every concept in a folded text."""
    words = [(m[0], m.start(), m.end()) for m in WORD.finditer(folded)]
    found = {
        Hit(concept, language, start, start + len(signs))
        for sign in UNSPACED.finditer(folded)
        for concept, language, (signs,) in entries().get(sign[0], ())
        if (start := _start_of(signs, sign, folded)) is not None
    }
    for number, (word, start, _) in enumerate(words):
        for concept, language, wanted in _starting_with(word):
            if end := _end_of(wanted, words, number, folded):
                found.add(Hit(concept, language, start, end))
    return frozenset(found)


def _start_of(signs: str, sign: re.Match[str], folded: str) -> int | None:
    """Where an entry starts that has this sign; a number before it stands whole: 0 yen are no 100 yen."""
    before = signs.index(sign[0])
    start = sign.start() - before
    if start < 0 or not folded.startswith(signs, start):
        return None
    return None if before and _LETTER.match(folded[start - 1 : start]) else start


def _end_of(
    wanted: tuple[str, ...], words: list[tuple[str, int, int]], number: int, folded: str
) -> int:
    """Where an entry ends whose first word fits; 0 if the rest does not."""
    gap, joint = 0, _JOINT
    for want in wanted[1:]:
        if want in {"...", "."}:
            gap, joint = (_GAP, joint) if want == "..." else (gap, _DOT)
            continue
        reach = range(number + 1, min(number + 2 + gap, len(words)))
        following = next((n for n in reach if _fits(want, words[n][0])), 0)
        between = folded[words[number][2] : words[following][1]]
        if not following or not (gap or joint.fullmatch(between)):
            return 0
        number, gap, joint = following, 0, _JOINT
    return words[number][2]


def _fits(want: str, word: str) -> bool:
    core = want.strip("*")
    if want.startswith("*"):
        return core in word if want.endswith("*") else word.endswith(core)
    return word.startswith(core) if want.endswith("*") else word == core
