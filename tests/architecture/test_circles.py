"""No files import each other, not even for a type: what two need has a file of its own."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import grimp

from tests.architecture.drawing import PACKAGES

if TYPE_CHECKING:
    from collections.abc import Mapping


def circle_in(needs: Mapping[str, set[str]]) -> list[str]:
    """A circle of modules, each imported by the next; empty if there is none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_files_import_each_other() -> None:
    """GIVEN every import of the product THEN it leads down, never around."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    assert (
        circle_in({each: graph.find_modules_directly_imported_by(each) for each in graph.modules})
        == []
    )


def test_a_circle_is_found() -> None:
    """The control."""
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "c", "b", "a"]
    assert circle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
