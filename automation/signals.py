"""Handle the signals that end a command for as long as a block runs, then restore them.

SIGTERM and SIGHUP must end a command by themselves: a shell's background job ignores
SIGINT, so raising that instead would end nothing.

Python drops an exception that a handler raises in the middle of a finaliser or of a weak
reference's callback. So a signal is also remembered: whatever begins later asks for it.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)


_arrived = threading.Event()


@contextlib.contextmanager
def handled(on_signal: Callable[[], None]) -> Iterator[None]:
    """Call ``on_signal`` for each signal that would end the command, inside the block.

    A signal that a parent ignores (nohup) stays ignored. Other threads than the main one
    get no signals, so there is nothing to do in them.
    """
    before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in ENDING:
                # ``None`` is a handler that is not Python's.
                if signal.getsignal(number) not in {signal.SIG_IGN, None}:
                    before[number] = signal.signal(number, _remembering(on_signal))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Remember until the block ends that a signal came, also if its exception is dropped."""
    hook = sys.unraisablehook
    sys.unraisablehook = lambda unraisable: _tell(hook, unraisable)
    try:
        yield
    finally:
        sys.unraisablehook = hook
        _arrived.clear()


@contextlib.contextmanager
def deferred() -> Iterator[None]:
    """Only remember signals, until a command inside the block handles them itself."""
    with remembered(), handled(_arrived.set):
        yield


def remember() -> None:
    """Remember a signal that came before anything could handle it."""
    _arrived.set()


def arrived() -> bool:
    """True if a signal came that ends the command, whether or not its exception was dropped."""
    return _arrived.is_set()


def _remembering(on_signal: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
    def handler(_number: int, _frame: FrameType | None) -> None:
        try:
            on_signal()
        except KeyboardInterrupt:
            _arrived.set()
            raise

    return handler


def _tell(
    hook: Callable[[sys.UnraisableHookArgs], object], unraisable: sys.UnraisableHookArgs
) -> None:
    """Show a dropped exception, except a signal's, which is remembered."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        hook(unraisable)
