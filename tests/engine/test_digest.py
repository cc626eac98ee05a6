"""The digest of a plan: twelve characters that stand for all of its content."""

from __future__ import annotations

import pytest

from automation.engine.digest import digest_of, is_digest


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0123456789ab", True),
        ("0123456789AB", False),
        ("0123456789a", False),
        ("0123456789abc", False),
        ("0123456789ab\n", False),
        ("", False),
    ],
)
def test_what_looks_like_a_digest(text: str, *, is_one: bool) -> None:
    """GIVEN a text THEN a digest only if it is twelve small hex digits."""
    assert is_digest(text) is is_one


def test_any_other_content_has_another_digest() -> None:
    """GIVEN content THEN its digest is the same in any order of its keys, and changes with every value."""
    one = {"a": 1, "b": {"c": "\u00e9", "d": [1, 2]}}

    assert digest_of(one) == digest_of({"b": {"d": [1, 2], "c": "\u00e9"}, "a": 1})
    assert is_digest(digest_of(one))
    for other in ({**one, "a": 2}, {**one, "a": "1"}, {**one, "b": {"c": "e", "d": [1, 2]}},
                  {**one, "b": {"c": "\u00e9", "d": [2, 1]}}, {"a": 1}):  # fmt: skip
        assert digest_of(other) != digest_of(one)


def test_the_digest_of_today_is_the_one_of_tomorrow() -> None:
    """GIVEN a plan that was kept by another version THEN its digest is still found."""
    assert digest_of({"a": 1}) == "015abd7f5cc5"
