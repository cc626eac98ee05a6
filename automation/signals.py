"""Handle the signals that end a command for as long as a block runs, then restore them.

SIGTERM and SIGHUP must end a command by themselves: a shell's background job ignores
SIGINT, so raising that instead would end nothing.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)


@contextlib.contextmanager
def handled(on_signal: Callable[[], None]) -> Iterator[None]:
    """Call ``on_signal`` for each signal that would end the command, inside the block.

    A signal that a parent ignores (nohup) stays ignored. Other threads than the main one
    get no signals, so there is nothing to do in them.
    """
    before: dict[int, Any] = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in ENDING:
                # ``None`` is a handler that is not Python's.
                if signal.getsignal(number) not in {signal.SIG_IGN, None}:
                    before[number] = signal.signal(number, lambda *_: on_signal())
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
