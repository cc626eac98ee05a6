"""What a shell completes: rule ids, scenarios and the buyer's own orders. Opens no browser.

Click completes commands, options and choices by itself, in bash, zsh and fish; PowerShell is
added here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar, Final

from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

if TYPE_CHECKING:
    import click

VARIABLE: Final = "_DISPUTE_GUARD_COMPLETE"
# Only what stands before the cursor is completed. A path is left to PowerShell, which completes files
# where nothing is returned; an empty variable does not exist there.
_POWERSHELL: Final = """\
Register-ArgumentCompleter -Native -CommandName @("%(prog_name)s", "%(prog_name)s.exe") -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $before = [Math]::Min($line.Length, $cursorPosition - $commandAst.Extent.StartOffset)
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = $line.Substring(0, $before)
    $env:COMP_CWORD = $wordToComplete
    try {
        %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if ($kind -eq "plain") {
                if (-not $help) { $help = $value }
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        Remove-Item -ErrorAction SilentlyContinue -Path @(
            "Env:\\%(complete_var)s", "Env:\\COMP_WORDS", "Env:\\COMP_CWORD")
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Completion for PowerShell 5.1 and 7, which Click does not have."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, and the one under it."""
        words = split_arg_string(os.environ["COMP_WORDS"])[1:]
        incomplete = os.environ.get("COMP_CWORD", "")
        if incomplete and words and words[-1] == incomplete:
            words.pop()
        return words, incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """One line: kind, value and help, separated by tabs."""
        return f"{item.type}\t{item.value}\t{item.help or ''}"


add_completion_class(PowerShellComplete)


def script(command: click.Command, program: str, shell: str) -> str:
    """The lines that a shell runs at its start."""
    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(shell)
    return kind(command, {}, program, VARIABLE).source()
