"""Cards for narrow screens, and when a table is one too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from automation.cli.screen.cards import Card, fits, show_cards, show_fields
from automation.cli.screen.terminal import plain_table

PATH = "/a-disk/a-long-folder/of-this-machine/receipts/20261101"


def test_a_card_has_only_the_fields_that_say_something(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN an empty field THEN it is left out, and the others stand in two columns."""
    show_cards([Card("1. head", {"claim": "", "order": "8190", "why": "so"})] * 2, width=40)

    card = "1. head\n  order 8190\n  why   so\n\n"
    assert capsys.readouterr().out == card * 2


def test_every_line_of_a_text_is_in_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a text of two lines, and one too long THEN all of it is right of the names."""
    show_fields({"reason": "first\nsecond", "long": "many words " * 6}, width=30)

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["  reason first", "         second"]
    assert all(cell_len(line) <= 30 for line in lines)
    assert all(line.startswith("         ") for line in lines[3:])


def test_a_path_is_never_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a path that is longer than the screen THEN it is whole on its line."""
    show_fields({"receipt": Path(PATH)}, width=30)

    assert any(PATH in line for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("text", "width", "room"),
    [("short words", 40, True), ("short words", 12, False), (PATH, 60, False), (PATH, 100, True)],
    ids=["wide", "narrow", "path", "room for the path"],
)
def test_a_table_fits_if_nothing_is_cut_off(text: str, width: int, room: bool) -> None:
    """GIVEN a column that folds THEN it may be narrow, but never narrower than a path in it."""
    table = plain_table()
    table.add_column("#", no_wrap=True)
    table.add_column("why", overflow="fold", min_width=12)
    table.add_row("1", text)

    assert fits(table, width) is room
