"""The window that only the human drives: how it starts, and how the wait for it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.launch.plain_window import (
    PlainWindow,
    check_made,
    how_to_close,
    open_plain_window,
    wait_for_the_human,
)
from automation.errors import ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG, SHORT = 30.0, 0.2
FORBIDDEN = ("remote-debugging", "enable-automation", "headless", "webdriver", "disable-blink")


@pytest.fixture
def window(tmp_path: Path) -> Iterator[PlainWindow]:
    """A process that stays open, in the role of the browser; it ends on SIGINT only."""
    words = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", words], stderr=subprocess.DEVNULL) as process:
        yield PlainWindow(process, tmp_path)
        if process.poll() is None:
            os.kill(
                process.pid, signal.SIGKILL
            )  # not by its methods: a test may have replaced them


async def at_once(_: float) -> bool:
    """The human presses Enter."""
    return True


async def never(_: float) -> bool:
    """The terminal was closed."""
    return False


def waited(window: PlainWindow, seconds: float, enter: object = None) -> bool:
    """What the wait says."""
    return in_own_loop(wait_for_the_human(window, seconds, enter))  # type: ignore[arg-type]


def test_enter_closes_the_window(window: PlainWindow) -> None:
    """GIVEN an open window WHEN the human presses Enter THEN it is closed, so its profile is free."""
    assert waited(window, LONG, at_once)
    assert not window.is_open


def test_a_window_that_is_closed_ends_the_wait(window: PlainWindow) -> None:
    """GIVEN no terminal, or a closed one WHEN the window closes THEN the wait is over."""

    async def both() -> bool:
        asyncio.get_running_loop().call_later(SHORT, window.process.kill)
        return await wait_for_the_human(window, LONG, never)

    assert in_own_loop(both())


def test_the_window_of_somebody_who_is_slow_stays_open(window: PlainWindow) -> None:
    """GIVEN a time limit WHEN it passes THEN the wait ends, and the human keeps the window."""
    assert not waited(window, SHORT)
    assert window.is_open


def test_nothing_drives_it_and_its_profile_is_private(tmp_path: Path) -> None:
    """GIVEN a browser WHEN a window opens THEN no switch lets a program drive it; 0700."""
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\n', "utf-8")
    browser.chmod(0o755)

    opened = open_plain_window(browser, tmp_path / "profile", "http://127.0.0.1:9/")

    assert opened.process.wait(LONG) == 0
    words = told.read_text("utf-8")
    assert f"--user-data-dir={tmp_path / 'profile'}" in words.splitlines()
    assert words.splitlines()[-1] == "http://127.0.0.1:9/"
    assert [each for each in FORBIDDEN if each in words] == []
    assert (tmp_path / "profile").stat().st_mode & 0o777 == 0o700
    with pytest.raises(ToolError, match="made no profile"):
        check_made(opened, browser)


def test_a_file_that_is_no_program_is_named(tmp_path: Path) -> None:
    """GIVEN a file that cannot be run THEN the error names it."""
    browser = tmp_path / "browser"
    browser.write_text("x", "utf-8")

    with pytest.raises(ToolError, match=f"{browser} did not start"):
        open_plain_window(browser, tmp_path / "profile", "about:blank")


def test_windows_asks_the_window_to_close(
    window: PlainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN Windows, where a signal ends a browser before it saved THEN its window is asked, not killed."""
    asked: list[tuple[str, ...]] = []

    async def run(*words: str, **_: object) -> None:
        asked.append(words)
        os.kill(window.process.pid, signal.SIGKILL)

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("asyncio.create_subprocess_exec", run)
    monkeypatch.setattr(window.process, "send_signal", lambda _: pytest.fail("a signal"))
    assert in_own_loop(window.close())
    assert asked == [("taskkill", "/PID", str(window.process.pid))]


@pytest.mark.parametrize(
    ("system", "switch", "closes"),
    [
        ("linux", "--password-store=basic", "close the window"),
        ("darwin", "--use-mock-keychain", "quit the browser (Cmd-Q)"),
        ("win32", "", "close the window"),
    ],
)
def test_each_system_keeps_secrets_where_later_runs_find_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str, switch: str, closes: str
) -> None:
    """GIVEN a system THEN the window stores passwords as Playwright's browser there does."""
    started: list[list[str]] = []
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("subprocess.Popen", lambda words, **_: started.append(words))
    open_plain_window(tmp_path / "chrome", tmp_path / "profile", "https://example.org/")

    [words] = started
    kept = [each for each in words if "password-store" in each or "keychain" in each]
    assert kept == ([switch] if switch else [])
    assert words[-1] == "https://example.org/"
    assert not [each for each in words for bad in FORBIDDEN if bad in each]
    assert how_to_close() == closes
