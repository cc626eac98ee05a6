"""Start a browser: with a profile of the tool's own, or one where the buyer signed in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, Unpack

from msgspec import Struct, field
from playwright.async_api import BrowserContext, Error, Playwright

from automation.engine.session.launch.discovery import (
    check_browser,
    find_browsers,
    no_browser,
    sandbox_arguments,
)
from automation.engine.session.launch.preloading import make_quiet, write_quiet_profile
from automation.engine.session.profile.owned import forget, mark_arguments, temporary_profile
from automation.engine.session.profile.profiles import check_profile, check_version, in_use
from automation.engine.session.session_storage import context_with
from automation.engine.session.state import private_folder, saved_session
from automation.errors import ErrorCode, ToolError
from automation.private_files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Browser

    from automation.engine.context import ContextOptions
    from automation.engine.session.options import SessionOptions

_QUIET = (
    # Requests to the browser's maker would mix with ours.
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
# A headless window is never seen, and the guard refuses images anyway. Chromium keeps the last of
# these switches, so Playwright's own is repeated: without it a page finds no mouse.
_MOUSE = "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
_UNSEEN = (f"--blink-settings={_MOUSE},imagesEnabled=false",)
_MISSING = ("Executable doesn't exist", "is not found at")
# Playwright may find these where this module does not.
_CHANNELS = ("chrome", "msedge")
_OCCUPIED = ("ProcessSingleton", "existing browser session", "profile appears to be in use")
_LONGEST = 160
_ARTIFACTS = "artifacts"

Started = TypeVar("Started")


class Program(Struct, frozen=True):
    """A browser to try: a path, one of Playwright's channels, or its own Chromium."""

    name: str
    path: Path | None = None
    channel: str | None = None


async def never_lost() -> ToolError | None:
    """Of a browser on this machine, which no connection leads to."""
    return None


class Opened(Struct, frozen=True):
    """A browser context and how to leave it.

    Args:
        close: ends the browser, or only disconnects from one that runs elsewhere.
        forget: removes the record by which a later run would find a leftover browser.
        guest: the browser has others' tabs too, which are out of reach.
        lost: why the connection to a browser elsewhere ended, if it did.
    """

    context: BrowserContext
    name: str
    close: Callable[[], Awaitable[None]]
    forget: Callable[[], None] = field(default=lambda: None)
    guest: bool = False
    lost: Callable[[], Awaitable[ToolError | None]] = never_lost


class Empty(Struct, frozen=True):
    """A browser with an empty profile, in which nothing was opened yet."""

    first: BrowserContext
    name: str
    record: Path

    async def discard(self) -> None:
        """Close it unused."""
        try:
            await self.first.close()
        finally:
            forget(self.record)


async def start_empty(playwright: Playwright, options: SessionOptions) -> Empty:
    """Start a browser with an empty profile.

    Raises:
        ToolError: there is no browser, or it does not start.
    """
    options = with_browser(options)
    marks, record = mark_arguments(private_folder(options.state_dir))
    folder = temporary_profile(record)
    write_quiet_profile(folder)
    start = _starter(playwright, options, marks, profile=folder, artifacts=folder)
    found = find_browsers(headless=options.headless)
    first, name = await _marked_start(start, options, found, record)
    return Empty(first, name, record)


def with_browser(options: SessionOptions) -> SessionOptions:
    """The same options with the browser that the user named, found and checked.

    Raises:
        ToolError: ``no_browser``.
    """
    if options.browser and not (options.attach or options.connect):
        return replace(options, browser=check_browser(options.browser))
    return options


async def launch(
    playwright: Playwright, options: SessionOptions, settings: ContextOptions
) -> Opened:
    """Start a browser with the session that ``login`` saved, or use the one started ahead."""
    begun = options.ahead.take_browser() if options.ahead else None
    empty = await begun if begun else await start_empty(playwright, options)
    if not isinstance(empty, Empty):
        raise TypeError("another kind of browser was started ahead")
    try:
        browser = _browser_of(empty.first)
        context = await context_with(browser, saved_session(options.state_dir), settings)
    except BaseException:
        forget(empty.record)
        raise
    return Opened(context, empty.name, empty.first.close, lambda: forget(empty.record))


def _browser_of(context: BrowserContext) -> Browser:
    if context.browser is None:
        raise ToolError("the browser cannot open another context", code=ErrorCode.NO_BROWSER)
    return context.browser


async def open_profile(
    playwright: Playwright, options: SessionOptions, settings: ContextOptions
) -> Opened:
    """Start a browser with a profile in which the buyer is signed in.

    Raises:
        ToolError: the profile does not exist, is another browser's, or is in use.
    """
    profile = options.profile
    if profile is None:
        raise TypeError("no profile given")
    if options.new_profile and not profile.exists():
        make_private_folder(profile, ours=True)
    elif not options.new_profile or any(profile.iterdir()):
        check_profile(profile)
    own = Path(playwright.chromium.executable_path)
    check_version(
        profile, options.browser or next((p for p in (own, *find_browsers()) if p.exists()), None)
    )
    marks, record = mark_arguments(private_folder(options.state_dir))
    folder = temporary_profile(record)
    start = _starter(playwright, options, marks, profile=profile, artifacts=folder, **settings)
    make_quiet(profile)
    # A profile's secrets are stored as its own browser stores them, and that has windows.
    context, name = await _marked_start(start, options, find_browsers(), record)
    return Opened(context, name, context.close, lambda: forget(record))


def _starter(
    playwright: Playwright,
    options: SessionOptions,
    marks: list[str],
    *,
    profile: Path,
    artifacts: Path,
    **settings: Unpack[ContextOptions],
) -> Callable[[Program], Awaitable[BrowserContext]]:
    """How a program is started in a profile."""

    async def start(program: Program) -> BrowserContext:
        return await playwright.chromium.launch_persistent_context(
            str(profile),
            # Playwright leaves its own folder behind, empty, after every run.
            artifacts_dir=artifacts / _ARTIFACTS,
            executable_path=program.path,
            channel=program.channel,
            headless=options.headless,
            args=_arguments(options, marks),
            handle_sigint=False,
            handle_sigterm=False,
            **settings,
        )

    return start


async def _marked_start(
    start: Callable[[Program], Awaitable[Started]],
    options: SessionOptions,
    found: list[Path],
    record: Path,
) -> tuple[Started, str]:
    """Start a browser; if none starts, remove the record."""
    try:
        return await _try_each(start, options, found)
    except BaseException:
        forget(record)
        raise


async def _try_each(
    start: Callable[[Program], Awaitable[Started]], options: SessionOptions, found: list[Path]
) -> tuple[Started, str]:
    """Try Playwright's own Chromium first, then the machine's; a named one alone."""
    problem = no_browser()
    for program in _programs(options, found):
        try:
            return await start(program), program.name
        except Error as error:
            if not any(sign in error.message for sign in _MISSING):
                problem = _not_started(program, error.message, options)
    raise problem


def _programs(options: SessionOptions, found: list[Path]) -> list[Program]:
    if options.browser:
        return [Program(str(options.browser), path=options.browser)]
    own = Program("Playwright's Chromium")
    installed = [Program(str(path), path=path) for path in found]
    return [own, *installed, *(Program(name, channel=name) for name in _CHANNELS)]


def _not_started(program: Program, words: str, options: SessionOptions) -> ToolError:
    """The error for a browser that did not start, with its last message."""
    if options.profile and any(sign in words for sign in _OCCUPIED):
        return in_use(options.profile, "a running browser")
    hint = "start it by hand to see the problem, or give another one with --browser PATH"
    if not options.headless:
        hint = "check that this session has a display, or omit --headed"
    return ToolError(
        f"the browser {program.name} did not start: {_last_words(words)}",
        code=ErrorCode.BROWSER_NOT_STARTED,
        hint=hint,
    )


def _last_words(words: str) -> str:
    """The browser's own last line; Playwright's first line only says that it closed."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    said = [line.partition("[err]")[2].strip() for line in lines if "[err]" in line]
    told = next((line for line in reversed(said) if line), lines[0] if lines else "no reason")
    return told[:_LONGEST]


def _arguments(options: SessionOptions, marks: list[str]) -> list[str]:
    return [*_QUIET, *marks, *sandbox_arguments(), *(_UNSEEN if options.headless else ())]
