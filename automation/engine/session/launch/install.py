"""Find or install a browser, also as a program of its own.

Uses the machine's browser; else Playwright's own download; else, as root on Debian, the
``chromium`` package; else prints in one line what to install. It prints what it is about
to install, and at a terminal it asks first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from automation.engine.session.launch.discovery import find_browsers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DOWNLOAD_SECONDS = 300
_PACKAGE_SECONDS = 600
# The first is for headless runs, the second for signing in.
_PACKAGES = ("chromium-headless-shell", "chromium", "fonts-noto-core")
_BY_HAND = "install Chromium, Chrome or Edge, or give one with --browser PATH"


class Way(Struct, frozen=True):
    """One way to get a browser.

    Args:
        what: what it installs, and where, in words.
        commands: the commands to run, in order.
    """

    what: str
    commands: tuple[tuple[str, ...], ...]
    seconds: int


def own_browser() -> Path | None:
    """Playwright's own Chromium, if it is downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def ways() -> tuple[Way, ...]:
    """The ways to try on this machine, in order."""
    download = (sys.executable, "-m", "playwright", "install", "chromium")
    found = [
        Way("download Playwright's Chromium into your cache folder", (download,), _DOWNLOAD_SECONDS)
    ]
    apt = shutil.which("apt-get")
    if apt is not None and getattr(os, "geteuid", lambda: 1)() == 0:
        install = (apt, "install", "-y", "-qq", "--no-install-recommends", *_PACKAGES)
        what = f"install the system packages {', '.join(_PACKAGES)} with apt-get"
        found.append(Way(what, ((apt, "update", "-qq"), install), _PACKAGE_SECONDS))
    return tuple(found)


def install(
    plan: Sequence[Way],
    *,
    agreed: Callable[[str], bool],
    say: Callable[[str], None],
    run: Callable[[Sequence[str], int], bool],
) -> bool:
    """Try each way until one works; announce each and ask ``agreed`` first."""
    for way in plan:
        say(f"no browser found; this will {way.what}")
        if not agreed(way.what):
            say("nothing was installed")
            return False
        if all(run(command, way.seconds) for command in way.commands):
            return True
        say("that did not work")
    return False


def may_ask() -> bool:
    """Whether there is a terminal to ask at; build machines set ``CI``."""
    return sys.stdin.isatty() and os.environ.get("CI", "").lower() not in {"1", "true"}


def ask(what: str) -> bool:
    """Ask at the terminal; only a yes counts."""
    try:
        return input(f"{what}? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def run_quietly(command: Sequence[str], seconds: int) -> bool:
    """Run a command; return whether it succeeded within ``seconds``."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            timeout=seconds,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ensure_browser(*, yes: bool, say: Callable[[str], None]) -> bool:
    """Find or install a browser; return whether there is one now."""
    found = next(iter(find_browsers(headless=True)), None) or own_browser()
    if found is not None:
        say(f"browser: {found}")
        return True
    agreed = ask if may_ask() and not yes else lambda _: True
    if install(ways(), agreed=agreed, say=say, run=run_quietly):
        say("browser: installed")
        return True
    return False


def main() -> int:
    """Run for ``make browser``; return 0 if there is a browser now."""

    def say(text: str) -> None:
        print(text, flush=True)

    if ensure_browser(yes="--yes" in sys.argv[1:], say=say):
        return 0
    print(f"no browser installed: {_BY_HAND}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
