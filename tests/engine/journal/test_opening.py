from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal, target_lock
from automation.engine.journal.schema import SCHEMA_VERSION
from automation.engine.target import Target
from automation.errors import Hint, ToolError
from tests.file_modes import modes_at_creation

if TYPE_CHECKING:
    from datetime import datetime

Begin = Callable[..., int]

TARGET = Target(ids={"order": "8200000000001234"}, words="the order")


def mode(path: Path) -> int:
    """The permission bits of a file."""
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("open_umask")
def test_files_and_folders_belong_to_their_owner_alone(state: Path, with_intent: Begin) -> None:
    """With an open umask every folder is 0700 and every file 0600, side files too."""
    with Journal.open(state) as journal, target_lock(state, TARGET):
        with_intent(journal)
        found = {path.name: mode(path) for path in state.rglob("*")}
        assert {"journal.sqlite3", "journal.sqlite3-wal", "journal.sqlite3-shm"} < set(found)
        assert {path.name for path in state.rglob("*") if mode(path) != 0o600} == {"locks"}
    assert [mode(path) for path in (state.parent, state, state / "locks")] == [0o700] * 3


@pytest.mark.usefixtures("open_umask")
def test_no_file_is_open_to_others_even_for_a_moment(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file that is created has its mode when the creating call returns."""
    seen = modes_at_creation(monkeypatch)
    with Journal.open(state), target_lock(state, TARGET):
        monkeypatch.undo()
    assert set(seen.values()) == {0o600}
    assert {"journal.sqlite3.new", "journal.lock"} < set(seen)
    assert len(seen) == 3


def test_a_journal_restored_with_wide_modes_is_closed_off(state: Path) -> None:
    """A copy from a backup gets its modes back when it is opened; so does its folder."""
    Journal.open(state).close()
    (state / "journal.sqlite3").chmod(0o644)
    state.chmod(0o755)
    Journal.open(state).close()
    assert mode(state / "journal.sqlite3") == 0o600
    assert mode(state) == 0o700


def test_a_folder_of_the_buyers_own_keeps_its_mode(tmp_path: Path) -> None:
    """A folder with other content keeps its mode."""
    tmp_path.chmod(0o755)
    (tmp_path / "notes.txt").write_text("mine")
    Journal.open(tmp_path).close()
    assert mode(tmp_path) == 0o755
    assert mode(tmp_path / "journal.sqlite3") == 0o600


def test_a_state_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    """No folder can be created below a plain file."""
    (tmp_path / "file").write_text("")
    for below in ("", "state", "deep/state"):
        with pytest.raises(ToolError, match="state folder") as caught:
            Journal.open(tmp_path / "file" / below)
        assert caught.value.code == "state_dir_unwritable"
        assert caught.value.exit_code == 1
        assert "--state-dir" in caught.value.hint


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "short": lambda data: data[:60],
    "first page only": lambda data: data[:4096],
    "half": lambda data: data[: len(data) // 2],
    "torn page": lambda data: data[:-1000],
    "other content": lambda data: b"hello " * (len(data) // 6),
    "zeroes at the end": lambda data: data[:4096] + bytes(len(data) - 4096),
    "a broken page": lambda data: data[:4096] + b"\xff" * 4096 + data[8192:],
    "another program's": lambda data: data[:68] + b"mine" + data[72:],
    "no tables": lambda data: data.replace(b"CREATE TABLE plan", b"CREATE TABLE flan"),
    "other columns": lambda data: data.replace(b"exit_code    INT", b"exit_kode    INT"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_journal_is_moved_aside_whole_and_forbids_sending(
    state: Path, with_intent: Begin, damage: Callable[[bytes], bytes]
) -> None:
    """It is kept byte by byte, the message says where; a new one reads but does not send."""
    path = state / "journal.sqlite3"
    with Journal.open(state) as journal:
        with_intent(journal)
        assert journal.must_not_send() == ""
    damaged = damage(path.read_bytes())
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)

    with pytest.raises(ToolError, match="moved to") as caught:
        Journal.open(state)
    assert caught.value.code == "journal_damaged"
    assert caught.value.exit_code == 1
    assert caught.value.hint is Hint.ACCEPT_LOSS
    aside = Path(caught.value.evidence)
    assert aside.name.startswith("journal.sqlite3.damaged-2")
    assert aside.read_bytes() == damaged

    with Journal.open(state) as journal:
        assert journal.attempts() == ()
        assert str(aside) in journal.must_not_send()
        with pytest.raises(ToolError, match="is lost") as refused:
            with_intent(journal)
        assert refused.value.code == "journal_lost"
        assert journal.open_intents() == ()
        kept = Journal.acknowledge_damage(state)
        assert [path.read_bytes() for path in kept] == [damaged]
        assert journal.must_not_send() == ""
        with_intent(journal, dispute="D2", line="L2")
    assert Journal.acknowledge_damage(state) == ()


def test_a_log_without_its_journal_is_damage(state: Path, with_intent: Begin) -> None:
    """If only the write-ahead log is left, the journal still counts as lost."""
    with Journal.open(state) as journal:
        with_intent(journal)
        log = (state / "journal.sqlite3-wal").read_bytes()
        assert log
    (state / "journal.sqlite3").unlink()
    (state / "journal.sqlite3-wal").write_bytes(log)
    with pytest.raises(ToolError, match="missing") as caught:
        Journal.open(state)
    assert Path(caught.value.evidence + "-wal").read_bytes() == log
    with Journal.open(state) as journal:
        assert journal.must_not_send()


@pytest.mark.parametrize("where", ["header", "log"])
def test_a_newer_journal_is_left_as_it_is(state: Path, with_intent: Begin, where: str) -> None:
    """It is neither moved nor changed, even if only its log says that it is newer."""
    path = state / "journal.sqlite3"
    with Journal.open(state) as journal:
        with_intent(journal)
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    if where == "header":
        db.close()
    before = path.read_bytes()
    with pytest.raises(ToolError, match="newer dispute-guard") as caught:
        Journal.open(state)
    db.close()
    assert caught.value.code == "journal_newer"
    if where == "header":
        assert path.read_bytes() == before
    assert not list(state.glob("*damaged*"))


def test_a_run_killed_while_it_made_the_journal_leaves_no_damage(state: Path) -> None:
    """A half-made journal has another name and is made again."""
    state.mkdir(parents=True)
    (state / "journal.sqlite3.new").write_bytes(b"half")
    (state / "journal.sqlite3.new-wal").write_bytes(b"half")
    with Journal.open(state) as journal:
        assert journal.must_not_send() == ""
    assert not list(state.glob("*.new*"))


def test_pages_that_break_during_a_run_end_in_one_line(
    state: Path, with_intent: Begin, now: datetime
) -> None:
    """Reading and writing both say that the journal is damaged, without a traceback."""
    with Journal.open(state) as journal:
        number = with_intent(journal)
    with Journal.open(state) as journal:
        path = state / "journal.sqlite3"
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))
        for call in (
            lambda: journal.events(number),
            lambda: journal.record(number, Event.CLICKED, now),
            journal.attempts,
        ):
            with pytest.raises(ToolError, match="is damaged") as caught:
                call()
            assert caught.value.code == "journal_damaged"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE attempt SET started = 'yesterday'",
        "UPDATE plan SET document = '{'",
        "UPDATE attempt SET target = '{'",
        "UPDATE attempt SET target = '{}'",
        "UPDATE attempt SET started = '0001-01-01'",
        "INSERT INTO event (attempt, at, event, details) VALUES (1, '2026-06-10', 'danced', '{}')",
    ],
)
def test_a_row_that_is_none_of_ours_is_damage_too(
    state: Path, with_intent: Begin, now: datetime, change: str
) -> None:
    """An invalid time, a broken document, an unknown event: one line, no traceback."""
    from automation.engine.journal import StoredPlan  # noqa: PLC0415  beside its one use

    with Journal.open(state) as journal:
        with_intent(journal)
        journal.save_plan(StoredPlan("d", TARGET, now, now, {}))
        db = sqlite3.connect(state / "journal.sqlite3")
        with db:
            db.execute(change)
        db.close()
        with pytest.raises(ToolError) as caught:
            journal.attempt(1), journal.events(1), journal.load_plan("d")
        assert caught.value.code == "journal_damaged"
