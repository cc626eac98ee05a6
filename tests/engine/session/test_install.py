"""Getting a browser: nothing is installed unannounced, nor without a yes at a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.discovery import check_browser
from automation.engine.session.install import Way, install
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Tool

WAYS = (Way("download it", (("get",),), 1), Way("install packages", (("update",), ("add",)), 1))


def tried(*, agreed: bool, works: Sequence[str]) -> tuple[bool, list[str]]:
    """Records, in order, what is printed, asked and run."""
    events: list[str] = []

    def ask(what: str) -> bool:
        events.append(f"ask {what}")
        return agreed

    def run(command: Sequence[str], _: int) -> bool:
        events.append(f"run {command[0]}")
        return command[0] in works

    return install(WAYS, agreed=ask, say=lambda text: events.append(f"say {text}"), run=run), events


def test_it_is_said_and_agreed_to_before_it_is_done() -> None:
    """GIVEN a yes WHEN installed THEN each way is printed, asked, and only then run."""
    done, events = tried(agreed=True, works=("update", "add"))
    assert done
    kinds = [event.partition(" ")[0] for event in events]
    assert kinds == ["say", "ask", "run", "say", "say", "ask", "run", "run"]


def test_a_no_installs_nothing() -> None:
    """GIVEN a no THEN no command is run."""
    done, events = tried(agreed=False, works=("get",))
    assert not done
    assert not [event for event in events if event.startswith("run")]


def test_the_command_names_the_browser_that_is_there(tool: Tool) -> None:
    """GIVEN an installed browser WHEN install-browser runs THEN its path, and no install."""
    ran = tool.run("install-browser")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("browser: ")


def test_a_browser_may_be_named_as_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a command in PATH WHEN named THEN its path; a missing one is named."""
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check_browser(Path("chromium")) == program
    for name, problem in (("chromiun", "is not a command in PATH"), (str(tmp_path), "is a folder")):
        with pytest.raises(ToolError, match=problem):
            check_browser(Path(name))
