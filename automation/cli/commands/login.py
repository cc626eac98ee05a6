"""``login``: let a human sign in, and keep the session for later runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, assert_never

import click
from msgspec import Struct

from automation.cli.options.folders import state_folder
from automation.cli.options.options import (
    BrowserOptions,
    OutputOptions,
    browser_option,
    gateway_option,
    group_of,
    output_options,
    profile_option,
    schema_option,
    site_option,
    state_option,
    timeout_option,
)
from automation.cli.options.values import Seconds
from automation.cli.screen.terminal import echo, is_terminal, whole
from automation.errors import ErrorCode, ExitCode, Hint, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from automation.aliexpress.reports import LoginReport
    from automation.aliexpress.site import Addresses
    from automation.cli.screen.output import Progress
    from automation.engine.session.launch.plain_window import PlainWindow
    from automation.engine.session.profile.own_profile import SignInProfile

Place = Literal["profile", "file"]


class LoginOptions(Struct, frozen=True):
    """The site, and the window in which a human signs in."""

    site: str | None
    gateway: str | None
    browser: Path | None
    keep_in: Place | None
    profile: Path | None
    timeout: float
    headless: bool
    state_dir: Path | None

    def place(self, *, real: bool) -> Place:
        """Where the session is kept."""
        return self.keep_in or ("profile" if real else "file")

    @property
    def how(self) -> str:
        """What the human has to do now, in a driven window."""
        if self.headless:
            return "no window is open, so you cannot sign in by hand; waiting for a page without a sign-in"
        return f"sign in using the window that opens, within {self.timeout:g} s"


login_options: Final = group_of(
    "window", LoginOptions,
    site_option,
    gateway_option,
    browser_option,
    click.option("--keep-in", type=click.Choice(["profile", "file"]),
                 help="Keep the session in a browser profile of the tool's own (default for the real site) or in "
                 "a file (default for a mimic site)."),
    profile_option("Browser profile to sign in with, for later runs with the same --profile."),
    timeout_option("How long you have to sign in.", Seconds(1, 3600), 300.0),
    click.option("--headless", is_flag=True,
                 help="Open no window. You cannot sign in by hand then, so it is only good for saving the "
                 "session of a mimic site that needs no sign-in."),
    state_option,
)  # fmt: skip


@click.command("login")
@login_options
@output_options
@schema_option
def command(window: LoginOptions, output: OutputOptions) -> int:
    """Sign in yourself in a browser window; later runs use the session.

    Opens your own browser as an ordinary program, with a profile of its own: nothing drives
    it while you sign in. Close the window when you are done, or press Enter at the terminal;
    then a guarded look at My Orders tells whether it worked. With --keep-in file the tool
    drives the window and sees by itself when you are signed in; the site may refuse that.
    Exit 4: no display, or not signed in.

    \b
    dispute-guard login
    """
    from automation.aliexpress.site import Addresses
    from automation.cli.runs import answering
    from automation.cli.screen.output import Progress

    addresses = Addresses.for_site(window.site, window.gateway)
    if window.headless and (addresses.is_real or window.keep_in == "profile"):
        raise _usage("--headless opens no window, so you could not sign in")
    if window.keep_in == "file" and window.profile:
        raise _usage("--keep-in file and --profile cannot be combined")
    progress = Progress(on=output.for_people)
    with answering(_not_signed_in, window.state_dir):
        match window.place(real=addresses.is_real):
            case "profile":
                told = _in_a_profile(window, addresses, progress)
            case "file":
                told = _in_a_file(window, addresses, progress)
            case other:
                assert_never(other)
    _tell(told, output)
    return ExitCode.OK


class _SignedIn(Struct, frozen=True):
    """Where the session is now."""

    words: str
    file: Path | None = None
    profile: Path | None = None
    browser: Path | None = None
    who: str = ""

    def report(self) -> LoginReport:
        """The JSON answer."""
        from automation.aliexpress.reports import LoginReport

        return LoginReport(
            signed_in=True,
            who=self.who or None,
            file=str(self.file) if self.file else None,
            profile=str(self.profile) if self.profile else None,
            browser=str(self.browser) if self.browser else None,
        )


def _tell(told: _SignedIn, output: OutputOptions) -> None:
    from automation.cli.screen.output import print_json

    if output.as_json:
        print_json(told.report().as_json())
    elif output.quiet:
        echo(str(told.file or told.profile), wrap=False)
    else:
        echo(told.words)


def _in_a_profile(window: LoginOptions, addresses: Addresses, progress: Progress) -> _SignedIn:
    """Sign in in a window that nothing drives, and look whether it worked."""
    from automation.engine.session.launch.discovery import check_browser, sandbox_arguments
    from automation.engine.session.launch.plain_window import browser_for_people, open_plain_window
    from automation.engine.session.profile.own_profile import SignInProfile, own_profile
    from automation.engine.session.signin import check_display
    from automation.engine.session.state import private_folder

    check_display()
    state_dir = private_folder(state_folder(window.state_dir))
    before = SignInProfile.read(window.profile) if window.profile else own_profile(state_dir)
    named = check_browser(window.browser) if window.browser else None
    browser = named or before.browser or browser_for_people()
    if sandbox_arguments():
        progress.say("running as root, so Chromium runs without its sandbox")
    opened = open_plain_window(browser, before.folder, addresses.my_orders)
    profile = before.opened(browser, addresses.host, opened.process.pid)
    profile.keep()
    _let_them_sign_in(window, opened, profile, progress)
    return _look(window, profile, progress)


def _let_them_sign_in(
    window: LoginOptions, opened: PlainWindow, profile: SignInProfile, progress: Progress
) -> None:
    """Wait for the human.

    Raises:
        ToolError: the time ran out (exit 4), the wait was interrupted, or the browser did not start.
    """
    from automation.aliexpress.work import run_for_human
    from automation.cli.prompts.keyboard import forget_typed, typed_line
    from automation.engine.session.launch.plain_window import (
        check_made,
        how_to_close,
        still_open,
        wait_for_the_human,
    )
    from automation.engine.session.options import SessionOptions

    async def enter(seconds: float) -> bool:
        return bool(await typed_line(seconds))

    asks = is_terminal()
    if asks:
        forget_typed()
    done = (
        f"press Enter here when you are signed in, or {how_to_close()}"
        if asks
        else f"{how_to_close()} when you are signed in"
    )
    progress.say(f"sign in using the window of {profile.browser}; {done}")
    session = SessionOptions(state_folder(window.state_dir), window.timeout, say=progress.say)
    try:
        closed = run_for_human(
            wait_for_the_human(opened, window.timeout, enter if asks else None), session
        )
    except ToolError as error:
        if error.code is ErrorCode.INTERRUPTED and opened.is_open:
            error.message = f"interrupted; the window is still open (process {opened.process.pid})"
            error.hint = Hint.CLOSE_WINDOW
        raise
    if not closed:
        late = still_open(opened, f"the window was not closed within {window.timeout:g} s")
        late.code, late.exit_code = ErrorCode.SIGNED_OUT, ExitCode.HUMAN_NEEDED
        raise late
    check_made(opened, profile.browser or profile.folder)


def _look(window: LoginOptions, profile: SignInProfile, progress: Progress) -> _SignedIn:
    """Look at My Orders under the guard, and note that it worked.

    Raises:
        ToolError: the buyer is not signed in (exit 4).
    """
    from datetime import UTC, datetime

    from automation.aliexpress.running import Run
    from automation.aliexpress.session.signed_in import check_session
    from automation.aliexpress.work import run_work
    from automation.cli.runs import make_request

    request = make_request("", _browser_options(window, profile), say=progress.say)
    run = Run("login", progress=progress.step)
    try:
        with progress.of(run):
            who = run_work(check_session(request, run), request, run)
    except ToolError as error:
        if error.code is ErrorCode.SIGNED_OUT:
            error.message = "not signed in: My Orders still asks for a sign-in"
            error.hint = "run 'dispute-guard login' again, and sign in before you close the window"
        raise
    now = datetime.now(UTC).replace(microsecond=0)
    profile.proven(now).keep()
    folder = whole(profile.folder)
    later = f"; use it with --profile {folder}" if window.profile else ""
    name = f" as {who}" if who else ""
    words = f"signed in{name}; the session is in the browser profile {folder}{later}"
    return _SignedIn(words, profile=profile.folder, browser=profile.browser, who=who)


def _browser_options(window: LoginOptions, profile: SignInProfile) -> BrowserOptions:
    """The look uses the new profile, with a window: the human is still there."""
    return BrowserOptions(
        site=window.site,
        gateway=window.gateway,
        surface="web",
        attach=None,
        connect=None,
        profile=profile.folder,
        headed=True,
        human_seconds=min(window.timeout, 180.0),
        browser=profile.browser,
        timeout=30.0,
        allowed_reads=(),
        words=None,
        state_dir=window.state_dir,
    )


def _in_a_file(window: LoginOptions, addresses: Addresses, progress: Progress) -> _SignedIn:
    """Sign in in a driven window, until a page shows that it worked."""
    from automation.aliexpress.session.signed_in import sign_in
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.site.traffic import real_origins
    from automation.aliexpress.work import run_for_human
    from automation.engine.guard import SiteOrigins
    from automation.engine.session.options import SessionOptions
    from automation.engine.session.profile.own_profile import own_profile
    from automation.engine.session.state import private_folder

    state_dir = private_folder(state_folder(window.state_dir))
    session = SessionOptions(
        state_dir=state_dir,
        timeout=window.timeout,
        headless=window.headless,
        browser=window.browser,
        profile=window.profile,
        say=progress.say,
    )
    here = SiteOrigins.only(addresses.origin, addresses.gateway)
    origins = real_origins() if addresses.is_real else here
    hooks = SiteMap.load().hooks
    work = sign_in(session, addresses, origins, hooks, lambda _: progress.say(window.how))
    file = run_for_human(work, session)
    words = f"signed in; the session is saved in {whole(file)}, readable by you alone"
    own = own_profile(state_dir)
    if own.is_signed_in and own.site == addresses.host:
        words += f"\nlater runs still use the profile {whole(own.folder)}: remove that folder to use the file"
    return _SignedIn(words, file=file)


def _usage(message: str) -> ToolError:
    return ToolError(
        message,
        code=ErrorCode.USAGE,
        exit_code=ExitCode.USAGE,
        hint="see 'dispute-guard login --help'",
    )


def _not_signed_in(error: ToolError) -> Mapping[str, object]:
    from automation.aliexpress.reports import LoginReport

    return LoginReport(signed_in=False if error.code is ErrorCode.SIGNED_OUT else None).as_json()
