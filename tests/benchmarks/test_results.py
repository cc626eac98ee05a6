"""Each benchmark keeps its result in its own place, and nothing else changes."""

from __future__ import annotations

import pytest

from tests.benchmarks.results import DOCUMENT, placed

NAMES = ("batch", "bench", "gains", "growth", "memory")


@pytest.mark.parametrize("name", NAMES)
def test_a_result_replaces_the_last_one_and_nothing_else(name: str) -> None:
    """GIVEN the README WHEN a benchmark writes THEN the others' results and every word stay."""
    before = DOCUMENT.read_text("utf-8")

    after = placed(before, name, "| new |")

    head, _, rest = before.partition(f"<!-- {name} -->\n")
    tail = rest.partition(f"<!-- end of {name} -->\n")[2]
    assert after == f"{head}<!-- {name} -->\n\n| new |\n\n<!-- end of {name} -->\n{tail}"
    assert placed(after, name, "| new |") == after


@pytest.mark.parametrize("document", ["", "<!-- bench -->\n", "<!-- bench -->\n<!-- bench -->\n"])
def test_without_its_place_nothing_is_written(document: str) -> None:
    """GIVEN a document without the place, or with half of it THEN it is refused."""
    with pytest.raises(ValueError, match="one place for bench"):
        placed(document, "bench", "| new |")
