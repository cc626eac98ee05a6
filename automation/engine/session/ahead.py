"""Start Playwright's driver and a browser while the rest of the tool is still being loaded.

Both are processes of their own and take about as long as the imports. The loop that they belong to
is made here, and the work goes on in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, Self, TypeAlias, TypeVar

from playwright.async_api import Error

from automation.engine.session.driver import DriverStart

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from playwright.async_api import Playwright

Loaded = TypeVar("Loaded")

_STEPS: Final = 5
_TURN_SECONDS: Final = 0.0005
"""How long a thread that loads may keep the loop waiting; each message of the driver waits so long."""


class Started(Protocol):
    """A browser that has been started but not used."""

    async def discard(self) -> None:
        """Close it, and leave nothing of it behind."""


Start: TypeAlias = "Callable[[Playwright], Awaitable[Started]]"


@dataclass
class Ahead:
    """What is started before it is needed; what was not taken ends with the block."""

    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    _driver: DriverStart | None = None
    _browser: asyncio.Task[Started] | None = None
    _turn_before: float = field(default_factory=sys.getswitchinterval)

    def __enter__(self) -> Self:
        sys.setswitchinterval(_TURN_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        sys.setswitchinterval(self._turn_before)
        with self.runner:
            if self._driver or self._browser:
                self.runner.run(self._end())

    async def begin(self, load: Callable[[], Loaded]) -> Loaded:
        """Begin to start a driver, and load something in a thread meanwhile."""
        self._driver = DriverStart.begin()
        for _ in range(_STEPS):
            await asyncio.sleep(0)  # its process begins before this one has its hands full
        return await _loaded(load)

    async def open(self, start: Start, load: Callable[[], Loaded]) -> Loaded:
        """Begin to start a browser as soon as the driver is there, and load meanwhile."""
        if self._driver is not None:
            self._browser = asyncio.create_task(_browser(self._driver, start))
        return await _loaded(load)

    def take_driver(self) -> DriverStart | None:
        """The driver, for the first who asks; they stop it."""
        driver, self._driver = self._driver, None
        return driver

    def take_browser(self) -> asyncio.Task[Started] | None:
        """The browser, for the first who asks; they close it."""
        browser, self._browser = self._browser, None
        return browser

    async def _end(self) -> None:
        if browser := self.take_browser():
            await asyncio.wait({browser})
            if not browser.cancelled() and browser.exception() is None:
                with contextlib.suppress(Error):
                    await browser.result().discard()
        if driver := self.take_driver():
            await driver.stop()


async def _browser(driver: DriverStart, start: Start) -> Started:
    return await start(await asyncio.shield(driver.starting))


async def _loaded(load: Callable[[], Loaded]) -> Loaded:
    gc.disable()  # loading makes much and leaves nothing to collect
    try:
        return await asyncio.to_thread(load)
    finally:
        gc.freeze()
        gc.enable()
