"""The tool's own browsers, recognisable also after the tool was killed.

Each browser is started with a random mark on its command line, and the mark is on
disk before the browser is. Only a process that carries a recorded mark is ever
ended: never another browser, nor one whose run still lives.
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
    """What a run left on disk about itself.

    Args:
        path: the file.
        mark: the random mark that is the file's name.
        content: what else the file says.
    """

    path: Path
    mark: str
    content: dict[str, Any]


def owner() -> dict[str, Any]:
    """This process, as a record names it."""
    return {"owner": os.getpid(), "owner_started": _started(os.getpid())}


def abandoned(folder: Path) -> tuple[Record, ...]:
    """Records in ``folder`` whose run has ended without removing them."""
    found = (_read(path) for path in sorted(folder.glob("*.json")))
    return tuple(record for record in found if record is not None and not _lives(record.content))


def mark_arguments(state_dir: Path) -> tuple[list[str], Path]:
    """Arguments for a browser that is about to start, and the record of its mark.

    The record lies in ``state_dir`` when this returns; hand it to :func:`forget` once
    the browser has been closed, or did not start.

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
    """End what still carries the mark after its browser was closed, and remove the record."""
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
        Those that would not end within five seconds or belong to another user; empty
        if all is well.
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
    """Whether this system tells the command lines of processes."""
    try:
        return bool(psutil.Process().cmdline())
    except psutil.Error:
        return False


def _read(path: Path) -> Record | None:
    """A record; one that was cut short by a kill has no living owner either."""
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
    """When a process started; empty if there is none.

    A process id alone is given to another process sooner or later. On Linux psutil adds
    the time of the boot, which moves with the clock.
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
    """The mark on a command line; Chromium may rewrite its own into one string with spaces."""
    for text in (part for word in words for part in word.split(" ")):
        if text.startswith(SWITCH) and _MARK.fullmatch(text.removeprefix(SWITCH)):
            return text.removeprefix(SWITCH)
    return ""


def _browsers(processes: list[psutil.Process]) -> Iterator[psutil.Process]:
    """Without children: between fork and exec a child still shows its parent's command line."""
    pids = {process.pid for process in processes}
    for process in processes:
        with contextlib.suppress(psutil.Error):
            if process.ppid() not in pids:
                yield process


def _end(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Kill these processes; those that remain are returned. psutil never kills a later owner of an id."""
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    remaining = psutil.wait_procs(processes, timeout=_END_SECONDS)[1]
    return [process for process in remaining if not _is_dead(process)]


def _is_dead(process: psutil.Process) -> bool:
    """Ended, though its parent has not asked for its exit code yet."""
    try:
        return process.status() in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.Error:
        return True
