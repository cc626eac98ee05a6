"""``install-browser``: find or install a browser, after ``uv tool`` or ``pipx``."""

from __future__ import annotations

import click

from automation.cli.options.options import OutputOptions, output_options, schema_option
from automation.cli.screen.output import print_json
from automation.cli.screen.terminal import echo
from automation.errors import ErrorCode, ExitCode, ToolError


@click.command("install-browser")
@click.option("--yes", "-y", is_flag=True, help="Install without asking.")
@output_options
@schema_option
def command(yes: bool, output: OutputOptions) -> int:
    """Find a browser, or install one.

    Looks for Chromium, Chrome or Edge first. If there is none, asks, then downloads
    Playwright's Chromium or, as root on Debian, installs the chromium package.

    \b
    dispute-guard install-browser
    """
    from automation.engine.session.launch.install import ensure_browser

    def say(line: str) -> None:
        lines.append(line)
        if not output.as_json:
            echo(line, err=output.quiet)

    lines: list[str] = []
    if ensure_browser(yes=yes, say=say):
        if output.as_json:
            from automation.aliexpress.reports import InstallReport

            print_json(InstallReport(said=tuple(lines)).as_json())
        return ExitCode.OK
    raise ToolError(
        "no browser was installed",
        code=ErrorCode.NO_BROWSER,
        hint="install Chromium, Chrome or Edge, or name one with --browser PATH",
    )
