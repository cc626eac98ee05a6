"""Write the page of the commands from their ``--help``: ``make commands``."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from typing import Final
from unittest.mock import patch

import click

from automation.cli.main import PROGRAM, group
from automation.cli.options.help import show_help

PLACE: Final = Path(__file__).parents[1] / "docs" / "commands.md"
_HEAD: Final = """\
# Commands

What `dispute-guard --help` and the `--help` of each command say. `make commands` writes this page.
"""


def page() -> str:
    """The page, as it should be."""
    context = click.Context(group, info_name=PROGRAM, **group.context_settings)
    parts = [f"\n```text\n{_help_of(group, context)}```\n"]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            below = click.Context(command, info_name=name, parent=context)
            parts.append(f"\n## {name}\n\n```text\n{_help_of(command, below)}```\n")
    return _HEAD + "".join(parts)


def _help_of(command: click.Command, context: click.Context) -> str:
    """Its help as a pipe gets it, on any machine."""
    shown = io.StringIO()
    with patch.dict(os.environ, {"COLUMNS": "80"}), contextlib.redirect_stdout(shown):
        context.command = command
        show_help(context)
    return shown.getvalue()


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
