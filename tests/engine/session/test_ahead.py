"""What starts ahead is used once, and ends with its block if it was not used."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.engine.session import ahead as ahead_module
from automation.engine.session.ahead import Ahead
from automation.engine.session.driver import driver
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_thread

if TYPE_CHECKING:
    from playwright.async_api import Playwright


@dataclass
class Machine:
    """Stands for the processes: what was begun and what ended, in order."""

    told: list[str] = field(default_factory=list)
    fails: str = ""

    def begin(self) -> Machine:
        """A driver begins."""
        self.told.append("driver begins")
        self.starting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self.fails == "driver":
            self.starting.set_exception(OSError("no node"))
        else:
            self.starting.set_result("the driver")
        return self

    async def stop(self) -> None:
        """It ends."""
        self.told.append("driver stops")

    async def start(self, _playwright: Playwright) -> Machine:
        """A browser starts."""
        if self.fails == "browser":
            raise ToolError("it did not start", code=ErrorCode.BROWSER_NOT_STARTED)
        self.told.append("browser starts")
        return self

    async def discard(self) -> None:
        """It is closed unused."""
        self.told.append("browser closes")
        if self.fails == "discard":
            raise Error("it is gone")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Drivers of this machine only note what they do."""
    found = Machine()
    monkeypatch.setattr(ahead_module, "DriverStart", found)
    return found


def loaded(machine: Machine) -> None:
    """Something is loaded."""
    machine.told.append("loaded")


def use(ahead: Ahead, machine: Machine, *, browser: bool = True) -> None:
    """Begin a driver and a browser, and load meanwhile."""
    ahead.runner.run(ahead.begin(lambda: loaded(machine)))
    if browser:
        ahead.runner.run(ahead.open(machine.start, lambda: loaded(machine)))


def test_what_nobody_took_ends_with_the_block(machine: Machine) -> None:
    """GIVEN a driver and a browser that were not used THEN both end, the browser first."""

    def work() -> None:
        with Ahead() as ahead:
            use(ahead, machine)

    in_own_thread(work)
    begun = ["driver begins", "loaded", "browser starts", "loaded"]
    assert sorted(machine.told[:4]) == sorted(begun)
    assert machine.told[4:] == ["browser closes", "driver stops"]


def test_who_takes_it_ends_it(machine: Machine) -> None:
    """GIVEN somebody who took both THEN the block ends neither, and there is nothing more to take."""
    left: list[object] = []

    def work() -> None:
        with Ahead() as ahead:
            use(ahead, machine)
            assert ahead.take_driver() is cast("Any", machine)
            assert ahead.take_browser() is not None
            left.extend((ahead.take_driver(), ahead.take_browser()))

    in_own_thread(work)
    assert left == [None, None]
    assert {"browser closes", "driver stops"}.isdisjoint(machine.told)


@pytest.mark.parametrize("fails", ["driver", "browser", "discard"])
def test_what_fails_ahead_does_not_fail_the_block(machine: Machine, fails: str) -> None:
    """GIVEN a driver or browser that does not start THEN only who takes it hears of that."""
    machine.fails = fails

    def work() -> None:
        with Ahead() as ahead:
            use(ahead, machine)

    in_own_thread(work)
    assert machine.told[-1] == "driver stops"


def test_a_browser_that_did_not_start_tells_who_takes_it(machine: Machine) -> None:
    """GIVEN a browser that fails THEN its own error reaches the run that wanted it."""
    machine.fails = "browser"

    def work() -> None:
        with Ahead() as ahead:
            use(ahead, machine)
            browser = ahead.take_browser()
            assert browser is not None
            ahead.runner.run(asyncio.wait_for(browser, 5))

    with pytest.raises(ToolError, match="it did not start"):
        in_own_thread(work)


def test_a_driver_that_did_not_start_is_one_line(machine: Machine) -> None:
    """GIVEN a driver that fails ahead THEN the session says so as for any other, and stops it."""
    machine.fails = "driver"

    async def work() -> None:
        async with driver(cast("Any", machine.begin())):
            pytest.fail("it runs")

    def own() -> None:
        asyncio.run(work())

    with pytest.raises(ToolError, match="driver did not start: no node"):
        in_own_thread(own)
    assert machine.told == ["driver begins", "driver stops"]


def test_nothing_starts_where_no_driver_began(machine: Machine) -> None:
    """GIVEN no driver THEN no browser starts either, and things are loaded all the same."""

    def work() -> None:
        with Ahead() as ahead:
            ahead.runner.run(ahead.open(machine.start, lambda: loaded(machine)))

    in_own_thread(work)
    assert machine.told == ["loaded"]
