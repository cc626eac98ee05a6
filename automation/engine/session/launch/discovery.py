"""Find the browsers of this machine, in the order to try them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from automation.errors import ErrorCode, Hint, ToolError

_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "google-chrome-beta",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
)
# Headless-only Chromium: it starts faster and needs less memory. Debian's command of that name
# is a wrapper script, which would stay between us and the browser.
_HEADLESS_PLACES = ("/usr/lib/chromium/chromium-headless-shell",)
# Relative to the folders where programs are installed, for all users or for one.
_PLACES = {
    "darwin": (
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Chromium.app/Contents/MacOS/Chromium",
        "Google Chrome Beta.app/Contents/MacOS/Google Chrome Beta",
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "Brave Browser.app/Contents/MacOS/Brave Browser",
    ),
    "win32": (
        r"Google\Chrome\Application\chrome.exe",
        r"Chromium\Application\chrome.exe",
        r"Google\Chrome Beta\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe",
        r"BraveSoftware\Brave-Browser\Application\brave.exe",
    ),
}


def find_browsers(*, headless: bool = False) -> list[Path]:
    """Chromium-based browsers installed on this machine.

    Args:
        headless: include headless-only ones, first.
    """
    found = [Path(place) for place in _HEADLESS_PLACES if headless and Path(place).exists()]
    found += [Path(path) for name in _COMMANDS if (path := shutil.which(name))]
    places = (folder / place for place in _PLACES.get(sys.platform, ()) for folder in _folders())
    found += [place for place in places if place.exists()]
    return list(dict.fromkeys(found))


def _folders() -> tuple[Path, ...]:
    """The folders where this system installs programs."""
    if sys.platform == "darwin":
        return Path("/Applications"), Path.home() / "Applications"
    # A 32-bit Python is shown the folder of 32-bit programs as PROGRAMFILES.
    names = ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    return tuple(Path(os.environ[name]) for name in names if os.environ.get(name))


def check_browser(named: Path) -> Path:
    """The browser that the user named: a path, or a command in PATH such as ``chromium``.

    Raises:
        ToolError: ``no_browser``, with the problem.
    """
    if len(named.parts) == 1 and not named.exists() and (found := shutil.which(str(named))):
        return Path(found)
    named = _inside_app(named)
    if named.is_file() and os.access(named, os.X_OK):
        return named
    if named.is_dir():
        problem = "is a folder"
    elif named.is_file():
        problem = "is not executable"
    else:
        problem = "is not a command in PATH" if len(named.parts) == 1 else "does not exist"
    raise ToolError(
        f"the browser {named} {problem}",
        code=ErrorCode.NO_BROWSER,
        hint="give the program itself with --browser PATH, or omit --browser",
    )


def _inside_app(named: Path) -> Path:
    """The program of a Mac's app, which is a folder."""
    program = named / "Contents" / "MacOS" / named.stem
    return program if named.suffix == ".app" and program.is_file() else named


def no_browser() -> ToolError:
    """The error if this machine has none."""
    return ToolError(
        "no Chromium, Chrome or Edge found", code=ErrorCode.NO_BROWSER, hint=Hint.GET_BROWSER
    )


def sandbox_arguments() -> list[str]:
    """Switch the sandbox off for root only, since Chromium refuses to start with it."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    return ["--no-sandbox"] if is_root else []
