"""The tool's own browsers, recognisable also after the tool was killed.

Each browser is started with a random mark on its command line, and the mark is on
disk before the browser is. Only a process that carries a recorded mark is ever
ended: never another browser, nor one whose run still lives. This reads ``/proc``,
so it works on Linux; elsewhere nothing is found and nothing is ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import select
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "browsers"
SWITCH = "--dispute-guard-run="
_MARK = re.compile(r"[0-9a-f]{32}")
_PROC = Path("/proc")
_AFTER_NAME = 20  # proc(5): start time is field 22, the 20th behind the name in brackets
_END_SECONDS = 5.0


@dataclass(frozen=True)
class Leftover:
    """A browser process whose run is gone."""

    pid: int
    record: Path


@dataclass(frozen=True)
class _Record:
    path: Path
    mark: str
    owner: int
    owner_started: str


def mark_arguments(state_dir: Path) -> tuple[list[str], Path]:
    """Arguments for a browser that is about to start, and the record of its mark.

    The record lies in ``state_dir`` when this returns; hand it to :func:`forget` once
    the browser has been closed.

    Raises:
        ToolError: ``state_dir_unwritable``.
    """
    mark = secrets.token_hex(16)
    owner = {"owner": os.getpid(), "owner_started": _started(os.getpid())}
    record = state_dir / FOLDER / f"{mark}.json"
    with unwritable_as_tool_error(state_dir):
        make_private_folder(record.parent, ours=True)
        write_private(record, json.dumps(owner).encode())
    return [SWITCH + mark], record


@contextlib.contextmanager
def marked(state_dir: Path) -> Iterator[list[str]]:
    """Arguments for a browser that starts and is closed in the body.

    Raises:
        ToolError: ``state_dir_unwritable``.
    """
    arguments, record = mark_arguments(state_dir)
    try:
        yield arguments
    finally:
        forget(record)


def forget(record: Path) -> None:
    """End what still carries the mark after its browser was closed, and remove the record."""
    _end(_marked().get(record.stem, []), record.stem)
    with contextlib.suppress(OSError):
        record.unlink()


def leftovers(state_dir: Path) -> tuple[Leftover, ...]:
    """Browsers of runs that are gone."""
    records = tuple(_abandoned(state_dir))
    marked = _marked() if records else {}
    return tuple(
        Leftover(pid, record.path)
        for record in records
        for pid in _browsers(marked.get(record.mark, []))
    )


def end_leftovers(state_dir: Path) -> tuple[Leftover, ...]:
    """End the browsers of runs that are gone, and remove their records.

    Returns:
        Those that would not end within five seconds or belong to another user; empty
        if all is well.
    """
    records = tuple(_abandoned(state_dir))
    marked = _marked() if records else {}
    alive: list[Leftover] = []
    for record in records:
        left = _end(marked.get(record.mark, []), record.mark)
        alive += [Leftover(pid, record.path) for pid in left]
        if not left:
            with contextlib.suppress(OSError):
                record.path.unlink()
    return tuple(alive)


def can_be_found() -> bool:
    """Whether this system tells the command lines of processes."""
    return sys.platform == "linux" and _PROC.joinpath("self", "cmdline").exists()


def _abandoned(state_dir: Path) -> Iterator[_Record]:
    """Records whose run has ended without removing them."""
    for path in sorted((state_dir / FOLDER).glob("*.json")):
        record = _read(path)
        if record is not None and _started(record.owner) != record.owner_started:
            yield record


def _read(path: Path) -> _Record | None:
    """A record; one that was cut short by a kill has no living owner either."""
    if not _MARK.fullmatch(path.stem):
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        return _Record(path, path.stem, int(data["owner"]), str(data["owner_started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _Record(path, path.stem, 0, "never")


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks since boot; empty if there is none.

    A process id alone is given to another process sooner or later.
    """
    try:
        stat = _PROC.joinpath(str(pid), "stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    state, started = fields[0], fields[_AFTER_NAME - 1]
    return "" if state in {"Z", "X"} else started


def _marked() -> dict[str, list[int]]:
    """Processes by the mark on their command line."""
    found: dict[str, list[int]] = {}
    if not can_be_found():
        return found
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (mark := _mark_of(int(entry.name))):
            found.setdefault(mark, []).append(int(entry.name))
    return found


def _browsers(pids: list[int]) -> list[int]:
    """Without children: between fork and exec a child still shows its parent's command line."""
    return [pid for pid in pids if _parent(pid) not in pids]


def _parent(pid: int) -> int:
    try:
        stat = _PROC.joinpath(str(pid), "stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])  # proc(5): field 4, behind the state


def _mark_of(pid: int) -> str:
    try:
        words = _PROC.joinpath(str(pid), "cmdline").read_bytes()
    except OSError:
        return ""
    # Chromium may rewrite its command line into one string with spaces.
    for word in re.split(rb"[\0 ]", words):
        text = word.decode("ascii", "replace")
        if text.startswith(SWITCH) and _MARK.fullmatch(text.removeprefix(SWITCH)):
            return text.removeprefix(SWITCH)
    return ""


def _end(pids: list[int], mark: str) -> list[int]:
    """Kill processes that still carry the mark; those that remain are returned."""
    return [pid for pid in pids if not _ended(pid, mark)]


def _ended(pid: int, mark: str) -> bool:
    if sys.platform != "linux":
        return False
    try:
        handle = os.pidfd_open(pid)
    except OSError as error:
        return isinstance(error, ProcessLookupError)
    try:
        # The handle is this very process for ever, so the mark cannot change behind it.
        if _mark_of(pid) == mark:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            return bool(select.select([handle], [], [], _END_SECONDS)[0])
    except OSError as error:
        return isinstance(error, ProcessLookupError)
    finally:
        os.close(handle)
    return True
