from __future__ import annotations

import re

from fixtures.pages import ways_out
from tests.matrix.__main__ import DOCUMENT
from tests.matrix.commands import COMMANDS

ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


def test_the_printed_matrix_is_of_today_and_holds() -> None:
    """GIVEN the matrix in the docs THEN it has every way that exists, and each cell held."""
    rows = {name: cells.split(" | ") for name, cells in ROW.findall(DOCUMENT.read_text("utf-8"))}

    assert set(rows) == set(ways_out.names())
    expected = [*["0"] * (len(COMMANDS) - 1), "0|0 + cancel", "3 of 3 pages"]
    for name, cells in rows.items():
        assert len(cells) == len(expected), name
        assert all(
            cell in allowed.split("|") for cell, allowed in zip(cells, expected, strict=True)
        )
