"""The time that a step has left."""

from __future__ import annotations

import asyncio

from msgspec import Struct


class Deadline(Struct, frozen=True):
    """A moment on the loop's clock after which a step has failed."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment this many seconds from now."""
        return cls(asyncio.get_running_loop().time() + seconds)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - asyncio.get_running_loop().time())
