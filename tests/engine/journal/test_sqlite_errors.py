"""Each kind of SQLite error has one code, and a hint that fits it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from automation.engine.journal.sqlite_errors import as_tool_error, is_damage, primary_code
from automation.errors import ErrorCode, ToolError


def raised(code: int) -> sqlite3.Error:
    """An error as SQLite raises it."""
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (sqlite3.SQLITE_CORRUPT, ErrorCode.JOURNAL_DAMAGED),
        (sqlite3.SQLITE_NOTADB, ErrorCode.JOURNAL_DAMAGED),
        (sqlite3.SQLITE_ERROR, ErrorCode.JOURNAL_DAMAGED),
        (sqlite3.SQLITE_READONLY, ErrorCode.STATE_DIR_UNWRITABLE),
        (sqlite3.SQLITE_CANTOPEN, ErrorCode.STATE_DIR_UNWRITABLE),
        (sqlite3.SQLITE_PERM, ErrorCode.STATE_DIR_UNWRITABLE),
        (sqlite3.SQLITE_IOERR_FSYNC, ErrorCode.STATE_DIR_UNWRITABLE),
        (sqlite3.SQLITE_FULL, ErrorCode.DISK_FULL),
        (sqlite3.SQLITE_BUSY, ErrorCode.JOURNAL_BUSY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, ErrorCode.JOURNAL_BUSY),
        (sqlite3.SQLITE_LOCKED, ErrorCode.JOURNAL_BUSY),
        (sqlite3.SQLITE_NOMEM, ErrorCode.JOURNAL_FAILED),
    ],
)
def test_each_kind_has_its_code(code: int, wanted: ErrorCode) -> None:
    """Also by an extended code; the file and SQLite's own words are named."""
    with pytest.raises(ToolError) as caught, as_tool_error(Path("journal.db")):
        raise raised(code)

    assert caught.value.code == wanted
    assert caught.value.hint
    assert "journal.db" in str(caught.value)
    assert "said by SQLite" in str(caught.value)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR])
def test_only_a_damaged_journal_may_be_moved_aside(code: int) -> None:
    """A full disk or a busy file is no damage; the control is a broken page."""
    assert not is_damage(raised(code))
    assert is_damage(raised(sqlite3.SQLITE_CORRUPT_INDEX))


def test_an_error_of_the_module_itself_has_no_code() -> None:
    """GIVEN a misuse that SQLite never saw THEN it is a failure, not damage."""
    error = sqlite3.ProgrammingError("Cannot operate on a closed database.")
    assert primary_code(error) == 0
    with pytest.raises(ToolError) as caught, as_tool_error(Path("journal.db")):
        raise error
    assert caught.value.code == "journal_failed"


def test_what_went_well_raises_nothing() -> None:
    """GIVEN no error THEN none; another kind of error passes as it is."""
    with as_tool_error(Path("journal.db")):
        pass
    with pytest.raises(ValueError, match="mine"), as_tool_error(Path("journal.db")):
        raise ValueError("mine")
