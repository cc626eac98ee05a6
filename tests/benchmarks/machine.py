"""The machine that a benchmark ran on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

_CPUS = Path("/proc/cpuinfo")


def machine(browser: Path) -> dict[str, str]:
    """What a time depends on, each as a phrase."""
    said = subprocess.run(
        [browser, "--version"], check=False, capture_output=True, text=True
    ).stdout.strip()
    return {
        "cores": f"{os.cpu_count()} cores, {_processor()}",
        "system": platform.system(),
        "python": f"Python {platform.python_version()}",
        "playwright": f"Playwright {version('playwright')}",
        "browser": said or browser.name,
        "load": f"load {os.getloadavg()[0]:.1f} at the end",
    }


def _processor() -> str:
    """The processor's name, where the system tells it."""
    lines = _CPUS.read_text("utf-8").splitlines() if _CPUS.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
