"""Ctrl-C while Playwright's driver starts: exit 130, one line, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.ready.processes import HANGS_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

# The real start; the signal comes as soon as the driver's process runs. With "before", the way
# in which the driver was started at first.
SCRIPT = """
import asyncio, contextlib, os, sys, psutil
from automation.engine.session import browser, driver

kind, kill, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
real = driver.async_playwright

class Signalled:
    async def start(self):
        starting = asyncio.ensure_future(real().start())
        while not psutil.Process().children():
            await asyncio.sleep(0)
        getattr(os, kill)(os.getpid(), number)
        return await starting

@contextlib.asynccontextmanager
async def before():
    starting = asyncio.ensure_future(Signalled().start())
    try:
        yield await asyncio.shield(starting)
    except asyncio.CancelledError:
        await (await starting).stop()
        raise

if kind == "before":
    browser.driver = before
driver.async_playwright = Signalled
from automation.cli.main import main
main(sys.argv[4:])
"""


def interrupted(kind: str, state_dir: Path, number: int, kill: str) -> tuple[int, str, int]:
    """Exit code and stderr of a run that is interrupted at its driver's start, and what it left."""
    words = [
        "list" if kind == "ahead" else "session",
        "--site",
        "http://127.0.0.1:9",
        "--state-dir",
        str(state_dir),
    ]
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, kind, kill, str(int(number)), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        err = process.communicate(timeout=HANGS_SECONDS)[1]
        left = [each for each in psutil.process_iter() if _in_session(each, process.pid)]
        for each in left:
            each.kill()
        return process.returncode, err, len(left)


def _in_session(process: psutil.Process, session: int) -> bool:
    try:
        return os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.Error):
        return False


@pytest.mark.parametrize("kill", ["killpg", "kill"], ids=["a terminal's Ctrl-C", "one process"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [(signal.SIGINT, "now"), (signal.SIGTERM, "now"), (signal.SIGINT, "ahead")],
    ids=["SIGINT", "SIGTERM", "SIGINT, while the tool still loads"],
)
def test_an_interrupt_at_the_start_is_one_line(
    tmp_path: Path, number: int, kind: str, kill: str
) -> None:
    """GIVEN a driver that is starting WHEN a signal comes THEN exit 130 and nothing is left."""
    code, err, left = interrupted(kind, tmp_path, number, kill)

    assert (code, left) == (130, 0), err
    assert "dispute-guard: interrupted" in err
    assert "Traceback" not in err
    assert "Error" not in err


def test_the_first_way_to_start_it_would_fail(tmp_path: Path) -> None:
    """Positive control: a terminal's Ctrl-C ends the driver too, which was an internal error."""
    code, err, _ = interrupted("before", tmp_path, signal.SIGINT, "killpg")

    assert code == 1, err
    assert "internal error" in err
