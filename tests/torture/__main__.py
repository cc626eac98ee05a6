"""``make torture``: the whole matrix, kills at every moment, and several runs at once.

``SEED`` repeats an order, ``MINUTES`` bounds the run, ``JOBS`` runs so many at once, and
``ONLY="cell 403@list; kill intent"`` runs these tasks alone.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tests.faults.processes import hear_ctrl_c
from tests.faults.stage import stage
from tests.torture.table import outcomes, tables
from tests.torture.tasks import all_tasks, run_task

if TYPE_CHECKING:
    from tests.faults.cells import Held

_TELL_EVERY = 25


class Torture:
    """Runs tasks from one queue in several threads, each with a site of its own."""

    def __init__(self, tasks: list[str], seconds: float) -> None:
        self.results: dict[str, list[Held]] = defaultdict(list)
        self.all = len(tasks)
        self._tasks = iter(tasks)
        self._until = time.monotonic() + seconds
        self._lock = Lock()
        self._done = 0

    def work(self, folder: Path) -> None:
        """Take tasks until there are none left or time is up."""
        with stage(folder) as place:
            while (name := self._next()) is not None:
                held = run_task(place, name)
                with self._lock:
                    self.results[name].append(held)
                    self._done += 1
                    if self._done % _TELL_EVERY == 0:
                        print(f"{self._done} of {self.all} tasks", file=sys.stderr, flush=True)
                    for objection in held.objections:
                        print(f"BROKEN {name}: {objection}", file=sys.stderr, flush=True)

    def _next(self) -> str | None:
        with self._lock:
            return next(self._tasks, None) if time.monotonic() < self._until else None


def main() -> int:
    """Run, print the tables, and fail if a promise was broken."""
    hear_ctrl_c()
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    minutes = float(os.environ.get("MINUTES") or 60)
    jobs = int(os.environ.get("JOBS") or 2)
    only = [part.strip() for part in os.environ.get("ONLY", "").split(";") if part.strip()]
    torture = Torture(only or all_tasks(seed), minutes * 60)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder, ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(torture.work, Path(folder, str(n))) for n in range(jobs)]:
            done.result()
    return report(torture, seed, time.monotonic() - begun)


def report(torture: Torture, seed: int, seconds: float) -> int:
    """Print the result; 1 if a promise was broken."""
    held = list(chain.from_iterable(torture.results.values()))
    broken = sum(bool(each.objections) for each in held)
    print(f"seed {seed}: {len(held)} of {torture.all} tasks in {seconds / 60:.1f} minutes")
    print(f"outcomes claimed: {outcomes(held)}")
    print(f"promises broken in {broken} of {len(held)} tasks\n")
    print(tables(torture.results))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
