"""Turn SQLite's errors into one line each."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from automation.errors import ErrorCode, Hint, ToolError
from automation.private_files import SAME_FOLDER
from automation.slips import first_slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import ValidationError

_PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in the low byte
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
_UNWRITABLE = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 if the error did not come from SQLite itself."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is damaged: broken pages, or wrong tables."""
    return primary_code(error) in _DAMAGE


def invalid_row(table: str, error: ValidationError) -> sqlite3.DatabaseError:
    """The error of a row with an impossible value: the same as of a broken page."""
    where, why, more = first_slip(error)
    fault = sqlite3.DatabaseError(f"invalid row in {table}: {where}: {why}{more}")
    fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return fault


@contextmanager
def as_tool_error(path: Path) -> Iterator[None]:
    """Turn SQLite's errors in the body into a ``ToolError``; a transaction is rolled back.

    Raises:
        ToolError: ``journal_damaged``, ``state_dir_unwritable``, ``disk_full``,
            ``journal_busy`` or ``journal_failed``.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _told(path, error) from error


def _told(path: Path, error: sqlite3.Error) -> ToolError:
    code, message, hint = _words(primary_code(error))
    return ToolError(
        f"the journal {path} {message}: {error}", code=code, hint=hint, evidence=str(path)
    )


def _words(code: int) -> tuple[ErrorCode, str, str]:
    if code in _DAMAGE:
        return ErrorCode.JOURNAL_DAMAGED, "is damaged", Hint.MOVE_JOURNAL
    if code in _UNWRITABLE:
        return ErrorCode.STATE_DIR_UNWRITABLE, "cannot be written", SAME_FOLDER
    if code == sqlite3.SQLITE_FULL:
        return ErrorCode.DISK_FULL, "cannot grow", Hint.FREE_SPACE
    if code in _BUSY:
        return (
            ErrorCode.JOURNAL_BUSY,
            "is locked by another process",
            "wait until that process has ended",
        )
    return ErrorCode.JOURNAL_FAILED, "cannot be used", Hint.CHECK_JOURNAL
