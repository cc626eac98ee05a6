"""Words of a service's answer: found in codes and in messages, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site.answer_words import PhraseMatcher, answer_words, unescaped

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("piece", "text", "found"),
    [
        ("time out", "GATEWAY_TIME-OUT", True),
        ("duplicat", "This is a DUPLICATED call", True),
        (" not ", "It was not cancelled", True),
        (" not ", "NOT_ALLOWED", True),
        (" not ", "a notable change", False),
        (" fail", "unfailing", False),
        ("processed ", "the call is processed.", True),
        ("processed ", "an unprocessedcall", False),
        ("n't ", "It can’t be done", True),
        ("n't ", "in the", False),
        (" not ", "It is 'not' cancelled", True),
        (" fail", "cancel 'failed'", True),
        ("processed ", "state='processed'", True),
        ("processed ", "processed™", True),
        ("annulé ", "l’état 'annulé'", True),
        ("repeat", "a re\u00adpeat", True),
        ("iptal ed", "İPTAL EDİLDİ", True),
        ("been *ly cancel", "has been successfully cancelled", True),
        ("been *ly cancel", "has been cancelled", False),
        ("déjà", "De\u0301ja\u0300 annulé", True),
        ("已取消", "请求已取消。", True),
        ("처리 중", "요청 처리 중입니다", True),
    ],
)
def test_a_piece_is_found_where_it_means_something(piece: str, text: str, *, found: bool) -> None:
    """A blank at an end of a piece is the end of a word; case and punctuation do not count."""
    assert PhraseMatcher((piece,)).found_in(text) is found


def lost(text_of: Callable[[str], str]) -> list[str]:
    """The pieces of the file that their own list does not find in a text with them."""
    words = answer_words()
    lists = (
        (words.gateway_trouble, {"": words.gateway_trouble_pieces}),
        (words.no_verdict, words.no_verdict_pieces),
        (words.under_way, words.under_way_pieces),
        (words.acted, words.acted_pieces),
        (words.denial, words.denial_pieces),
    )
    assert not any(search.found_in("the order") for search, _ in lists)
    return [
        piece
        for search, told in lists
        for pieces in told.values()
        for piece in pieces
        if not search.found_in(text_of(piece.replace("*", "successful")))
    ]


def test_each_word_of_the_file_is_found_by_its_own_list() -> None:
    """No list is left out, and no entry is written so that nothing can match it."""
    assert lost(lambda piece: f"x {piece} x") == []


@pytest.mark.parametrize(
    "mark", [*"'\"`´’‘”„“»«/=.,:;()[]{}<>|\\-_*#!?¿¡。、：™\x00\u200b\u00a0\n"]
)
def test_each_word_of_the_file_ends_at_any_mark(mark: str) -> None:
    """GIVEN a word between two marks, such as quotes THEN it is found as between blanks."""
    assert lost(lambda piece: f"x{mark}{piece.strip()}{mark}x") == []


def test_each_word_of_the_file_is_found_in_capitals_of_any_language() -> None:
    """GIVEN capitals, also the dotted one that Turkish has for i THEN they are the same word."""
    assert lost(lambda piece: f"x {piece.upper()} x") == []
    assert lost(lambda piece: f"x {piece.replace('i', 'İ')} x") == []


def test_each_word_of_the_file_is_found_in_escapes() -> None:
    """GIVEN a text as JSON writes it, also inside another text THEN the words are the same."""
    assert lost(lambda piece: json.dumps(f"x\n{piece}\nx")) == []
    assert lost(lambda piece: json.dumps(json.dumps(f"x\n{piece}\nx"))) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"\u5df2\\u53D6", "已取"),
        (r"https:\/\/h.example\u002Fa", "https://h.example/a"),
        (r"a\nb\\tc\"", 'a b c"'),
        ("d&eacute;j&#224; &amp; x", "déjà & x"),
        (r"100% \x \u12", r"100% \x \u12"),
    ],
)
def test_escapes_become_what_they_stand_for(text: str, plain: str) -> None:
    """GIVEN escapes of JSON or HTML THEN their characters; anything else stays."""
    assert unescaped(text) == plain
