"""The lines of a file of orders: which there are, at which number, and what is wrong with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.batch import lines as batch_lines
from automation.aliexpress.batch.lines import lines_of
from automation.aliexpress.batch.problems import BadRowsError, Problem
from automation.errors import ErrorCode, ExitCode

if TYPE_CHECKING:
    from pathlib import Path

Lines = dict[int, dict[str, object]]
ORDER = "8190000000000001"
ROW: dict[str, object] = {"order": "1", "reason": "x"}


def read(
    folder: Path, content: str | bytes, name: str = "file.csv"
) -> tuple[Lines, dict[int, str]]:
    """The lines of a file by number, and what is wrong with others."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[Problem] = []
    found = {each.number: each.told for each in lines_of(path, problems) if each.is_whole}
    return found, {each.line: each.what for each in problems}


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("order,reason\n1,x\n", {2: ROW}),
        ("order,reason\r\n1,x\r\n\r\n1,x", {2: ROW, 4: ROW}),
        ("\n\norder,reason\n\n1,x", {5: ROW}),
        ("sep=;\r\norder;reason\r\n1;x", {3: ROW}),
        ("SEP=|\norder,reason\n1,x", {3: ROW}),
        ('order,reason,seller_says\n1,x,"a\nb"\n1,x,', {2: ROW | {"seller_messages": ["a\nb"]}, 4: ROW}),
        ("order;reason;item\n1;x;a, b, c, d", {2: ROW | {"item": "a, b, c, d"}}),
        ("order,reason,item\n1,x", {2: ROW}),
        ("order,reason\n1,x,, ,\n", {2: ROW}),
        ("reason,order\n x , 1 \n", {2: ROW}),
        ("order,reason\n", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_line_of_a_table_keeps_its_number(tmp_path: Path, content: str, lines: Lines) -> None:
    """GIVEN empty lines, a separator's line or line ends in a cell THEN rows have the number they begin at."""
    assert read(tmp_path, content) == (lines, {})


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("order,reason\n1,x,y", 2, "3 cells under 2 columns"),
        ('order,reason\n1,x\n1,"x\n1,x', 3, "not CSV: unexpected end of data"),
        ('order,reason\n1,"x" y', 2, "not CSV: ',' expected after '\"'"),
        ("order,reason\n1," + "x" * 140_000, 2, "not CSV: field larger than field limit (131072)"),
        ("sep=;\norder;reason\n1;x;y", 3, "3 cells under 2 columns"),
        ("order,reason,received\n1,x,perhaps", 2, "received is 'perhaps': expected yes or no"),
        ("order,reason,\n1,x,y", 1, "unknown column without a name"),
        ("order,reason,order id\n1,x,2", 1, "two columns 'order'"),
        ("reason\nx", 1, "no column 'order'"),
        ("order\n1", 1, "no column 'reason'"),
        ('[{"order": "1"}]', 1, "no column 'reason'"),
    ],
)  # fmt: skip
def test_a_bad_line_of_a_table_is_told_at_its_number(
    tmp_path: Path, content: str, line: int, what: str
) -> None:
    """GIVEN a slip in a table THEN its line and what it is; a bad header leaves no line."""
    found, wrong = read(tmp_path, content)

    assert wrong == {line: what}
    assert set(found) <= set(range(2, line)), "nothing behind it, and not the line itself"


def test_every_bad_cell_of_a_line_is_told(tmp_path: Path) -> None:
    """GIVEN two bad cells in one line THEN both, and the good lines around it are read."""
    path = tmp_path / "file.csv"
    path.write_text("order,reason,received,edits_used\n1,x,,\n1,x,maybe,-1\n1,x,no,2", "utf-8")
    problems: list[Problem] = []

    found = {each.number: each.told for each in lines_of(path, problems) if each.is_whole}

    assert [(each.line, each.what) for each in problems] == [
        (3, "received is 'maybe': expected yes or no"),
        (3, "edits_used is '-1': expected a whole number"),
    ]
    assert found == {2: ROW, 4: ROW | {"item_received": False, "edits_used": 2}}


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ('{"order": "1", "reason": "x"}\n\n{"order": "1", "because": "x"}\r\n', {1: ROW, 3: ROW}),
        ('\n {"order": "1", "facts": {"reason": "x"}}', {2: ROW}),
        ('{"order": "1", "reason": "x", "facts": null, "item": null}', {1: ROW}),
        ('{"order": "1", "reason": "x", "facts": {}}', {1: ROW}),
        ('{"order": "1", "reason": "x", "received": "no"}', {1: ROW | {"item_received": False}}),
    ],
)
def test_a_line_of_json_is_one_object(tmp_path: Path, content: str, lines: Lines) -> None:
    """GIVEN objects, one a line THEN each under the reader's names, whatever the file is called."""
    assert read(tmp_path, content) == (lines, {})
    assert read(tmp_path, content, "FILE.JSONL") == (lines, {})


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not valid JSON: Expecting property name enclosed in double quotes at column 2"),
        ('{"order": "1"} x', "not valid JSON: Extra data at column 16"),
        ("[]", "not a JSON object"),
        ('"order"', "not a JSON object"),
        ('{"order": "1", "order": "2"}', "order is given twice"),
        ('{"order": "1", "replacement_tracking": {"number": "a", "number": "b"}}', "number is given twice"),
        ('{"order": "1", "facts": {"order": "2"}}', "order is given twice"),
        ('{"order": "1", "received": "no", "item_received": "yes"}', "'item_received' is given twice, under two names"),
        ('{"order": "1", "facts": {"received": false}, "checked": "?"}', "checked is '?': expected yes or no"),
        # What the buyer says there would count for nothing.
        ('{"order": "1", "facts": [{"received": false}]}', "'facts' is not a JSON object"),
        ('{"order": "1", "facts": "not received"}', "'facts' is not a JSON object"),
        ('{"order": "1", "item": "\\ud83d"}', "a broken character (a lone surrogate such as \\ud800)"),
        ('{"\\udc00": "1"}', "a broken character (a lone surrogate such as \\ud800)"),
        ("[" * 100_000, "nested too deeply"),
        ('{"edits_used": ' + "9" * 5000 + "}", "a number has too many digits"),
    ],
)  # fmt: skip
def test_a_bad_line_of_json_is_told_at_its_number(tmp_path: Path, line: str, what: str) -> None:
    """GIVEN a slip in one line THEN its number and what it is; the others are read."""
    good = '{"order": "1", "reason": "x"}'

    found, wrong = read(tmp_path, f"{good}\n{line}\n{good}", "a.ndjson")

    assert (found, set(wrong)) == ({1: ROW, 3: ROW}, {2})
    assert wrong[2].startswith(what)


def test_a_whole_character_in_two_halves_is_one(tmp_path: Path) -> None:
    """GIVEN an emoji as JSON escapes it THEN it is no half of a character."""
    found, wrong = read(tmp_path, '{"order": "1", "item": "\\ud83d\\ude00"}')

    assert (found, wrong) == ({1: {"order": "1", "item": "\N{GRINNING FACE}"}}, {})


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_way_that_spreadsheets_write_text_is_read(tmp_path: Path, coding: str) -> None:
    """GIVEN a file in UTF-8 or, with its mark, UTF-16 THEN the same line."""
    mark = "\ufeff" if coding in {"utf-16-le", "utf-16-be"} else ""

    found, _ = read(tmp_path, f"{mark}order,reason,item\n1,x,Krähe".encode(coding))

    assert found == {2: ROW | {"item": "Krähe"}}


@pytest.mark.parametrize("content", [b"order,reason\n1,Kr\xe4he", b"\xff\xfea"])
def test_a_file_in_another_coding_is_not_read_at_all(tmp_path: Path, content: bytes) -> None:
    """GIVEN bytes that are no UTF-8 THEN exit 2 says how to save it."""
    with pytest.raises(BadRowsError) as caught:
        read(tmp_path, content)

    assert (caught.value.code, caught.value.exit_code) == (ErrorCode.BAD_BATCH, ExitCode.USAGE)
    assert "is not UTF-8 text" in caught.value.message
    assert (caught.value.problems, "CSV UTF-8" in caught.value.hint) == ((), True)


def test_a_file_that_is_not_there_or_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN no file, a folder, or too many bytes THEN exit 2 says which; one byte less is read."""
    monkeypatch.setattr(batch_lines, "MOST_BYTES", len("order,reason"))
    assert read(tmp_path, "order,reason") == ({}, {})

    told: list[str] = []
    for name in ("none.csv", "folder", "large.csv"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        (tmp_path / "large.csv").write_text("order,reason\n", "utf-8")
        with pytest.raises(BadRowsError) as caught:
            lines_of(tmp_path / name, [])
        told.append(caught.value.message)

    assert "No such file" in told[0]
    assert "Is a directory" in told[1]
    assert "is larger than" in told[2]
