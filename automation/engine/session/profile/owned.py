"""Recognise the tool's own browsers, even after the tool was killed.

Each browser starts with a random mark on its command line, and the mark is on disk
before the browser starts. Only a process with a recorded mark is ever ended: never
another browser, nor one whose run is still alive.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from msgspec import Struct

from automation.errors import ErrorCode, ToolError
from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = "browsers"
SWITCH = "--dispute-guard-run="
_MARK = re.compile(r"[0-9a-f]{32}")
_END_SECONDS = 5.0


class Leftover(Struct, frozen=True):
    """A browser process whose run is gone."""

    pid: int
    record: Path


class Record(Struct, frozen=True):
    """A run's record on disk.

    Args:
        path: the file.
        mark: the random mark, which is the file's name.
        content: the file's JSON object.
    """

    path: Path
    mark: str
    content: dict[str, object]


def owner() -> dict[str, object]:
    """This process, as a record identifies it."""
    return {"owner": os.getpid(), "owner_started": _started(os.getpid())}


def abandoned(folder: Path) -> tuple[Record, ...]:
    """Records in ``folder`` whose run has ended without removing them."""
    found = (_read(path) for path in sorted(folder.glob("*.json")))
    return tuple(record for record in found if record is not None and not _lives(record.content))


def mark_arguments(state_dir: Path) -> tuple[list[str], Path]:
    """Arguments for a browser that is about to start, and the record of its mark.

    The record is on disk when this returns; pass it to :func:`forget` once the browser
    is closed, or did not start.

    Raises:
        ToolError: ``state_dir_unwritable``.
    """
    mark = secrets.token_hex(16)
    record = state_dir / FOLDER / f"{mark}.json"
    with unwritable_as_tool_error(state_dir):
        make_private_folder(record.parent, ours=True)
        kept = {**owner(), "profile": str(Path(tempfile.gettempdir()) / _profile_name(mark))}
        write_private(record, json.dumps(kept).encode())
    return [SWITCH + mark], record


def temporary_profile(record: Path) -> Path:
    """A new, empty profile for the browser of this record, which is removed with it.

    Raises:
        ToolError: ``state_dir_unwritable`` if the record is gone or the folder cannot be created.
    """
    folder = _profile_of(_read(record))
    if folder is None:
        raise ToolError(f"the file {record} is gone", code=ErrorCode.STATE_DIR_UNWRITABLE)
    hint = "set TMPDIR to a folder that you can write to"
    with unwritable_as_tool_error(folder, name="temporary folder", hint=hint):
        folder.mkdir(mode=0o700)
    return folder


def forget(record: Path) -> None:
    """End processes that still carry the mark after the close; remove profile and record."""
    _end(_marked().get(record.stem, []))
    _remove(_read(record))


def _remove(record: Record | None) -> None:
    """Remove a record and the temporary profile of its browser, the record last.

    On Windows a browser that has just ended may still hold files. The record stays then, so
    that a later run removes the rest.
    """
    if record is None:
        return
    if folder := _profile_of(record):
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            return
    with contextlib.suppress(OSError):
        record.path.unlink()


def _profile_of(record: Record | None) -> Path | None:
    """The folder that only this record's browser can have; no other is ever removed."""
    kept = record.content.get("profile") if record else None
    folder = Path(kept) if isinstance(kept, str) else None
    return folder if record and folder and folder.name == _profile_name(record.mark) else None


def _profile_name(mark: str) -> str:
    return f"dispute-guard-{mark}"


def leftovers(state_dir: Path) -> tuple[Leftover, ...]:
    """Browsers of runs that are gone."""
    records = abandoned(state_dir / FOLDER)
    marked = _marked() if records else {}
    return tuple(
        Leftover(process.pid, record.path)
        for record in records
        for process in _browsers(marked.get(record.mark, []))
    )


def end_leftovers(state_dir: Path) -> tuple[Leftover, ...]:
    """End the browsers of runs that are gone, and remove their profiles and records.

    Returns:
        Those that did not end within five seconds or belong to another user.
    """
    records = abandoned(state_dir / FOLDER)
    marked = _marked() if records else {}
    alive: list[Leftover] = []
    for record in records:
        left = _end(marked.get(record.mark, []))
        alive += [Leftover(process.pid, record.path) for process in left]
        if not left:
            _remove(record)
    return tuple(alive)


def can_be_found() -> bool:
    """Whether this system shows the command lines of processes."""
    try:
        return bool(psutil.Process().cmdline())
    except psutil.Error:
        return False


def _read(path: Path) -> Record | None:
    """Read a record; one cut short by a kill counts as having no living owner."""
    if not _MARK.fullmatch(path.stem):
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        data = None
    return Record(path, path.stem, data if isinstance(data, dict) else {})


def _lives(content: dict[str, object]) -> bool:
    pid, started = content.get("owner"), content.get("owner_started")
    return isinstance(pid, int) and bool(started) and _started(pid) == started


def _started(pid: int) -> str:
    """When a process started; empty if it does not run.

    Process ids are reused, so the start time identifies a process. On Linux psutil adds
    the boot time, which moves with the clock, so that is subtracted.
    """
    try:
        process = psutil.Process(pid)
        if process.status() in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}:
            return ""
        since = psutil.boot_time() if sys.platform == "linux" else 0.0
        return f"{process.create_time() - since:.2f}"
    except (psutil.Error, ValueError, OverflowError):
        return ""


def _marked() -> dict[str, list[psutil.Process]]:
    """Processes by the mark on their command line."""
    found: dict[str, list[psutil.Process]] = {}
    for pid in psutil.pids():
        with contextlib.suppress(psutil.Error):
            if _may_have_mark(pid) and (
                mark := mark_in((process := psutil.Process(pid)).cmdline())
            ):
                found.setdefault(mark, []).append(process)
    return found


def _may_have_mark(pid: int) -> bool:
    """False for a process without it; on Linux its command line is a file, which takes less time."""
    if sys.platform != "linux":
        return True
    try:
        return SWITCH.encode() in Path(f"{psutil.PROCFS_PATH}/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def mark_in(words: Iterable[str]) -> str:
    """The mark on a command line, which Chromium may rewrite into one string with spaces."""
    for text in (part for word in words for part in word.split(" ")):
        if text.startswith(SWITCH) and _MARK.fullmatch(text.removeprefix(SWITCH)):
            return text.removeprefix(SWITCH)
    return ""


def _browsers(processes: list[psutil.Process]) -> Iterator[psutil.Process]:
    """The processes without their children, which before exec show the parent's command line."""
    pids = {process.pid for process in processes}
    for process in processes:
        with contextlib.suppress(psutil.Error):
            if process.ppid() not in pids:
                yield process


def _end(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Kill these processes and return those that remain; psutil never kills a reused id."""
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    remaining = psutil.wait_procs(processes, timeout=_END_SECONDS)[1]
    return [process for process in remaining if not _is_dead(process)]


def _is_dead(process: psutil.Process) -> bool:
    """Whether it has ended, even if its parent has not collected its exit code yet."""
    try:
        return process.status() in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.Error:
        return True
