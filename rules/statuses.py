"""The states of an order, its dispute and its money."""

from __future__ import annotations

from enum import StrEnum


class DisputeStatus(StrEnum):
    """States of a dispute that are known by name; only F3's can be cancelled."""

    WAITING_SELLER = "waiting_seller"
    SELLER_RESPONDED = "seller_responded"
    MEDIATING = "mediating"
    FINAL_DECISION = "final_decision"
    ACCEPTED_PROPOSAL = "accepted_proposal"
    RETURN_IN_PROGRESS = "return_in_progress"
    REFUND_IN_PROGRESS = "refund_in_progress"
    SELLER_ACCEPTED = "seller_accepted"
    SELLER_ACCEPTED_FULL = "seller_accepted_full"
    APPEAL = "appeal"
    APPEALING = "appealing"
    APPEAL_IN_PROGRESS = "appeal_in_progress"
    NONE = "none"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    CANCELED = "canceled"
    REFUND_COMPLETE = "refund_complete"
    UNKNOWN = "unknown"

    @property
    def is_cancellable(self) -> bool:
        """F3: the dispute is open, and neither settled nor ruled on."""
        return self in _CANCELLABLE

    @property
    def is_final(self) -> bool:
        """F5: closed for good by a ruling or an accepted proposal."""
        return self in {DisputeStatus.FINAL_DECISION, DisputeStatus.ACCEPTED_PROPOSAL}

    @property
    def is_settling(self) -> bool:
        """A refund, a return or an appeal is under way."""
        return self in _SETTLING

    @property
    def is_over(self) -> bool:
        """No dispute is open, or none any more."""
        return self in _OVER

    @property
    def words(self) -> str:
        """Its name as words, such as ``waiting seller``."""
        return self.value.replace("_", " ")


_CANCELLABLE = frozenset(
    {DisputeStatus.WAITING_SELLER, DisputeStatus.SELLER_RESPONDED, DisputeStatus.MEDIATING}
)
_SETTLING = frozenset(
    {
        DisputeStatus.RETURN_IN_PROGRESS,
        DisputeStatus.REFUND_IN_PROGRESS,
        DisputeStatus.SELLER_ACCEPTED,
        DisputeStatus.SELLER_ACCEPTED_FULL,
        DisputeStatus.APPEAL,
        DisputeStatus.APPEALING,
        DisputeStatus.APPEAL_IN_PROGRESS,
    }
)
_OVER = frozenset(
    {
        DisputeStatus.NONE,
        DisputeStatus.CLOSED,
        DisputeStatus.CANCELLED,
        DisputeStatus.CANCELED,
        DisputeStatus.REFUND_COMPLETE,
    }
)


class OrderStatus(StrEnum):
    """States of an order that are known by name."""

    PROCESSING = "processing"
    AWAITING_DELIVERY = "awaiting_delivery"
    DELIVERED = "delivered"
    COMPLETED = "completed"

    @property
    def has_arrived(self) -> bool:
        """Delivery was confirmed, so its date matters (F6)."""
        return self in {OrderStatus.DELIVERED, OrderStatus.COMPLETED}


class MoneyReceived(StrEnum):
    """How much money came from outside the site (F16)."""

    NONE = "none"
    ANNOUNCED_ONLY = "announced_only"
    PARTIAL = "partial"
    FULL_CLEARED = "full_cleared"


class AccountRole(StrEnum):
    """Whose account is signed in (F4)."""

    BUYER = "buyer"
    SELLER = "seller"
