"""Check the buyer's browser profile: that it is one, and that no other browser uses it."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import psutil

from automation.engine.session.profile.own_profile import SignInProfile
from automation.engine.session.profile.owned import mark_in
from automation.errors import ErrorCode, ExitCode, Hint, ToolError

if TYPE_CHECKING:
    from pathlib import Path

_STATE: Final = "Local State"  # every Chromium has it at the top of its user data folder
_VERSION: Final = "Last Version"
_LOCK: Final = "SingletonLock"  # a link to "HOST-PID"; Windows has an open "lockfile" instead
_FOREIGN: Final = {"prefs.js": "Firefox", "profiles.ini": "Firefox", "History.db": "Safari"}
_MAJOR: Final = re.compile(r"\b(\d+)\.\d+\.\d+")
_SECONDS: Final = 10.0
_LOGIN_WINDOW: Final = "the window that was opened to sign in"
_OTHER_RUN: Final = "another run of dispute-guard"
_ELSEWHERE: Final = "a browser on another computer"


def check_profile(profile: Path) -> None:
    """Check that a profile can be opened, before a browser could create a new one there.

    Raises:
        ToolError: it does not exist or is another browser's (exit 2), or is in use (exit 1).
    """
    if not profile.exists():
        raise _unusable(f"there is no browser profile at {profile}", ErrorCode.NO_PROFILE)
    for name, browser in _FOREIGN.items():
        if (profile / name).exists():
            raise _unusable(f"{profile} is a {browser} profile", ErrorCode.FOREIGN_PROFILE)
    if not is_profile(profile):
        if (profile / "Preferences").is_file():
            raise ToolError(
                f"{profile} is one profile inside a user data folder",
                code=ErrorCode.NO_PROFILE,
                exit_code=ExitCode.USAGE,
                hint=f"give the folder around it: --profile {profile.parent}",
            )
        raise _unusable(
            f"{profile} is not a browser profile: it has no '{_STATE}'", ErrorCode.NO_PROFILE
        )
    check_not_in_use(profile)


def check_not_in_use(profile: Path) -> None:
    """Check that no browser has the profile open; two would corrupt it.

    Raises:
        ToolError: ``profile_in_use``.
    """
    user = user_of(profile)
    if user:
        raise in_use(profile, user)


def is_profile(profile: Path) -> bool:
    """Whether a browser has worked in this folder."""
    return (profile / _STATE).is_file()


def check_version(profile: Path, browser: Path | None) -> None:
    """Check that the browser is not older than the last one that used the profile.

    Raises:
        ToolError: ``foreign_profile``.
    """
    used, ours = _last_version(profile), _version_of(browser)
    if used is not None and ours is not None and used > ours:
        raise ToolError(
            f"the profile {profile} belongs to a newer browser: version {used} used it last, "
            f"and {browser} is version {ours}",
            code=ErrorCode.FOREIGN_PROFILE,
            hint="give the browser that made the profile: --browser PATH",
        )


def in_use(profile: Path, user: str) -> ToolError:
    """The error for a profile that a browser has open."""
    hint = "close that browser and try again, or use it with --attach"
    if user.startswith(_LOGIN_WINDOW):
        hint = "close that window and try again"
    elif user.startswith(_OTHER_RUN):
        hint = "wait until that run has ended, then try again"
    elif user.startswith(_ELSEWHERE):
        # A Mac's name changes with its network, so the lock may be its own.
        hint = f"close that browser; if there is none, delete {profile / _LOCK} and try again"
    return ToolError(
        f"the profile {profile} is in use by {user}", code=ErrorCode.PROFILE_IN_USE, hint=hint
    )


def _unusable(what: str, code: ErrorCode) -> ToolError:
    return ToolError(
        what,
        code=code,
        exit_code=ExitCode.USAGE,
        hint=Hint.MAKE_PROFILE,
    )


def user_of(profile: Path) -> str:
    """Which browser has the profile open; empty if none has."""
    if sys.platform == "win32":
        lock = profile / "lockfile"
        try:
            with contextlib.suppress(FileNotFoundError):
                lock.open("r+b").close()
        except OSError:
            return "a running browser"
        return ""
    try:
        host, _, pid = os.readlink(profile / _LOCK).rpartition("-")  # noqa: PTH115  it is a link without a target
    except OSError:
        return ""
    if host != socket.gethostname():
        return f"{_ELSEWHERE}, {host[:60]}"
    # The lock of a killed browser remains; the next browser takes it over.
    return f"{_named(profile, int(pid))} (process {pid})" if _lives(pid) else ""


def _lives(pid: str) -> bool:
    return pid.isdigit() and psutil.pid_exists(int(pid))


def _named(profile: Path, pid: int) -> str:
    """What a process that has the profile open is to the buyer."""
    if SignInProfile.read(profile).window == pid:
        return _LOGIN_WINDOW
    with contextlib.suppress(psutil.Error):
        if mark_in(psutil.Process(pid).cmdline()):
            return _OTHER_RUN
    return "a running browser"


def _last_version(profile: Path) -> int | None:
    try:
        return _major((profile / _VERSION).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _version_of(browser: Path | None) -> int | None:
    if browser is None:
        return None
    if sys.platform == "win32":  # there, --version opens a window
        return _installed_version(browser.parent)
    try:
        told = subprocess.run(  # noqa: S603  the browser that was found or named
            [browser, "--version"], check=False, capture_output=True, text=True, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _major(told.stdout)


def _installed_version(folder: Path) -> int | None:
    """The newest version that an installer put beside the program, in folders named after it."""
    with contextlib.suppress(OSError):
        found = [_major(each.name) for each in folder.iterdir() if each.is_dir()]
        return max((each for each in found if each is not None), default=None)
    return None


def _major(text: str) -> int | None:
    found = _MAJOR.search(text)
    return int(found[1]) if found else None
