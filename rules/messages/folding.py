"""Folds a message so that case, accents and invisible letters no longer hide its words."""

from __future__ import annotations

import re
import unicodedata

_LONGEST, _TAIL = 100_000, 10_000
_QUOTES = str.maketrans(dict.fromkeys("‘’‛ʼ´`＇′", "'"))
_LETTERS = str.maketrans(
    {"\u0131": "i", "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00e6": "ae"}
)
# French and Italian words that lose their vowel before the next one.
_ELIDED = re.compile(r"\b([ldnscjmt]|qu|dell|nell|all|sull|un|quest)'(?=\w)")


def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, plain apostrophes and spaces."""
    if len(text) > _LONGEST:  # nobody reads that; its two ends are where a wish would stand
        text = text[: _LONGEST - _TAIL] + "\n" + text[-_TAIL:]
    shown = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"})
    wide = unicodedata.normalize("NFKD", shown).translate(_QUOTES).casefold()
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", wide) if unicodedata.category(c)[0] != "M"
    )
    joined = unicodedata.normalize("NFKC", plain).translate(_LETTERS)
    spaced = _ELIDED.sub(r"\1 ", joined).replace("'", "")
    return re.sub(r"[^\S\n]+", " ", spaced).strip()
