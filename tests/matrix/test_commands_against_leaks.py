from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fixtures.pages import ways_out
from tests.matrix import batches
from tests.matrix.commands import COMMANDS, run_command, stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.matrix.batches import Batch
    from tests.matrix.commands import Cell, Stage

ALL_PAGES = {"list", "detail", "dispute"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Stage]:
    """A site, and where commands run against it."""
    with stage(tmp_path) as made:
        yield made


def run(place: Stage, command: str, batch: Batch) -> Cell:
    """One run of a command against one batch."""
    return run_command(place, command, batch.ways, **batch.settings)


# The suite tries ways out on the guard itself, in tests/engine/guard/test_vectors.py; ``make matrix``
# and 'make further' try them in whole commands.
@pytest.mark.further
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_leaves_a_page_but_the_permitted_cancel(place: Stage, command: str) -> None:
    """GIVEN every quiet way out on every page THEN 0 writes, or exactly 1 for a commit; same exit code.

    The pages themselves report the number of ways tried to the ledger. The control is
    in the test of the same ways without a guard.
    """
    batch = batches.quiet(command)

    cell = run(place, command, batch)

    assert cell.reached == frozenset()
    assert cell.steps == (["cancel"] if command == "commit" else [])
    assert cell.code in batch.codes, cell.answer
    tried = {page for (page, at), count in cell.fired.items() if count == len(batch.ways)}
    assert tried == ALL_PAGES
    if command == "commit":  # its clicks tried them again, while the permit was open
        assert cell.fired["dispute", "click"] == len(ways_out.natures()["stays"])
        assert cell.answer["outcome"] == "done"


# Windows of a page in the suite: tests/commands/test_windows_of_a_page.py, and the vectors of
# tests/engine/guard/test_vectors.py.
@pytest.mark.further
@pytest.mark.parametrize("command", COMMANDS)
def test_windows_that_write_are_closed_and_the_run_goes_on(place: Stage, command: str) -> None:
    """GIVEN pages that open windows which write THEN no write but the permitted cancel."""
    batch = batches.windows(command)

    cell = run(place, command, batch)

    assert cell.reached == frozenset()
    assert cell.steps == (["cancel"] if command == "commit" else [])
    assert cell.code in batch.codes, cell.answer
    assert cell.refused_leaks > 0


# The walk that stops at the button.
_AWAY = ("dry run",)


@pytest.mark.parametrize(
    "command", [pytest.param(c, marks=() if c in _AWAY else pytest.mark.further) for c in COMMANDS]
)
def test_a_page_that_leads_away_stops_the_run(place: Stage, command: str) -> None:
    """GIVEN a page that replaces itself by a write THEN no write, and the run stops with exit 5."""
    batch = batches.one_replacing(command)

    cell = run(place, command, batch)

    assert cell.writes == ()
    assert cell.code in batch.codes, cell.answer
    assert cell.refused_leaks > 0
