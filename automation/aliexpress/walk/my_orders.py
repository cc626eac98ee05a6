"""What a browser has seen of My Orders: its first cards, which say that the account is the right one.

An order that is not among them has an address of its own, so no run pages through thousands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.aliexpress.pages import OrderCard
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterable

# Errors of Order Details that an order of another account gives, or one that does not exist.
_NOT_THERE = frozenset(
    {ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.PAGE_NOT_THERE, ErrorCode.WRONG_ORDER}
)
_CHECK = "check the number and the account that you are signed in to"
_LETS_THROUGH = "let them through"


@dataclass
class MyOrders:
    """The first cards, once they were read; runs that share a browser share them.

    Args:
        cards: by order number.
        count: how many cards there were; 0 before they were read.
    """

    cards: dict[str, OrderCard] = field(default_factory=dict)
    count: int = 0

    def keep(self, cards: Iterable[OrderCard], count: int) -> None:
        """Keep what the list shows first."""
        self.cards = {card.order_id: card for card in cards if card.order_id}
        self.count = count

    def forget(self) -> None:
        """Read the list again the next time: another account may be signed in."""
        self.keep((), 0)

    def card_of(self, order_id: str) -> OrderCard:
        """The card of an order; one that says nothing if it is not among the first."""
        return self.cards.get(order_id) or OrderCard(order_id)

    def lacks(self, order_id: str) -> str:
        """That the list does not show an order; empty if it does, or was not read."""
        if not self.count or order_id in self.cards:
            return ""
        first = f"the first {self.count} orders" if self.count > 1 else "the one order"
        return f"order {order_id} is not among {first} in My Orders"

    def explain(self, error: ToolError, order_id: str) -> None:
        """Say of an order whose own page failed that the list does not show it either."""
        lacks = self.lacks(order_id)
        if not lacks or error.code not in _NOT_THERE:
            return
        error.code = ErrorCode.ORDER_NOT_FOUND
        error.message = f"{lacks}, and its own page does not show it: {error.message}"
        held = error.hint.startswith(_LETS_THROUGH)
        error.hint = f"{_CHECK}; if both are right, {error.hint}" if held else _CHECK
