"""``login``: let a human sign in in a browser window, and save the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from automation.cli.options import (
    OutputOptions,
    browser_option,
    gateway_option,
    group_of,
    output_options,
    profile_option,
    site_option,
    state_folder,
    state_option,
    timeout_option,
)
from automation.cli.terminal import echo
from automation.cli.values import Seconds
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class LoginOptions:
    """The site, and the window in which a human signs in."""

    site: str | None
    gateway: str | None
    browser: Path | None
    profile: Path | None
    timeout: float
    headless: bool
    state_dir: Path | None

    @property
    def how(self) -> str:
        """What the human has to do now."""
        if self.headless:
            return "no window is open, so you cannot sign in by hand; waiting for a page without a sign-in"
        return f"sign in using the window that opens, within {self.timeout:g} s"


login_options: Final = group_of(
    "window", LoginOptions,
    site_option,
    gateway_option,
    browser_option,
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
def command(window: LoginOptions, output: OutputOptions) -> int:
    """Sign in yourself in a browser window, and save the session for later runs.

    Opens My Orders and waits until it shows your orders or greets you. Never types a
    password or touches a captcha. Exit 4: no display, or not signed in in time.

    \b
    dispute-guard login
    """
    from automation.aliexpress.run import run_for_human
    from automation.aliexpress.signed_in import sign_in
    from automation.aliexpress.site import Addresses, SiteMap
    from automation.aliexpress.site.traffic import real_origins
    from automation.cli.output import Progress, print_json
    from automation.cli.runs import answering
    from automation.engine.guard import SiteOrigins
    from automation.engine.session.options import SessionOptions
    from automation.engine.session.state import private_folder

    addresses = Addresses.for_site(window.site, window.gateway)
    if window.headless and addresses.is_real:
        raise ToolError(
            "--headless opens no window, so you could not sign in to the real site",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="run it without --headless",
        )
    progress = Progress(on=output.for_people)
    session = SessionOptions(
        state_dir=private_folder(state_folder(window.state_dir)),
        timeout=window.timeout,
        headless=window.headless,
        browser=window.browser,
        profile=window.profile,
        say=progress.say,
    )
    here = SiteOrigins.only(addresses.origin, addresses.gateway)
    origins = real_origins() if addresses.is_real else here
    hooks = SiteMap.load().hooks
    with answering(_not_signed_in, window.state_dir):
        work = sign_in(session, addresses, origins, hooks, lambda _: progress.say(window.how))
        file = run_for_human(work, session)
    if output.as_json:
        print_json({"command": "login", "signed_in": True, "file": str(file), "exit_code": 0})
    elif output.quiet:
        echo(str(file), wrap=False)
    else:
        echo(f"signed in; the session is saved in {file}, readable by you alone")
    return ExitCode.OK


def _not_signed_in(error: ToolError) -> Mapping[str, object]:
    return {"command": "login", "signed_in": False if error.code is ErrorCode.SIGNED_OUT else None}
