"""A browser window that only the human drives: no debugging switch and no driver.

Sign-ins refuse a browser that a driver has started (site facts, section 9). So this one is a
plain process, and the tool learns nothing from it but that it has ended.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.engine.session.launch.discovery import find_browsers, no_browser, sandbox_arguments
from automation.engine.session.launch.install import own_browser
from automation.engine.session.launch.preloading import make_quiet
from automation.engine.session.profile.profiles import check_not_in_use, is_profile, user_of
from automation.errors import ErrorCode, Hint, ToolError
from automation.private_files import make_private_folder, unwritable_as_tool_error

if TYPE_CHECKING:
    from pathlib import Path

_LOOK_SECONDS: Final = 0.2
_CLOSE_SECONDS: Final = 10.0
# Later runs are started by Playwright, which keeps a profile's secrets without the desktop's
# keyring. A window that used the keyring would leave cookies that those runs cannot read.
_SAME_STORE: Final = {"linux": ("--password-store=basic",), "darwin": ("--use-mock-keychain",)}


Enter = Callable[[float], Coroutine[None, None, bool]]
"""Waits so many seconds for the human to press Enter."""


class PlainWindow(Struct, frozen=True):
    """The open window and its profile."""

    process: subprocess.Popen[bytes]
    profile: Path

    @property
    def is_open(self) -> bool:
        """Whether a browser still has the profile open."""
        return self.process.poll() is None or bool(user_of(self.profile))

    async def until_closed(self, seconds: float) -> bool:
        """Wait for the human to close it; False if the time ran out."""
        try:
            async with asyncio.timeout(seconds):
                while self.is_open:  # noqa: ASYNC110  nothing else tells that it closed
                    await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError:
            return False
        return True

    async def close(self) -> bool:
        """Ask the browser to close, as its own menu does; False if it stays open."""
        if self.process.poll() is None:
            if sys.platform == "win32":  # a killed browser would not save its profile
                polite = ("taskkill", "/PID", str(self.process.pid))
                await asyncio.create_subprocess_exec(*polite, stdout=subprocess.DEVNULL)
            else:
                # After SIGTERM Chromium forgets the cookies of the last half minute (measured).
                self.process.send_signal(signal.SIGINT)
        return await self.until_closed(_CLOSE_SECONDS)


def how_to_close() -> str:
    """What the human does to end it: on a Mac, a browser goes on without its last window."""
    return "quit the browser (Cmd-Q)" if sys.platform == "darwin" else "close the window"


def browser_for_people() -> Path:
    """A browser with windows: the machine's own, else Playwright's.

    Raises:
        ToolError: there is none.
    """
    found = next(iter(find_browsers()), None) or own_browser()
    if found is None:
        raise no_browser()
    return found


def open_plain_window(browser: Path, profile: Path, address: str) -> PlainWindow:
    """Open a window on ``address``; a new profile is made, readable only by its owner.

    Raises:
        ToolError: the profile is in use, or the browser does not start.
    """
    check_not_in_use(profile)
    with unwritable_as_tool_error(profile, name="profile"):
        make_private_folder(profile, ours=True)
    make_quiet(profile)
    command = [
        str(browser),
        f"--user-data-dir={profile}",
        "--no-first-run",
        "--no-default-browser-check",
        # Else Chrome may stay in the background after its window was closed.
        "--disable-background-mode",
        *_SAME_STORE.get(sys.platform, ()),
        *sandbox_arguments(),
        address,
    ]
    silent = subprocess.DEVNULL
    try:
        # A session of its own: Ctrl-C at the terminal is for this tool, not for the window.
        process = subprocess.Popen(  # noqa: S603  the browser that was found or named
            command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
    except OSError as error:
        raise not_started(browser, str(error.strerror or error)) from error
    return PlainWindow(process, profile)


async def wait_for_the_human(window: PlainWindow, seconds: float, enter: Enter | None) -> bool:
    """Wait until the human closes the window, or says that they are done.

    Args:
        enter: ``None`` without a terminal.

    Returns:
        False if the time ran out; the window is still open then.

    Raises:
        ToolError: the window is still open although it was asked to close.
    """
    closed = asyncio.create_task(window.until_closed(seconds))
    said = asyncio.create_task(enter(seconds)) if enter else None
    waited = {task for task in (closed, said) if task is not None}
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if closed.done():
            return closed.result()
        if said is None or not said.result():
            return await closed
    finally:
        for task in waited:
            task.cancel()
    if not await window.close():
        raise still_open(window, "the window did not close")
    return True


def still_open(window: PlainWindow, what: str) -> ToolError:
    """The error for a window that was left open."""
    return ToolError(
        f"{what}; it is still open (process {window.process.pid})",
        code=ErrorCode.PROFILE_IN_USE,
        hint=Hint.CLOSE_WINDOW,
        evidence=str(window.profile),
    )


def check_made(window: PlainWindow, browser: Path) -> None:
    """Check that the browser worked in the profile; some may not write to every folder.

    Raises:
        ToolError: ``browser_not_started``.
    """
    if not is_profile(window.profile):
        code = window.process.poll()
        raise not_started(browser, f"it ended with code {code} and made no profile")


def not_started(browser: Path, why: str) -> ToolError:
    """The error for a browser that did not start."""
    return ToolError(
        f"the browser {browser} did not start: {why}",
        code=ErrorCode.BROWSER_NOT_STARTED,
        hint="start it by hand to see the problem, or give another one with --browser PATH",
    )
