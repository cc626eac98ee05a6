"""Normalise text: case, accents, invisible letters and disguised words."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(dict.fromkeys("‘’‛ʼ´`＇′", "'"))
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae"})
# French and Italian words that drop their vowel before the next word.
_ELIDED = re.compile(r"\b([ldnscjmt]|qu|dell|nell|all|sull|un|quest)'(?=\w)")
_LOOKALIKES = str.maketrans("авекмнорстухіѕјԁοανερτικ", "abekmhopctyxisjdoavepTik".lower())
_DIGITS = str.maketrans("013457@$!€", "oieastasie")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[.\-_*·•|~+^/]+(?=[^\W\d_])")
_SPELLED_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-_*·•|/]){3,}[^\W\d_](?!\w)")
_MIXED = re.compile(r"[\w@$!€]+")


def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, plain apostrophes and spaces."""
    plain = text.lower()
    if not text.isascii():
        shown = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"})
        wide = unicodedata.normalize("NFKD", shown).translate(_QUOTES).casefold()
        bare = (c for c in unicodedata.normalize("NFKD", wide) if unicodedata.category(c)[0] != "M")
        plain = unicodedata.normalize("NFKC", "".join(bare)).translate(_LETTERS)
    spaced = _ELIDED.sub(r"\1 ", plain).replace("'", "")
    return re.sub(r"[^\S\n]+", " ", spaced).strip()


def undisguised(folded: str) -> str:
    """The same text without dots, digits, look-alike letters and spaces inside its words."""
    joined = _INSIDE_WORD.sub("", folded)
    joined = _SPELLED_OUT.sub(lambda run: re.sub(r"[\W_]", "", run[0]), joined)
    return _MIXED.sub(lambda word: _plain_word(word[0]), joined)


def _plain_word(word: str) -> str:
    if not re.search("[a-z]", word):
        return word
    core = word.translate(_LOOKALIKES).rstrip("!")
    digits = sum(c.isdigit() for c in core)
    mixed = 0 < digits <= len(core) // 3 or re.search(r"[a-z][@$!€][a-z]", core)
    return core.translate(_DIGITS) if mixed else core
