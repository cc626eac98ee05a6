"""The tasks of the long run, named so that each can be repeated alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.faults.blows import EVENTS, SIGNALS, blow_at_event, blow_at_moment, together
from tests.faults.cells import Held, all_cells, cell_named, run_cell

if TYPE_CHECKING:
    from tests.faults.stage import Stage

_MOMENTS = 24
_LONGEST_RUN = 6.0


def all_tasks(seed: int) -> list[str]:
    """Every task once, in an order set by the seed; each fault at each step comes first."""
    chance = random.Random(seed)  # noqa: S311  a test's order, no secret
    cells = [f"cell {cell.name}" for cell in all_cells()]
    chance.shuffle(cells)
    first: dict[str, str] = {}
    for name in cells:
        first.setdefault(name.removesuffix("+"), name)
    blows = [f"{blow} {event}" for blow in SIGNALS for event in EVENTS]
    blows += [
        f"{chance.choice(list(SIGNALS))} after {chance.uniform(0.2, _LONGEST_RUN):.3f}"
        for _ in range(_MOMENTS)
    ]
    blows += ["together 2", "together 4", "together 2", "together 4"]
    front = [*first.values(), *blows]
    chance.shuffle(front)
    return front + [name for name in cells if name not in set(first.values())]


def run_task(place: Stage, name: str) -> Held:
    """Run one task."""
    kind, _, rest = name.partition(" ")
    if kind == "cell":
        return run_cell(place, cell_named(rest), verify_at_once=rest.endswith("+"))
    if kind == "together":
        return together(place, int(rest))
    if rest.startswith("after "):
        return blow_at_moment(place, kind, float(rest.removeprefix("after ")))
    return blow_at_event(place, kind, rest)


def place_in_table(name: str) -> tuple[str, str]:
    """Row and column of a task."""
    kind, _, rest = name.partition(" ")
    if kind == "cell":
        fault, _, step = rest.partition("@")
        return fault, step.removesuffix("+")
    if kind == "together":
        return f"{rest} tools at once", "whole run"
    return kind, "at a random moment" if rest.startswith("after") else rest
