"""One browser under the guard, from its start to a close that sends nothing."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from playwright.async_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Error,
    Page,
    Playwright,
    async_playwright,
)

from automation.errors import ToolError
from automation.session.discovery import (
    NO_BROWSER_HINT,
    check_browser,
    find_browsers,
    sandbox_arguments,
)
from automation.session.state import saved_session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from automation.guard import Guard

Opened = TypeVar("Opened")

_QUIET = (
    # A browser that phones its maker would put strangers' requests beside ours.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
)
# Nobody looks at a headless window, and the guard drops images anyway.
_UNSEEN = ("--blink-settings=imagesEnabled=false",)
_CLOSE_SECONDS = 5.0


@dataclass(frozen=True)
class SessionOptions:
    """How to open the browser.

    Args:
        timeout: seconds that one step may take.
        browser: a Chromium-like browser named by hand.
        profile: folder of a browser profile in which the buyer has signed in.
        attach: ``chrome`` or an endpoint of a running browser.
        device: name of a Playwright device profile, for the mobile surface.
    """

    state_dir: Path
    timeout: float = 30.0
    headless: bool = True
    browser: Path | None = None
    profile: Path | None = None
    attach: str | None = None
    device: str | None = None
    say: Callable[[str], None] = field(default=lambda _: None)


@dataclass
class Session:
    """An open browser: its context, the tool's own page and the guard over both."""

    context: BrowserContext
    page: Page
    guard: Guard
    browser_name: str = ""


@contextlib.asynccontextmanager
async def open_session(options: SessionOptions, guard: Guard) -> AsyncIterator[Session]:
    """Start a browser, put the guard over it, prove the guard, and close without unload requests.

    Raises:
        ToolError: there is no browser, it does not start, or the guard fails its self-test.
    """
    if options.browser:
        check_browser(options.browser)
    if sandbox_arguments():
        options.say("running as root, so Chromium runs without its sandbox")
    async with _driver() as playwright:
        context, browser, name = await _open(playwright, options, guard)
        context.set_default_timeout(options.timeout * 1000)
        try:
            await guard.install(context)
            page = await context.new_page()
            await guard.self_test(page)
            yield Session(context, page, guard, name)
        finally:
            await _close(context, browser, guard)


@contextlib.asynccontextmanager
async def _driver() -> AsyncIterator[Playwright]:
    manager = async_playwright()
    playwright = await manager.start()
    try:
        yield playwright
    finally:
        with contextlib.suppress(Error, TimeoutError):
            await asyncio.wait_for(playwright.stop(), _CLOSE_SECONDS)


async def _open(
    playwright: Playwright, options: SessionOptions, guard: Guard
) -> tuple[BrowserContext, Browser | None, str]:
    device: dict[str, Any] = dict(playwright.devices[options.device]) if options.device else {}
    device.pop("default_browser_type", None)
    settings = {"accept_downloads": False, **device, **guard.context_options()}
    if options.profile:
        return await _open_profile(playwright.chromium, options, settings)
    browser, name = await _launch(playwright.chromium, options)
    kept = saved_session(options.state_dir)
    context = await browser.new_context(storage_state=kept, **settings)  # type: ignore[arg-type]  # the file holds what Playwright wrote
    return context, browser, name


async def _open_profile(
    chromium: BrowserType, options: SessionOptions, settings: dict[str, Any]
) -> tuple[BrowserContext, None, str]:
    async def start(path: str | None) -> BrowserContext:
        return await chromium.launch_persistent_context(
            str(options.profile),
            executable_path=path,
            headless=options.headless,
            args=_arguments(options),
            **settings,
        )

    context, name = await _try_each(start, options)
    return context, None, name


async def _launch(chromium: BrowserType, options: SessionOptions) -> tuple[Browser, str]:
    async def start(path: str | None) -> Browser:
        return await chromium.launch(
            executable_path=path, headless=options.headless, args=_arguments(options)
        )

    return await _try_each(start, options)


async def _try_each(
    start: Callable[[str | None], Awaitable[Opened]], options: SessionOptions
) -> tuple[Opened, str]:
    """Playwright's own Chromium first, then the machine's; a named one alone."""
    paths: list[str | None] = (
        [str(options.browser)] if options.browser else [None, *map(str, find_browsers())]
    )
    problem = ""
    for path in paths:
        try:
            return await start(path), path or "Playwright's Chromium"
        except Error as error:
            # "Executable doesn't exist" only says that this one is not installed.
            problem = str(error.message).splitlines()[0]
    missing = "Executable doesn't exist" in problem and not options.browser
    raise ToolError(
        "no Chromium, Chrome or Edge was found"
        if missing
        else f"the browser did not start: {problem}",
        code="no_browser",
        hint=NO_BROWSER_HINT,
    )


def _arguments(options: SessionOptions) -> list[str]:
    return [*_QUIET, *sandbox_arguments(), *(_UNSEEN if options.headless else ())]


async def _close(context: BrowserContext, browser: Browser | None, guard: Guard) -> None:
    """Seal first: a page that is closed while routes are on may still send (guard facts)."""
    with contextlib.suppress(Error, TimeoutError):
        await asyncio.wait_for(guard.seal(context), _CLOSE_SECONDS)
    with contextlib.suppress(Error, TimeoutError):
        await asyncio.wait_for((browser or context).close(), _CLOSE_SECONDS)
