"""The facts that the rules judge: all that was said or read about one dispute."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Reason(StrEnum):
    """Why the buyer wants to cancel."""

    PACKAGE_ARRIVED = "package_arrived"
    REPLACEMENT_ARRIVED = "replacement_arrived"
    REPLACEMENT_SENT = "replacement_sent"
    FILED_BY_MISTAKE = "filed_by_mistake"
    SELLER_PROMISED = "seller_promised"
    FAIR_AGREEMENT = "fair_agreement"
    ADD_EVIDENCE = "add_evidence"
    START_FRESH = "start_fresh"
    CHANGE_AMOUNT = "change_amount"
    MONEY_RECEIVED_OFF_PLATFORM = "money_received_off_platform"
    CHANGED_MIND = "changed_mind"
    WAIT_LONGER = "wait_longer"
    PACKAGE_ARRIVED_WRONG_ITEM = "package_arrived_wrong_item"
    PACKAGE_ARRIVED_PARTLY = "package_arrived_partly"
    AFRAID_OF_ACCOUNT_BLOCK = "afraid_of_account_block"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class ReplacementTracking:
    """A number that the seller gave for a second parcel (F9).

    Args:
        number: the tracking number as the seller wrote it.
        checked_by_buyer: the buyer looked it up on the carrier's own page.
        carrier_events: how many movements the carrier shows.
        last_event: the newest of them, in the carrier's words.
    """

    number: str | None = None
    checked_by_buyer: bool | None = None
    carrier_events: int | None = None
    last_event: str | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that is known; ``None`` means unknown and never counts as good.

    Args:
        now: the time of the decision, with an offset; the caller owns the clock.
        order_status: state of the order, such as ``delivered``.
        dispute_status: ``waiting_seller``, ``seller_responded`` or ``mediating`` can be
            cancelled (F3); any other text cannot.
        protection_deadline: end of the buyer protection as ISO 8601 text, since a missing
            offset must stay visible; see ``rules.moments``.
        delivered_at: when delivery was confirmed, as text like the deadline.
        order_placed: when the order was placed, as text like the deadline.
        edits_used: edits of the claim so far, out of four (F15).
        seller_promise: what the seller promised, a code such as ``resend`` or free words.
        order_frozen: the site froze the order because it acts against the seller.
        seller_message: one message of the seller; ``seller_messages`` holds more.
        unattributed_messages: texts whose author is unknown; they warn at most. Leave out
            what the site or the buyer wrote.
        money_received: ``none``, ``announced_only``, ``partial`` or ``full_cleared``,
            paid outside the site (F16).
        target_specified: the buyer named the order line whose dispute to cancel.
        visible_buttons: labels on the dispute page; the cancel control is always
            ``rules.CANCEL_LABEL``, whatever the page's language.
    """

    now: datetime | None = None
    order_status: str | None = None
    order_frozen: bool | None = None
    dispute_status: str | None = None
    buyer_reason: Reason | None = None
    item_received: bool | None = None
    item_verified: bool | None = None
    protection_deadline: str | None = None
    delivered_at: str | None = None
    order_placed: str | None = None
    edits_used: int | None = None
    seller_asked_to_cancel: bool | None = None
    seller_promise: str | None = None
    seller_message: str | None = None
    seller_messages: tuple[str, ...] = ()
    unattributed_messages: tuple[str, ...] = ()
    replacement_tracking: ReplacementTracking | None = None
    protection_extended: bool | None = None
    money_received: str | None = None
    account_role: str | None = None
    open_disputes_in_order: int | None = None
    target_specified: bool | None = None
    visible_buttons: tuple[str, ...] | None = None

    @property
    def all_messages(self) -> tuple[str, ...]:
        """The seller's messages, without duplicates."""
        first = (self.seller_message,) if self.seller_message else ()
        return tuple(dict.fromkeys((*first, *self.seller_messages)))

    @property
    def checked_in_hand(self) -> bool:
        """F8: the buyer has the right, working product and checked it."""
        wrong = {Reason.PACKAGE_ARRIVED_WRONG_ITEM, Reason.PACKAGE_ARRIVED_PARTLY}
        checked = self.item_received is True and self.item_verified is True
        return checked and self.buyer_reason not in wrong
