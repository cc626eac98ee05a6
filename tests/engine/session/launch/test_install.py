"""Getting a browser: nothing is installed unannounced, nor without a yes at a terminal."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.launch import install as installing
from automation.engine.session.launch.discovery import check_browser
from automation.engine.session.launch.install import (
    Way,
    ask,
    install,
    main,
    may_ask,
    run_quietly,
    ways,
)
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


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y", True), (" YES ", True), ("", False), ("n", False), ("yep", False)]
)
def test_only_a_yes_counts(answer: str, monkeypatch: pytest.MonkeyPatch, *, agreed: bool) -> None:
    """GIVEN an answer at the terminal THEN nothing but y or yes agrees."""
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert ask("install it") is agreed


def test_a_closed_input_is_no_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN an input that ends before an answer THEN nothing was agreed to."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not ask("install it")


@pytest.mark.parametrize(
    ("terminal", "ci", "may"),
    [(True, "", True), (True, "true", False), (True, "1", False), (False, "", False)],
)
def test_a_build_machine_is_never_asked(
    terminal: bool, ci: str, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN no person at a terminal THEN no one is asked."""
    stdin = io.StringIO()
    monkeypatch.setattr(stdin, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setenv("CI", ci)
    assert may_ask() is may


@pytest.mark.parametrize(
    ("apt", "user", "programs"),
    [
        (None, 0, ["python"]),
        ("/usr/bin/apt-get", 1000, ["python"]),
        ("/usr/bin/apt-get", 0, ["python", "apt-get"]),
    ],
)
def test_system_packages_only_as_root_where_there_are_any(
    apt: str | None, user: int, programs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The download comes first; another user never changes the system."""
    monkeypatch.setattr(sys, "executable", "/opt/python")
    monkeypatch.setattr("shutil.which", lambda _: apt)
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    assert [Path(way.commands[0][0]).name for way in ways()] == programs


@pytest.mark.parametrize(
    ("code", "seconds", "worked"),
    [("", 60, True), ("raise SystemExit(3)", 60, False), ("input()", 60, False)],
)
def test_a_command_worked_if_it_ended_well(code: str, seconds: int, *, worked: bool) -> None:
    """It has no terminal to ask at, so a question fails."""
    assert run_quietly([sys.executable, "-c", code], seconds) is worked


def test_a_command_that_is_missing_or_too_slow_did_not_work() -> None:
    """GIVEN no such program, or one that never ends THEN the next way is tried."""
    assert not run_quietly(["/no/such/program"], 60)
    assert not run_quietly([sys.executable, "-c", "import time; time.sleep(60)"], 0)


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine without a browser; the programs that were run there."""
    programs: list[str] = []

    def run(command: Sequence[str], _: int) -> bool:
        programs.append(Path(command[0]).name)
        return programs[-1] in os.environ.get("WORKS", "")

    monkeypatch.setattr(installing, "find_browsers", lambda **_: [])
    monkeypatch.setattr(installing, "own_browser", lambda: None)
    monkeypatch.setattr(installing, "ways", lambda: WAYS)
    monkeypatch.setattr(installing, "run_quietly", run)
    monkeypatch.setattr(installing, "may_ask", lambda: True)
    monkeypatch.setattr(sys, "argv", ["install"])
    return programs


def test_what_was_installed_is_said(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN --yes WHEN a way works THEN exit 0 without a question, and what was done."""
    monkeypatch.setattr(sys, "argv", ["install", "--yes"])
    monkeypatch.setenv("WORKS", "get")
    assert main() == 0
    assert bare_machine == ["get"]
    assert capsys.readouterr().out.endswith("browser: installed\n")


def test_a_machine_that_gets_none_is_told_what_to_install(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a no at the terminal THEN exit 1, nothing run, and the way by hand."""
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert main() == 1
    assert bare_machine == []
    assert "--browser PATH" in capsys.readouterr().err


def test_playwrights_own_browser_is_enough(
    bare_machine: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a download of Playwright's alone THEN it is named and nothing is installed."""
    monkeypatch.setattr(installing, "own_browser", lambda: Path("/cache/chrome"))
    assert main() == 0
    assert (bare_machine, capsys.readouterr().out) == ([], "browser: /cache/chrome\n")


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
