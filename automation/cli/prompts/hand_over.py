"""Tell a human at a window what the site wants of them, and count down."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field

from automation.cli.prompts.keyboard import forget_typed, typed_line
from automation.cli.screen.terminal import echo, is_terminal, rewrite
from automation.text import minutes_left


@dataclass
class AtWindow:
    """The human at the browser's window, and perhaps at the terminal.

    Args:
        seconds: how long to wait for them.
        quiet: print nothing where no person reads along.
    """

    seconds: float
    quiet: bool = False
    _shown: int = field(default=-1, init=False)

    @property
    def _reads_along(self) -> bool:
        return not self.quiet or (sys.stderr is not None and sys.stderr.isatty())

    def asked(self, what: str) -> None:
        """Say what the site wants, and ring the terminal's bell."""
        if not self._reads_along:
            return
        enter = ", then press Enter here if the run does not go on by itself"
        echo(f"\n{what}: your turn", err=True)
        echo(f"  do it in the browser window{enter if is_terminal() else ''}", err=True)
        echo("  then everything is read again", err=True)
        rewrite(f"  {minutes_left(self.seconds)} left", ring=True)

    def waits(self, left: float) -> None:
        """Count down, once a second."""
        if self._reads_along and int(left) != self._shown:
            self._shown = int(left)
            rewrite(f"  {minutes_left(left)} left")

    def over(self) -> None:
        """Take the countdown off the screen."""
        if self._reads_along:
            rewrite("")

    async def says_done(self) -> None:
        """Wait for Enter; without a terminal, for ever."""
        if not is_terminal():
            await asyncio.Event().wait()
        forget_typed()
        while not await typed_line(self.seconds):
            await asyncio.Event().wait()  # the time is over, or the terminal was closed
