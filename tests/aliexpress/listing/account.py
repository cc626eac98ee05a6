"""My Orders of an account of any size, in place of the walk."""

from __future__ import annotations

from dataclasses import dataclass, field

from automation.aliexpress.pages import OrderCard
from automation.aliexpress.site import WordPack
from automation.aliexpress.walk.progress import Untold

PAGE = 10


@dataclass
class Account:
    """My Orders with so many orders; those at ``disputed`` (from 1) show a dispute."""

    orders: int
    disputed: tuple[int, ...] = ()
    pages: int = 0
    progress: Untold = field(default_factory=Untold)
    page: object = None

    async def open_list(self) -> bool:
        """Open it."""
        return bool(self.orders)

    def words(self, _lang: str) -> WordPack:
        """No words are needed."""
        return WordPack(lang="en")

    async def new_cards(self, seen: int) -> tuple[list[OrderCard], int]:
        """The next page."""
        self.pages += 1
        now = min(seen + PAGE, self.orders)
        cards = [
            OrderCard(str(place), dispute="open" if place in self.disputed else "")
            for place in range(seen + 1, now + 1)
        ]
        return cards, now

    async def goes_on(self, seen: int) -> bool:
        """Whether there is another page."""
        return seen < self.orders
