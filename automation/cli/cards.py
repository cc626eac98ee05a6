"""Cards for a screen that is too narrow for a table: a head, then a line or more for each field."""

from __future__ import annotations

import copy
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from automation.cli.terminal import echo, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Card:
    """One entry of a list.

    Args:
        head: short enough for any screen; it may be styled.
        fields: names and what stands beside them; empty ones are left out.
    """

    head: str
    fields: Mapping[str, str]


def fits(table: Table, width: int) -> bool:
    """True if no cell is cut off: columns that fold get their least width, others all they need."""
    least = copy.deepcopy(table)
    for column in least.columns:
        column.width = column.min_width
    console = Console(file=io.StringIO(), width=10 * width)
    return Measurement.get(console, console.options, least).maximum <= width


def show_cards(cards: Sequence[Card], *, width: int) -> None:
    """Print cards with an empty line between; long texts fold, nothing is cut off."""
    for number, card in enumerate(cards):
        if number:
            echo()
        echo(card.head)
        show_fields(card.fields, width=width)


def show_fields(fields: Mapping[str, str], *, width: int) -> None:
    """Print names with what stands beside them, folded under its own beginning."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in fields.items():
        if text:
            grid.add_row(Text(f"  {name}"), Text(text))
    show(grid, width=width)
