"""Folders and files that only their owner can read, from the first byte on.

A file that gets its mode after it was created is readable for a moment, so the mode is
part of the call that creates it. Windows has no such modes: there the folder of the
user's profile protects the files.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAME_FOLDER = (
    "make it writable or free some space; another folder (--state-dir DIR) does not know "
    "what was sent from this one"
)
_NO_FOLDER = "name a folder in its place (--state-dir DIR)"
FOLDER_MODE = 0o700
FILE_MODE = 0o600
_OTHERS = 0o077
_BINARY = getattr(os, "O_BINARY", 0)  # else Windows changes line ends


def make_private_folder(path: Path, *, ours: bool) -> None:
    """Create ``path`` and its missing parents with mode 0700.

    Args:
        path: the folder.
        ours: the folder belongs to this tool, so an existing one gets mode 0700 too.
            Folders that the buyer chose and that hold other files keep their mode.

    Raises:
        OSError: it cannot be created, or is not a folder.
    """
    if not path.parent.exists():
        make_private_folder(path.parent, ours=False)
    try:
        path.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        if not path.is_dir():
            raise NotADirectoryError(20, "Not a folder", str(path)) from None
        if ours:
            narrow(path)
    else:
        sync_folder(path.parent)


def narrow(path: Path) -> None:
    """Take away the rights of other users; never add any.

    Raises:
        OSError: the file belongs to another user.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & _OTHERS:
        path.chmod(mode & ~_OTHERS)


def open_private(path: Path, flags: int) -> int:
    """Open ``path`` and return its descriptor; a new file gets mode 0600.

    Raises:
        OSError: it cannot be opened.
    """
    return os.open(path, flags | _BINARY, FILE_MODE)


def write_private(path: Path, data: bytes) -> None:
    """Write a new file; it is on disk when this returns.

    Raises:
        FileExistsError: ``path`` exists; nothing is ever overwritten.
        OSError: it cannot be written.
    """
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Write a folder's entries to disk; Windows does so by itself.

    Raises:
        OSError: the disk failed.
    """
    if os.name != "posix":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def unwritable_as_tool_error(
    folder: Path, *, name: str = "state folder", hint: str = ""
) -> Iterator[None]:
    """Turn an ``OSError`` in the body into a ``ToolError``.

    Args:
        name: what to call the folder in the message.
        hint: what the buyer can do, if not what the error suggests.

    Raises:
        ToolError: ``state_dir_unwritable`` with the system's message.
    """
    try:
        yield
    except OSError as error:
        usual = _NO_FOLDER if isinstance(error, NotADirectoryError) else SAME_FOLDER
        raise ToolError(
            f"cannot use the {name} {folder}: {error.strerror or error}",
            code=ErrorCode.STATE_DIR_UNWRITABLE,
            hint=hint or usual,
            evidence=str(error.filename or folder),
        ) from error
