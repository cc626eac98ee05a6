"""Words as they are compared: folded, and without the signs that disguise them."""

from __future__ import annotations

import pytest

from rules.messages.fold import undisguised


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("d1s", "dis"),  # a third of it are digits
        ("d1spute", "dispute"),
        ("a12", "a12"),  # a number with a letter
        ("2026", "2026"),
        ("ca$h", "cash"),
        ("us$", "us$"),  # a sign of money behind a word is no letter
        ("refund!", "refund"),
        ("c.a.n.c.e.l it", "cancel it"),
        ("c a n c e l it", "cancel it"),
    ],
)
def test_a_few_signs_are_read_as_letters(written: str, meant: str) -> None:
    """GIVEN digits or signs among letters THEN the word that they look like; a number stays one."""
    assert undisguised(written) == meant
