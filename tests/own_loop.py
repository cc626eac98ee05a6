"""Runs a coroutine on a loop and a thread of its own.

Once pytest-playwright has started, the main thread is inside a running loop for the
rest of the session, so ``asyncio.run`` fails there, depending on the order of the tests.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


def in_own_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """The coroutine's result, or what it raised."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
