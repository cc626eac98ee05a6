"""``login``: let a human sign in in a browser window, and save the session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from automation.cli.options import output_options, state_option
from automation.cli.terminal import echo
from automation.cli.values import FilePath, Seconds, Text
from automation.errors import ErrorCode, ExitCode, ToolError


@click.command("login")
@click.option(
    "--site",
    type=Text(),
    metavar="URL",
    help="The real site, or a mimic on http://127.0.0.1:PORT.",
)
@click.option(
    "--gateway",
    type=Text(),
    metavar="URL",
    help="API of a mimic, if its origin differs from that of the pages; loopback only.",
)
@click.option(
    "--browser",
    type=FilePath(path_type=Path),
    metavar="PATH",
    help="Path to Chromium, Chrome or Edge (default: Playwright's, then the system's).",
)
@click.option(
    "--profile",
    type=FilePath(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Browser profile to sign in with, for later runs with the same --profile.",
)
@click.option(
    "--timeout",
    type=Seconds(1, 3600),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long you have to sign in.",
)
@click.option(
    "--headless",
    is_flag=True,
    help="Open no window. You cannot sign in by hand then, so it is only good for saving the "
    "session of a mimic site that needs no sign-in.",
)
@state_option
@output_options
def command(**options: Any) -> int:
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
    from automation.cli.reporting import answering
    from automation.engine.guard import SiteOrigins
    from automation.engine.session.options import SessionOptions
    from automation.engine.session.state import default_state_dir, private_folder

    addresses = Addresses.for_site(options["site"], options["gateway"])
    if options["headless"] and addresses.is_real:
        raise ToolError(
            "--headless opens no window, so you could not sign in to the real site",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="run it without --headless",
        )
    progress = Progress(on=not (options["quiet"] or options["as_json"]))
    session = SessionOptions(
        state_dir=private_folder(options["state_dir"] or default_state_dir()),
        timeout=options["timeout"],
        headless=options["headless"],
        browser=options["browser"],
        profile=options["profile"],
        say=progress.say,
    )
    origins = (
        real_origins()
        if addresses.is_real
        else SiteOrigins.only(addresses.origin, addresses.gateway)
    )
    wait = f"sign in using the window that opens, within {options['timeout']:g} s"
    hooks = SiteMap.load().hooks
    if options["headless"]:
        wait = (
            "no window is open, so you cannot sign in by hand; waiting for a page without a sign-in"
        )
    with answering(_not_signed_in, options["state_dir"]):
        work = sign_in(session, addresses, origins, hooks, lambda _: progress.say(wait))
        file = run_for_human(work, session)
    if options["as_json"]:
        print_json({"command": "login", "signed_in": True, "file": str(file), "exit_code": 0})
    elif options["quiet"]:
        echo(str(file), wrap=False)
    else:
        echo(f"signed in; the session is saved in {file}, readable by you alone")
    return ExitCode.OK


def _not_signed_in(error: ToolError) -> dict[str, Any]:
    return {"command": "login", "signed_in": False if error.code is ErrorCode.SIGNED_OUT else None}
