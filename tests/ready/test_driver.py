from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.conftest import disputed_order
from tests.faults import processes
from tests.ready.processes import driver_address, start

if TYPE_CHECKING:
    from fixtures import Entry
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

_SECONDS = 60


def test_a_run_on_the_shared_driver_has_a_browser_that_ends_with_it(
    mimic: Mimic, tool: Tool
) -> None:
    """GIVEN a run on the shared driver WHEN it is killed THEN its own browser ends, the driver not.

    Its browser is found by the run's environment.
    """
    site = mimic("quick", fault=[{"at": "list", "kind": "hang", "times": -1}])
    words = tool.words("verify", disputed_order(site), site=site)
    mark, driver = processes.new_mark(), driver_address()
    assert driver
    with Path(os.devnull).open("r+b") as nothing:
        run = start(
            words,
            stdin=nothing.fileno(),
            stdout=nothing.fileno(),
            stderr=nothing.fileno(),
            env=processes.environment(mark),
            shared_driver=True,
        )
    until = time.monotonic() + _SECONDS
    # A process that it starts looks like itself for a moment.
    while len(browsers(mark)) != 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(browsers(mark)) == 1
    assert not [line for line in processes.of_run(mark).values() if "run-driver" in line]

    run.kill()

    assert run.wait() < 0
    assert processes.survivors(mark) == {}
    assert driver_address() == driver


def browsers(mark: str) -> list[str]:
    """Command lines of a run's browsers."""
    return [
        line
        for line in processes.of_run(mark).values()
        if "--dispute-guard-run=" in line and "--type=" not in line
    ]


@pytest.mark.further
def test_a_lent_browser_serves_one_run_after_the_other_and_keeps_nothing(
    mimic: Mimic, tool: Tool
) -> None:
    """GIVEN two runs on the shared driver THEN one browser serves both, and no cookie is passed on.

    Control: within a run the cookies of the site are sent.
    """
    site = mimic("quick")

    first = tool.run("list", "--json", site=site)
    before = lent_browsers()
    second = tool.run("list", "--json", site=site)

    assert (first.code, second.code) == (0, 0), first.out + second.out
    assert before
    assert lent_browsers() == before
    opened = [entry for entry in site.ledger.entries if entry.path == "/p/order/index.html"]
    assert [has_cookies(entry) for entry in opened] == [False, False]
    assert any(has_cookies(entry) for entry in site.ledger.entries)


def has_cookies(entry: Entry) -> bool:
    """Whether a request brought any."""
    return any(line.lower().startswith("cookie:") for line in entry.header_lines)


def lent_browsers() -> set[int]:
    """The browsers that this process's driver has open."""
    folder = str(Path(driver_address()).parent)
    return {
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if any(
            word.startswith(f"--user-data-dir={folder}") for word in process.info["cmdline"] or ()
        )
        and not any(word.startswith("--type=") for word in process.info["cmdline"])
    }
