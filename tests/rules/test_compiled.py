"""What takes long to make is kept as compiled code, and counts only for what it was made of."""

from __future__ import annotations

import marshal
import sys
from dataclasses import dataclass, field
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rules.compiled import compiled
from rules.messages import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

MADE = {"dispute": [("open", "en", ("open", "*ed")), ("open", "de", ("offen",))], "größe": []}


@dataclass
class Maker:
    """Makes data, and counts how often."""

    place: str
    made: list[str] = field(default_factory=list)

    def get(self, made_of: bytes = b"words") -> object:
        """The data, from the time before or new."""
        return compiled(self.place, made_of, self._make)

    def _make(self) -> object:
        self.made.append("once more")
        return MADE

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return Path(cache_from_source(f"{self.place}.py"))


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Keeps its data below the test's folder, whatever the suite's own settings."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return Maker(str(tmp_path / "module.words"))


def test_what_was_made_of_the_same_is_not_made_again(maker: Maker) -> None:
    """GIVEN data that was made once WHEN it is wanted again THEN it comes as it was from the file."""
    first = maker.get()

    assert (first, maker.get(), maker.made) == (MADE, MADE, ["once more"])
    assert maker.file.name.startswith("module.words.")


def test_other_content_makes_it_anew(maker: Maker) -> None:
    """GIVEN data of other words, as long as these WHEN it is wanted THEN it is made, and kept."""
    maker.get(b"words")

    assert maker.get(b"drows") == MADE
    maker.get(b"drows")
    assert len(maker.made) == 2


def _cut_off(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def _empty(_whole: bytes) -> bytes:
    return b""


def _of_another_python(whole: bytes) -> bytes:
    return bytes(2) + whole[2:]


def _of_other_content(whole: bytes) -> bytes:
    """Its header fits, but not the whole hash beside the data."""
    return whole.replace(source_hash(b"words"), bytes(8))


def _other_code(whole: bytes) -> bytes:
    return whole[:16] + marshal.dumps(compile("surprise = 1", "elsewhere", "exec"))


def _no_code(whole: bytes) -> bytes:
    return whole[:16] + marshal.dumps(("kept", 1))


@pytest.mark.parametrize(
    "spoil", [_cut_off, _empty, _of_another_python, _of_other_content, _other_code, _no_code]
)
def test_a_file_that_does_not_fit_is_not_used(
    maker: Maker, spoil: Callable[[bytes], bytes]
) -> None:
    """GIVEN a kept file that is broken or somebody else's THEN the data is made as if there were none."""
    maker.get()
    whole = maker.file.read_bytes()
    spoiled = spoil(whole)
    assert spoiled != whole
    maker.file.write_bytes(spoiled)

    assert maker.get() == MADE
    assert len(maker.made) >= 2


def test_without_a_folder_to_write_in_it_is_made_each_time(maker: Maker) -> None:
    """GIVEN a place that cannot have a folder THEN the data is made, and nothing fails."""
    Path(maker.place).parent.joinpath("__pycache__").write_text("a file", "utf-8")

    assert (maker.get(), maker.get()) == (MADE, MADE)
    assert len(maker.made) == 2


def test_where_python_writes_no_compiled_code_nothing_is_written(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN PYTHONDONTWRITEBYTECODE THEN the data is made, and the folder stays empty."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert maker.get() == MADE
    assert list(Path(maker.place).parent.iterdir()) == []


def test_the_words_of_messages_are_the_same_from_the_file(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN the entries of all languages WHEN they come from the file THEN none differs."""
    folder = Path(maker.place).parent
    monkeypatch.setattr(sys, "pycache_prefix", str(folder))
    monkeypatch.setattr(lexicon, "entries", lexicon.entries.__wrapped__)
    new = lexicon.entries()

    assert list(folder.rglob("lexicon.words.*"))
    assert lexicon.entries() == new == lexicon.made_entries()
