"""Browsers of this machine, in the order in which they are tried."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from automation.errors import ToolError

_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
# Chromium without its windows: it starts sooner and takes less, and can be nothing but headless.
# Debian's command of that name is a script around it, which would stay between us and the browser.
_HEADLESS_PLACES = ("/usr/lib/chromium/chromium-headless-shell",)
_PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
NO_BROWSER_HINT = (
    "run 'playwright install chromium', or install Chromium, Chrome or Edge, "
    "or name one with --browser PATH"
)


def find_browsers(*, headless: bool = False) -> list[Path]:
    """Chromium-like browsers that this machine has installed itself.

    Args:
        headless: also those that can show no window; they come first.
    """
    found = [Path(place) for place in _HEADLESS_PLACES if headless and Path(place).exists()]
    found += [Path(path) for name in _COMMANDS if (path := shutil.which(name))]
    found += [Path(place) for place in _PLACES.get(sys.platform, ()) if Path(place).exists()]
    return list(dict.fromkeys(found))


def check_browser(path: Path) -> Path:
    """Return a browser that was named by hand, or say what is wrong with it."""
    if path.is_file() and os.access(path, os.X_OK):
        return path
    problem = "is not executable" if path.is_file() else "does not exist"
    raise ToolError(
        f"the browser {path} {problem}; nothing was opened",
        code="no_browser",
        hint=NO_BROWSER_HINT,
    )


def sandbox_arguments() -> list[str]:
    """Chromium refuses its sandbox to root; only then it is switched off."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    return ["--no-sandbox"] if is_root else []
