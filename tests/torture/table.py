"""The result of the long run as Markdown: faults and steps, with counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tests.torture.tasks import place_in_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.faults.cells import Held

_FAULT_STEPS = (
    "list-page", "list", "detail-page", "detail", "dispute-page", "dispute", "cancel",
    "verify detail-page", "verify detail", "verify dispute-page", "verify dispute",
)  # fmt: skip


def tables(results: Mapping[str, list[Held]]) -> str:
    """Both tables: faults by step, and kills by moment; ``held/run`` in each cell."""
    cells: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for name, held in results.items():
        cells[place_in_table(name)] += held
    faults = {place: held for place, held in cells.items() if place[1] in _FAULT_STEPS}
    blows = {place: held for place, held in cells.items() if place[1] not in _FAULT_STEPS}
    steps = [step for step in _FAULT_STEPS if any(column == step for _, column in faults)]
    return f"{_table('fault', steps, faults)}\n\n{_blows(blows)}"


def _table(corner: str, steps: list[str], cells: Mapping[tuple[str, str], list[Held]]) -> str:
    lines = [_row([corner, *steps]), _row(["---"] * (len(steps) + 1))]
    lines += [
        _row([row, *(_count(cells.get((row, step), [])) for step in steps)])
        for row in sorted({row for row, _ in cells})
    ]
    return "\n".join(lines)


def _blows(cells: Mapping[tuple[str, str], list[Held]]) -> str:
    lines = [_row(["blow", "when", "held/run", "outcomes"]), _row(["---"] * 4)]
    for (row, column), held in sorted(cells.items()):
        lines.append(_row([row, column, _count(held), outcomes(held)]))
    return "\n".join(lines)


def outcomes(held: Iterable[Held]) -> str:
    """How often each outcome was claimed."""
    return ", ".join(f"{n} {name}" for name, n in sorted(Counter(h.outcome for h in held).items()))


def _count(held: list[Held]) -> str:
    good = sum(not each.objections for each in held)
    return f"{good}/{len(held)}" if held else ""


def _row(parts: Iterable[str]) -> str:
    return "| " + " | ".join(parts) + " |"
