"""Browsers on another machine, on loopback: a Playwright server, and a Selenium Grid's session."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright._impl._driver import compute_driver_executable, get_driver_env

from automation.engine.session.launch.discovery import find_browsers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_END_SECONDS = 30.0


@contextmanager
def playwright_server(browser: Path | None = None) -> Iterator[str]:
    """``playwright run-server`` of the package's own driver; yields its endpoint.

    Args:
        browser: what it starts for each connection; the machine's, as none may be installed for it.
    """
    options = {"executablePath": str(browser or find_browsers(headless=True)[0])}
    with _node("run-server", "--unsafe", "--host=127.0.0.1", "--port=0") as line:
        yield f"ws://{line.partition('ws://')[2].strip()}?launch-options={quote(json.dumps(options))}"


@contextmanager
def shared_server(folder: Path) -> Iterator[str]:
    """A Playwright server with one browser for all of its clients; yields its endpoint."""
    config = folder / "launch-server.json"
    options = {"executablePath": str(find_browsers(headless=True)[0]), "host": "127.0.0.1"}
    config.write_text(json.dumps(options), "utf-8")
    with _node("launch-server", "--browser=chromium", f"--config={config}") as line:
        yield line.strip()


@contextmanager
def _node(*words: str) -> Iterator[str]:
    """A command of the driver that serves; yields the line that says where."""
    node, script = compute_driver_executable()
    with subprocess.Popen(
        [node, script, *words], stdout=subprocess.PIPE, text=True, env=get_driver_env()
    ) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline()
        finally:
            # It would wait for its clients; its browsers end with it.
            running.kill()
            running.wait(_END_SECONDS)
