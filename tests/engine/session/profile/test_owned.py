"""The tool's own browsers are known by their mark, and nothing else is ever ended."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil
import pytest

from automation.engine.session.profile import owned
from automation.engine.session.profile.owned import (
    SWITCH,
    abandoned,
    end_leftovers,
    leftovers,
    mark_in,
    owner,
    temporary_profile,
)
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GONE = {"owner": 2**22 - 1, "owner_started": "1.00"}


def recorded(state_dir: Path, content: object, mark: str = "") -> Path:
    """The record of a run, as it is on disk."""
    folder = state_dir / owned.FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{mark or secrets.token_hex(16)}.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@contextmanager
def process_with(mark: str) -> Iterator[subprocess.Popen[str]]:
    """A process with this mark on its command line, as a browser has it."""
    waiting = [sys.executable, "-c", "print(flush=True); input()", SWITCH + mark]
    with subprocess.Popen(
        waiting, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield process
        finally:
            process.kill()


def test_a_browser_of_a_run_that_is_gone_is_ended_with_its_record(tmp_path: Path) -> None:
    """GIVEN a marked process whose run is gone THEN it is found, ended, and its record removed."""
    record = recorded(tmp_path, GONE)
    with process_with(record.stem) as process:
        assert [each.pid for each in leftovers(tmp_path)] == [process.pid]

        assert end_leftovers(tmp_path) == ()

        process.wait()
    assert not record.exists()
    assert leftovers(tmp_path) == ()


def test_a_browser_of_a_living_run_stays(tmp_path: Path) -> None:
    """Control: GIVEN the same process, but a run that lives THEN nothing is found or ended."""
    record = recorded(tmp_path, owner())
    with process_with(record.stem) as process:
        assert leftovers(tmp_path) == ()
        assert end_leftovers(tmp_path) == ()
        assert process.poll() is None
    assert record.exists()


def test_a_process_that_cannot_be_ended_keeps_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a process of another user, which stays THEN it is named, and so is its record."""
    record = recorded(tmp_path, GONE)

    def refused(_process: psutil.Process) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil.Process, "kill", refused)
    monkeypatch.setattr(owned, "_END_SECONDS", 0.0)
    with process_with(record.stem) as process:
        assert [(each.pid, each.record) for each in end_leftovers(tmp_path)] == [
            (process.pid, record)
        ]
    assert record.exists()


@pytest.mark.parametrize(
    "content", ["", "[1]", '{"owner": "1"}', '{"owner": -5, "owner_started": "x"}']
)
def test_a_record_that_a_kill_cut_short_has_no_living_owner(tmp_path: Path, content: str) -> None:
    """GIVEN half a record THEN its run counts as gone; a file with another name is no record."""
    record = recorded(tmp_path, content)
    recorded(tmp_path, GONE, "notes")

    assert [each.path for each in abandoned(tmp_path / owned.FOLDER)] == [record]


def test_only_the_profile_with_the_marks_own_name_is_removed(tmp_path: Path) -> None:
    """GIVEN records that name a profile of the mark, and another folder THEN the other stays."""
    mark = secrets.token_hex(16)
    mine, other = tmp_path / f"dispute-guard-{mark}", tmp_path / "photos"
    for folder in (mine, other):
        folder.mkdir()
    recorded(tmp_path, {**GONE, "profile": str(mine)}, mark)
    recorded(tmp_path, {**GONE, "profile": str(other)})

    end_leftovers(tmp_path)

    assert (mine.exists(), other.exists()) == (False, True)


def test_a_profile_needs_its_record(tmp_path: Path) -> None:
    """GIVEN a record that is gone THEN an error names it."""
    with pytest.raises(ToolError, match="is gone"):
        temporary_profile(tmp_path / f"{secrets.token_hex(16)}.json")


def test_a_mark_is_found_in_a_command_line_that_was_rewritten() -> None:
    """GIVEN words, or one string with spaces THEN the mark; anything else has none."""
    mark = secrets.token_hex(16)

    assert mark_in(["chrome", SWITCH + mark]) == mark
    assert mark_in([f"chrome --type=renderer {SWITCH}{mark} --x"]) == mark
    assert mark_in(["chrome", f"{SWITCH}1234", mark]) == ""


def test_a_system_that_hides_command_lines_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a system that refuses THEN it says so; here command lines are shown (control)."""
    assert owned.can_be_found()

    def refused(_process: psutil.Process) -> list[str]:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil.Process, "cmdline", refused)
    assert not owned.can_be_found()
