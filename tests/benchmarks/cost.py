"""CPU seconds of the tests, by file: ``make cost`` (``SAMPLE=8`` for every eighth test of a file).

Wall time says little on a machine that does other things. Here the CPU time of pytest and of
all processes below it counts, browsers and drivers included; what was not run is estimated
from the rest of its file. Linux only: another system does not add up ended processes.
"""

from __future__ import annotations

import ctypes
import os
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

SAMPLE: Final = int(os.environ.get("SAMPLE") or 1)
_LEAST: Final = 3
_CHILD_SUBREAPER: Final = 36  # prctl(2): processes whose parent has ended become ours

_ALL: Final[dict[str, int]] = {}
_SPENT: Final[dict[str, list[float]]] = defaultdict(list)


def spent() -> float:
    """CPU seconds so far of this process and of all below it, also of those that ended."""
    total, this = 0.0, psutil.Process()
    for process in (this, *this.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # its parent has its time
        total += times.user + times.system + times.children_user + times.children_system
    return total


def pytest_configure() -> None:
    """Keep orphans, such as the tabs of a killed browser."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the sample of what was selected: tests at even distances, at least three of a file."""
    files = defaultdict(list)
    for item in items:
        files[item.location[0]].append(item)
    kept = []
    for name, found in files.items():
        _ALL[name] = len(found)
        count = min(len(found), max(_LEAST, len(found) // SAMPLE))
        kept += [found[at * len(found) // count] for at in range(count)]
    items[:] = kept


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note what a test has cost, with the fixtures that it is the first to use."""
    before = spent()
    try:
        return (yield)
    finally:
        _SPENT[item.location[0]].append(spent() - before)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, the most expensive files first."""
    costs = {name: sum(each) * _ALL[name] / len(each) for name, each in _SPENT.items()}
    terminalreporter.section("CPU seconds by file")
    for name, cost in sorted(costs.items(), key=lambda row: -row[1]):
        terminalreporter.line(f"{cost:8.1f}  {name}: {len(_SPENT[name])} of {_ALL[name]} tests")
    terminalreporter.line(f"{sum(costs.values()):8.1f}  together")
