"""One process at a time per target, by a lock that the kernel releases.

The lock belongs to an open file, so a killed process no longer holds it; the text in
the file only shows who held it last. Lock files are never removed: two processes could
then hold the "same" lock on two files.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from filelock import lock_descriptor

from automation.engine.journal.records import as_moment, as_text
from automation.errors import ErrorCode, Hint, ToolError
from automation.private_files import (
    make_private_folder,
    open_private,
    unwritable_as_tool_error,
)
from automation.text import when_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.engine.target import Target

_RETRY_SECONDS = 0.02
# Windows forbids reading the locked byte, which is the first one: the text follows it.
_TEXT_AT = 1


@contextmanager
def target_lock(
    state_dir: Path, target: Target, *, attempt: int | None = None, now: datetime | None = None
) -> Iterator[None]:
    """Hold the lock of a target while the body runs.

    Args:
        state_dir: the state folder; the lock is in its ``locks`` folder.
        target: what to lock; only a hash of its ids becomes a file name.
        attempt: the attempt's number, shown to a process that finds the lock held.
        now: the time to show there; the current time by default.

    Raises:
        ToolError: ``already_running`` if another process, or this one, holds it;
            ``state_dir_unwritable`` if the lock file cannot be created.
    """
    key = "\n".join(target.ids.values())
    name = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    with unwritable_as_tool_error(state_dir):
        descriptor = _open(state_dir, name)
    try:
        with unwritable_as_tool_error(state_dir):
            if not lock_descriptor(descriptor, blocking=False):
                raise _already_running(descriptor, target)
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
        while not lock_descriptor(descriptor, blocking=False):
            if monotonic() > deadline:
                raise ToolError(
                    f"another process has been opening the journal in {state_dir} for over {seconds:g} s",
                    code=ErrorCode.JOURNAL_BUSY,
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


def _write_holder(descriptor: int, attempt: int | None, now: datetime) -> None:
    holder = {"pid": os.getpid(), "attempt": attempt, "since": as_text(now)}
    os.ftruncate(descriptor, 0)
    os.write(descriptor, b"\n" * _TEXT_AT + json.dumps(holder).encode())


def _already_running(descriptor: int, target: Target) -> ToolError:
    holder: object = None
    with suppress(OSError, ValueError):  # read between two writes, or unreadable
        os.lseek(descriptor, _TEXT_AT, os.SEEK_SET)
        holder = json.loads(os.read(descriptor, 1000))
    return ToolError(
        f"another run is working on {target}{_described(holder)}",
        code=ErrorCode.ALREADY_RUNNING,
        hint=Hint.WAIT_FOR_RUN,
    )


def _described(holder: object) -> str:
    if not isinstance(holder, dict):
        return ""
    attempt = holder.get("attempt")
    number = "" if attempt is None else f", attempt {attempt}"
    return f" (process {holder.get('pid')}{number}{_since(holder.get('since'))})"


def _since(text: object) -> str:
    with suppress(ValueError):
        return f", since {when_text(as_moment(str(text)))}"
    return ""
