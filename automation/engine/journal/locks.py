"""One process at a time per dispute, by a lock that the kernel releases.

The lock belongs to an open file, so a killed process no longer holds it; the text in
the file only shows who held it last. Lock files are never removed: two processes could
then hold the "same" lock on two files.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from automation.engine.journal.model import as_moment, as_text
from automation.errors import ToolError
from automation.private_files import (
    make_private_folder,
    open_private,
    unwritable_as_tool_error,
)
from automation.text import when_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RETRY_SECONDS = 0.02
_HELD_BY_ANOTHER = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes and forbids reading them: lock one far after the text.
    _LOCKED_BYTE = 1 << 30

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def dispute_lock(
    state_dir: Path, key: str, *, attempt: int | None = None, now: datetime | None = None
) -> Iterator[None]:
    """Hold ``key`` (a dispute's or an order's id) while the body runs.

    Args:
        state_dir: the state folder; the lock is in its ``locks`` folder.
        key: what to lock; only its hash becomes a file name.
        attempt: the attempt's number, shown to a process that finds the lock held.
        now: the time to show there; the current time by default.

    Raises:
        ToolError: ``already_running`` if another process, or this one, holds it;
            ``state_dir_unwritable`` if the lock file cannot be created.
    """
    name = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    with unwritable_as_tool_error(state_dir):
        descriptor = _open(state_dir, name)
    try:
        with unwritable_as_tool_error(state_dir):
            if not _tried(descriptor):
                raise _already_running(descriptor)
            _write_holder(descriptor, attempt, now or datetime.now(UTC))
        yield
    finally:
        os.close(descriptor)  # releases the lock


@contextmanager
def opening_lock(state_dir: Path, seconds: float = 10.0) -> Iterator[None]:
    """Wait for the right to create, migrate or move the journal, and hold it.

    Raises:
        ToolError: ``journal_busy`` after ``seconds`` of waiting.
        OSError: the lock file cannot be created.
    """
    descriptor = _open(state_dir, "journal")
    try:
        deadline = monotonic() + seconds
        pause = threading.Event()
        while not _tried(descriptor):
            if monotonic() > deadline:
                raise ToolError(
                    f"another process has been opening the journal in {state_dir} for over {seconds:g} s",
                    code="journal_busy",
                    hint="wait for that process or end it, then try again",
                )
            pause.wait(_RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _open(state_dir: Path, name: str) -> int:
    folder = state_dir / "locks"
    make_private_folder(folder, ours=True)
    return open_private(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT)


def _tried(descriptor: int) -> bool:
    """Try to take the lock; return whether that worked."""
    try:
        _take(descriptor)
    except OSError as error:
        if error.errno in _HELD_BY_ANOTHER:
            return False
        raise
    return True


def _write_holder(descriptor: int, attempt: int | None, now: datetime) -> None:
    holder = {"pid": os.getpid(), "attempt": attempt, "since": as_text(now)}
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(holder).encode())


def _already_running(descriptor: int) -> ToolError:
    holder: object = None
    with suppress(OSError, ValueError):  # read between two writes, or unreadable
        holder = json.loads(os.read(descriptor, 1000))
    return ToolError(
        f"another run is working on this dispute{_described(holder)}",
        code="already_running",
        hint="wait until it has ended, then run 'dispute-guard history'",
    )


def _described(holder: object) -> str:
    if not isinstance(holder, dict):
        return ""
    attempt = holder.get("attempt")
    number = "" if attempt is None else f", attempt {attempt}"
    return f" (process {holder.get('pid')}{number}{_since(holder.get('since'))})"


def _since(text: object) -> str:
    with suppress(ValueError, OverflowError):
        return f", since {when_text(as_moment(str(text)))}"
    return ""
