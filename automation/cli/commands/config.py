"""``config init``: write a config file in which every line is still a comment."""

from __future__ import annotations

from pathlib import Path

import click

from automation.cli.options.values import FilePath, Word
from automation.cli.screen.terminal import echo
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import system_words


@click.command("config")
@click.argument("action", type=Word(("init",)), metavar="init")
@click.argument(
    "file", required=False, type=FilePath(path_type=Path, dir_okay=False), metavar="[FILE]"
)
def command(action: str, file: Path | None) -> int:
    """Write a config file with every option as a comment; never overwrites one.

    FILE is config.toml in the config folder, unless you give another.

    \b
    dispute-guard config init
    dispute-guard config init my.toml
    """
    del action  # there is only one so far
    from automation.cli.main import group
    from automation.cli.options.config import default_config
    from automation.cli.options.template import template
    from automation.private_files import make_private_folder, write_private

    path = file or default_config()
    try:
        make_private_folder(path.parent, ours=False)
        write_private(path, template(group).encode())
    except FileExistsError:
        raise ToolError(
            f"the config file {path} exists already",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="edit it, or give the name of a new file",
        ) from None
    except OSError as error:
        raise ToolError(
            f"cannot write the config file {path}: {system_words(error)}",
            code=ErrorCode.STATE_DIR_UNWRITABLE,
            hint="give the name of a file in another folder",
        ) from error
    echo(f"{path}", wrap=False)
    return ExitCode.OK
