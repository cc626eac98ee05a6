"""One browser under the guard, from start to a close that sends nothing."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import BrowserContext, Error, Page, Playwright

from automation.engine.session.driver import browser_hangs, driver
from automation.engine.session.launch.discovery import sandbox_arguments
from automation.engine.session.launch.launcher import (
    Opened,
    launch,
    never_lost,
    open_profile,
    with_browser,
)
from automation.engine.session.session_storage import (
    merged,
    merged_origins,
    read_local_storage,
    read_session_storage,
)
from automation.engine.session.state import SavedSession, save_session, saved_session
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from automation.engine.context import ContextOptions
    from automation.engine.guard import Guard
    from automation.engine.session.options import SessionOptions

_CLOSE_SECONDS = 5.0
# What a run without its browser ends with, wherever it was.
_OF_A_LOST_BROWSER = frozenset(
    {
        ErrorCode.BROWSER_FAILED,
        ErrorCode.BROWSER_HANGS,
        ErrorCode.GUARD_SELF_TEST,
        ErrorCode.PAGE_LOST,
        ErrorCode.PAGE_NOT_LOADED,
    }
)


@dataclass
class Session:
    """An open browser: its context, the tool's own page and the guard over both.

    Args:
        touch: the layout is a phone's, so controls are tapped.
        signed_in: the site showed the buyer's orders in this run.
        timeout: most seconds to open a tab.
        lost: why the connection to a browser elsewhere ended, if it did.
        windowless: it is this run's own browser, and has no window in which a new tab would show.
    """

    context: BrowserContext
    page: Page
    guard: Guard
    browser_name: str = ""
    touch: bool = False
    signed_in: bool = False
    timeout: float = 30.0
    lost: Callable[[], Awaitable[ToolError | None]] = never_lost
    windowless: bool = False
    _ahead: list[asyncio.Task[Page | None]] = field(default_factory=list, repr=False)

    async def loss_behind(self, problem: Error | ToolError) -> ToolError | None:
        """The lost connection to a browser elsewhere that a problem comes from, if it does."""
        return await _loss_behind(self.lost, problem)

    async def new_page(self) -> Page:
        """Open another tab under the guard; the tool opens tabs only this way.

        Raises:
            Error: the browser is gone or hangs, or the tab cannot be guarded.
        """
        try:
            page, guarded = await _guarded_page(self.context, self.guard, self.timeout)
        except TimeoutError:
            raise Error(f"the browser did not open a tab within {self.timeout:g} s") from None
        if not guarded:
            raise Error("cannot guard the new tab")
        return page

    def open_ahead(self, tabs: int) -> None:
        """Begin to open tabs for ``fresh_page``, as many as there are to be; in a window, none."""
        if self.windowless:
            wanted = range(tabs - len(self._ahead))
            self._ahead += [asyncio.create_task(self._opened_ahead()) for _ in wanted]

    async def fresh_page(self) -> Page:
        """A blank tab under the guard, perhaps opened ahead; it proves nothing about the guard now.

        Raises:
            Error: as ``new_page``.
        """
        while self._ahead:
            page = await self._ahead.pop(0)
            if page is not None and not page.is_closed():
                return page
        return await self.new_page()

    async def _opened_ahead(self) -> Page | None:
        try:
            return await self.new_page()
        except Error:
            return None  # whoever needs the tab hears of it then

    async def end(self) -> None:
        """Wait for no tab that nobody took: such tabs close with the browser."""
        for task in self._ahead:
            task.cancel()
        await asyncio.gather(*self._ahead, return_exceptions=True)


@contextlib.asynccontextmanager
async def open_session(
    options: SessionOptions, guard: Guard, *, is_sign_in: Callable[[str], bool] = lambda _: False
) -> AsyncIterator[Session]:
    """Start a browser under the guard, test the guard, and close without unload requests.

    Args:
        is_sign_in: whether an address is the site's sign-in page, after which no cookies are kept.

    Raises:
        ToolError: there is no browser, it does not start, or the guard fails its self-test.
    """
    options = with_browser(options)
    if sandbox_arguments() and not (options.attach or options.connect):
        options.say("running as root, so Chromium runs without its sandbox")
    async with driver(options.ahead.take_driver() if options.ahead else None) as playwright:
        opened = await _open(playwright, options, guard)
        opened.context.set_default_timeout(options.timeout * 1000)
        try:
            lived_in = bool(options.attach or options.profile)
            await guard.install(opened.context, lived_in=lived_in, guest=opened.guest)
            guard.send_from_browser(opened.context, _settings(playwright, options, guard))
            try:
                page, _ = await _guarded_page(opened.context, guard, options.timeout)
            except TimeoutError:
                raise browser_hangs(opened.name, options.timeout) from None
            await guard.self_test(page)
            # Playwright taps only where the whole browser is a phone; a click is as good.
            touch = bool(options.device) and not options.attach
            session = Session(
                opened.context, page, guard, opened.name, touch=touch,
                timeout=options.timeout, lost=opened.lost,
                windowless=options.headless and not (options.attach or options.connect),
            )  # fmt: skip
            try:
                yield session
            finally:
                await session.end()
                await _keep_session(session, options, is_sign_in)
        except (Error, ToolError) as problem:
            if (lost := await _loss_behind(opened.lost, problem)) is not None:
                raise lost from problem
            raise
        finally:
            await _close(opened, guard)


async def _loss_behind(
    look: Callable[[], Awaitable[ToolError | None]], problem: Error | ToolError
) -> ToolError | None:
    """The lost connection that a problem comes from, with the exit code and evidence of that."""
    if isinstance(problem, ToolError) and problem.code not in _OF_A_LOST_BROWSER:
        return None
    lost = await look()
    if lost is not None and isinstance(problem, ToolError):
        lost.exit_code, lost.evidence = problem.exit_code, problem.evidence
    return lost


async def _guarded_page(context: BrowserContext, guard: Guard, seconds: float) -> tuple[Page, bool]:
    async with asyncio.timeout(seconds):
        page = await context.new_page()
        return page, await guard.adopt(page)


async def _open(playwright: Playwright, options: SessionOptions, guard: Guard) -> Opened:
    if options.attach:
        # It and the next one need a library that a browser started here does not.
        from automation.engine.session.attach.attachment import attach  # noqa: PLC0415

        return await attach(playwright, options, options.attach)
    settings = _settings(playwright, options, guard)
    if options.connect:
        from automation.engine.session.connect.connection import connect  # noqa: PLC0415

        return await connect(playwright, options, options.connect, settings)
    if options.profile:
        return await open_profile(playwright, options, settings)
    return await launch(playwright, options, settings)


def _settings(playwright: Playwright, options: SessionOptions, guard: Guard) -> ContextOptions:
    """The options of a context of this session.

    Only a browser started here is a phone as a whole: in the buyer's own, the tool's tabs are,
    by themselves.
    """
    if options.attach:
        return {**guard.context_options(), "no_viewport": True}
    if not options.device:
        return guard.context_options()
    device = dict(playwright.devices[options.device])
    device.pop("default_browser_type", None)
    return {**device, **guard.context_options()}


async def _keep_session(
    session: Session, options: SessionOptions, is_sign_in: Callable[[str], bool]
) -> None:
    """Save what the site renewed in the saved session; never a signed-out one."""
    if not session.signed_in or options.profile or options.attach:
        return
    with contextlib.suppress(Error, TimeoutError, ToolError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            kept = saved_session(options.state_dir)
            pages = session.context.pages
            if kept is None or any(is_sign_in(page.url) for page in pages):
                return
            fresh = await read_session_storage(pages, session.guard.is_on_site)
            local = await read_local_storage(pages, session.guard.is_on_site)
            renewed = SavedSession(
                **{
                    **kept,
                    "cookies": [dict(each) for each in await session.context.cookies()],
                    "origins": merged_origins(kept.get("origins"), local),
                    "session_storage": merged(kept.get("session_storage"), fresh),
                }
            )
        if renewed != kept:
            save_session(options.state_dir, renewed)


async def _close(opened: Opened, guard: Guard) -> None:
    """Seal, then close: a page that closes while routes are on may still send (guard facts)."""
    try:
        with contextlib.suppress(Error, TimeoutError):
            await asyncio.wait_for(guard.seal(opened.context), _CLOSE_SECONDS)
        with contextlib.suppress(Error, TimeoutError):
            await asyncio.wait_for(opened.close(), _CLOSE_SECONDS)
    finally:
        opened.forget()  # also if Ctrl-C interrupts the close
