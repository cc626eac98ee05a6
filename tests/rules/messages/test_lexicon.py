"""Which words of a text an entry of the word files stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules.messages import lexicon
from rules.messages.fold import fold
from rules.messages.lexicon import hits_in
from rules.word_files import word_tables

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The entries as the word files have them, not as they were compiled once."""
    made = lexicon.made_entries()
    monkeypatch.setattr(lexicon, "entries", lambda: made)
    kept = (lexicon._starting_with, lexicon.hits_in)  # noqa: SLF001  it was made of the other entries
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


@pytest.mark.usefixtures("made_anew")
def test_every_word_of_the_files_is_found_where_it_stands() -> None:
    """GIVEN every ninth entry of each list WHEN a message has just that THEN it is found in it."""
    for language, table in word_tables().items():
        for concept, listed in table.items():
            for entry in listed[::9]:
                text = fold(entry).replace("*", "").replace("...", "x")
                found = {(hit.language, hit.concept) for hit in hits_in(text)}
                assert (language, concept) in found, entry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("make it go away", True),
        ("make it soon or never go away", True),  # four words between
        ("make it go far away", False),
        ("make it soon", False),
    ],
)
def test_words_may_stand_between_the_parts_of_a_verb_only_where_it_splits(
    text: str, *, found: bool
) -> None:
    """GIVEN an entry with one gap THEN the words behind the gap belong together again."""
    assert any(text[hit.start : hit.end].endswith("away") for hit in hits_in(text)) is found


@pytest.mark.parametrize(
    "entry",
    [
        "qq.com", "163.com", "0円", "5つ星", "lineで", "0원", "5점", "5 ดาว", "0元", "0美元", "5星",
    ],
)  # fmt: skip
def test_an_entry_with_a_digit_or_a_dot_is_found_too(entry: str) -> None:
    """GIVEN an entry of another kind of letters than its script, or with a dot THEN it is found, but not in a longer number."""
    text = fold(entry)

    def whole(at: int, among: str) -> bool:
        return (at, at + len(text)) in {(hit.start, hit.end) for hit in hits_in(among)}

    assert whole(0, text)
    assert whole(2, f"a {text}")
    assert not whole(1, f"1{text}")


@pytest.mark.parametrize(
    ("text", "concept", "entry"),
    [
        ("用paypal付款", "outside", "paypal"),
        ("加whatsapp联系我", "messenger", "whatsapp"),
        ("我用western union给你", "outside", "western union"),
        ("ใช้paypalจ่าย", "outside", "paypal"),
        ("paypal로 보낼게요", "outside", "paypal"),
        ("请给我5星", "stars", "5星"),
        ("退0元", "zero", "0元"),
        ("私のlineで連絡", "messenger", "lineで"),
    ],
)
def test_a_script_without_spaces_has_none_around_a_name_either(
    text: str, concept: str, entry: str
) -> None:
    """GIVEN a name or number in the middle of Chinese, Japanese, Thai or Korean THEN it is found."""
    folded = fold(text)
    found = {folded[hit.start : hit.end] for hit in hits_in(folded) if hit.concept == concept}
    assert fold(entry) in found


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("paypals付款", "outside"),
        ("用xpaypal付款", "outside"),
        ("退100元", "zero"),
        ("onlineで", "messenger"),
    ],
)
def test_there_too_a_longer_word_is_another_one(text: str, concept: str) -> None:
    """GIVEN more letters or digits beside it THEN it is not that word."""
    assert concept not in {hit.concept for hit in hits_in(fold(text))}
