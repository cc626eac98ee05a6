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
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER = "browsers"
SWITCH = "--dispute-guard-run="
_MARK = re.compile(r"[0-9a-f]{32}")
_END_SECONDS = 5.0


@dataclass(frozen=True)
class Leftover:
    """A browser process whose run is gone."""

    pid: int
    record: Path


@dataclass(frozen=True)
class Record:
    """A run's record on disk.

    Args:
        path: the file.
        mark: the random mark, which is the file's name.
        content: the file's JSON object.
    """

    path: Path
    mark: str
    content: dict[str, Any]


def owner() -> dict[str, Any]:
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
        write_private(record, json.dumps(owner()).encode())
    return [SWITCH + mark], record


def forget(record: Path) -> None:
    """End processes that still carry the mark after the close, and remove the record."""
    _end(_marked().get(record.stem, []))
    with contextlib.suppress(OSError):
        record.unlink()


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
    """End the browsers of runs that are gone, and remove their records.

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
            with contextlib.suppress(OSError):
                record.path.unlink()
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


def _lives(content: dict[str, Any]) -> bool:
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
    for process in psutil.process_iter(["cmdline"]):
        if mark := mark_in(process.info["cmdline"] or ()):
            found.setdefault(mark, []).append(process)
    return found


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
