from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal, check_journal, target_lock
from automation.engine.target import Target
from automation.errors import ToolError
from automation.text import when_text

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

Script = Callable[[str], "subprocess.Popen[str]"]


def target(dispute: str) -> Target:
    """A dispute of the order of these tests."""
    return Target(
        ids={"order": "8200000000001234", "line": "L1", "dispute": dispute}, words="dispute"
    )


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Read a process's lines until it prints ``words``."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == words:
            return
    assert process.stderr is not None
    pytest.fail(f"it ended before it said {words}: {process.stderr.read()}")


def test_what_was_recorded_survives_a_kill(script: Script, state: Path) -> None:
    """Killed with signal 9 right after record() returned, the intent is there and open."""
    process = script("""
journal = Journal.open(state)
to_intent(journal)
say("recorded")
sys.stdin.read()
""")
    wait_for(process, "recorded")
    process.kill()
    process.wait()
    with Journal.open(state) as journal:
        (attempt,) = journal.open_intents(target("D1"))
        assert [event.event for event in journal.events(attempt.id)] == list(Event)[:6]
        assert attempt.pid == process.pid
        assert check_journal(journal) == []


def test_a_kill_inside_a_transaction_leaves_nothing_of_it(script: Script, state: Path) -> None:
    """What did not return was not written: the attempt is as before it."""
    process = script("""
journal = Journal.open(state)
number = journal.begin(target("D1"), "cancel", "s", "web", "0", now)
with journal._writing() as db:
    db.execute("UPDATE attempt SET last_event = 'intent'")
    say("inside")
    sys.stdin.read()
""")
    wait_for(process, "inside")
    process.kill()
    process.wait()
    with Journal.open(state) as journal:
        assert [attempt.last_event for attempt in journal.attempts()] == ["started"]
        assert check_journal(journal) == []


def test_four_processes_write_at_once(script: Script, state: Path) -> None:
    """Four times twenty attempts, all there, none mixed up, from a folder not made yet."""
    source = """
sys.stdin.readline()
journal = Journal.open(state)
for turn in range(20):
    name = f"{os.getpid()}-{turn}"
    number = to_intent(journal, order=name, dispute=name)
    journal.finish(number, "unknown", 8, "", now)
"""
    processes = [script(source) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        assert process.wait() == 0, process.stderr and process.stderr.read()
    with Journal.open(state) as journal:
        attempts = journal.attempts(limit=100)
        assert len(attempts) == 80
        assert {attempt.pid for attempt in attempts} == {process.pid for process in processes}
        assert check_journal(journal) == []


def test_of_four_processes_one_gets_the_intent(script: Script, state: Path) -> None:
    """Without any lock, the journal alone lets one intent on a dispute through."""
    source = """
journal = Journal.open(state)
sys.stdin.readline()
try:
    to_intent(journal)
except ToolError as error:
    say(error.code)
else:
    say("intent")
"""
    processes = [script(source) for _ in range(4)]
    said = [process.communicate("go\n")[0].strip() for process in processes]
    assert sorted(said) == ["intent", *["unsettled_attempt"] * 3]
    with Journal.open(state) as journal:
        assert len(journal.open_intents()) == 1


def test_a_plan_is_spent_once_by_four_processes(script: Script) -> None:
    """Of four processes that commit the same plan, one may."""
    source = """
journal = Journal.open(state)
journal.save_plan(StoredPlan("digest", target("D1"), now, now, {}))
sys.stdin.readline()
try:
    journal.spend_plan("digest")
except ToolError as error:
    say(error.code, int(error.exit_code))
else:
    say("spent")
"""
    processes = [script(source) for _ in range(4)]
    said = [process.communicate("go\n")[0].strip() for process in processes]
    assert sorted(said) == [*["plan_spent 7"] * 3, "spent"]


def test_a_full_disk_is_one_line_and_keeps_what_was_there(script: Script, state: Path) -> None:
    """Without room for the log, record() says so; earlier events stay readable."""
    process = script("""
import resource
journal = Journal.open(state)
number = to_intent(journal)
size = os.path.getsize(state / "journal.sqlite3-wal")
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    journal.record(number, Event.CLICKED, now)
except ToolError as error:
    say(error.code, int(error.exit_code), journal.events(number)[-1].event)
""")
    said, errors = process.communicate()
    assert said.strip() == "state_dir_unwritable 1 intent", errors
    with Journal.open(state) as journal:
        assert check_journal(journal) == []
        assert len(journal.open_intents()) == 1


def test_a_journal_that_may_not_grow_says_that_the_disk_is_full(script: Script) -> None:
    """SQLite's error for a full disk becomes an error code of its own."""
    process = script("""
journal = Journal.open(state)
journal._database.execute("PRAGMA max_page_count = 1")
try:
    for turn in range(1000):
        journal.begin(target(str(turn)), "cancel", "s" * 300, "web", "0", now)
except ToolError as error:
    say(error.code, error.hint)
""")
    said, errors = process.communicate()
    assert said.startswith("disk_full free some space"), errors


def test_a_read_only_folder_is_one_line(script: Script, state: Path) -> None:
    """Without write access the error says so, with or without a journal there."""
    state.mkdir(parents=True)
    source = """
os.chdir(state)
state = Path(".")
{before}
os.chmod(".", 0o500)
if os.getuid() == 0:
    for path in (state, *state.rglob("*")):
        os.chown(path, 65534, 65534)
    os.setgid(65534), os.setuid(65534)
try:
    Journal.open(state)
except ToolError as error:
    say(error.code, int(error.exit_code), error.message)
"""
    for before, words in (
        ("", "cannot use the state folder .: Permission denied"),
        ("Journal.open(state).close()", "the journal journal.sqlite3 cannot be written"),
    ):
        said, errors = script(source.format(before=before)).communicate()
        assert said.startswith(f"state_dir_unwritable 1 {words}"), errors
        assert not errors
        state.chmod(0o700)


def test_a_lock_turns_a_second_run_away(script: Script, state: Path) -> None:
    """It says which process and attempt hold the dispute, and since when; another is free."""
    process = script("""
with target_lock(state, target("D1"), attempt=7, now=now):
    say("held")
    sys.stdin.readline()
say("released")
sys.stdin.read()
""")
    wait_for(process, "held")
    with target_lock(state, target("D2")):
        pass
    with pytest.raises(ToolError) as caught, target_lock(state, target("D1")):
        pass
    assert caught.value.code == "already_running"
    assert caught.value.exit_code == 1
    since = when_text(datetime(2026, 6, 10, 12, tzinfo=UTC))
    told = f"(process {process.pid}, attempt 7, since {since})"
    assert told in caught.value.message
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    wait_for(process, "released")
    with target_lock(state, target("D1")):
        pass


def test_a_killed_process_holds_no_lock_even_if_its_child_lives(
    script: Script, state: Path
) -> None:
    """A killed run's browser that is still open does not keep the dispute locked."""
    process = script("""
import subprocess
with target_lock(state, target("D1")):
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"])
    say("held")
    sys.stdin.read()
""")
    wait_for(process, "held")
    process.kill()
    process.wait()
    with target_lock(state, target("D1")):
        pass


def test_a_lock_is_held_once_within_a_process_too(state: Path) -> None:
    """The same process is refused too, and an exception releases the lock."""
    with target_lock(state, target("D1")):
        with pytest.raises(ToolError, match=str(os.getpid())), target_lock(state, target("D1")):
            pass
        with target_lock(state, target("../../D1")):
            pass
    with pytest.raises(KeyError), target_lock(state, target("D1")):
        raise KeyError
    with target_lock(state, target("D1")):
        pass
    names = [path.name for path in (state / "locks").iterdir()]
    assert len(names) == 2
    assert not any("D1" in name for name in names)
