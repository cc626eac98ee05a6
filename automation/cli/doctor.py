"""``doctor``: find problems with the setup, and say how to fix them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.cli.config import CallOnly, default_config
from automation.cli.options import output_options, state_option
from automation.cli.terminal import echo, style
from automation.cli.values import FilePath
from automation.errors import ExitCode

if TYPE_CHECKING:
    from automation.aliexpress.doctor import Check

_HANG = 28


@click.command("doctor")
@click.option(
    "--accept-lost-journal",
    cls=CallOnly,
    is_flag=True,
    help="Continue without a damaged journal. Check your disputes first.",
)
@click.option(
    "--browser",
    type=FilePath(path_type=Path),
    metavar="PATH",
    help="Path to Chromium, Chrome or Edge (default: Playwright's, then the system's).",
)
@click.option(
    "--words",
    type=FilePath(path_type=Path),
    metavar="FILE",
    help="TOML file with words of the site, added to the built-in ones.",
)
@state_option
@output_options
def command(accept_lost_journal: bool, **options: Any) -> int:
    """Check browser, guard, folders and journal; clean up after killed runs.

    Opens a blank page only and sends nothing. Exit 0: no problems, 1: problems found.

    \b
    dispute-guard doctor
    """
    from automation.aliexpress import doctor as checks
    from automation.cli.call import this_call
    from automation.cli.options import words_file
    from automation.cli.output import print_json
    from automation.engine.journal import Journal
    from automation.engine.session.options import SessionOptions
    from automation.engine.session.state import default_state_dir

    state_dir = options["state_dir"] or default_state_dir()
    if accept_lost_journal:
        # Accepts only damage that an earlier run reported: new damage is reported first.
        for path in Journal.acknowledge_damage(state_dir):
            echo(f"accepted; the damaged journal is kept as {path}", err=True)
    session = SessionOptions(state_dir=state_dir, browser=options["browser"])
    found = []
    for check in checks.run_checks(
        session, this_call().config or default_config(), words_file(options["words"])
    ):
        found.append(check)
        if not options["as_json"]:
            _show(check, quiet=options["quiet"])
    well = all(check.ok for check in found)
    code = ExitCode.OK if well else ExitCode.FAILED
    if options["as_json"]:
        told = [check.as_json() for check in found]
        print_json({"command": "doctor", "ok": well, "checks": told, "exit_code": int(code)})
    elif not options["quiet"]:
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
