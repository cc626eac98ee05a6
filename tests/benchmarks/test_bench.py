"""What the bench keeps, and the parts that it can take out."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from tests.benchmarks.__main__ import METHOD, RAW, as_json, table
from tests.benchmarks.gains import COMMIT, OFFLINE, WAYS
from tests.benchmarks.machine import machine
from tests.benchmarks.measuring import Run, Timed
from tests.benchmarks.without import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = Timed("bare script", (Run(1.0, 0.5), Run(2.0, 0.5), Run(3.0, 0.5)))
TOOL = Timed("the tool", (Run(3.0, 1.0), Run(3.0, 1.0)), beside="bare script", most=1.35)


@pytest.fixture
def patched() -> Iterator[None]:
    """What a test takes out is there again after it."""
    yield
    mock.patch.stopall()


def test_every_time_is_kept_with_machine_and_method() -> None:
    """GIVEN two kinds WHEN they are kept THEN the file has how, where, and each single run."""
    kept = json.loads(as_json([BARE, TOOL], {"python": "Python 3"}))

    assert (kept["method"], kept["machine"]) == (METHOD, {"python": "Python 3"})
    assert [len(kind["runs"]) for kind in kept["kinds"]] == [3, 2]


def test_the_kept_file_has_the_same_parts() -> None:
    """GIVEN the file beside the README THEN it is one of these, with more kinds than the tool's own."""
    kept = json.loads(RAW.read_text("utf-8"))

    assert set(kept) == {"method", "machine", "kinds"}
    assert any("raw CDP" in kind["name"] for kind in kept["kinds"])


def test_a_ratio_is_of_the_medians() -> None:
    """GIVEN 3 s beside a median of 2 s THEN the row says 1.50, and how much it may be."""
    assert table([BARE, TOOL]).endswith("| 1.50 | 1.35 |")


def test_the_machine_is_told_in_phrases() -> None:
    """GIVEN a program that is not a browser THEN its own words stand where the version would."""
    told = machine(Path(sys.executable))

    assert told["cores"].startswith(f"{os.cpu_count()} cores")
    assert told["browser"].startswith("Python")


@pytest.mark.usefixtures("patched")
@pytest.mark.parametrize("part", sorted(WAYS))
def test_each_way_has_a_part_that_can_be_taken_out(part: str) -> None:
    """GIVEN a way to save time THEN taking it out changes its module, and nothing is missing."""
    name, change = PARTS[part]
    module = import_module(name)
    before = dict(vars(module)) | _of_classes(module)

    change(module)

    after = dict(vars(module)) | _of_classes(module)
    assert after != before or part == "freeze"  # which changes Python's own collector


def _of_classes(module: object) -> dict[str, object]:
    """The attributes of its classes, by their whole names."""
    return {
        f"{name}.{attribute}": value
        for name, each in vars(module).items()
        if isinstance(each, type)
        for attribute, value in vars(each).items()
    }


def test_the_ways_of_other_commands_are_among_them() -> None:
    """GIVEN the ways of advise, and of a commit, THEN each is a way."""
    assert {*OFFLINE, *COMMIT} <= set(WAYS)
