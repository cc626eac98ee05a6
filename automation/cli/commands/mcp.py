"""``mcp``: the tools for an agent, over the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec

import click

from automation.cli.options.options import BrowserOptions, browser_options
from automation.cli.screen.terminal import echo, is_terminal
from automation.errors import ErrorCode, ExitCode, ToolError


@click.command("mcp")
@browser_options
def command(browser: BrowserOptions) -> int:
    """Serve an agent on standard input and output (Model Context Protocol).

    The agent can ask for advice, list disputes, make plans and verify. It can cancel only a plan
    that it made, and only after you type four digits of the order number in its client.
    The options hold for every call of the agent.

    \b
    dispute-guard mcp
    dispute-guard mcp --attach chrome
    """
    if find_spec("mcp_types") is None:  # its second version brings it
        raise ToolError(
            "the package 'mcp' is not installed, or too old",
            code=ErrorCode.EXTRA_MISSING,
            hint="in dispute-guard's source folder, run: uv tool install '.[mcp]'",
        )
    from automation.cli.mcp.server import serve

    if is_terminal():
        echo("Serving an agent's client on standard input; press Ctrl-C to stop.", err=True)
    serve(browser)
    return ExitCode.OK
