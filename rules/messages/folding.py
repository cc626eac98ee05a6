"""Folds a message so that case, accents and disguises no longer hide its words."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 20_000
_QUOTES = str.maketrans(dict.fromkeys("‘’‛ʼ´`＇′", "'"))
_LETTERS = str.maketrans(
    {"\u0131": "i", "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00e6": "ae"}
)
_LOOKALIKES = str.maketrans("авекмнорстухіѕјԁοανερτικ", "abekmhopctyxisjdoavepTik".lower())
_LEET = str.maketrans("013457@$!", "oieastasi")
# French and Italian words that lose their vowel before the next one.
_ELIDED = re.compile(r"\b([ldnscjmt]|qu|dell|nell|all|sull|un|quest)'(?=\w)")
_SPELLED_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][\s.\-_*·•|/]{1,3}){3,}[^\W\d_](?!\w)")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[.\-_*·•|~+^]+(?=[^\W\d_])")
_MIXED = re.compile(r"[\w@$!]+")


def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, plain apostrophes and spaces."""
    shown = "".join(c for c in text[:_LONGEST] if unicodedata.category(c) not in {"Cf", "Cs"})
    wide = unicodedata.normalize("NFKD", shown).translate(_QUOTES).casefold()
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", wide) if unicodedata.category(c)[0] != "M"
    )
    joined = unicodedata.normalize("NFKC", plain).translate(_LETTERS)
    spaced = _ELIDED.sub(r"\1 ", joined).replace("'", "")
    return re.sub(r"[^\S\n]+", " ", spaced).strip()


def readings(text: str) -> tuple[str, ...]:
    """The folded text, and what it says once disguises are taken off."""
    plain = fold(text)
    bare = _SPELLED_OUT.sub(lambda m: re.sub(r"[\W_]", "", m[0]), plain)
    bare = _INSIDE_WORD.sub("", bare)
    bare = _MIXED.sub(lambda m: _undisguised(m[0]), bare)
    return (plain,) if bare == plain else (plain, bare)


def _undisguised(word: str) -> str:
    """Letters of another alphabet and digits inside a Latin word become what they look like."""
    latin = any("a" <= c <= "z" for c in word)
    if not latin:
        return word
    if any("\u0370" <= c <= "\u052f" for c in word):
        word = word.translate(_LOOKALIKES)
    core = word.rstrip("!")
    digits = sum(c.isdigit() for c in core)
    if 0 < digits <= len(core) // 3 or re.search(r"[a-z][@$!][a-z]", core):
        return core.translate(_LEET)
    return word
