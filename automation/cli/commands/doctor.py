"""``doctor``: find problems with the setup, and say how to fix them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from automation.cli.config import CallOnly, default_config
from automation.cli.hints import with_command
from automation.cli.options import (
    OutputOptions,
    browser_option,
    output_options,
    site_data_file,
    site_data_option,
    state_folder,
    state_option,
)
from automation.cli.terminal import echo, style
from automation.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.doctor import Check

_HANG = 28


@click.command("doctor")
@click.option(
    "--accept-lost-journal",
    cls=CallOnly,
    is_flag=True,
    help="Continue without a damaged journal. Check your disputes first.",
)
@browser_option
@site_data_option
@state_option
@output_options
def command(
    accept_lost_journal: bool,
    browser: Path | None,
    words: Path | None,
    state_dir: Path | None,
    output: OutputOptions,
) -> int:
    """Check browser, guard, folders and journal; clean up after killed runs.

    Opens a blank page only and sends nothing. Exit 0: no problems, 1: problems found.

    \b
    dispute-guard doctor
    """
    from automation.aliexpress import doctor as checks
    from automation.cli.call import this_call
    from automation.cli.output import print_json
    from automation.engine.journal import Journal
    from automation.engine.session.options import SessionOptions

    folder = state_folder(state_dir)
    if accept_lost_journal:
        # Accepts only damage that an earlier run reported: new damage is reported first.
        for path in Journal.acknowledge_damage(folder):
            echo(f"accepted; the damaged journal is kept as {path}", err=True)
    session = SessionOptions(state_dir=folder, browser=browser)
    found = []
    for each in checks.run_checks(
        session, this_call().config or default_config(), site_data_file(words)
    ):
        check = replace(each, todo=with_command(each.todo))
        found.append(check)
        if not output.as_json:
            _show(check, quiet=output.quiet)
    well = all(check.ok for check in found)
    code = ExitCode.OK if well else ExitCode.FAILED
    if output.as_json:
        told = [check.as_json() for check in found]
        print_json({"command": "doctor", "ok": well, "checks": told, "exit_code": int(code)})
    elif not output.quiet:
        echo("no problems found" if well else "problems found (see above)")
    return code


def _show(check: Check, *, quiet: bool) -> None:
    """Print one check, as soon as it is done; with ``--quiet``, problems only."""
    from automation.text import clean_text

    if check.ok and quiet:
        return
    word, colour = ("ok", "green") if check.ok else ("problem", "red")
    badge = style(f"{word:<8}", colour, "bold")
    echo(f"{badge} {check.name:<18} {clean_text(check.found, 400)}", hang=_HANG)
    if check.todo:
        echo(f"{'':<{_HANG}}next: {clean_text(check.todo, 300)}", hang=_HANG)
