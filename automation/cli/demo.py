"""``demo``: the main job on a mimic site, with the real commands and a real browser."""

from __future__ import annotations

import click

from automation.errors import ExitCode


@click.command("demo")
@click.option("--headed/--headless", default=False, help="Show the browser window.")
@click.option(
    "--browser",
    metavar="PATH",
    envvar="DISPUTE_GUARD_BROWSER",
    help="Chromium, Chrome or Edge to use.",
)
def command(headed: bool, browser: str | None) -> int:
    """Watch the whole way on a mimic site: a refusal, a dry run, a real cancel, its receipt.

    Nothing leaves this machine, and no order of yours is touched.
    """
    from automation.cli.demo_script import play

    return ExitCode.OK if play(headed=headed, browser=browser) else ExitCode.FAILED
