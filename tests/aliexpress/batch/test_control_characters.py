"""Control characters in the file of ``cancel --from``: nobody sees them, so they are told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.aliexpress.batch.a_file import ONE, PLAIN, problems, read

if TYPE_CHECKING:
    from pathlib import Path

CONTROLS = ("\0", "\x01", "\x1b", "\x1c", "\x7f", "\x80", "\x9b")


@pytest.mark.parametrize(
    "cell",
    [
        {"order": f"{ONE}*"},
        {"order": f"*{ONE}"},
        {"reason": "oth*er"},
        {"item": "*"},
        {"item": "1*"},
        {"received": "y*es"},
        {"money": "no*ne"},
        {"accept_risk": "seller-promise*"},
        {"protection_ends": "2026-12*-24"},
        {"replacement": "LP1*CN"},
        {"dispute_status": "x*y"},
        {"seller_says": "Please*cancel"},
    ],
    ids=lambda cell: next(iter(cell.items())),
)
@pytest.mark.parametrize("name", ["file.csv", "file.jsonl"])
def test_a_control_character_is_told_with_its_column(
    tmp_path: Path, cell: dict[str, str], name: str
) -> None:
    """GIVEN one in any cell THEN that alone is told: nobody sees it, and the value looks right without it.

    Control: the same line without it is read.
    """
    [column] = cell
    said = {"order": ONE, "reason": "other"} | cell
    good = {key: value.replace("*", "") for key, value in said.items()}

    for char in CONTROLS:
        bad = {key: value.replace("*", char) for key, value in said.items()}
        assert problems(tmp_path, _as_file(bad, name), name) == [
            (2, f"{column} has an invisible control character (U+{ord(char):04X})")
        ]
    assert len(read(tmp_path, _as_file(good, name), name)) == 1


def _as_file(said: dict[str, str], name: str) -> str:
    """A file that says this in its second line."""
    if name.endswith("jsonl"):
        return f"\n{json.dumps(said)}\n"
    return f"{','.join(said)}\n{','.join(said.values())}\n"


def test_line_ends_and_tabs_in_a_message_are_no_control_characters(tmp_path: Path) -> None:
    """GIVEN a message of several lines, with a tab, or from right to left THEN it is read as it is."""
    message = "first\r\nsecond\tpart\x0b\x0c\x85\u200f\u202ethird"
    content = f'order,reason,seller_says\n{ONE},other,"{message}"\n'

    assert read(tmp_path, content)[0].said.seller_messages == (message,)


def test_a_control_character_hides_no_other_mistake_of_its_line(tmp_path: Path) -> None:
    """GIVEN one in a cell, and a slip in the next THEN both, each once."""
    for name in ("file.csv", "file.jsonl"):
        said = {"order": f"{ONE}\0", "reason": "oter", "received": "may\0be"}
        assert sorted(problems(tmp_path, _as_file(said, name), name)) == [
            (2, "order has an invisible control character (U+0000)"),
            (2, "received has an invisible control character (U+0000)"),
            (2, "received is 'maybe': expected yes or no"),
            (2, "unknown reason 'oter', did you mean 'other'?"),
        ]


def test_a_control_character_in_a_name_is_told(tmp_path: Path) -> None:
    """GIVEN one in the header, or UTF-16 without its mark THEN one line says so, and how to save it."""
    for content in (f"order,rea\0son\n{ONE},other\n", PLAIN.encode("utf-16-le")):
        [(line, what)] = problems(tmp_path, content)
        assert line == 1
        assert what.startswith("the name of column ")
        assert what.endswith("has an invisible control character (U+0000)")
    line_of_json = json.dumps({"order": ONE, "reason": "other", "ite\0m": "1"})
    assert problems(tmp_path, line_of_json, "file.jsonl") == [
        (1, "the name of column 'item' has an invisible control character (U+0000)")
    ]


def test_a_raw_control_character_is_no_json(tmp_path: Path) -> None:
    """GIVEN one that JSON would have to escape THEN its column, in plain words."""
    line = f'{{"order": "{ONE}", "reason": "oth\0er"}}'

    assert problems(tmp_path, line, "file.jsonl") == [
        (1, "not valid JSON: Invalid control character at column 45")
    ]
