"""Go with a buyer who presses Cancel Request themselves: what the terminal shows meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.aliexpress.request import Escort
from automation.cli.config import default_config
from automation.cli.keyboard import forget_typed, read_line
from automation.cli.options import site_data_file
from automation.cli.terminal import can_rewrite, echo, is_terminal, rewrite
from automation.errors import ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.site.additions import Additions

_LONGEST = 400
_EVERY_SECONDS = 30
_KEEP_SECONDS = 60.0


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


def offer_to_keep(learned: Additions, given: Path | None) -> None:
    """Ask at a terminal whether to add what a cancel by hand taught to the site data.

    A file that cannot take it changes no outcome: the lines are on the screen.

    Args:
        given: the file of ``--site-data``.
    """
    if not learned or not is_terminal():
        return
    from automation.aliexpress.site.additions import remember

    path = site_data_file(given) or default_config().with_name("site.toml")
    forget_typed()
    echo(f"To keep these lines in {path}, type yes: ", nl=False, err=True)
    if read_line(_KEEP_SECONDS).strip().casefold() == "yes":
        try:
            echo(f"kept in {remember(path, learned)}", err=True)
        except ToolError as error:
            echo(f"not kept: {error.message}", err=True)
