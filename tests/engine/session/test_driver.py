"""Playwright's driver: what a start that fails says, and what it never leaves behind."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, cast

import pytest

from automation.engine.session import driver as driving
from automation.engine.session.driver import DriverStart, browser_hangs, driver
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Playwright


class Process:
    """Stands for the driver's process."""

    def __init__(self) -> None:
        self.stopped = 0

    async def stop(self) -> None:
        """End it."""
        self.stopped += 1


def begun(process: Process | Exception) -> DriverStart:
    """A driver whose start has ended, well or not."""
    starting: asyncio.Future[Playwright] = asyncio.get_running_loop().create_future()
    if isinstance(process, Exception):
        starting.set_exception(process)
    else:
        starting.set_result(cast("Playwright", process))
    return DriverStart(starting)


def test_a_driver_is_stopped_once_however_its_block_ends() -> None:
    """GIVEN a block that ends, or fails THEN its process ends, once."""
    ended, failed = Process(), Process()

    async def work() -> None:
        async with driver(begun(ended)):
            assert ended.stopped == 0
        with pytest.raises(ZeroDivisionError):
            async with driver(begun(failed)):
                raise ZeroDivisionError

    in_own_loop(work())
    assert (ended.stopped, failed.stopped) == (1, 1)


def test_a_driver_that_does_not_start_says_why() -> None:
    """GIVEN no node THEN one error with the first line of the cause, cut short."""

    async def work() -> None:
        async with driver(begun(OSError("no node" + "!" * 200 + "\nsecond line"))):
            raise AssertionError("there is no driver")

    with pytest.raises(ToolError) as caught:
        in_own_loop(work())
    assert caught.value.code is ErrorCode.BROWSER_FAILED
    assert "did not start: no node!" in caught.value.message
    assert "second" not in caught.value.message
    assert len(caught.value.message) < 220
    assert isinstance(caught.value.__cause__, OSError)


def test_a_start_that_is_cut_off_is_still_stopped() -> None:
    """GIVEN Ctrl-C while it starts THEN the start goes on to its end, and then it is stopped."""
    process = Process()

    async def work() -> None:
        starting: asyncio.Future[Playwright] = asyncio.get_running_loop().create_future()

        async def use() -> None:
            async with driver(DriverStart(starting)):
                raise AssertionError("cut off before")

        using = asyncio.ensure_future(use())
        await asyncio.sleep(0)
        using.cancel()
        await asyncio.sleep(0)
        assert not starting.cancelled()
        starting.set_result(cast("Playwright", process))
        with pytest.raises(asyncio.CancelledError):
            await using

    in_own_loop(work())
    assert process.stopped == 1


@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_this_machine_never_goes_through_a_proxy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """GIVEN hosts without a proxy THEN they stay, beside this machine's names."""
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert driving._loopback_without_proxy()["NO_PROXY"] == "127.0.0.1,localhost,[::1]"  # noqa: SLF001  its only user starts a process
    monkeypatch.setenv(name, "intranet.example")
    found = driving._loopback_without_proxy()  # noqa: SLF001
    assert set(found.values()) == {"intranet.example,127.0.0.1,localhost,[::1]"}
    monkeypatch.setenv(name, " * ")
    assert driving._loopback_without_proxy() == {}  # noqa: SLF001


def test_variables_of_a_start_do_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a variable that was there and one that was not THEN both are as before."""
    monkeypatch.setenv("WAS_THERE", "before")
    monkeypatch.delenv("WAS_NOT", raising=False)
    with driving._environment(WAS_THERE="during", WAS_NOT="during"):  # noqa: SLF001
        assert (os.environ["WAS_THERE"], os.environ["WAS_NOT"]) == ("during", "during")
    assert (os.environ.get("WAS_THERE"), os.environ.get("WAS_NOT")) == ("before", None)


def test_a_browser_that_hangs_is_named() -> None:
    """GIVEN a browser that accepted the connection THEN its name and the time without needless digits."""
    found = browser_hangs("your chrome", 30.0)
    assert found.message == "your chrome did not answer within 30 s of connecting"
    assert found.code is ErrorCode.BROWSER_HANGS
