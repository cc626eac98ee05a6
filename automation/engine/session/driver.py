"""Playwright's driver: the process between this one and the browser."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Final, Self

import playwright
from msgspec import Struct
from playwright.async_api import Error, Playwright, async_playwright

from automation.engine.session.compile_cache import compile_cache
from automation.errors import ErrorCode, Hint, ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

_STOP_SECONDS: Final = 5.0
_PLAYWRIGHT: Final = Path(playwright.__file__).parent


class DriverStart(Struct, frozen=True):
    """A driver that starts; whoever begins or takes it stops it."""

    starting: asyncio.Future[Playwright]

    @classmethod
    def begin(cls) -> Self:
        """Begin to start one in the running loop."""
        return cls(asyncio.ensure_future(_started()))

    async def stop(self) -> None:
        """Stop it; wait for the process of one that died, as by a terminal's Ctrl-C."""
        await asyncio.wait({self.starting}, timeout=_STOP_SECONDS)
        if not self.starting.done() or self.starting.exception() is not None:
            if own := {each for each in asyncio.all_tasks() if _is_playwrights(each)}:
                await asyncio.wait(own, timeout=_STOP_SECONDS)
            return
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(_STOP_SECONDS):
                await self.starting.result().stop()


@contextlib.asynccontextmanager
async def driver(begun: DriverStart | None = None) -> AsyncIterator[Playwright]:
    """Playwright's driver process, stopped within a few seconds.

    Args:
        begun: one that starts already.

    Raises:
        ToolError: it did not start.
    """
    start = begun or DriverStart.begin()
    try:
        # A driver whose start is cut off would never be stopped: wait() cancels nothing.
        await asyncio.wait({start.starting})
    except asyncio.CancelledError:
        await start.stop()
        raise
    if problem := start.starting.exception():
        await start.stop()
        raise ToolError(
            f"Playwright's driver did not start: {str(problem).partition(chr(10))[0][:160]}",
            code=ErrorCode.BROWSER_FAILED,
            hint=Hint.CHECK_BROWSER,
        ) from problem
    try:
        yield start.starting.result()
    finally:
        await start.stop()


def _is_playwrights(task: asyncio.Task[object]) -> bool:
    """True for a task that Playwright itself began."""
    code = getattr(task.get_coro(), "cr_code", None)
    return isinstance(code, CodeType) and Path(code.co_filename).is_relative_to(_PLAYWRIGHT)


def browser_hangs(name: str, seconds: float) -> ToolError:
    """The browser accepted the connection, but does not answer commands."""
    return ToolError(
        f"{name} did not answer within {seconds:g} s of connecting",
        code=ErrorCode.BROWSER_HANGS,
        hint="close any tab that hangs or shows an alert, and try again",
    )


async def _started() -> Playwright:
    with _environment(**_loopback_without_proxy(), **compile_cache()):
        return await async_playwright().start()


def _loopback_without_proxy() -> dict[str, str]:
    """The variables that make the driver process bypass the proxy for browsers on this machine."""
    kept = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if kept.strip() == "*":
        return {}
    hosts = ",".join(filter(None, (kept, "127.0.0.1", "localhost", "[::1]")))
    return {"NO_PROXY": hosts, "no_proxy": hosts}


@contextlib.contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """What a process that starts meanwhile is given beside this one's own variables."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
