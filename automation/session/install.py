"""``python -m automation.session.install``: make sure that a browser is there.

Takes what the machine has; else Playwright's own download; else, as root on a Debian
system, its ``chromium`` package; else says in one line what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from automation.session.discovery import NO_BROWSER_HINT, find_browsers

_DOWNLOAD_SECONDS = 300
_PACKAGE_SECONDS = 600
# The first is for runs without a window, the second for signing in.
_PACKAGES = ("chromium-headless-shell", "chromium", "fonts-noto-core")


def own_browser() -> Path | None:
    """Playwright's own Chromium, if it has been downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _ran(command: list[str], seconds: int) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            timeout=seconds,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _download() -> bool:
    return _ran([sys.executable, "-m", "playwright", "install", "chromium"], _DOWNLOAD_SECONDS)


def _debian_package() -> bool:
    apt = shutil.which("apt-get")
    if apt is None or getattr(os, "geteuid", lambda: 1)() != 0:
        return False
    return _ran([apt, "update", "-qq"], _PACKAGE_SECONDS) and _ran(
        [apt, "install", "-y", "-qq", "--no-install-recommends", *_PACKAGES], _PACKAGE_SECONDS
    )


def main() -> int:
    """Find or install a browser; 0 if there is one afterwards."""
    found = own_browser() or next(iter(find_browsers(headless=True)), None)
    if found is not None:
        print(f"browser: {found}")
        return 0
    for what, attempt in (
        ("Playwright's Chromium", _download),
        ("the Debian package chromium", _debian_package),
    ):
        print(f"no browser yet; installing {what} …", flush=True)
        if attempt():
            print("browser: installed")
            return 0
    print(f"no browser could be installed: {NO_BROWSER_HINT}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
