"""A Chromium in the role of the buyer's own: started by the test, never by the tool."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_START_SECONDS = 30.0
_PORT_FILE = "DevToolsActivePort"


@contextmanager
def chromium(profile: Path, *more: str, windows: bool = False) -> Iterator[str]:
    """A running Chromium with a debugging port; yields the port's address.

    Args:
        windows: the whole browser, which also has what it asks its user in windows of its own;
            it starts and opens pages in twice the time.
    """
    command = [
        str(find_browsers(headless=not windows)[0]),
        "--headless",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        *sandbox_arguments(),
        *more,
        "about:blank",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{_port(profile, running)}"
    finally:
        running.terminate()
        running.wait(_START_SECONDS)


def _port(profile: Path, running: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + _START_SECONDS
    file = profile / _PORT_FILE
    while time.monotonic() < until and running.poll() is None:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        if lines:
            return int(lines[0])
        time.sleep(0.05)
    raise RuntimeError("Chromium opened no debugging port")
