"""A human who is called to the browser's window through the agent's client.

The log says it too, but few clients show it; and some end a call of which they hear nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from automation.text import minutes_left

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.request import Human

_EVERY_SECONDS: Final = 10.0


@dataclass
class CalledHuman:
    """The human at the window, who reads the client.

    Args:
        human: the same one, who may read the log.
        tell: tells the client a line.
    """

    human: Human
    tell: Callable[[str], None]
    _what: str = field(default="", init=False)
    _next: float = field(default=-math.inf, init=False)

    @property
    def seconds(self) -> float:
        """How long to wait for them."""
        return self.human.seconds

    def asked(self, what: str) -> None:
        """Call them."""
        self.human.asked(what)
        self._what = what
        self._say(self.seconds)

    def waits(self, left: float) -> None:
        """Count down, for the client a few times a minute."""
        self.human.waits(left)
        if left <= self._next:
            self._say(left)

    def _say(self, left: float) -> None:
        self._next = left - _EVERY_SECONDS
        self.tell(f"{self._what}: your turn, in the browser window; {minutes_left(left)} left")

    def over(self) -> None:
        """Let them go."""
        self.human.over()

    async def says_done(self) -> None:
        """Return when they say that they have done it; without a terminal, never."""
        await self.human.says_done()
