"""Words that read like a person's name, and those that do not."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.redaction.name_like import names_in, plain_words, reads_like_a_name

KNOWN = frozenset({"case", "refund", "écrire", "à", "write", "to", "antrag"})


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Write to Quillfeather now", {"quillfeather"}),
        ("en", "Xandra", {"xandra"}),
        ("", "Xandra", {"xandra"}),  # no language means English
        ("en-GB", "Xandra Quill", {"xandra", "quill"}),
        ("en", "XANDRA", {"xandra"}),
        ("en", "Case of O'Xandra-Quill, 12", {"xandra", "quill"}),
        ("en", "Refund Case", set()),
        ("en", "Pull My Claim Back", set()),
        ("en", "X", set()),
        ("en", "", set()),
        # Elsewhere the first word of a sentence has a capital anyway.
        ("fr", "Récupérer", set()),
        ("fr", "Écrire à Xandra", {"xandra"}),
        ("fr", "Écrire. Récupérer", set()),
        ("fr", "Xandra Quill", {"xandra", "quill"}),
        ("sv", "Återkalla", set()),
        # German writes every noun with one, so only two in a row are a name.
        ("de", "Antrag bei Händler", set()),
        ("de", "Antrag an Xandra Quill", {"xandra", "quill"}),
        ("de-AT", "Antrag an Xandra", set()),
        # Letters with marks, composed or not.
        ("en", "Write to E\u0301lodie", {"élodie"}),
        ("en", "Write to Q\u0303uillo", {"q\u0303uillo"}),
        ("en", "write to \u0301 Xandra", {"xandra"}),
        ("ru", "Написать сегодня Ксандре", {"ксандре"}),
        ("ja", "申請を取り下げる", set()),
    ],
)
def test_a_capital_where_the_page_has_none_is_a_name(lang: str, text: str, names: set[str]) -> None:
    """GIVEN a text THEN its words with a capital that nothing explains, folded."""
    assert names_in(text, lang, KNOWN) == names


@pytest.mark.parametrize(
    ("part", "like"),
    [
        ("Quillfeather", True), ("Xan", True), ("Xa", False), ("xandra", False), ("XandraBox", False),
        ("XANDRA", False), ("Xandra2", False), ("Wrapper", False), ("Case", False), ("", False),
    ],
)  # fmt: skip
def test_a_part_of_a_class_name_reads_like_one_with_a_single_capital(
    part: str, *, like: bool
) -> None:
    """GIVEN a part of a class name THEN one capital and small letters that no list has."""
    assert reads_like_a_name(part, KNOWN) is like


def test_plain_words_are_small_and_whole() -> None:
    """GIVEN the list of plain words THEN each can be met: folded, without a sign, and at least two letters."""
    words = plain_words()

    assert {"withdraw", "wrapper"} <= words
    assert [word for word in words if not (word.isalpha() and word == word.casefold())] == []
