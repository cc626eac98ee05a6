"""The state folder: where it is, and its private mode."""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypedDict, cast

from platformdirs import user_state_path

from automation.errors import ErrorCode, Hint, ToolError
from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SESSION_FILE: Final = "session.json"


class SavedSession(TypedDict, total=False):
    """What the file holds: Playwright's storage state, and what that leaves out."""

    cookies: Sequence[Mapping[str, object]]
    origins: Sequence[Mapping[str, object]]
    session_storage: dict[str, dict[str, str]]
    signed_in: str


def default_state_dir() -> Path:
    """The platform's folder for journal, receipts and the signed-in session."""
    return user_state_path("dispute-guard", appauthor=False)


def private_folder(path: Path) -> Path:
    """Create a folder that only its owner can enter.

    Raises:
        ToolError: it cannot be created or written to (exit 1).
    """
    with unwritable_as_tool_error(path):
        make_private_folder(path, ours=not path.exists())
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied", str(path))
    return path


def saved_session(state_dir: Path) -> SavedSession | None:
    """The session that ``login`` saved, or ``None``."""
    file = state_dir / SESSION_FILE
    try:
        data = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ToolError(
            f"cannot read the saved session {file}: {error}",
            code=ErrorCode.BAD_SESSION,
            hint=Hint.SIGN_IN,
        ) from error
    # Who reads a part of it checks that part.
    return cast("SavedSession", data) if isinstance(data, dict) else None


def signed_in_since(kept: SavedSession) -> datetime | None:
    """When the buyer signed in; older files do not say."""
    try:
        return datetime.fromisoformat(kept["signed_in"])
    except (KeyError, TypeError, ValueError):
        return None


def save_session(state_dir: Path, data: SavedSession) -> Path:
    """Save a session for later runs, readable only by the owner from the first byte."""
    folder = private_folder(state_dir)
    fresh = folder / f"{SESSION_FILE}.new"
    with unwritable_as_tool_error(folder):
        fresh.unlink(missing_ok=True)
        write_private(fresh, json.dumps(data).encode())
        return fresh.replace(folder / SESSION_FILE)
