from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from automation.engine.journal import Event, Journal, check_journal
from tests.engine.journal.processes import target, wait_for

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

Script = Callable[[str], "subprocess.Popen[str]"]


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
    """Four times eight attempts, all there, none mixed up, from a folder not made yet."""
    source = """
sys.stdin.readline()
journal = Journal.open(state)
for turn in range(8):
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
        assert len(attempts) == 32
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
    saved = script("""
Journal.open(state).save_plan(StoredPlan("digest", target("D1"), now, now, {}))
""")
    saved.communicate()
    source = """
journal = Journal.open(state)
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
