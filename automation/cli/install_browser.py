"""``install-browser``: see that there is a browser, for installs by ``uv tool`` or ``pipx``."""

from __future__ import annotations

import click

from automation.errors import ExitCode, ToolError


@click.command("install-browser")
@click.option("--yes", "-y", is_flag=True, help="Install without asking.")
def command(*, yes: bool) -> int:
    """Find a browser, or install one.

    Looks for Chromium, Chrome or Edge first. Otherwise downloads Playwright's Chromium
    or, as root on a Debian system, installs the chromium package. Asks at a terminal.

    \b
    dispute-guard install-browser
    """
    from automation.session.install import ensure_browser

    if ensure_browser(yes=yes, say=click.echo):
        return ExitCode.OK
    raise ToolError(
        "no browser was installed",
        code="no_browser",
        hint="install Chromium, Chrome or Edge, or name one with --browser PATH",
    )
