"""Words of a service's answer to the one request, by what they mean for it."""

from __future__ import annotations

import html
import re
import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import Final

from automation.aliexpress.site.word_pack import SiteData
from automation.aliexpress.site.words import fold

_BETWEEN: Final = re.compile(r"[\W_]")
_BETWEEN_PIECES: Final = re.compile(r"[^\w*]|_")
_ANY_LETTERS: Final = r"\w*"
# A text inside a text has its backslashes doubled, once for each level.
_CHARACTER: Final = re.compile(r"(?<!\\)\\+u([0-9a-f]{4})", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"(?<!\\)\\+([bfnrt/\"])")

ByLanguage = dict[str, tuple[str, ...]]


class AnswerWords(SiteData):
    """The words in ``answers.toml``, which explains each list; all languages count at once."""

    gateway_trouble_pieces: tuple[str, ...]
    no_verdict_pieces: ByLanguage
    under_way_pieces: ByLanguage
    acted_pieces: ByLanguage
    denial_pieces: ByLanguage

    @cached_property
    def gateway_trouble(self) -> PhraseMatcher:
        """Codes of a gateway that got no answer itself, or wants a human first."""
        return PhraseMatcher(self.gateway_trouble_pieces)

    @cached_property
    def no_verdict(self) -> PhraseMatcher:
        """Words of a captcha, a sign-in or a failed service."""
        return _all(self.no_verdict_pieces)

    @cached_property
    def under_way(self) -> PhraseMatcher:
        """Words by which the request may be under way or done."""
        return _all(self.under_way_pieces)

    @cached_property
    def acted(self) -> PhraseMatcher:
        """Words by which it happened, also beside a no."""
        return _all(self.acted_pieces)

    @cached_property
    def denial(self) -> PhraseMatcher:
        """Words that deny what was asked."""
        return _all(self.denial_pieces)


class PhraseMatcher:
    """Finds phrases, given in pieces of words, in codes and messages.

    A blank at an end of a piece wants the word to begin or end there; ``*`` stands for the rest
    of a word. Case, punctuation, underscores and escapes make no difference.
    """

    def __init__(self, pieces: tuple[str, ...]) -> None:
        self._found = re.compile("|".join(map(_pattern, pieces)))

    def found_in(self, text: str) -> bool:
        """True if one of them is in the text."""
        texts = dict.fromkeys((text, unescaped(text)))
        # An invisible character, or a sign such as ™, may be inside a word or end it.
        readings = (reading for each in texts for reading in (each, _BETWEEN.sub(" ", each)))
        return any(self._found.search(f" {_plain(each)} ") for each in readings)


@cache
def answer_words() -> AnswerWords:
    """The words that come with the tool."""
    file = resources.files("automation.aliexpress.site").joinpath("answers.toml")
    return AnswerWords.model_validate(tomllib.loads(file.read_text("utf-8")))


def unescaped(text: str) -> str:
    """A text with the escapes of JSON, at any depth, and those of HTML undone."""
    characters = _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    plain = _ESCAPE.sub(lambda found: found[1] if found[1] in '/"' else " ", characters)
    return html.unescape(plain)


def _all(words: ByLanguage) -> PhraseMatcher:
    return PhraseMatcher(tuple(piece for pieces in words.values() for piece in pieces))


def _pattern(piece: str) -> str:
    before, after = (" " if edge == " " else "" for edge in (piece[0], piece[-1]))
    parts = map(re.escape, _plain(piece, _BETWEEN_PIECES).split("*"))
    return f"{before}{_ANY_LETTERS.join(parts)}{after}"


def _plain(text: str, between: re.Pattern[str] = _BETWEEN) -> str:
    """The text in small letters, its words parted by single blanks."""
    return " ".join(between.sub(" ", fold(text)).split())
