"""``--calendar FILE``: write reminders to a file that does not exist yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.options.values import FilePath
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import system_words

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.advice.reminders import Reminder
    from automation.cli.options.options import Decorator

calendar_option: Decorator = click.option(
    "--calendar", type=FilePath(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write a calendar file with the deadlines, two alarms each; never overwrites a file.",
)  # fmt: skip


def check_is_new(file: Path | None) -> None:
    """Refuse an existing file before anything else is done.

    Raises:
        ToolError: the file exists (exit 2).
    """
    if file is not None and file.exists():
        raise _exists(file)


def write_calendar(
    file: Path | None, entries: tuple[Reminder, ...], now: datetime, *, tell: bool
) -> None:
    """Write the reminders, readable by their owner only; none without a deadline.

    Args:
        tell: say what was written.

    Raises:
        ToolError: the file exists (exit 2), or cannot be written.
    """
    if file is None:
        return
    from automation.aliexpress.advice.reminders import calendar
    from automation.cli.screen.terminal import echo, whole
    from automation.private_files import write_private
    from automation.text import when_text
    from rules.wording import ZONE_IS_MISSING

    if not entries:
        echo("calendar: not written, no deadline ahead is known", err=True)
        return
    try:
        write_private(file, calendar(entries, now))
    except FileExistsError:
        raise _exists(file) from None
    except OSError as error:
        raise ToolError(
            f"cannot write the calendar {file}: {system_words(error)}",
            code=ErrorCode.STATE_DIR_UNWRITABLE,
            hint="give another path",
        ) from error
    if tell:
        echo(f"calendar: {whole(file)}", err=True)
        for entry in entries:
            zone = f" ({ZONE_IS_MISSING})" if entry.zone_is_missing else ""
            echo(f"  {when_text(entry.at)}{zone}: {entry.title}", err=True)


def _exists(file: Path) -> ToolError:
    return ToolError(
        f"the calendar {file} exists already",
        code=ErrorCode.USAGE,
        exit_code=ExitCode.USAGE,
        hint="give another name, or remove the file first",
    )
