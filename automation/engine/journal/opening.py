"""Open the journal file: create it, check it, or move a damaged one aside.

A silently lost journal would allow a second cancel of the same dispute. So nothing is
ever overwritten. A new journal is created under another name and renamed when it is
complete, so an empty ``journal.sqlite3`` always means damage. A damaged one that was
moved aside forbids sending until the buyer accepts the loss. So does one that is missing
although receipts beside it tell of a request: a file then keeps that it was lost.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.engine.journal import schema, sqlite_errors
from automation.engine.journal.locks import opening_lock
from automation.errors import ErrorCode, Hint, ToolError
from automation.private_files import (
    make_private_folder,
    narrow,
    sync_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from pathlib import Path

NAME = "journal.sqlite3"
_SIDE_FILES = ("-wal", "-shm", "-journal")
_DAMAGED = f"{NAME}.damaged-"
_MISSING = f"{NAME}.missing-"
_ACCEPTED = f"{NAME}.accepted-loss-"

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100  # SQLite file format, section 1.3
_PAGE_SIZE = slice(16, 18)
_USER_VERSION = slice(60, 64)
_APPLICATION_ID = slice(68, 72)
_BUSY_SECONDS = 10.0


def journal_exists(state_dir: Path) -> bool:
    """Whether the folder has a journal; does not create one."""
    return any(state_dir.glob(f"{NAME}*"))


def open_database(state_dir: Path) -> sqlite3.Connection:
    """Connect to the journal in ``state_dir``, creating it if needed.

    Raises:
        ToolError: ``state_dir_unwritable``, ``journal_damaged`` (moved aside),
            ``journal_newer`` (left alone), ``journal_busy``, ``disk_full``.
    """
    path = state_dir / NAME
    with unwritable_as_tool_error(state_dir), sqlite_errors.as_tool_error(path):
        make_private_folder(state_dir, ours=_is_ours(state_dir))
        with opening_lock(state_dir):
            if not path.exists() and not _leftovers(path):
                _note_a_loss(state_dir)
                _create(path)
            damage = _damage(path)
            if damage:
                raise _moved_aside(path, damage)
            return _connect(path)


def why_not_to_send(state_dir: Path) -> str:
    """Why nothing may be sent with the journal of ``state_dir``; empty if nothing forbids it."""
    lost = unaccepted_damage(state_dir)
    if not lost:
        return ""
    if lost[0].name.startswith(_MISSING):
        return (
            f"the journal was missing although a receipt tells of a request ({lost[0]} names it):"
            " its record of requests already sent is lost"
        )
    return (
        f"an earlier journal was damaged and moved to {lost[0]}: its record of requests"
        " already sent is lost"
    )


def unaccepted_damage(state_dir: Path) -> tuple[Path, ...]:
    """What is left of lost journals, whose loss the buyer has not accepted.

    A damaged one was moved aside; of a missing one there is a file that says so.
    """
    return tuple(
        each for name in (_DAMAGED, _MISSING) for each in sorted(state_dir.glob(f"{name}*"))
    )


def accepted_damage(state_dir: Path) -> tuple[Path, ...]:
    """The same of those whose loss the buyer has accepted."""
    return tuple(sorted(state_dir.glob(f"{_ACCEPTED}*")))


def accept_damage(state_dir: Path) -> tuple[Path, ...]:
    """Accept the loss of damaged journals; they are renamed and kept.

    A new journal is there first: without one, receipts would make the same loss a new one.

    Returns:
        Their new paths; empty if there were none.

    Raises:
        ToolError: ``state_dir_unwritable``.
    """
    kept = []
    with unwritable_as_tool_error(state_dir):
        for path in unaccepted_damage(state_dir):
            _begin_anew(state_dir)
            stamp = path.name.removeprefix(_DAMAGED).removeprefix(_MISSING)
            target = path.with_name(_ACCEPTED + stamp)
            kept.append(path.rename(target))
        if kept:
            sync_folder(state_dir)
    return tuple(kept)


def _is_ours(state_dir: Path) -> bool:
    if not state_dir.is_dir():
        return True
    return (state_dir / NAME).exists() or not any(state_dir.iterdir())


def _leftovers(path: Path) -> bool:
    """Whether there is a log without its journal: the journal itself is lost."""
    return any(path.with_name(path.name + end).exists() for end in _SIDE_FILES)


def _note_a_loss(state_dir: Path) -> None:
    """Keep that the journal is missing, if receipts tell of a request and no loss is kept yet."""
    from automation.engine.receipts.evidence import receipt_of_a_request  # noqa: PLC0415  rarely

    found = receipt_of_a_request(state_dir)
    if found is None or unaccepted_damage(state_dir):
        return
    told = f"No journal was here, but receipt {found.name} tells of a request that may have been sent.\n"
    write_private(state_dir / f"{_MISSING}{_stamp()}", told.encode())
    sync_folder(state_dir)


def _begin_anew(state_dir: Path) -> None:
    """Create the journal that follows a lost one, unless there is one."""
    path = state_dir / NAME
    with sqlite_errors.as_tool_error(path), opening_lock(state_dir):
        if not path.exists() and not _leftovers(path):
            _create(path)


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _create(path: Path) -> None:
    from automation.engine.receipts.evidence import last_attempt  # noqa: PLC0415  once a folder

    fresh = path.with_name(f"{NAME}.new")
    for end in ("", *_SIDE_FILES):  # of a run that was killed while creating one
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    write_private(fresh, b"")
    with closing(_connect(fresh)) as db:
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        schema.migrate(db)
        schema.count_on(db, last_attempt(path.parent))
    fresh.rename(path)
    sync_folder(path.parent)


def _connect(path: Path) -> sqlite3.Connection:
    """Connect; SQLite's side files get the mode of the main file, which already exists.

    One thread at a time uses it, but not always the one that opened it.
    """
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # a commit is on disk when it returns
        db.execute("PRAGMA fullfsync = ON")  # the same on macOS, where fsync is not enough
        db.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _damage(path: Path) -> str:
    """The file's damage, or an empty text; an older journal is migrated.

    Raises:
        ToolError: ``journal_newer``.
        OSError: it cannot be read, so its content is unknown.
        sqlite3.Error: the same.
    """
    if not path.exists():
        return "it is missing, only its log remains"
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        return "it is cut short or not a SQLite database"
    if int.from_bytes(header[_APPLICATION_ID]) != schema.APPLICATION_ID:
        return "it belongs to another program"
    _refuse_newer(path, int.from_bytes(header[_USER_VERSION]))
    if _is_torn(path, int.from_bytes(header[_PAGE_SIZE])):
        return "its end is missing"
    for end in ("", *_SIDE_FILES):
        if (side := path.with_name(path.name + end)).exists():
            narrow(side)
    try:
        with closing(_connect(path)) as db:
            return _damage_inside(path, db)
    except sqlite3.DatabaseError as error:
        if sqlite_errors.is_damage(error):
            return str(error)
        raise


def _is_torn(path: Path, page_size: int) -> bool:
    """Whether the last page is cut short, which SQLite reads as zeroes.

    A killed process may leave it so beside a log, and the log then repairs it.
    """
    log = path.with_name(f"{path.name}-wal")
    healed = log.exists() and log.stat().st_size > 0
    return not healed and path.stat().st_size % max(page_size, 1) > 0


def _damage_inside(path: Path, db: sqlite3.Connection) -> str:
    _refuse_newer(path, schema.version_of(db))
    report = [str(row[0]) for row in db.execute("PRAGMA integrity_check(5)")]
    if report != ["ok"]:
        return "; ".join(report)
    schema.migrate(db)
    schema.probe(db)
    return ""


def _refuse_newer(path: Path, version: int) -> None:
    if version > schema.SCHEMA_VERSION:
        raise ToolError(
            f"the journal {path} was written by a newer dispute-guard (format {version},"
            f" supported {schema.SCHEMA_VERSION}); it was not changed",
            code=ErrorCode.JOURNAL_NEWER,
            hint="update dispute-guard; another folder does not know what was sent from this one",
            evidence=str(path),
        )


def _moved_aside(path: Path, damage: str) -> ToolError:
    """Move the journal and its side files aside; the error says where.

    The main file goes first: if this is interrupted, the rest has no main file and counts
    as damage again, while a main file without its log could look complete.
    """
    aside = path.with_name(f"{_DAMAGED}{_stamp()}")
    for end in ("", *_SIDE_FILES):
        source = path.with_name(path.name + end)
        if source.exists():
            source.rename(aside.with_name(aside.name + end))
    sync_folder(path.parent)
    return ToolError(
        f"the journal is damaged: {damage}; it was moved to {aside}",
        code=ErrorCode.JOURNAL_DAMAGED,
        hint=Hint.ACCEPT_LOSS,
        evidence=str(aside),
    )
