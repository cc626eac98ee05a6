"""Read pages: a snapshot of what is visible, and pure functions that read it."""

from automation.aliexpress.pages.dispute import DisputePage, read_dispute
from automation.aliexpress.pages.my_orders import OrderCard, read_cards
from automation.aliexpress.pages.order_details import DisputeEntry, OrderLine, OrderPage, read_order
from automation.aliexpress.pages.snapshot import Snapshot, take_snapshot

__all__ = [
    "DisputeEntry",
    "DisputePage",
    "OrderCard",
    "OrderLine",
    "OrderPage",
    "Snapshot",
    "read_cards",
    "read_dispute",
    "read_order",
    "take_snapshot",
]
