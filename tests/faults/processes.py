"""The processes of one run of the tool, identified by a mark in their environment.

Only processes that carry the mark of a run that a test has started are ever ended.
"""

from __future__ import annotations

import os
import secrets
import signal
import time
from pathlib import Path
from typing import Final

VARIABLE: Final = "GUARDED_TEST_RUN"
_PROC: Final = Path("/proc")
_GONE_SECONDS: Final = 8.0


def new_mark() -> str:
    """A mark for one run."""
    return secrets.token_hex(12)


def environment(mark: str) -> dict[str, str]:
    """The environment of a run; its children inherit the mark."""
    return {**os.environ, VARIABLE: mark}


def hear_ctrl_c() -> None:
    """Undo what a shell does to background jobs, whose children would ignore Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def of_run(mark: str) -> dict[int, str]:
    """Living processes of a run and their command lines."""
    wanted = f"{VARIABLE}={mark}".encode()
    found = {}
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                line = (
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
                if line:
                    found[int(entry.name)] = line
        except OSError:
            continue  # it has ended
    return found


def end(mark: str, part: str) -> int:
    """Kill the run's tabs (``tab``), its browser (``browser``) or its driver (``driver``)."""
    pids = [pid for pid, line in of_run(mark).items() if _is(part, line)]
    for pid in pids:
        _kill(pid)
    return len(pids)


def _is(part: str, line: str) -> bool:
    if part == "tab":
        return "--type=renderer" in line
    if part == "browser":
        return "--dispute-guard-run=" in line and "--type=" not in line
    return "run-driver" in line


def survivors(mark: str) -> dict[int, str]:
    """Processes of a run that are still alive some seconds after its end."""
    until = time.monotonic() + _GONE_SECONDS
    while (left := of_run(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def end_all(mark: str) -> None:
    """End every process of a run."""
    for pid in of_run(mark):
        _kill(pid)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
