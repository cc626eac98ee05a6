"""A real window: a hidden display, and a browser in it that the tool starts itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Playwright

_XVFB: Final = shutil.which("Xvfb")
needs_a_display = pytest.mark.skipif(_XVFB is None, reason="Xvfb is not installed")


@contextmanager
def display(screen: Path | None = None) -> Iterator[str]:
    """A display of its own, with a screen that a window fits on.

    Args:
        screen: a folder in which the screen's pixels are kept, for ``pixels_of``.
    """
    reader, writer = os.pipe()
    kept = () if screen is None else ("-fbdir", str(screen))
    command = [
        str(_XVFB), "-displayfd", str(writer), "-screen", "0", "1280x900x24", "-nolisten", "tcp",
        *kept,
    ]  # fmt: skip
    with subprocess.Popen(
        command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writer)
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def pixels_of(screen: Path, colour: str) -> int:
    """How many pixels of the screen have this colour now, such as ``#14324f``."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    shown = (screen / "Xvfb_screen0").read_bytes()
    return shown.count(bytes((blue, green, red)))  # a fourth byte has no meaning


def browser_with_port(folder: Path) -> tuple[Path, int]:
    """A program that starts a browser with windows on request, and opens a port as well."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    program = folder / "browser"
    program.write_text(
        f'#!/bin/sh\nexec {find_browsers()[0]} --remote-debugging-port={port} "$@"\n'
    )
    program.chmod(0o700)
    return program, port


def used_profile(playwright: Playwright, folder: Path) -> Path:
    """A profile in which a browser has run."""
    playwright.chromium.launch_persistent_context(
        str(folder), executable_path=find_browsers()[0], args=sandbox_arguments()
    ).close()
    return folder


@dataclass
class LateWindow:
    """A browser that is not there yet: the first look connects to it."""

    playwright: Playwright
    port: int
    _browser: Browser | None = field(default=None, init=False)

    @property
    def contexts(self) -> list[BrowserContext]:
        """Its contexts, with their pages."""
        if self._browser is None or not self._browser.is_connected():
            address = f"http://127.0.0.1:{self.port}"
            self._browser = self.playwright.chromium.connect_over_cdp(address)
        return self._browser.contexts
