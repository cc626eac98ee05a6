"""Show the progress of ``list`` on stderr: a line for each step, or a bar for many orders."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from automation.cli.output import Progress

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from automation.aliexpress.report import StepRecord

_LONG = 5


class ListProgress:
    """Shows steps as lines, or as a bar on a terminal if there are many orders to read.

    Args:
        on: false shows nothing, for scripts.
    """

    def __init__(self, *, on: bool) -> None:
        self._on = on
        self._lines = Progress(on=on)
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del kind, error, trace
        self.close()

    def close(self) -> None:
        """Remove the bar from the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def step(self, record: StepRecord) -> None:
        """Print a finished step, unless the bar is shown."""
        if self._bar is None:
            self._lines.step(record)

    def say(self, line: str) -> None:
        """Print a message between steps."""
        self._lines.say(line)

    def orders(self, done: int, wanted: int) -> None:
        """Show how many of the wanted orders were read."""
        if not self._on or wanted <= _LONG or not sys.stderr.isatty():
            return
        if self._bar is None and done < wanted:
            self._start(wanted)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done)
        if done >= wanted:
            self.close()

    def _start(self, wanted: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("reading orders"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("orders", total=wanted)
        self._bar.start()
