"""What is wrong with a file of orders, line by line."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text
from rules.wording import counted

SHOWN: Final = 60
"""Letters of a name or value of the file that are shown."""


class Problem(Struct, frozen=True):
    """What is wrong with a line, and how to mend it."""

    line: int
    what: str
    hint: str = ""


class BadRowsError(ToolError):
    """The file cannot be used (exit 2); nothing was started.

    Args:
        problems: what is wrong, line by line; none if it cannot be read at all.
    """

    def __init__(self, message: str, hint: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, code=ErrorCode.BAD_BATCH, exit_code=ExitCode.USAGE, hint=hint)
        self.problems = problems


class BadLineError(Exception):
    """What is wrong with one line.

    Args:
        rest: what else the line says, so that all its mistakes are named; ``None`` if its cells
            cannot be told apart.
    """

    def __init__(self, *problems: Problem, rest: dict[str, object] | None = None) -> None:
        self.problems = problems
        self.rest = rest


def bad_rows(name: str, problems: list[Problem]) -> BadRowsError:
    """The error for a file with these bad lines."""
    lines = len({each.line for each in problems})
    told = "; ".join(f"line {each.line}: {each.what}" for each in problems)
    hints = list(dict.fromkeys(each.hint for each in problems if each.hint))
    return BadRowsError(
        f"{name} has {counted(lines, 'bad line')}: {told}",
        hints[0] if len(hints) == 1 else "correct these lines; nothing was started",
        tuple(problems),
    )


def quoted(text: str) -> str:
    """A name or value of the file, as an error shows it."""
    return f"'{clean_text(text, SHOWN)}'"
