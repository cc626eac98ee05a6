"""How long ago something was sent, even if the wall clock was changed.

The wall clock may have been wrong when the request was sent, or may be wrong now. The
time since the machine started only grows. Together they give a lower bound: the result
is never more than the time that has really passed.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_BOOT_LETTERS: Final = 8
# Attempts of older versions have only the wall clock.
_WALL_ALONE: Final = timedelta(days=1)
_NONE: Final = timedelta()


class Uptime(Struct, frozen=True):
    """Time since the machine started.

    Args:
        seconds: since then, by a clock that cannot be set.
        boot: identifies this start of the machine; empty if unknown.
    """

    seconds: float
    boot: str = ""


class Moment(Struct, frozen=True):
    """One moment on both clocks; ``uptime`` is ``None`` if it was not recorded."""

    wall: datetime
    uptime: Uptime | None = None


def this_uptime() -> Uptime:
    """The machine's uptime, with sleep if the system counts it."""
    with_sleep: int | None = getattr(time, "CLOCK_BOOTTIME", None)  # Linux only
    if with_sleep is None:
        return Uptime(time.monotonic())
    return Uptime(time.clock_gettime(with_sleep), _boot())


def _boot() -> str:
    try:
        return _BOOT_ID.read_text("ascii").strip()[:_BOOT_LETTERS]
    except (OSError, ValueError):
        return ""


def at_least(then: Moment, now: Moment) -> timedelta:
    """The time that has surely passed since ``then``; zero if nothing is sure."""
    by_wall = max(now.wall - then.wall, _NONE)
    if then.uptime is None or now.uptime is None:
        return by_wall if by_wall >= _WALL_ALONE else _NONE
    if then.uptime.boot and then.uptime.boot == now.uptime.boot:
        return timedelta(seconds=max(0.0, now.uptime.seconds - then.uptime.seconds))
    return min(by_wall, timedelta(seconds=_since(then.uptime, now.uptime)))


def _since(then: Uptime, now: Uptime) -> float:
    """A lower bound if the machine was restarted, or may have been."""
    restarted = (then.boot and now.boot) or now.seconds < then.seconds
    return now.seconds if restarted else now.seconds - then.seconds


def this_moment() -> Moment:
    """Now, by both clocks."""
    return Moment(datetime.now(UTC), this_uptime())
