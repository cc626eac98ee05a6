"""Words of a service's answer: found in codes and in messages, and nowhere else."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.answer_words import Pieces, answer_words


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
        ("been *ly cancel", "has been successfully cancelled", True),
        ("been *ly cancel", "has been cancelled", False),
        ("déjà", "De\u0301ja\u0300 annulé", True),
        ("已取消", "请求已取消。", True),
        ("처리 중", "요청 처리 중입니다", True),
    ],
)
def test_a_piece_is_found_where_it_means_something(piece: str, text: str, *, found: bool) -> None:
    """A blank at an end of a piece is the end of a word; case and punctuation do not count."""
    assert Pieces((piece,)).are_in(text) is found


def test_each_word_of_the_file_is_found_by_its_own_list() -> None:
    """No list is left out, and no entry is written so that nothing can match it."""
    words = answer_words()
    lists = (
        (words.no_verdict_code, {"": words.no_verdict_codes}),
        (words.say_no_verdict, words.no_verdict),
        (words.say_under_way, words.under_way),
        (words.say_acted, words.acted),
        (words.deny, words.denies),
    )
    lost = [
        piece
        for search, told in lists
        for pieces in told.values()
        for piece in pieces
        if not search.are_in(f"x {piece.replace('*', 'successful')} x")
    ]
    assert lost == []
    assert not any(search.are_in("the order") for search, _ in lists)
