"""Runs vectors in a browser, with some layers of the guard or none."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

from playwright.async_api import async_playwright

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from automation.engine.session.launch.preloading import write_quiet_profile
from tests.engine.guard.rig.firing import fire
from tests.engine.guard.rig.vectors import HOME, VECTORS, Vector
from tests.ready.driver import on_driver
from tests.ready.processes import driver_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Coroutine, Sequence

    from playwright.async_api import Browser, BrowserContext, Page, Playwright

    from automation.engine.guard import Layer
    from tests.engine.guard.rig.loopback import Site

_QUIET: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_GRACE: Final = 1.0
_PATIENCE: Final = 5.0  # a control ends as soon as all have arrived
# A request at a context's end races its teardown and may be lost. Each try is a browser of its own.
_ENDINGS: Final = 2
_ENDINGS_OF_CONTROL: Final = 5
LENT: Final = "dispute-guard-"
"""How the profile of a run is named, which the shared driver lends a browser to."""
Result = TypeVar("Result")


class Bench:
    """One event loop and one Playwright client for all browser tests of a module.

    It uses the driver that is already there. The loop has a thread of its own: once
    pytest-playwright has started, the main thread is inside a running loop to the session's end.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._runner = asyncio.Runner()
        with on_driver(driver_address()):
            self.playwright = self._here(async_playwright().start())

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run one test's coroutine."""
        self._here(work)

    def close(self) -> None:
        """Stop the client and the loop."""
        self._here(self.playwright.stop())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def _here(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self._thread.submit(self._runner.run, work).result()


async def launch(playwright: Playwright, *, windowless: bool = False) -> Browser:
    """Chromium of Playwright, or the system's where that is not installed."""
    path = _windowless(playwright) if windowless else _existing(playwright)
    return await playwright.chromium.launch(args=_args(), executable_path=path)


async def open_quiet(playwright: Playwright) -> Browser:
    """One that does not preconnect, as the session starts it; the shared driver lends it."""
    parent = tempfile.mkdtemp()
    folder = Path(parent, f"{LENT}{uuid4().hex}")
    write_quiet_profile(folder)
    first = await playwright.chromium.launch_persistent_context(
        folder, args=_args(), executable_path=_windowless(playwright)
    )
    assert first.browser is not None
    first.browser.on("disconnected", lambda _: shutil.rmtree(parent, ignore_errors=True))
    return first.browser


@asynccontextmanager
async def quiet_browser(playwright: Playwright) -> AsyncIterator[Browser]:
    """The same, closed at the end."""
    browser = await open_quiet(playwright)
    yield browser
    await browser.close()


def _args() -> list[str]:
    return [*_QUIET, *sandbox_arguments()]


def _existing(playwright: Playwright) -> Path:
    """A browser with windows: the headless shell has fewer ways out, so it would prove less."""
    preferred = Path(playwright.chromium.executable_path)
    return preferred if preferred.exists() else find_browsers()[0]


def _windowless(playwright: Playwright) -> Path | None:
    """What the tool itself takes: it starts and opens pages in half the time."""
    own = Path(playwright.chromium.executable_path)
    return None if own.exists() else find_browsers(headless=True)[0]


def leaked(
    bench: Bench,
    site: Site,
    layers: Collection[Layer] | None,
    vectors: Sequence[Vector] = VECTORS,
    *,
    windowless: bool = False,
    control: bool | None = None,
) -> set[str]:
    """The names of the vectors that reached the site; ``layers`` None means no guard.

    Args:
        windowless: in a browser without windows.
        control: all of them should reach it, so the run waits until they have; by default
            only without a guard.
    """
    site.clear()
    control = layers is None if control is None else control
    bench.run(_campaign(bench, Run(site, layers, windowless, control), vectors))
    return site.leaks()


@dataclass(frozen=True)
class Run:
    """Where and under which layers vectors are fired; see ``leaked``."""

    site: Site
    layers: Collection[Layer] | None
    windowless: bool
    control: bool

    async def settle(self, names: set[str]) -> None:
        """Give requests time to arrive; return early if all have."""
        seconds = _PATIENCE if self.control else _GRACE
        await asyncio.to_thread(self.site.wait_for_leaks, names, seconds)


async def _campaign(bench: Bench, run: Run, vectors: Sequence[Vector]) -> None:
    ending = [vector for vector in vectors if vector.leave == "close_context"]
    staying = [vector for vector in vectors if vector.leave != "close_context"]
    if staying:
        await _once(bench, run, staying)
    for vector in ending:
        for _ in range(_ENDINGS_OF_CONTROL if run.control else _ENDINGS):
            await _once(bench, run, [vector])
            if vector.name in run.site.leaks():
                break


async def _once(bench: Bench, run: Run, vectors: Sequence[Vector]) -> None:
    """A browser of its own, because a sealed guard lets nothing more out of its browser."""
    browser = await launch(bench.playwright, windowless=run.windowless)
    await _run_group(run, browser, vectors)
    await run.settle({vector.name for vector in vectors})
    await browser.close()


async def _run_group(run: Run, browser: Browser, vectors: Sequence[Vector]) -> None:
    site, layers = run.site, run.layers
    guard = (
        None if layers is None else Guard(SiteOrigins.only(site.url), site_traffic(), layers=layers)
    )
    options = guard.context_options() if guard else {}
    context = await browser.new_context(**options)
    if guard:
        await guard.install(context)
    shared = await context.new_page()
    await shared.goto(site.url + HOME)
    for vector in vectors:
        await fire(await context.new_page() if vector.alone else shared, site, vector)
    staying = {vector.name for vector in vectors if vector.leave != "close_context"}
    if staying:
        await run.settle(staying)
    if guard:
        await guard.seal(context)
    await context.close()


@asynccontextmanager
async def guarded_page(
    bench: Bench, site: Site, guard: Guard | None = None
) -> AsyncIterator[tuple[Guard, BrowserContext, Page]]:
    """A browser with the guard on, self-tested, and a page of the site in it."""
    guard = guard or Guard(SiteOrigins.only(site.url), site_traffic())
    site.clear()
    async with quiet_browser(bench.playwright) as browser:
        context = await browser.new_context(**guard.context_options())
        await guard.install(context)
        guard.send_from_browser(context, guard.context_options())
        page = await context.new_page()
        assert await guard.adopt(page)  # else the self-test may come first
        await guard.self_test(page)
        await page.goto(site.url + HOME)
        yield guard, context, page
        await guard.seal(context)
