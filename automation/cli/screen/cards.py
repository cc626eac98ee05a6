"""Cards for screens too narrow for a table: a head, then each field on its own line."""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement

from automation.cli.screen.terminal import echo, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Column, Table

_AROUND: Final = 3
"""Blanks around the name of a field."""


class Card(Struct, frozen=True):
    """One entry of a list.

    Args:
        head: short enough for any screen; may be styled.
        fields: names and their texts; empty ones are not shown.
    """

    head: str
    fields: Mapping[str, str | Path]


def fits(table: Table, width: int) -> bool:
    """True if no cell is cut off when the columns that fold are as narrow as they can be.

    A column that folds is made as wide as the longest path in it, which is never broken.
    """
    for column in table.columns:
        if column.overflow == "fold":
            column.min_width = max(column.min_width or 0, _longest_path(column))
    least = copy.deepcopy(table)
    for column in least.columns:
        column.width = column.min_width
    console = Console(file=io.StringIO(), width=10 * width)
    return Measurement.get(console, console.options, least).maximum <= width


def _longest_path(column: Column) -> int:
    words = (word for cell in column.cells for word in str(cell).split() if "/" in word)
    return max(map(cell_len, words), default=0)


def show_cards(cards: Sequence[Card], *, width: int, err: bool = False) -> None:
    """Print cards with an empty line after each; long texts fold."""
    for card in cards:
        echo(card.head, err=err)
        show_fields(card.fields, width=width, err=err)
        echo(err=err)


def show_fields(fields: Mapping[str, str | Path], *, width: int, err: bool = False) -> None:
    """Print names and texts in two columns; long texts break at words, paths never do."""
    shown = {name: text for name, text in fields.items() if text}
    column = max(map(len, shown), default=0) + _AROUND
    for name, text in shown.items():
        lines = [whole(text)] if isinstance(text, Path) else text.split("\n")
        for number, line in enumerate(lines):
            lead = f"  {'' if number else name}"
            echo(f"{lead:<{column}}{line}".rstrip(), hang=column, width=width, err=err)
