"""Quote a command line for the shell of the person who is to paste it.

A command can hold words of a seller, so no word may mean anything to the shell.
"""

from __future__ import annotations

import re
import shlex
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN: Final = re.compile(r"[A-Za-z0-9_./:\\=+-]+", re.ASCII)
# PowerShell takes each of these for an apostrophe.
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u201a\u201b]")


class Shell(StrEnum):
    """Shells by how they read quotes."""

    POSIX = "posix"
    POWERSHELL = "powershell"
    CMD = "cmd"


_BY_PROGRAM: Final = {
    "powershell": Shell.POWERSHELL, "pwsh": Shell.POWERSHELL, "cmd": Shell.CMD,
    "bash": Shell.POSIX, "zsh": Shell.POSIX, "fish": Shell.POSIX, "nu": Shell.POSIX,
}  # fmt: skip


def command_line(words: Iterable[str], shell: Shell | None = None) -> str:
    """The words as one line that can be pasted.

    Args:
        shell: the one that this process was started from, if not given.
    """
    shell = shell or this_shell()
    if shell is Shell.POSIX:
        return shlex.join(words)
    quote = _for_powershell if shell is Shell.POWERSHELL else _for_cmd
    return " ".join(word if _PLAIN.fullmatch(word) else quote(word) for word in words)


def this_shell(platform: str = sys.platform) -> Shell:
    """The shell that started this process; outside Windows all read quotes alike."""
    return shell_among(_parents()) if platform == "win32" else Shell.POSIX


def shell_among(programs: Iterable[str]) -> Shell:
    """The shell nearest to the process, by the names of the programs that started it."""
    names = (name.casefold().removesuffix(".exe") for name in programs)
    return next((_BY_PROGRAM[name] for name in names if name in _BY_PROGRAM), Shell.POWERSHELL)


def _parents() -> list[str]:
    import psutil

    try:
        return [parent.name() for parent in psutil.Process().parents()]
    except psutil.Error:
        return []


def _for_powershell(word: str) -> str:
    return "'" + _APOSTROPHES.sub(lambda found: found[0] * 2, word) + "'"


def _for_cmd(word: str) -> str:
    """In double quotes, which cmd cannot escape: those of the word become apostrophes."""
    return '"' + word.replace('"', "'") + '"'
