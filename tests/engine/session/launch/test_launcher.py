"""Which browser is started, and what is said if none starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Error

from automation.engine.session.launch import launcher as launching
from automation.engine.session.options import SessionOptions
from automation.errors import ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.engine.session.launch.launcher import Program

FOUND = [Path("/usr/bin/chromium"), Path("/usr/bin/google-chrome")]
MISSING = "Executable doesn't exist at /x"
CRASH = "Target closed\n[pid=1][err] first\n[pid=1][err] cannot open display\n[pid=1][err]\n"


class Starts:
    """A machine on which these programs fail, with these words."""

    def __init__(self, **fails: str) -> None:
        self.tried: list[str] = []
        self._fails = fails

    async def __call__(self, program: Program) -> str:
        """Start one."""
        name = Path(program.name).name
        self.tried.append(name)
        words = self._fails.get(name.split("'")[0].replace("-", "_"), "")
        if words:
            raise Error(words)
        return f"started {name}"


def tried(starts: Starts, options: SessionOptions) -> tuple[str, str]:
    """What was started."""
    return in_own_loop(launching._try_each(starts, options, FOUND))  # noqa: SLF001  its only user needs a driver


@pytest.fixture
def options(tmp_path: Path) -> SessionOptions:
    """Headless, in a folder of this test."""
    return SessionOptions(state_dir=tmp_path, headless=True)


def test_playwrights_own_browser_comes_first(options: SessionOptions) -> None:
    """GIVEN all of them THEN the first one, and no other is tried."""
    starts = Starts()
    assert tried(starts, options)[1] == "Playwright's Chromium"
    assert len(starts.tried) == 1


def test_a_missing_or_broken_browser_is_passed_over(options: SessionOptions) -> None:
    """GIVEN one that is missing and one that crashes THEN the next one."""
    starts = Starts(Playwright=MISSING, chromium=CRASH)
    assert tried(starts, options)[1] == "/usr/bin/google-chrome"


def test_a_named_browser_is_tried_alone(tmp_path: Path) -> None:
    """GIVEN --browser THEN no other one is started in its place, and its own words are shown."""
    named = SessionOptions(state_dir=tmp_path, headless=True, browser=Path("/opt/named"))
    starts = Starts(named=CRASH)
    with pytest.raises(ToolError, match="named did not start: cannot open display") as caught:
        tried(starts, named)
    assert (starts.tried, caught.value.code) == (["named"], "browser_not_started")
    assert "--browser" in caught.value.hint


def test_a_window_that_does_not_open_may_have_no_display(tmp_path: Path) -> None:
    """GIVEN --headed THEN the hint names the display."""
    named = SessionOptions(state_dir=tmp_path, headless=False, browser=Path("/opt/named"))
    with pytest.raises(ToolError) as caught:
        tried(Starts(named="no words of the browser"), named)
    assert "display" in caught.value.hint
    assert "no words of the browser" in str(caught.value)


def test_a_machine_without_any_browser_is_told_so(options: SessionOptions) -> None:
    """GIVEN only missing ones THEN the way to get one, not the last failure."""

    async def missing(program: Program) -> str:
        raise Error(f"{MISSING}{program.name}")

    with pytest.raises(ToolError) as caught:
        in_own_loop(launching._try_each(missing, options, FOUND))  # noqa: SLF001
    assert caught.value.code == "no_browser"
