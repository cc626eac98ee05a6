"""Attach to the buyer's own running browser, with tabs of the tool's own only."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error
from websockets.exceptions import InvalidStatus, WebSocketException

from automation.engine.session.attach.endpoint import (
    Endpoint,
    find_endpoint,
    no_browser_there,
    not_reached,
    unanswered,
    unreachable,
)
from automation.engine.session.attach.left_tabs import TabRecord, left_tabs, settle
from automation.engine.session.attach.phone import commands_for
from automation.engine.session.attach.relay import Relay, RelayThread
from automation.engine.session.driver import browser_hangs
from automation.engine.session.launch.launcher import Opened
from automation.engine.session.state import private_folder
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Playwright

    from automation.engine.session.attach.phone import Device
    from automation.engine.session.options import SessionOptions

_SHOWN: Final = 40
_FORBIDDEN: Final = (401, 403)


async def attach(playwright: Playwright, options: SessionOptions, where: str) -> Opened:
    """Connect to the buyer's own browser; it keeps running, with its own tabs unchanged.

    Raises:
        ToolError: no browser answers there or it hangs (exit 1), ``where`` is not a browser
            or endpoint (exit 2), or several profiles are open (exit 5).
    """
    endpoint = await find_endpoint(where, options.timeout)
    record = TabRecord.begin(private_folder(options.state_dir))
    relay = RelayThread()
    try:
        try:
            device = playwright.devices[options.device] if options.device else None
            address = await _connect(relay, endpoint, record, options, device)
            browser = await playwright.chromium.connect_over_cdp(
                address, no_defaults=True, timeout=options.timeout * 1000
            )
        except (LookupError, TimeoutError, Error, WebSocketException) as error:
            raise browser_hangs(endpoint.name, options.timeout) from error
    except BaseException:
        await relay.stop()
        record.forget()
        raise
    context = browser.contexts[0]

    async def leave() -> None:
        try:
            for page in context.pages:
                await page.close()
            with contextlib.suppress(Error):
                await browser.close()
        finally:
            await relay.stop()

    def forget() -> None:
        if not relay.open_tabs():
            record.forget()

    return Opened(context, endpoint.name, leave, forget)


async def _connect(
    thread: RelayThread,
    endpoint: Endpoint,
    record: TabRecord,
    options: SessionOptions,
    device: Device | None,
) -> str:
    """Connect the relay; return the address at which it shows the tool's own tabs."""
    place = endpoint.address.partition("/devtools/")[0]
    if endpoint.asks:
        options.say(f"connecting to {endpoint.name}; allow it there if asked")
    try:
        relay = await thread.start(endpoint.address, record.note, options.timeout)
    except InvalidStatus as error:
        if error.response.status_code in _FORBIDDEN:
            raise _not_allowed(endpoint) from error
        raise no_browser_there(place) from error
    except WebSocketException as error:
        raise no_browser_there(place) from error
    except TimeoutError:
        raise unanswered(place, options.timeout) from None
    except OSError as error:
        raise unreachable(place, error) from error
    closed = await thread.run(_close_left(relay, options.state_dir))
    if closed:
        options.say(f"closed {closed} tab(s) of a killed run in {endpoint.name}")
    _check_profiles(await thread.run(relay.profiles()), endpoint)
    if device is not None:
        version = await thread.run(relay.ask("Browser.getVersion"))
        relay.phone = commands_for(device, version["userAgent"])
    return await thread.open_for_guest(relay)


async def _close_left(relay: Relay, state_dir: Path) -> int:
    closed = 0
    for record, tabs in left_tabs(state_dir):
        count = await relay.close_tabs(tabs)
        settle(record, closed=count, named=len(tabs))
        closed += count
    return closed


def _check_profiles(profiles: list[list[str]], endpoint: Endpoint) -> None:
    """Refuse several profiles: the right one is unknown, a wrong one is another account."""
    if len(profiles) <= 1:
        return
    shown = "; ".join(
        f"{number}. {len(tabs)} tab(s), such as '{tabs[0][:_SHOWN]}'"
        for number, tabs in enumerate(profiles, 1)
    )
    raise ToolError(
        f"{endpoint.name} has {len(profiles)} profiles or private windows open: {shown}",
        code=ErrorCode.SEVERAL_PROFILES,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="close the windows of all profiles except the signed-in one, and try again",
        evidence=endpoint.address.partition("/devtools/")[0],
    )


def _not_allowed(endpoint: Endpoint) -> ToolError:
    return not_reached(
        f"{endpoint.name} did not allow the connection",
        "allow it when the browser asks; with a port, start the browser with "
        "--remote-allow-origins if it requires that",
    )
