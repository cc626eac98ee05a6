"""The journal's tables and migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# "DspG": `file journal.sqlite3` shows it, and it identifies the file as ours.
APPLICATION_ID = int.from_bytes(b"DspG")

# Rows of version 1 name an order and its dispute in columns of their own, and so do rows
# of a run of that version that is still going on. Later rows leave those columns empty.
_TARGET_OF_ATTEMPT = """
coalesce(target, json_object(
    'ids', json_patch('{}', json_object('order', order_id, 'line', line_id, 'dispute', dispute_id)),
    'words', 'order ' || order_id,
    'exact', json(CASE WHEN coalesce(dispute_id, line_id) IS NULL THEN 'false' ELSE 'true' END)
)) AS target
"""
_TARGET_OF_PLAN = """
coalesce(target, json_object(
    'ids', json_object('order', order_id), 'words', 'order ' || order_id, 'exact', json('false')
)) AS target
"""

ATTEMPT_COLUMNS = (
    f"id, {_TARGET_OF_ATTEMPT}, command, site, surface, tool_version, pid, started, last_event,"
    " finished, outcome, exit_code, reason, settled, settled_how"
)
EVENT_COLUMNS = "id, attempt, at, event, details"
PLAN_COLUMNS = f"digest, {_TARGET_OF_PLAN}, created, expires, document, spent"

_VERSION_1 = (
    """
    CREATE TABLE attempt (
        id           INTEGER PRIMARY KEY AUTOINCREMENT,
        order_id     TEXT NOT NULL,
        dispute_id   TEXT,
        line_id      TEXT,
        command      TEXT NOT NULL,
        site         TEXT NOT NULL,
        surface      TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        pid          INTEGER NOT NULL,
        started      TEXT NOT NULL,
        last_event   TEXT NOT NULL,
        finished     TEXT,
        outcome      TEXT CHECK (outcome IN ('done', 'not_done', 'unknown')),
        exit_code    INTEGER,
        reason       TEXT,
        settled      TEXT,
        settled_how  TEXT
    )
    """,
    """
    CREATE TABLE event (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        attempt INTEGER NOT NULL REFERENCES attempt (id),
        at      TEXT NOT NULL,
        event   TEXT NOT NULL,
        details TEXT NOT NULL
    )
    """,
    "CREATE INDEX event_of_attempt ON event (attempt, id)",
    "CREATE INDEX attempt_of_order ON attempt (order_id)",
    """
    CREATE TABLE plan (
        digest   TEXT PRIMARY KEY,
        order_id TEXT NOT NULL,
        created  TEXT NOT NULL,
        expires  TEXT NOT NULL,
        document TEXT NOT NULL,
        spent    TEXT
    )
    """,
    # Recorded events never change.
    """
    CREATE TRIGGER event_stays_as_written BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never removed'); END
    """,
    # An intent without a final outcome may have reached the site (GUARD-FACTS: of ten
    # runs killed before they logged the click, one had committed).
    """
    CREATE VIEW open_intent AS
    SELECT * FROM attempt
    WHERE coalesce(outcome, 'unknown') = 'unknown'
      AND EXISTS (SELECT 1 FROM event AS e WHERE e.attempt = attempt.id AND e.event = 'intent')
    """,
    """
    CREATE VIEW history AS
    SELECT attempt.id AS attempt, order_id, command, at, event, details, outcome
    FROM attempt JOIN event ON event.attempt = attempt.id
    ORDER BY event.id
    """,
)

# Columns are added, never dropped: SQLite drops them since 3.35 only, and systems that
# Python 3.11 runs on still have 3.26.
_VERSION_2 = (
    "ALTER TABLE attempt ADD COLUMN target TEXT",
    "ALTER TABLE plan ADD COLUMN target TEXT",
    "DROP INDEX IF EXISTS attempt_of_order",
    "DROP VIEW IF EXISTS history",
)

# Each entry migrates a journal from its index to the next version. Only append entries:
# journals of every version are in use.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2)
SCHEMA_VERSION = len(MIGRATIONS)


def version_of(db: sqlite3.Connection) -> int:
    """The schema version stored in a journal."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Migrate a journal to the newest version, completely or not at all.

    Raises:
        sqlite3.Error: a step failed; the journal is unchanged.
    """
    if version_of(db) >= len(migrations):
        return
    with db:
        db.execute("BEGIN IMMEDIATE")
        # Read again: another process may have migrated it while this one waited.
        for step in migrations[version_of(db) :]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(migrations)}")


def count_on(db: sqlite3.Connection, last: int) -> None:
    """Number the attempts of a new journal from the one after this."""
    if last:
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('attempt', ?)", (last,))


def probe(db: sqlite3.Connection) -> None:
    """Select every column once.

    Raises:
        sqlite3.OperationalError: one is missing.
    """
    for table, columns in (
        ("attempt", ATTEMPT_COLUMNS),
        ("open_intent", ATTEMPT_COLUMNS),
        ("event", EVENT_COLUMNS),
        ("plan", PLAN_COLUMNS),
    ):
        db.execute(f"SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608  constants of this file
