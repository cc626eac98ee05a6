"""Words as dates are looked up in: folded, with plain digits and signs."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.text.plain import bare, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("15 DEC 2026", "15 dec 2026"),
        ("١٥ ديسمبر ٢٠٢٦", "15 ديسمبر 2026"),
        ("१५/१२", "15/12"),
        ("１５：３０", "15:30"),
        ("١٢٫٥٠، ١٬٠٠٠", "12.50, 1,000"),
        ("−3 days", "-3 days"),
        ("½ ①", "1\u20442 1"),
        ("", ""),
    ],
)
def test_digits_and_signs_of_any_script_are_plain(text: str, folded: str) -> None:
    """GIVEN digits or signs of a script THEN those of ASCII; letters are folded."""
    assert plain(text) == folded


def test_a_bare_word_has_no_dots_and_spaces() -> None:
    """GIVEN a day period as languages spell it THEN its letters alone."""
    assert {bare(word) for word in ("p.m.", "p. m.", "p.\u00a0m", "pm")} == {"pm"}
