from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal, check_journal
from automation.engine.journal.schema import APPLICATION_ID, MIGRATIONS, migrate
from automation.engine.target import Target
from automation.errors import ToolError

if TYPE_CHECKING:
    from datetime import datetime

# Written by the program of that version, not by this one.
OF_VERSION_1 = Path(__file__).parent / "journals" / "version_1.sqlite3"

# A run of version 1 that goes on while a newer program has migrated the file: it ran these.
STILL_RUNNING = """
INSERT INTO attempt (order_id, command, site, surface, tool_version, pid, started, last_event)
VALUES ('8200000000007777', 'cancel', 'https://site.example', 'web', '0.1.0', 1,
        '2026-06-10T12:00:00.000Z', 'intent');
INSERT INTO event (attempt, at, event, details)
SELECT max(id), '2026-06-10T12:00:00.000Z', 'started', '{}' FROM attempt;
UPDATE attempt SET dispute_id = 'D7', line_id = 'L7' WHERE order_id = '8200000000007777';
INSERT INTO event (attempt, at, event, details)
SELECT max(id), '2026-06-10T12:00:01.000Z', 'intent', '{}' FROM attempt;
"""


@pytest.fixture
def old(state: Path) -> Path:
    """A state folder with the journal that version 1 wrote."""
    state.mkdir(parents=True)
    shutil.copy(OF_VERSION_1, state / "journal.sqlite3")
    return state


def test_an_old_journal_opens_with_all_its_attempts(old: Path) -> None:
    """Its columns become targets, its outcomes and plan stay, and the checker finds nothing."""
    with Journal.open(old) as journal:
        attempts = {each.id: each for each in journal.attempts()}
        plan = journal.load_plan("3f9a0c")

        assert check_journal(journal) == []
    assert {number: dict(each.target.ids) for number, each in attempts.items()} == {
        1: {"order": "8200000000001234", "line": "L1", "dispute": "D1"},
        2: {"order": "8200000000001234", "line": "L2", "dispute": "D2"},
        3: {"order": "8200000000005678", "line": "L3"},
        4: {"order": "8200000000009999"},
    }
    assert [each.outcome for each in attempts.values()] == ["not_done", None, "unknown", "done"]
    assert [each.target.exact for each in attempts.values()] == [False, True, True, True]
    assert str(attempts[4].target) == "order 8200000000009999"
    assert plan is not None
    assert dict(plan.target.ids) == {"order": "8200000000001234"}
    assert plan.document == {"amount": "US $23.40"}


def test_what_was_unsettled_in_an_old_journal_is_still_and_can_be_settled(
    old: Path, now: datetime
) -> None:
    """The unknown attempt and the killed one are found by their order, and settled."""
    with Journal.open(old) as journal:
        for number, order in ((2, "8200000000001234"), (3, "8200000000005678")):
            on = Target(ids={"order": order}, words="the order")
            assert [each.id for each in journal.open_intents(on)] == [number]
            journal.settle(number, "done", "fresh pages show it closed", now)
            assert journal.open_intents(on) == ()
            assert journal.attempt(number).outcome == "done"


@pytest.mark.parametrize(
    ("ids", "free"),
    [
        ({"order": "8200000000001234", "line": "L2", "dispute": "D2"}, False),
        ({"order": "8200000000001234", "line": "L2"}, False),
        ({"order": "8200000000005678", "line": "L3", "dispute": "D3"}, False),
        ({"order": "8200000000001234", "line": "L1", "dispute": "D1"}, True),
    ],
)
def test_an_unsettled_attempt_of_an_old_journal_bars_another_on_its_target(
    old: Path, now: datetime, ids: dict[str, str], *, free: bool
) -> None:
    """The intent that the old program wrote counts as one of ours."""
    with Journal.open(old) as journal:
        attempt = journal.begin(Target(ids=ids, words="it"), "cancel", "s", "web", "0.2.0", now)
        for event in (Event.TARGET_READ, Event.PLANNED, Event.CONSENTED):
            journal.record(attempt, event, now)
        if free:
            journal.record(attempt, Event.INTENT, now)
            return
        with pytest.raises(ToolError, match="may have reached the site"):
            journal.record(attempt, Event.INTENT, now)


def test_a_run_of_the_old_program_that_goes_on_is_seen(old: Path) -> None:
    """What it writes after the migration has a target too, and bars others."""
    with (
        Journal.open(old) as journal,
        closing(sqlite3.connect(journal.path)) as running,
    ):
        running.executescript(STILL_RUNNING)

        on = Target(ids={"order": "8200000000007777"}, words="the order")
        (attempt,) = journal.open_intents(on)
        assert dict(attempt.target.ids) == {
            "order": "8200000000007777",
            "line": "L7",
            "dispute": "D7",
        }


def test_the_fixture_is_of_version_1() -> None:
    """The control: the file has no targets yet."""
    with closing(sqlite3.connect(f"file:{OF_VERSION_1}?mode=ro&immutable=1", uri=True)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        columns = [row[1] for row in db.execute("PRAGMA table_info(attempt)")]
    assert "order_id" in columns
    assert "target" not in columns


def test_migrations_run_in_order_from_an_older_version(tmp_path: Path) -> None:
    """A made version 0 with rows gets both later versions and keeps its rows."""
    db = sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)
    db.execute("CREATE TABLE run (order_id TEXT)")
    db.execute("INSERT INTO run VALUES ('8200000000001234')")
    steps = (
        ("ALTER TABLE run RENAME TO attempt",),
        ("ALTER TABLE attempt ADD COLUMN site TEXT", "UPDATE attempt SET site = 'web'"),
    )
    migrate(db, steps)
    assert db.execute("SELECT * FROM attempt").fetchall() == [("8200000000001234", "web")]
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    migrate(db, steps)
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    db.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """Its first statement is undone with it, the version stays."""
    db = sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)
    db.execute("CREATE TABLE run (order_id TEXT)")
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, (("ALTER TABLE run RENAME TO attempt", "ALTER TABLE nothing RENAME TO x"),))
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("run",)]
    assert db.execute("PRAGMA user_version").fetchone() == (0,)
    db.close()


def test_an_older_journal_is_brought_up_to_date_when_opened(state: Path) -> None:
    """A version 0 file of this program becomes the current version."""
    state.mkdir(parents=True)
    db = sqlite3.connect(state / "journal.sqlite3")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.close()
    with Journal.open(state) as journal:
        assert journal.attempts() == ()
    db = sqlite3.connect(state / "journal.sqlite3")
    assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    db.close()
