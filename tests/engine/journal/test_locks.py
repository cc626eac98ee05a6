from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import target_lock
from automation.engine.journal.locks import opening_lock
from automation.errors import ToolError
from automation.text import when_text
from tests.engine.journal.processes import target, wait_for

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

Script = Callable[[str], "subprocess.Popen[str]"]


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


def test_waiting_for_the_journal_ends(state: Path) -> None:
    """GIVEN a process that keeps opening the journal THEN the wait ends with one clear line."""
    with (
        opening_lock(state),
        pytest.raises(ToolError, match="another process has been opening") as caught,
        opening_lock(state, seconds=0.05),
    ):
        pass
    assert caught.value.code == "journal_busy"
    with opening_lock(state, seconds=0.05):
        pass


@pytest.mark.parametrize(
    ("holder", "words"),
    [
        (
            '{"pid": 7, "attempt": 3, "since": "2026-06-10T12:00:00Z"}',
            "(process 7, attempt 3, since",
        ),
        ('{"pid": 7, "attempt": null, "since": "soon"}', "(process 7)"),
        ("[]", ""),
        ('{"pid"', ""),
    ],
)
def test_who_holds_the_lock_is_told_as_far_as_it_is_known(
    state: Path, holder: str, words: str
) -> None:
    """GIVEN what the holder wrote, or half of it THEN the refusal is the same without it."""
    with target_lock(state, target("D1")):
        next((state / "locks").iterdir()).write_text(f"\n{holder}", "utf-8")
        with pytest.raises(ToolError, match="another run is working on") as caught:
            target_lock(state, target("D1")).__enter__()
    assert words in str(caught.value)
    assert ("(" in str(caught.value)) is bool(words)
