"""Ctrl-C, SIGTERM and SIGHUP for the whole command, from its first line to its answer."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.signals import handled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.report import Report


@dataclass
class Signals:
    """Turns signals into ``KeyboardInterrupt`` inside the block.

    Args:
        over: ignore signals, since only the answer is still to be printed.
        report: the command's run; once it has sent its request, signals are ignored.
    """

    over: bool = False
    report: Report | None = None

    @contextlib.contextmanager
    def caught(self) -> Iterator[None]:
        """Handle signals until the block ends."""
        with handled(self._on_signal):
            yield

    def _on_signal(self) -> None:
        if not self.over and not (self.report and self.report.request_left):
            raise KeyboardInterrupt
