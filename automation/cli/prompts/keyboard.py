"""Read one typed line within a time limit, on every system."""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import select
import sys
import threading

_MOST_BYTES = 4096


async def typed_line(seconds: float) -> str:
    """The line, or nothing if the time runs out or the terminal is closed.

    Args:
        seconds: the time limit.

    Reads the descriptor, not ``sys.stdin``, whose lock would block the end of the program.
    """
    if sys.stdin is None:
        return ""
    descriptor = sys.stdin.fileno()
    try:
        async with asyncio.timeout(seconds):
            typed = await (_when_ready if _can_watch_files() else _in_a_thread)(descriptor)
    except TimeoutError:
        return ""
    return typed.decode("utf-8", "replace")


async def typed_yes(seconds: float) -> bool:
    """True only for a typed ``yes``, in any case; no answer in time is a no."""
    return (await typed_line(seconds)).strip().casefold() == "yes"


def read_line(seconds: float) -> str:
    """The same outside a loop."""
    if sys.stdin is None:
        return ""
    descriptor = sys.stdin.fileno()
    if _can_watch_files():
        typed = _read(descriptor) if is_waiting(seconds) else b""
    else:
        lines: queue.Queue[bytes] = queue.Queue()
        reader = threading.Thread(
            target=lambda: lines.put(_read(descriptor)), name="read line", daemon=True
        )
        reader.start()
        try:
            typed = lines.get(timeout=seconds)
        except queue.Empty:
            typed = b""
    return typed.decode("utf-8", "replace")


def is_waiting(seconds: float) -> bool:
    """True if something was typed, or is within the time limit (Windows only looks once)."""
    if sys.stdin is None:
        return False
    if sys.platform == "win32":
        import msvcrt

        return bool(msvcrt.kbhit())
    ready, _, _ = select.select([sys.stdin.fileno()], [], [], seconds)
    return bool(ready)


def forget_typed() -> None:
    """Drop what was typed ahead: a yes before the question is shown is no consent."""
    if sys.stdin is None:
        return
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with contextlib.suppress(termios.error, OSError, ValueError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _can_watch_files() -> bool:
    """False on Windows, where loops watch only sockets."""
    return sys.platform != "win32"


async def _when_ready(descriptor: int) -> bytes:
    """Wait on the descriptor, so that Ctrl-C ends the wait at once."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)
    return _read(descriptor)


async def _in_a_thread(descriptor: int) -> bytes:
    """Wait in a daemon thread, which delays neither Ctrl-C nor the end of the program."""
    loop = asyncio.get_running_loop()
    typed: asyncio.Future[bytes] = loop.create_future()

    def give(line: bytes) -> None:
        if not typed.done():
            typed.set_result(line)

    def wait() -> None:
        line = _read(descriptor)
        try:
            loop.call_soon_threadsafe(give, line)
        except RuntimeError:  # the loop is closed: this line came too late
            return

    threading.Thread(target=wait, name="typed line", daemon=True).start()
    return await typed


def _read(descriptor: int) -> bytes:
    """One line of a terminal; nothing if it was closed."""
    try:
        return os.read(descriptor, _MOST_BYTES)
    except OSError:
        return b""
