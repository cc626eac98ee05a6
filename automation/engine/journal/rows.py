"""Rows of the journal's tables, read as values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from automation.engine.journal import schema, sqlite_errors
from automation.engine.journal.records import Attempt, AttemptEvent, StoredPlan
from automation.errors import ErrorCode, ExitCode, Hint, ToolError

if TYPE_CHECKING:
    import sqlite3

    from automation.engine.journal.records import Event
    from automation.engine.target import Target

# Constants of the schema make up these queries; values are always bound.
_ATTEMPT = f"SELECT {schema.ATTEMPT_COLUMNS} FROM attempt WHERE id = ?"  # noqa: S608
_EVENTS = f"SELECT {schema.EVENT_COLUMNS} FROM event WHERE attempt = ? ORDER BY id"  # noqa: S608
_PLAN = f"SELECT {schema.PLAN_COLUMNS} FROM plan WHERE digest = ?"  # noqa: S608


def _attempts_on(table: str, order: str) -> str:
    """Attempts on a target: each of the given ids, a JSON object, is also theirs."""
    return f"""
    WITH seen AS (SELECT {schema.ATTEMPT_COLUMNS} FROM {table})
    SELECT * FROM seen
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(:ids) AS given
        WHERE NOT EXISTS (
            SELECT 1 FROM json_each(seen.target, '$.ids') AS own
            WHERE own.key = given.key AND own.value = given.value))
    ORDER BY id {order} LIMIT :limit
    """  # noqa: S608


_ALL: Final = -1  # SQLite: no limit
_NEWEST: Final = _attempts_on("attempt", "DESC")
_OPEN: Final = _attempts_on("open_intent", "ASC")

Record = TypeVar("Record", Attempt, AttemptEvent, StoredPlan)
_ATTEMPT_ROW: Final = TypeAdapter(Attempt)
_EVENT_ROW: Final = TypeAdapter(AttemptEvent)
_PLAN_ROW: Final = TypeAdapter(StoredPlan)


def newest(
    db: sqlite3.Connection, limit: int | None = None, on: Target | None = None
) -> tuple[Attempt, ...]:
    """The newest attempts, newest first.

    Args:
        limit: how many; all by default.
        on: only those on this target or on a part of it.
    """
    return _attempts(db, _NEWEST, _ALL if limit is None else limit, on)


def open_intents(db: sqlite3.Connection, on: Target | None = None) -> tuple[Attempt, ...]:
    """Attempts whose request may have been sent and that are not settled, oldest first."""
    return _attempts(db, _OPEN, _ALL, on)


def _attempts(
    db: sqlite3.Connection, query: str, limit: int, on: Target | None
) -> tuple[Attempt, ...]:
    ids = json.dumps(dict(on.ids) if on else {})
    rows = db.execute(query, {"ids": ids, "limit": limit})
    return tuple(_as(_ATTEMPT_ROW, "attempt", row) for row in rows)


def attempt(db: sqlite3.Connection, number: int) -> Attempt:
    """One attempt.

    Raises:
        ToolError: ``attempt_unknown``.
    """
    row = db.execute(_ATTEMPT, (number,)).fetchone()
    if row is None:
        raise ToolError(
            f"no such attempt: {number}",
            code=ErrorCode.ATTEMPT_UNKNOWN,
            exit_code=ExitCode.USAGE,
            hint=Hint.LIST_ATTEMPTS,
        )
    return _as(_ATTEMPT_ROW, "attempt", row)


def events(db: sqlite3.Connection, number: int) -> tuple[AttemptEvent, ...]:
    """The events of an attempt, in order.

    Raises:
        ToolError: ``attempt_unknown``.
    """
    attempt(db, number)
    return tuple(_as(_EVENT_ROW, "event", row) for row in db.execute(_EVENTS, (number,)))


def plan(db: sqlite3.Connection, digest: str) -> StoredPlan | None:
    """The plan with this digest, even if expired or spent."""
    row = db.execute(_PLAN, (digest,)).fetchone()
    return _as(_PLAN_ROW, "plan", row) if row else None


def past(db: sqlite3.Connection, number: int) -> list[Event]:
    """What happened in an attempt so far, in order.

    Raises:
        ToolError: ``attempt_unknown``.
    """
    return [event.event for event in events(db, number)]


def _as(record: TypeAdapter[Record], table: str, row: sqlite3.Row) -> Record:
    """The row as a value; an impossible one raises the same error as a broken page."""
    try:
        return record.validate_python(dict(row))
    except ValidationError as error:
        raise sqlite_errors.invalid_row(table, error) from error
