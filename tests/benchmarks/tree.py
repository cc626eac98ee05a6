"""One whole process: its time, the CPU seconds of it and all that it started, and their peak memory."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK_SECONDS: Final = 0.1
_KIB: Final = 1024
_WRITTEN: Final = ("Pss_Anon:", "Pss_Shmem:")


@dataclass(frozen=True)
class Cost:
    """What one process cost.

    Args:
        cpu: user and system seconds of the whole tree.
        peak: the most memory that the tree had at once, in MiB, without the pages of program files:
            these are there once for all programs, so their share depends on what else runs.
    """

    code: int
    seconds: float
    cpu: float
    peak: float
    out: str


def cpu_of_children() -> float:
    """CPU seconds of the processes that this one has started and that have ended."""
    so_far = os.times()
    return so_far.children_user + so_far.children_system


def cost_of(call: Sequence[str]) -> Cost:
    """Run a call to its end, and measure it."""
    before, begun = cpu_of_children(), time.perf_counter()
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    memory = _Memory(process.pid)
    with memory:
        out, _ = process.communicate()
    cpu = cpu_of_children() - before
    return Cost(process.returncode, time.perf_counter() - begun, cpu, memory.peak, out)


class _Memory:
    """Looks at a process tree again and again, in a thread of its own."""

    def __init__(self, root: int) -> None:
        self.peak = 0.0
        self._root = root
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            self.peak = max(self.peak, sum(map(_memory_of, _tree(self._root))) / _KIB)


def _tree(root: int) -> list[int]:
    """The process and all its descendants that run now."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += parents.get(pid, [])
    return found


def _memory_of(pid: int) -> float:
    """What a process has written, in KiB; of a page that several have written each has its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith(_WRITTEN))
