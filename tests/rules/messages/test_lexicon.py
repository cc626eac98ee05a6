"""Which words of a text an entry of the word files stands for."""

from __future__ import annotations

import pytest

from rules.messages import lexicon
from rules.messages.lexicon import hits_in


@pytest.mark.parametrize(
    ("entry", "word", "fits"),
    [
        ("close", "close", True),
        ("close", "closed", False),
        ("close*", "closed", True),
        ("close*", "enclosed", False),
        ("*close", "enclose", True),
        ("*close", "enclosed", False),
        ("*close*", "enclosed", True),
        ("*close*", "clos", False),
    ],
)
def test_a_star_stands_for_any_beginning_or_ending(entry: str, word: str, *, fits: bool) -> None:
    """GIVEN a star before, behind or on both sides THEN only there may something be added."""
    assert lexicon._fits(entry, word) is fits  # noqa: SLF001  the word files have no such set of entries


@pytest.mark.parametrize(
    ("text", "names_it"),
    [
        ("western union", True),
        ("western-union", True),
        ("western digital", False),
        ("western digital union", False),
        ("western", False),
        ("the union of western", False),
    ],
)
def test_a_name_of_two_words_needs_both(text: str, *, names_it: bool) -> None:
    """GIVEN one of them, or another word between THEN it is not that name."""
    assert any(hit.concept == "outside" for hit in hits_in(text)) is names_it
