"""``completion``: the lines that make a shell complete this tool's words."""

from __future__ import annotations

import click

from automation.cli.options.values import Word
from automation.cli.screen.terminal import echo
from automation.errors import ExitCode

_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command("completion")
@click.argument("shell", type=Word(_SHELLS), metavar="SHELL")
def command(shell: str) -> int:
    """Print what makes SHELL complete commands, options, rules and your own orders.

    SHELL is bash, zsh, fish or powershell. Run the lines at the start of each shell:

    \b
    bash        eval "$(dispute-guard completion bash)"          in ~/.bashrc
    zsh         eval "$(dispute-guard completion zsh)"           in ~/.zshrc
    fish        dispute-guard completion fish | source           in config.fish
    PowerShell  dispute-guard completion powershell | Out-String | Invoke-Expression   in $PROFILE
    """
    from automation.cli.main import PROGRAM, group
    from automation.cli.options.completion import script

    echo(script(group, PROGRAM, shell).rstrip("\n"), wrap=False)
    return ExitCode.OK
