"""The language of a message: by its script, then by words; English where it cannot be told."""

from __future__ import annotations

import pytest

from rules.messages.fold import fold
from rules.messages.lexicon import hits_in
from rules.replies import language_of


def test_a_language_without_replies_is_answered_in_english() -> None:
    """GIVEN Swedish, Persian, nothing, or signs THEN English."""
    assert language_of(["لطفاً ابتدا اختلاف را لغو کنید، سپس پول را برمی‌گردانیم."]) == "en"
    assert language_of(["Vänligen avbryt tvisten först, sedan får du pengarna."]) == "en"
    assert language_of([]) == language_of(["12 !?"]) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("안녕하세요, 좋은 하루 되세요", "ko"),
        ("こんにちは、よろしくです", "ja"),
        ("東京大学へ行きます", "ja"),  # kana beside Han letters
        ("早上好,天天向上", "zh"),
        ("صباح الخير", "ar"),
    ],
)
def test_a_script_tells_the_language_without_any_known_word(text: str, language: str) -> None:
    """GIVEN words that no lexicon has THEN the script alone decides."""
    assert not list(hits_in(fold(text)))
    assert language_of([text]) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("天天向上 abcdefgh", "zh"),  # a third of the letters
        ("天天向 abcdefghi", "en"),
        ("Dear friend, your parcel of 天天向上 Store is here", "en"),
    ],
)
def test_a_name_in_another_script_does_not_tell_the_language(text: str, language: str) -> None:
    """GIVEN fewer than a third of the letters in a script THEN it decides nothing."""
    assert language_of([text]) == language
