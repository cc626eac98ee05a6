"""The word files: each follows the schema, and a change of any is noticed."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rules import messages, word_files
from rules.word_files import word_bytes, word_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LOGIC = Path(messages.__file__).parent
CONCEPTS = b'close = "to close a dispute"\nmoney = "money"\n'


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Mapping[str, bytes]], None]]:
    """Have these files in place of the real ones."""

    def place(files: Mapping[str, bytes]) -> None:
        word_tables.cache_clear()
        monkeypatch.setattr(word_files, "_word_files", lambda: dict(files))

    yield place
    word_tables.cache_clear()


def test_the_real_files_follow_their_schema() -> None:
    """GIVEN the files as they are THEN languages, and not the schema, each with lists of words."""
    tables = word_tables()

    assert {"en", "common"} <= tables.keys()
    assert "concepts" not in tables
    assert len(tables) > 25
    entries = [e for t in tables.values() for v in t.values() for e in v]
    assert [e for e in entries if not any(c.isalnum() for c in e)] == []
    assert [(t, c) for t, table in tables.items() for c in table if table[c] == []] == []


def test_a_language_is_its_lists(put: Callable[[Mapping[str, bytes]], None]) -> None:
    """GIVEN two languages THEN the words of each by concept."""
    german = 'close = ["schließ*"]'.encode()
    put({"concepts": CONCEPTS, "de": german, "en": b'money = ["refund", "pay"]'})

    assert word_tables() == {"de": {"close": ["schließ*"]}, "en": {"money": ["refund", "pay"]}}


@pytest.mark.parametrize(
    ("file", "named"),
    [
        (b'closed = ["x"]', "closed"),
        (b'close = "x"', "close"),
        (b"close = [7]", "close"),
        (b'close = [""]', "close"),
        (b'close = ["a", " "]', "close"),
        (b'[close]\nmoney = ["x"]', "close"),
        (b"close = [", ""),
        (b'close = ["\xff"]', ""),
    ],
)
def test_a_file_that_does_not_follow_it_is_refused(
    put: Callable[[Mapping[str, bytes]], None], file: bytes, named: str
) -> None:
    """GIVEN a concept that is not there, or no list of words THEN an error, and no word is taken apart."""
    put({"concepts": CONCEPTS, "en": file})

    with pytest.raises(ValueError, match=named or None):
        word_tables()


@pytest.mark.parametrize(
    "other",
    [
        {"concepts": CONCEPTS, "en": b'close = ["y"]'},
        {"concepts": CONCEPTS, "de": b'close = ["x"]'},
        {"concepts": CONCEPTS + b"\n", "en": b'close = ["x"]'},
        {"concepts": CONCEPTS},
    ],
)
def test_what_is_compiled_is_made_of_every_byte(
    put: Callable[[Mapping[str, bytes]], None], other: Mapping[str, bytes]
) -> None:
    """GIVEN another word, language or schema THEN the bytes differ, so the tables are made anew."""
    put({"concepts": CONCEPTS, "en": b'close = ["x"]'})
    before = word_bytes()
    put(other)

    assert word_bytes() != before


def test_every_concept_is_read_by_the_logic() -> None:
    """Every list of words is used."""
    named = " ".join(text for path in LOGIC.glob("*.py") for text in _strings(path)).split()
    concepts = {concept for table in word_tables().values() for concept in table}
    only_there = {"speech"}  # it identifies its language by being there
    assert concepts - set(named) == only_there


def test_the_logic_has_no_words_of_other_languages() -> None:
    """Only the word files and the table of lookalikes have letters beyond ASCII."""
    texts = [t for p in LOGIC.glob("*.py") if p.name != "fold.py" for t in _strings(p)]
    letters = {c for t in texts for c in t if not c.isascii() and unicodedata.category(c)[0] == "L"}
    assert letters - set("\u0e00\u0e7f\u3040\u30ff\u3400\u9fff\uac00\ud7af元") == set()


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [value for value in found if isinstance(value, str)]
