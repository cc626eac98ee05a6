"""The compiled template: taken from the time before only if it was made of the same."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path
from unittest import mock

import pytest
from jinja2 import DictLoader, Environment

from automation.engine.receipts.kept_template import KeptTemplate


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept: below the test's folder, whatever the suite's own settings."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path / "receipt"


def shown(place: Path, source: str) -> tuple[str, int]:
    """The page that a template makes, and how often the template was compiled for it."""
    environment = Environment(
        loader=DictLoader({"page": source}), autoescape=True, bytecode_cache=KeptTemplate(place)
    )
    with mock.patch.object(environment, "compile", wraps=environment.compile) as compiling:
        page = environment.get_template("page").render(name="<Dana>")
    return page, compiling.call_count


def kept_at(place: Path) -> Path:
    """The file."""
    return Path(cache_from_source(f"{place}.py"))


def test_the_same_template_is_compiled_once(place: Path) -> None:
    """GIVEN a template that was compiled before THEN it makes the same page without another time."""
    assert shown(place, "For {{ name }}") == ("For &lt;Dana&gt;", 1)
    assert shown(place, "For {{ name }}") == ("For &lt;Dana&gt;", 0)


def test_another_template_is_compiled_anew(place: Path) -> None:
    """GIVEN what was kept of one template THEN another one shows its own words."""
    shown(place, "For {{ name }}")
    assert shown(place, "To {{ name }}") == ("To &lt;Dana&gt;", 1)


def test_a_broken_file_is_made_anew(place: Path) -> None:
    """GIVEN a file that was cut off anywhere THEN the page is right, and the file whole again."""
    shown(place, "For {{ name }}")
    whole = kept_at(place).read_bytes()
    for length in (0, 10, 40, 41, len(whole) // 2):
        kept_at(place).write_bytes(whole[:length])
        assert shown(place, "For {{ name }}") == ("For &lt;Dana&gt;", 1)
        assert kept_at(place).read_bytes() == whole


def test_nothing_is_kept_where_python_keeps_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a Python that is told to write no compiled code THEN there is no file."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(place, "For {{ name }}") == ("For &lt;Dana&gt;", 1)
    assert not kept_at(place).exists()


def test_a_folder_that_cannot_be_made_is_no_problem(place: Path) -> None:
    """GIVEN a file in place of the folder THEN the page comes all the same."""
    kept_at(place).parent.write_text("in the way", "utf-8")
    assert shown(place, "For {{ name }}") == ("For &lt;Dana&gt;", 1)
