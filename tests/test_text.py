from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.text import browser_reason, clean_text, first_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("  two\n\nlines\tand\u00a0\u3000space \u2028", "two lines and space"),
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred \x9d0;t\x9cafter", "red after"),
        ("\x1bP1;2|payload\x1b\\after \x1b(B\x1bcend", "after end"),
        ("\x1b]0;never closed, so it stays", "0;never closed, so it stays"),
        ("a\x00b\x08c\x7fd\x85e", "abcd e"),
        ("pay \u202e09.00$\u202c now", "pay 09.00$ now"),
        ("\u2066a\u2069\u200eb\u200f\u061cc", "abc"),
        ("in\u200bvi\u200c\u200dsi\u2060b\ufeffle\u00ad", "invisible"),
        ("\u3164\u115f\u2800\uffa0x", "x"),
        ("x\U000e0041\U000e0101\ufe01", "x"),
        ("bad \ud800 half", "bad \ufffd half"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("\u0301x", "x"),
        ("a" + "\u0301" * 50 + "b", "a" + "\u0301" * 6 + "b"),
        ("[bold]brackets[/bold] & <b>", "[bold]brackets[/bold] & <b>"),
        ("한국어 العربية עברית हिन्दी ไทย", "한국어 العربية עברית हिन्दी ไทย"),
        ("", ""),
        ("\x1b", ""),
    ],
)
def test_what_is_left_of_a_text(text: str, shown: str) -> None:
    """Escapes, controls, overrides and invisible letters go; words of any script stay."""
    assert clean_text(text) == shown


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),
        ("abc", 1, "…"),
        ("e\u0301" * 4, 3, "e\u0301e\u0301…"),
        ("👍🏽👍🏽👍🏽", 2, "👍🏽…"),
        ("🇩🇪🇫🇷🇮🇹", 2, "🇩🇪…"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8\u1100", 2, "\u1112\u1161\u11ab…"),
        ("नमस्ते", 3, "नम…"),
    ],
)
def test_a_cut_falls_between_characters(text: str, limit: int, shown: str) -> None:
    """A letter keeps its accents, a flag its two halves, and the cut is visible."""
    assert clean_text(text, limit) == shown


def test_a_limit_below_one_is_refused() -> None:
    """No text fits there, not even the cut mark."""
    with pytest.raises(ValueError, match="at least 1"):
        clean_text("x", 0)


@given(
    st.text(
        st.characters(exclude_categories=[]) | st.sampled_from("\x1b[]\x07\\;m\x9b\u202e\u0301")
    ),
    st.integers(1, 40),
)
def test_nothing_dangerous_is_left_of_any_text(text: str, limit: int) -> None:
    """One printable line that can be encoded, within its limit, and stable when repeated."""
    shown = clean_text(text, limit)
    categories = {unicodedata.category(char) for char in shown}
    assert not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert shown.encode("utf-8")[:1] != b" "
    assert "\n" not in shown
    assert "  " not in shown
    assert len(shown) <= limit * 7
    assert clean_text(shown, limit) == shown


@pytest.mark.parametrize(
    "piece", ["\x1b]", "\x9d", "\x1b[0", "\x9b;", "\u0301", "\x1bP\x1b", "a\u0301"]
)
def test_a_long_hostile_text_takes_no_long_time(piece: str) -> None:
    """Sequences opened a hundred thousand times are read in one pass, not in their square."""
    text = piece * 100_000
    start = time.perf_counter()
    clean_text(text, 50)
    assert time.perf_counter() - start < 20


@given(st.text([chr(code) for code in range(32, 127)], max_size=40), st.integers(1, 45))
def test_plain_letters_are_cut_as_any_other(text: str, limit: int) -> None:
    """GIVEN printable ASCII, which has a short way THEN it is as with an invisible character in it."""
    assert clean_text(text, limit) == clean_text(f"{text}\u200b", limit)


@pytest.mark.parametrize(
    ("text", "line"), [("", ""), ("\n", ""), ("one", "one"), ("one\r\ntwo", "one")]
)
def test_an_empty_text_has_an_empty_first_line(text: str, line: str) -> None:
    """GIVEN an error without words, as a driver may raise THEN its first line is empty."""
    assert first_line(text) == line
    assert browser_reason(text) == (line or "the browser gave no reason")
