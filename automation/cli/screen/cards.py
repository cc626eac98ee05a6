"""Cards for screens too narrow for a table: a head, then each field on its own line."""

from __future__ import annotations

import copy
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from automation.cli.screen.terminal import echo, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Card:
    """One entry of a list.

    Args:
        head: short enough for any screen; may be styled.
        fields: names and their texts; empty ones are not shown.
    """

    head: str
    fields: Mapping[str, str]


def fits(table: Table, width: int) -> bool:
    """True if no cell is cut off when the columns that fold are as narrow as they can be."""
    least = copy.deepcopy(table)
    for column in least.columns:
        column.width = column.min_width
    console = Console(file=io.StringIO(), width=10 * width)
    return Measurement.get(console, console.options, least).maximum <= width


def show_cards(cards: Sequence[Card], *, width: int, err: bool = False) -> None:
    """Print cards with an empty line after each; long texts fold."""
    for card in cards:
        echo(card.head, err=err)
        show_fields(card.fields, width=width, err=err)
        echo(err=err)


def show_fields(fields: Mapping[str, str], *, width: int, err: bool = False) -> None:
    """Print names and texts in two columns; long texts fold."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in fields.items():
        if text:
            grid.add_row(Text(f"  {name}"), Text(text))
    show(grid, width=width, err=err)
