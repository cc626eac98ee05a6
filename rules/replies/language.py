"""In which language a message is written: by its script, then by the words it shares with a lexicon."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from rules.messages.fold import fold
from rules.messages.lexicon import COMMON, hits_in

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES: Final = (
    "en", "es", "pt", "fr", "de", "it", "ru", "pl", "nl", "uk", "tr", "ar", "ko", "ja", "zh",
)  # fmt: skip
_OTHERWISE: Final = "en"
# Scripts of one of these languages. Han letters alone are Chinese, beside kana Japanese.
_SCRIPTS: Final = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ar", re.compile(r"[\u0621-\u064a]")),
)
# Letters that the other languages of the same script do not have.
_LETTERS: Final = (
    ("uk", re.compile(r"[іїєґ]")), ("ru", re.compile(r"[ыэё]")), ("de", re.compile(r"ß")),
    ("pl", re.compile(r"[łśźż]")), ("tr", re.compile(r"[ığş]")), ("es", re.compile(r"[ñ¿¡]")),
    ("pt", re.compile(r"[ãõ]")), ("fr", re.compile(r"[œê]")),
)  # fmt: skip
# Of Persian and Urdu, which share the script of Arabic.
_NOT_ARABIC: Final = re.compile(r"[\u067e\u0686\u0698\u06af\u06cc\u06a9]")
_A_LETTER_COUNTS: Final = 6
_ENOUGH: Final = 4


def language_of(texts: Iterable[str]) -> str:
    """One of ``LANGUAGES``; English where the language is another one, or cannot be told."""
    text = "\n".join(texts)
    if script := _by_script(text):
        return script
    covered: Counter[str] = Counter()
    for hit in hits_in(fold(text)):
        if hit.language != COMMON:
            covered[hit.language] += hit.end - hit.start
    for language, letters in _LETTERS:
        covered[language] += _A_LETTER_COUNTS * len(letters.findall(text.casefold()))
    best, most = max(covered.items(), key=lambda each: (each[1], each[0] == _OTHERWISE))
    return best if best in LANGUAGES and most >= _ENOUGH else _OTHERWISE


def _by_script(text: str) -> str:
    """The language whose script most letters of the text have; empty if none has it for itself."""
    counts = {language: len(letters.findall(text)) for language, letters in _SCRIPTS}
    if not any(counts.values()) or max(counts.values()) * 3 < sum(map(str.isalpha, text)):
        return ""
    if counts["ar"] and _NOT_ARABIC.search(text):
        return _OTHERWISE
    if counts["ja"] and counts["ja"] >= counts["ko"]:
        return "ja"
    return max(counts, key=lambda language: counts[language])
