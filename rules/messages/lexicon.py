"""All languages together: one pattern for each concept, made when first asked for."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rules.messages import (
    stories_east,
    stories_en,
    stories_iberian,
    stories_west,
    words_asian,
    words_en,
    words_germanic,
    words_iberian,
    words_middle_east,
    words_romance,
    words_slavic,
)
from rules.messages.vocabulary import CONCEPTS, Words, joined, pattern_of

if TYPE_CHECKING:
    import re

_MODULES = (
    words_en, words_iberian, words_romance, words_germanic, words_slavic, words_asian, words_middle_east,
    stories_en, stories_iberian, stories_west, stories_east,
)  # fmt: skip


@cache
def languages() -> dict[str, Words]:
    """Every language's table by its name in the word modules; those of one name are one."""
    found: dict[str, Words] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, Words):
                known = found.get(name.lower())
                found[name.lower()] = joined(known, value) if known else value
    return found


@cache
def pattern(concept: str, language: str = "") -> re.Pattern[str]:
    """The words of one concept in one language, or in all of them.

    What a seller wants is looked for in all languages: he may mix them, and a wrong
    guess would hide his wish. What negates it is looked for in the verb's own language.
    """
    tables = [languages()[language]] if language else list(languages().values())
    if concept not in CONCEPTS:
        raise KeyError(concept)
    lines = (str(getattr(words, concept)) for words in tables)
    return pattern_of([entry for line in lines for entry in line.split(",")])


@lru_cache(maxsize=256)
def has(concept: str, text: str, tongues: tuple[str, ...] = ("",)) -> bool:
    """Whether any word of the concept is in a folded text."""
    return any(pattern(concept, tongue).search(text) for tongue in tongues)


@cache
def tongues_of(word: str) -> tuple[str, ...]:
    """The languages in which a folded word asks for something; all if none claims it."""
    asking = (
        "cancel", "close", "split", "done", "without", "accept", "press", "change", "confirm",
        "outside", "threat", "harm", "goon", "loss", "reopen", "complete",
    )  # fmt: skip
    found = tuple(
        language
        for language in languages()
        if any(pattern(concept, language).fullmatch(word) for concept in asking)
    )
    return found or ("",)
