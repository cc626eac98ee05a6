from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import disputed_order
from tests.faults import processes
from tests.ready.processes import driver_address, start

if TYPE_CHECKING:
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
    while not browsers(mark) and time.monotonic() < until:
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
