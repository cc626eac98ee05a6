"""Handle Ctrl-C, SIGTERM and SIGHUP for the whole command, then restore the handlers.

SIGTERM and SIGHUP must end a command by themselves: a shell's background job ignores
SIGINT, so raising that instead would end nothing.
"""

from __future__ import annotations

import signal
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from automation.aliexpress.flow.report import Report

_SIGNALS = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)


@dataclass
class Signals:
    """Turns signals into ``KeyboardInterrupt`` inside the block.

    Args:
        over: ignore signals, since only the answer is still to be printed.
        report: the command's run; once it has sent its request, signals are ignored.
    """

    over: bool = False
    report: Report | None = None
    _before: dict[int, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                before = signal.getsignal(number)
                # A signal ignored by a parent (nohup) stays ignored; ``None`` is not Python's.
                if before is not signal.SIG_IGN and before is not None:
                    self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if not self.over and not (self.report and self.report.request_left):
            raise KeyboardInterrupt
