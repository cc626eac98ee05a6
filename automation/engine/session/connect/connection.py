"""Open a browser on another machine, with the saved session in a context of its own.

Others may use that browser too, and it may go on when the tool is killed. So nothing of the tool is
put over all of it: each of the tool's tabs has its own guard, as in the buyer's own browser. Over
DevTools, the relay of ``attach`` shows the tool its own tabs only.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from websockets.exceptions import ConnectionClosed, WebSocketException

from automation.engine.session.attach.endpoint import is_loopback
from automation.engine.session.attach.relay import RelayThread
from automation.engine.session.connect.address import Kind, Remote, find_remote
from automation.engine.session.launch.launcher import Opened
from automation.engine.session.session_storage import context_with
from automation.engine.session.state import saved_session

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Playwright

    from automation.engine.context import ContextOptions
    from automation.engine.session.options import SessionOptions
    from automation.errors import ToolError

# Load balancers drop a connection after a minute without a word, and a buyer may think longer.
_PING_SECONDS: Final = 20.0
_LOOK_SECONDS: Final = 5.0


async def connect(
    playwright: Playwright, options: SessionOptions, where: str, settings: ContextOptions
) -> Opened:
    """Connect to a browser elsewhere and bring it the saved session.

    Raises:
        ToolError: ``where`` is no endpoint (exit 2); nothing usable answers there, it has another
            version of Playwright, or has no browser (exit 1).
    """
    remote = await find_remote(where, options.timeout)
    if where.startswith(("ws://", "http://")) and not is_loopback(where):
        options.say(
            f"the connection to {remote.causes.place} is not encrypted: others on the way can read "
            "your sign-in; use wss://, https:// or an SSH tunnel"
        )
    if remote.kind is Kind.PLAYWRIGHT:
        return await _at_server(playwright, options, remote, settings)
    return await _over_devtools(playwright, options, remote, settings)


async def _at_server(
    playwright: Playwright, options: SessionOptions, remote: Remote, settings: ContextOptions
) -> Opened:
    try:
        browser = await playwright.chromium.connect(remote.address, timeout=options.timeout * 1000)
    except PlaywrightTimeoutError as error:
        raise remote.causes.silent() from error
    except Error as error:
        if "Timeout" in error.message and "exceeded" in error.message:
            raise remote.causes.silent() from error
        raise remote.causes.no_browser(error.message.partition(": ")[2]) from error
    try:
        context = await context_with(browser, saved_session(options.state_dir), settings)
    except BaseException:
        with contextlib.suppress(Error):
            await browser.close()
        raise

    async def lost() -> ToolError | None:
        return await _gone(context, remote)

    return Opened(context, remote.name, browser.close, guest=True, lost=lost)


async def _gone(context: BrowserContext, remote: Remote) -> ToolError | None:
    """Why its browser is gone, if it is; Playwright still calls a lost one connected."""
    try:
        async with asyncio.timeout(_LOOK_SECONDS):
            await context.cookies()
    except TimeoutError:
        return remote.causes.silenced()
    except Error:
        return remote.causes.lost()
    return None


async def _over_devtools(
    playwright: Playwright, options: SessionOptions, remote: Remote, settings: ContextOptions
) -> Opened:
    thread = RelayThread()
    try:
        context = await _relayed(playwright, options, remote, thread, settings)
    except BaseException:
        await thread.stop()
        raise

    async def leave() -> None:
        try:
            with contextlib.suppress(Error):
                await context.close()
        finally:
            await thread.stop()

    async def lost() -> ToolError | None:
        return await _ended(thread, remote)

    return Opened(context, remote.name, leave, guest=True, lost=lost)


async def _relayed(
    playwright: Playwright,
    options: SessionOptions,
    remote: Remote,
    thread: RelayThread,
    settings: ContextOptions,
) -> BrowserContext:
    try:
        relay = await thread.start(
            remote.address, lambda _: None, options.timeout, ping_seconds=_PING_SECONDS
        )
        address = await thread.open_for_guest(relay)
    except (OSError, WebSocketException) as error:
        raise remote.causes.of(error) from error
    try:
        browser = await playwright.chromium.connect_over_cdp(
            address, no_defaults=True, timeout=options.timeout * 1000
        )
        return await context_with(browser, saved_session(options.state_dir), settings)
    except Error as error:
        raise (await _ended(thread, remote) or remote.causes.silent()) from error


async def _ended(thread: RelayThread, remote: Remote) -> ToolError | None:
    """Why its browser is gone, if it is: the connection says so, or nothing answers any more."""
    relay = thread.relay
    if relay is None:
        return None
    with contextlib.suppress(LookupError, ConnectionClosed):
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await thread.run(relay.ask("Browser.getVersion"))
        except TimeoutError:
            return remote.causes.silenced()
    return None if relay.ended is None else remote.causes.lost(relay.ended)
