"""The commands that do what a hint of the engine says; the engine knows no command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.cli.screen.shell import command_line
from automation.errors import Hint
from automation.text import pasted

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = "dispute-guard"
# Stands behind a command about the records of one state folder.
_STATE: Final = "{state}"
_ABOUT_RECORDS: Final = re.compile(rf"'([^']+){_STATE}'")
_COMMANDS: Final[dict[str, str]] = {
    Hint.CHECK_BROWSER: f"run '{_NAME} doctor' to check the browser",
    Hint.OTHER_BROWSER: f"run '{_NAME} install-browser', or use another browser version",
    Hint.CHECK_JOURNAL: f"run '{_NAME} doctor{_STATE}'",
    Hint.MOVE_JOURNAL: (
        f"run '{_NAME} doctor{_STATE}': it moves a damaged journal aside, never overwrites it"
    ),
    Hint.ACCEPT_LOSS: (
        "check your disputes on the site, then accept the loss of the journal's record of earlier"
        f" requests with '{_NAME} doctor --accept-lost-journal{_STATE}'"
    ),
    Hint.FREE_SPACE: f"free some space, then run '{_NAME} history{_STATE}'",
    Hint.WAIT_FOR_RUN: f"let it end (it may be waiting for your answer), then run '{_NAME} history{_STATE}'",
    Hint.LIST_ATTEMPTS: f"list all attempts with '{_NAME} history{_STATE}'",
    Hint.GET_BROWSER: (
        f"run '{_NAME} install-browser', or install Chromium, Chrome or Edge, "
        "or give one with --browser PATH"
    ),
    Hint.MAKE_PROFILE: (f"check the path, or make a profile with '{_NAME} login --profile DIR'"),
    Hint.SIGN_IN: f"sign in again with '{_NAME} login'",
    Hint.CLOSE_WINDOW: f"close the window, then run '{_NAME} login' again",
    Hint.NEW_PLAN: f"make a new plan with '{_NAME} cancel ORDER --because REASON --dry-run{_STATE}'",
}


def verify_in(state_dir: Path | None, order: str) -> str:
    """The call of ``verify`` for an order.

    Args:
        state_dir: the folder whose records it is about, if it is not the usual one.
    """
    where = ("--state-dir", str(state_dir)) if state_dir else ()
    return command_line((_NAME, "verify", order, *where))


def with_command(hint: str, state_dir: Path | None = None) -> str:
    """A hint with the command that does it, if it is one of the engine's.

    Args:
        state_dir: the folder whose records it is about, if it is not the usual one.
    """
    where = f" {command_line(('--state-dir', str(state_dir)))}" if state_dir else ""
    told = _COMMANDS.get(hint, hint)
    return _ABOUT_RECORDS.sub(lambda found: pasted(f"{found[1]}{where}"), told)
