"""Whether a page without its landmark is still loading, or has settled without it.

Cards of My Orders come up to 15 s late, layers cover a page while it loads, and a first load may
stay blank until a reload (site facts, section 2). So time alone says nothing. A page has settled
if it has loaded, shows something, waits for no answer, and has not changed for a while.

A page soon repeats a call whose token had expired. If the refusal stays, the page has given up, and a
reload begins with the new token.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from automation.aliexpress.walk.wait.sight import Content

if TYPE_CHECKING:
    from automation.aliexpress.walk.wait.sight import Sight

QUIET_FULL: Final = 2.0
"""Seconds without a change after which a page with content has settled."""
QUIET_LITTLE: Final = 3.0
"""The same for a page that shows little, such as an error."""
QUIET_LACKING: Final = 4.0
"""The same for My Orders without an order, if a call of the page was held back."""
QUIET_STARVED: Final = 8.0
"""The same for a page that looks as if it were loading, but lacks a call that was held back."""
LATE_CARDS: Final = 15.0
"""Seconds after the load in which the first card of My Orders may still come."""


class End(Enum):
    """How the wait for a landmark ended."""

    THERE = "the landmark is there"
    SETTLED = "the page has settled without it"
    LITTLE = "the page has settled and shows little"
    STARVED = "the page lacks a call that was held back"
    REFUSED = "the page shows little, and the site refused a call of it"
    LOADING = "the time is over, and the page is still loading"


@dataclass
class Settling:
    """Follows the looks at one page, from its load on.

    Args:
        lists: it is My Orders: without an order, its cards may just be late.
        ends: words that say that there is nothing to wait for, such as "no orders yet".
    """

    lists: bool = False
    ends: tuple[str, ...] = ()
    _loaded: float | None = None
    _mark: tuple[str, int, int] | None = None
    _since: float = 0.0

    def gives_up_without(self, name: str) -> bool:
        """True for a call whose refusal says that what the page shows is not just late.

        On My Orders that is a list: others, such as a count, have no cards to bring.
        """
        return not self.lists or "list" in name.rpartition(".")[2].casefold()

    def see(self, sight: Sight, now: float) -> End | None:
        """Take a look into account.

        Args:
            now: seconds on a clock that is never set back.

        Returns:
            How the wait ends, if the page has settled.
        """
        loading = not sight.complete or sight.under_way > 0
        if loading or sight.mark != self._mark:
            self._mark, self._since = sight.mark, now
        if loading:
            return None
        self._loaded = now if self._loaded is None else self._loaded
        return self._end(sight, now - self._since, now - self._loaded)

    def _end(self, sight: Sight, quiet: float, loaded: float) -> End | None:
        if sight.starved and quiet >= QUIET_STARVED:
            return End.REFUSED if sight.refused else End.STARVED
        if sight.busy or sight.content is Content.NOTHING:
            return None
        if sight.shows_order or (sight.content is Content.FULL and not self.lists):
            return End.SETTLED if quiet >= QUIET_FULL else None
        return self._end_with_little(sight, quiet, loaded)

    def _end_with_little(self, sight: Sight, quiet: float, loaded: float) -> End | None:
        # Tabs and a menu are there long before the first card.
        late = self.lists and loaded < LATE_CARDS and not self._says_so(sight)
        if late and not sight.refused:
            return End.STARVED if sight.starved and quiet >= QUIET_LACKING else None
        if quiet < QUIET_LITTLE:
            return None
        if sight.refused:
            return End.REFUSED
        return End.STARVED if sight.starved else End.LITTLE

    def _says_so(self, sight: Sight) -> bool:
        return any(words in sight.text for words in self.ends)
