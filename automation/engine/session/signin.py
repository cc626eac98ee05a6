"""A driven browser without the guard, in which the tool sees that the buyer has signed in.

For mimic sites and for a session in a file. The real site's sign-in may refuse such a browser:
``plain_window`` is for that.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.engine.session.choice import has_display
from automation.engine.session.driver import driver
from automation.engine.session.launch.discovery import sandbox_arguments
from automation.engine.session.launch.launcher import launch, open_profile, with_browser
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext

    from automation.engine.context import ContextOptions
    from automation.engine.session.options import SessionOptions

_CLOSE_SECONDS = 5.0


@contextlib.asynccontextmanager
async def open_for_human(options: SessionOptions) -> AsyncIterator[BrowserContext]:
    """Open a browser without guard and automation, and close it afterwards.

    Raises:
        ToolError: there is no display (exit 4) or no browser.
    """
    if not options.headless:
        check_display()
    options = with_browser(options)
    if sandbox_arguments():
        options.say("running as root, so Chromium runs without its sandbox")
    # The buyer may resize the window.
    settings: ContextOptions = {"no_viewport": True}
    start = open_profile if options.profile else launch
    async with driver() as playwright:
        opened = await start(playwright, replace(options, new_profile=True), settings)
        try:
            yield opened.context
        finally:
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(opened.close(), _CLOSE_SECONDS)
            opened.forget()


def check_display() -> None:
    """Raise an error if this session has no display.

    Raises:
        ToolError: ``no_display`` (exit 4).
    """
    if has_display():
        return
    raise ToolError(
        "no display for a browser window; nothing was opened",
        code=ErrorCode.NO_DISPLAY,
        exit_code=ExitCode.HUMAN_NEEDED,
        hint="run it on your desktop, or use --attach with your signed-in Chrome",
    )
