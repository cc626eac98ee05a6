"""Folding: letters that look or count alike become the same, and nothing else does."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from automation.aliexpress.site.words import WordList, as_label, fold

# White space, control and format characters, separators, and marks that join the letter before.
_ODD = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")
_SEEN = ("Zs", "Zl", "Zp")


def _odd_letters() -> list[str]:
    every = map(chr, range(sys.maxunicode))
    return [char for char in every if unicodedata.category(char) in _ODD]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cancel  REQUEST ", "cancel request"),
        ("Cancel\u200b Request", "cancel request"),
        ("Can\u00adcel\trequest\n", "cancel request"),
        ("Can\x00cel\x1crequest", "cancel request"),
        ("\uff23\uff41\uff4e\uff43\uff45\uff4c", "cancel"),
        ("a \u200b b", "a b"),
        ("\u202e", ""),
    ],
)
def test_what_nobody_sees_makes_no_difference(text: str, folded: str) -> None:
    """GIVEN other case, width, white space or invisible characters THEN the words are the same."""
    assert fold(text) == folded


def test_each_invisible_letter_goes_and_each_space_is_one() -> None:
    """GIVEN any of them between two words THEN it is gone, or is one space, or stays as a mark."""
    for char in _odd_letters():
        wide = unicodedata.normalize("NFKC", char)
        spaces = wide.isspace() or unicodedata.category(char) in _SEEN
        gone = not spaces and unicodedata.category(char) in {"Cc", "Cf"}
        folded = fold(f"x{char}y")
        assert (folded == "x y") is spaces, f"U+{ord(char):04X}"
        assert not gone or folded == "xy", f"U+{ord(char):04X}"


@pytest.mark.parametrize("nothing", ["", " ", "…", "»", ". .", "\u200b", "\u202e:"])
def test_no_text_is_a_word(nothing: str) -> None:
    """GIVEN a list with a word that says nothing THEN an empty label or line is still none of it."""
    assert as_label(nothing) == ""
    assert "" not in WordList([nothing])
    assert nothing not in WordList([nothing, "Closed"])
    assert not WordList([nothing])
    assert "closed." in WordList([nothing, "Closed"])
