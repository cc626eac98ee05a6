"""The browsers of a machine, on the systems that this one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.session.launch import discovery
from automation.engine.session.launch.discovery import (
    check_browser,
    find_browsers,
    no_browser,
    sandbox_arguments,
)
from automation.errors import Hint, ToolError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(discovery, "_HEADLESS_PLACES", ())


def test_browsers_of_a_mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN an app in the user's own folder THEN the program inside it is found."""
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_browsers() == []
    program = tmp_path / "Applications/Chromium.app/Contents/MacOS/Chromium"
    program.parent.mkdir(parents=True)
    program.touch()
    assert find_browsers() == [program]


def test_browsers_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a folder for programs THEN its browsers; a variable that is not set is no folder."""
    place = r"Google\Chrome\Application\chrome.exe"
    monkeypatch.setattr("sys.platform", "win32")
    for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert find_browsers() == []
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).touch()
    assert find_browsers() == [tmp_path / place]


def test_a_mac_app_is_named_as_people_see_it(tmp_path: Path) -> None:
    """GIVEN the folder that a Mac shows as a program THEN the program inside it; no other folder."""
    app = tmp_path / "Brave Browser.app"
    program = app / "Contents" / "MacOS" / "Brave Browser"
    program.parent.mkdir(parents=True)
    with pytest.raises(ToolError, match="is a folder"):
        check_browser(app)
    program.touch(mode=0o700)
    assert check_browser(app) == program


def test_headless_only_browsers_come_first_where_they_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN one THEN it is no answer for a window, and each browser is named once."""
    shell, full = tmp_path / "shell", tmp_path / "chromium"
    shell.touch()
    monkeypatch.setattr(discovery, "_HEADLESS_PLACES", (str(shell),))
    monkeypatch.setattr("shutil.which", {"chromium": str(full), "brave-browser": str(full)}.get)
    assert find_browsers(headless=True) == [shell, full]
    assert find_browsers() == [full]


def test_a_file_that_cannot_be_run_is_no_browser(tmp_path: Path) -> None:
    """GIVEN a path that is no program THEN the problem, and what to give."""
    plain = tmp_path / "chromium"
    plain.touch(mode=0o600)
    for named, problem in ((plain, "is not executable"), (tmp_path / "none", "does not exist")):
        with pytest.raises(ToolError, match=problem) as caught:
            check_browser(named)
        assert caught.value.code == "no_browser"
        assert "--browser PATH" in caught.value.hint


def test_a_machine_without_any_says_to_get_one() -> None:
    """The command line words it as its own command."""
    assert no_browser().hint is Hint.GET_BROWSER


@pytest.mark.parametrize(("user", "arguments"), [(0, ["--no-sandbox"]), (1000, [])])
def test_only_root_runs_without_the_sandbox(
    user: int, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chromium refuses to start as root with it; for all others it stays on."""
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    assert sandbox_arguments() == arguments
