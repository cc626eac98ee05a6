"""``demo``: cancel a dispute on a mimic site, with the real commands and a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from automation.cli.options import output_options
from automation.cli.values import FilePath
from automation.errors import ExitCode


@click.command("demo")
@click.option("--headed/--headless", default=False, help="Show the browser window.")
@click.option(
    "--browser",
    metavar="PATH",
    type=FilePath(path_type=Path),
    help="Path to Chromium, Chrome or Edge.",
)
@output_options
def command(headed: bool, browser: Path | None, **options: Any) -> int:
    """Watch a refusal, a dry run, a cancel and its receipt on a mimic site.

    Runs on this machine only; your own orders are not touched.
    """
    from automation.cli.demo_script import play
    from automation.cli.output import print_json
    from automation.cli.terminal import echo

    silent = options["as_json"] or options["quiet"]
    demo = play(headed=headed, browser=str(browser) if browser else None, silent=silent)
    code = ExitCode.FAILED if demo.failures else ExitCode.OK
    if options["as_json"]:
        print_json(
            {
                "command": "demo",
                "ok": not demo.failures,
                "scenes": demo.scenes,
                "failures": demo.failures,
                "exit_code": int(code),
            }
        )
    elif options["quiet"]:
        echo("; ".join(demo.failures) or "ok")
    return code
