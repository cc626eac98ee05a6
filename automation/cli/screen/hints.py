"""The commands that do what a hint of the engine says; the engine knows no command."""

from __future__ import annotations

from typing import Final

from automation.errors import Hint

_NAME: Final = "dispute-guard"
_COMMANDS: Final[dict[str, str]] = {
    Hint.CHECK_BROWSER: f"run '{_NAME} doctor' to check the browser",
    Hint.OTHER_BROWSER: f"run '{_NAME} install-browser', or use another browser version",
    Hint.CHECK_JOURNAL: f"run '{_NAME} doctor'",
    Hint.MOVE_JOURNAL: (
        f"run '{_NAME} doctor': it moves a damaged journal aside, never overwrites it"
    ),
    Hint.ACCEPT_LOSS: (
        "check your disputes on the site, then accept the loss of the journal's record of earlier"
        f" requests with '{_NAME} doctor --accept-lost-journal'"
    ),
    Hint.FREE_SPACE: f"free some space, then run '{_NAME} history'",
    Hint.WAIT_FOR_RUN: f"wait until it has ended, then run '{_NAME} history'",
    Hint.LIST_ATTEMPTS: f"list all attempts with '{_NAME} history'",
    Hint.GET_BROWSER: (
        f"run '{_NAME} install-browser', or install Chromium, Chrome or Edge, "
        "or give one with --browser PATH"
    ),
    Hint.MAKE_PROFILE: (f"check the path, or make a profile with '{_NAME} login --profile DIR'"),
    Hint.SIGN_IN: f"sign in again with '{_NAME} login'",
    Hint.CLOSE_WINDOW: f"close the window, then run '{_NAME} login' again",
    Hint.NEW_PLAN: f"make a new plan with '{_NAME} cancel ORDER --because REASON --dry-run'",
}


def with_command(hint: str) -> str:
    """A hint with the command that does it, if it is one of the engine's."""
    return _COMMANDS.get(hint, hint)
