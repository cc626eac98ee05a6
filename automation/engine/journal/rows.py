"""Turn rows into values; an impossible row raises the same error as a broken page."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from automation.engine.journal import schema
from automation.engine.journal.model import Attempt, AttemptEvent, Event, StoredPlan, as_moment
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTEMPT = f"SELECT {schema.ATTEMPT_COLUMNS} FROM attempt WHERE id = ?"  # noqa: S608  constants
_ATTEMPT_NAMES = schema.ATTEMPT_COLUMNS.split(", ")
_ATTEMPT_TIMES = ("started", "finished", "settled")
_PAST = "SELECT event FROM event WHERE attempt = ? ORDER BY id"


def attempt(db: sqlite3.Connection, number: int) -> Attempt:
    """One attempt.

    Raises:
        ToolError: ``attempt_unknown``.
    """
    row = db.execute(_ATTEMPT, (number,)).fetchone()
    if row is None:
        raise ToolError(
            f"no such attempt: {number}",
            code="attempt_unknown",
            exit_code=ExitCode.USAGE,
            hint="list all attempts with 'dispute-guard history'",
        )
    return as_attempt(row)


def events_so_far(db: sqlite3.Connection, number: int) -> list[Event]:
    """The events of an attempt so far, in order.

    Raises:
        ToolError: ``attempt_unknown``.
    """
    attempt(db, number)
    with _ours("event"):
        return [Event(row[0]) for row in db.execute(_PAST, (number,))]


def as_attempt(row: tuple[Any, ...]) -> Attempt:
    """An attempt of a row with the columns ``schema.ATTEMPT_COLUMNS``."""
    with _ours("attempt"):
        values: dict[str, Any] = dict(zip(_ATTEMPT_NAMES, row, strict=True))
        if values["outcome"] not in {None, "done", "not_done", "unknown"}:
            raise ValueError(values["outcome"])
        times = {name: values[name] and as_moment(values[name]) for name in _ATTEMPT_TIMES}
        return Attempt(**values | times)


def as_event(row: tuple[Any, ...]) -> AttemptEvent:
    """An event of a row with the columns ``schema.EVENT_COLUMNS``."""
    with _ours("event"):
        number, of_attempt, at, event, details = row
        return AttemptEvent(number, of_attempt, as_moment(at), Event(event), json.loads(details))


def as_plan(row: tuple[Any, ...]) -> StoredPlan:
    """A plan of a row with the columns ``schema.PLAN_COLUMNS``."""
    with _ours("plan"):
        digest, order_id, created, expires, document, spent = row
        return StoredPlan(
            digest=digest,
            order_id=order_id,
            created=as_moment(created),
            expires=as_moment(expires),
            document=json.loads(document),
            spent=as_moment(spent) if spent else None,
        )


@contextmanager
def _ours(table: str) -> Iterator[None]:
    """Turn an impossible value into the error that SQLite raises for a broken page."""
    try:
        yield
    except (ValueError, TypeError, AttributeError) as error:
        fault = sqlite3.DatabaseError(f"invalid row in {table}: {error}")
        fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise fault from error
