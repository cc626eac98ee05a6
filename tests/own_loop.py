"""Runs a coroutine, or anything that makes a loop, in a thread of its own.

Once pytest-playwright has started, the main thread is inside a running loop for the
rest of the session, so ``asyncio.run`` fails there, depending on the order of the tests.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

Result = TypeVar("Result")


def in_own_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """The coroutine's result, or what it raised."""
    return in_own_thread(lambda: asyncio.run(work))


def in_own_thread(work: Callable[[], Result]) -> Result:
    """What it returns or raises in a thread without a loop.

    A test whose time is over is not waited for any longer: its thread must not hold the others.
    """
    done: Future[Result] = Future()
    threading.Thread(target=_run, args=(work, done), daemon=True).start()
    return done.result()


def _run(work: Callable[[], Result], done: Future[Result]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001  the caller raises it
        done.set_exception(error)
    else:
        done.set_result(result)
