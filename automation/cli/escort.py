"""Go with a buyer who presses Cancel Request themselves: what the terminal shows meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from automation.aliexpress.request import Escort
from automation.cli.terminal import can_rewrite, echo, rewrite
from automation.text import clean_text

_LONGEST = 400
_EVERY_SECONDS = 30


def escort_at_terminal(*, quiet: bool) -> Escort:
    """An escort that speaks on stderr, with ``--json`` too, since the buyer has to act."""
    if quiet:
        return Escort()
    lines = _Lines()
    return Escort(say=lines.say, left=lines.left)


@dataclass
class _Lines:
    """The lines of one run; the countdown is one that changes, where that is possible."""

    _last: int = 0

    def say(self, text: str) -> None:
        echo(f"          {clean_text(text, _LONGEST)}", err=True)

    def left(self, what: str, seconds: int) -> None:
        """Count down; in a file or pipe, say it every half minute."""
        line = f"{what}: {seconds // 60}:{seconds % 60:02} left"
        if can_rewrite():
            rewrite(f"          {line}")
        elif not self._last - _EVERY_SECONDS < seconds <= self._last:
            self._last = seconds
            self.say(line)
