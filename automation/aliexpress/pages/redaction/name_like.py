"""Words that read like somebody's name: a capital letter where a page's own words have none.

A name is in no list. What is: the words of the lists, and plain English ones that shops write with
a capital. A page's new label in another language begins with a capital too, so a first word alone
is no name there, and German writes every noun with one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# Accents that no letter of its own has are marks behind the letter.
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_SENTENCE: Final = re.compile(r"[.!?:;•·|/]\s*$")
_ENGLISH: Final = "en"
_NOUNS_HAVE_CAPITALS: Final = frozenset({"de", "lb"})
_PART_OF_CLASS: Final = re.compile(r"[A-Z][a-z]{2,}")
_SHORTEST: Final = 2


@cache
def plain_words() -> frozenset[str]:
    """English words that are no names."""
    text = (
        resources.files("automation.aliexpress.pages.redaction")
        .joinpath("plain_words.toml")
        .read_text("utf-8")
    )
    words: str = tomllib.loads(text)["words"]
    return frozenset(words.split())


def names_in(text: str, lang: str, known: AbstractSet[str]) -> frozenset[str]:
    """The words of a text that read like names, folded.

    Args:
        known: folded words that are none.
    """
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))
    odd = [_is_odd(each[0], known) for each in found]
    told = lang.strip().casefold()[:2] or _ENGLISH
    names: set[str] = set()
    for at, word in enumerate(found):
        if not odd[at]:
            continue
        run = any(odd[near] for near in (at - 1, at + 1) if 0 <= near < len(found))
        begins = at == 0 or bool(_SENTENCE.search(text[: word.start()]))
        alone = told == _ENGLISH or not (begins or told in _NOUNS_HAVE_CAPITALS)
        if run or alone:
            names.add(fold(word[0]))
    return frozenset(names)


def reads_like_a_name(part: str, known: AbstractSet[str]) -> bool:
    """Whether a part of a class name does; those of components have several capitals, or plain words."""
    return bool(_PART_OF_CLASS.fullmatch(part)) and fold(part) not in known | plain_words()


def _is_odd(word: str, known: AbstractSet[str]) -> bool:
    """A word with a capital that nothing explains."""
    folded = fold(word)
    return (
        len(word) >= _SHORTEST
        and word[0].isupper()
        and folded not in known
        and folded not in plain_words()
    )
