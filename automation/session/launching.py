"""Starting a browser: one of the tool's own, or one with a profile that the buyer has signed in to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from playwright.async_api import BrowserContext, Error, Playwright

from automation.errors import ToolError
from automation.session.discovery import NO_BROWSER_HINT, find_browsers, sandbox_arguments
from automation.session.owned import forget, mark_arguments
from automation.session.state import private_folder, saved_session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from automation.session.options import SessionOptions

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

Started = TypeVar("Started")


@dataclass(frozen=True)
class Opened:
    """A browser context and how to leave it.

    Args:
        close: ends the browser, or only leaves it where it is the buyer's own.
        forget: removes the note by which a later run would find a browser left behind.
    """

    context: BrowserContext
    name: str
    close: Callable[[], Awaitable[None]]
    forget: Callable[[], None] = field(default=lambda: None)


async def launch(
    playwright: Playwright, options: SessionOptions, settings: dict[str, Any]
) -> Opened:
    """Start a browser with the session that ``login`` kept."""
    marks, record = mark_arguments(private_folder(options.state_dir))

    async def start(path: str | None) -> Any:  # noqa: ANN401  a Playwright browser
        return await playwright.chromium.launch(
            executable_path=path,
            headless=options.headless,
            args=_arguments(options, marks),
            handle_sigint=False,
            handle_sigterm=False,
        )

    browser, name = await _try_each(start, options, find_browsers(headless=options.headless))
    kept = saved_session(options.state_dir)
    context = await browser.new_context(storage_state=kept, **settings)
    return Opened(context, name, browser.close, lambda: forget(record))


async def open_profile(
    playwright: Playwright, options: SessionOptions, settings: dict[str, Any]
) -> Opened:
    """Start a browser with a profile in which the buyer has signed in."""
    marks, record = mark_arguments(private_folder(options.state_dir))

    async def start(path: str | None) -> BrowserContext:
        return await playwright.chromium.launch_persistent_context(
            str(options.profile),
            executable_path=path,
            headless=options.headless,
            args=_arguments(options, marks),
            handle_sigint=False,
            handle_sigterm=False,
            **settings,
        )

    # A profile keeps its secrets as the browser does in which it was made: one with windows.
    context, name = await _try_each(start, options, find_browsers())
    return Opened(context, name, context.close, lambda: forget(record))


async def _try_each(
    start: Callable[[str | None], Awaitable[Started]], options: SessionOptions, found: list[Path]
) -> tuple[Started, str]:
    """Playwright's own Chromium first, then the machine's; a named one alone."""
    paths: list[str | None] = (
        [str(options.browser)] if options.browser else [None, *map(str, found)]
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


def _arguments(options: SessionOptions, marks: list[str]) -> list[str]:
    return [*_QUIET, *marks, *sandbox_arguments(), *(_UNSEEN if options.headless else ())]
