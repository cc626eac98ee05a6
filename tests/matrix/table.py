"""The matrix as a table: every way out of a page against every command, judged by the ledger."""

from __future__ import annotations

from collections import defaultdict
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from fixtures.pages import ways_out
from tests.matrix import batches
from tests.matrix.commands import COMMANDS, run_command, stage
from tests.matrix.control import run_control

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.matrix.commands import Cell

UNGUARDED: Final = "no guard"
COLUMNS: Final = (*COMMANDS, UNGUARDED)
_NATURES: Final = {
    "stays": "the page stays as it is; tried on every page and at every click",
    "commands": "real calls of the shop, with the ids of the buyer's dispute",
    "opens": "a window opens and writes from inside",
    "asks": "a native dialog comes before the write",
    "leaves": "sent when the page navigates away",
    "closes": "sent when the page is closed",
    "ends": "sent when the whole browser context is closed",
    "strays": "a window opens on the write's own address; it is closed, and the run goes on",
    "replaces": "the page navigates to the write's address; the run stops with exit 5",
}

Rows = dict[str, dict[str, str]]


def run_matrix(tell: Callable[[str], None]) -> Rows:
    """Run everything for real: several minutes.

    Returns:
        For each way a cell for each column: the number of writes that reached the ledger
        through it. ``0 + cancel`` is a commit whose one write was the permitted cancel.
        ``LEAK`` is a write that got through, ``EXIT`` a wrong exit code.
    """
    rows: Rows = defaultdict(dict)
    for name, pages in run_control().items():
        rows[name][UNGUARDED] = f"{len(pages)} of 3 pages"
    for command in COMMANDS:
        for batch in (
            batches.quiet(command),
            batches.windows(command),
            *batches.replacing(command),
        ):
            tell(f"{command}: {', '.join(batch.ways[:3])}{' …' if len(batch.ways) > 3 else ''}")
            with TemporaryDirectory() as folder, stage(folder) as place:
                cell = run_command(place, command, batch.ways, **batch.settings)
            for name in batch.ways:
                rows[name][command] = _shown(cell, name, batch)
    return dict(rows)


def _shown(cell: Cell, name: str, batch: batches.Batch) -> str:
    if name in cell.reached or not cell.is_clean:
        return "LEAK"
    if cell.code not in batch.codes:
        return f"EXIT {cell.code}"
    return "0 + cancel" if cell.steps else "0"


def holds(rows: Rows) -> bool:
    """Whether every guarded cell is clean and every control leaks."""
    guarded = all(cells[c].startswith("0") for cells in rows.values() for c in COMMANDS)
    return guarded and all(cells[UNGUARDED] == "3 of 3 pages" for cells in rows.values())


def as_markdown(rows: Mapping[str, Mapping[str, str]]) -> str:
    """One table for each kind of way."""
    found = ways_out.natures()
    parts = []
    for nature, meaning in _NATURES.items():
        lines = [
            f"### {nature}: {meaning}\n",
            f"| way out | {' | '.join(COLUMNS)} |",
            f"|---{'|---' * len(COLUMNS)}|",
            *(
                f"| `{name}` | {' | '.join(rows[name].get(c, '?') for c in COLUMNS)} |"
                for name in found[nature]
            ),
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
