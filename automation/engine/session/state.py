"""The state folder: where it is, and its private mode."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, cast

from platformdirs import user_state_path

from automation.errors import ErrorCode, ToolError
from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import StorageState

_SESSION_FILE = "session.json"


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


def saved_session(state_dir: Path) -> StorageState | None:
    """The cookies that ``login`` saved, or ``None``."""
    file = state_dir / _SESSION_FILE
    try:
        data = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ToolError(
            f"cannot read the saved session {file}: {error}",
            code=ErrorCode.BAD_SESSION,
            hint="sign in again with 'dispute-guard login'",
        ) from error
    return cast("StorageState", data) if isinstance(data, dict) else None


def save_session(state_dir: Path, data: dict[str, Any]) -> Path:
    """Save cookies for later runs, readable only by the owner from the first byte."""
    folder = private_folder(state_dir)
    fresh = folder / f"{_SESSION_FILE}.new"
    with unwritable_as_tool_error(folder):
        fresh.unlink(missing_ok=True)
        write_private(fresh, json.dumps(data).encode())
        return fresh.replace(folder / _SESSION_FILE)
