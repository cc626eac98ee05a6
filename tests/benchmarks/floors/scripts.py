"""The bare scripts that this machine can run, and how each is started."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from automation.engine.session.launch.discovery import sandbox_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

HOWS: Final = {"look": 0, "cancel": 1}
"""How far a script goes, and the writes that this makes."""

_PUPPETEER: Final = Path(__file__).with_name("with_puppeteer.cjs")


@dataclass(frozen=True)
class Script:
    """One bare script.

    Args:
        start: the words before site, browser and how far to go; ``switches`` come after them.
    """

    name: str
    start: tuple[str, ...]
    switches: tuple[str, ...] = ()

    def words(self, site: str, browser: Path, how: str) -> list[str]:
        """The whole command line."""
        return [*self.start, site, str(browser), how, *self.switches]


def scripts() -> tuple[Script, ...]:
    """Those that can run here; Playwright's, which the tool is measured against, comes first."""
    found = [
        Script("Playwright", (sys.executable, "-m", "tests.benchmarks.bare")),
        Script("raw CDP", (sys.executable, "-m", "tests.benchmarks.floors.raw_cdp")),
    ]
    if not _without_selenium():
        start = (sys.executable, "-m", "tests.benchmarks.floors.with_selenium")
        found.append(Script("Selenium", start))
    if not _without_puppeteer():
        node = (str(shutil.which("node")), str(_PUPPETEER))
        found.append(Script("Puppeteer", node, tuple(sandbox_arguments())))
    return tuple(found)


def absent() -> Iterator[str]:
    """One line for each tool that is not here, with what it needs."""
    if why := _without_selenium():
        yield f"skipped Selenium: {why}"
    if why := _without_puppeteer():
        yield f"skipped Puppeteer: {why}"


def _without_selenium() -> str:
    if find_spec("selenium") is None:
        return "no package 'selenium' (pip install selenium)"
    if shutil.which("chromedriver") is None:
        return "no 'chromedriver' of the browser's version on the PATH"
    return ""


def _without_puppeteer() -> str:
    node = shutil.which("node")
    if node is None:
        return "no 'node' on the PATH"
    asked = [node, "--eval", "require.resolve('puppeteer-core')"]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        return "node finds no 'puppeteer-core' (npm install, then name its folder in NODE_PATH)"
    return ""
