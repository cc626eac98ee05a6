"""What the seller asked for and promised, from all that is known of him (F12, F13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.facts import Reason
from rules.replacement import Proof, proof_of

if TYPE_CHECKING:
    from rules.facts import Facts
    from rules.messages import Message

_NO_PROMISE = frozenset({"", "none", "no", "nothing"})
_KINDS = {
    "extend": ("extend", "extension", "prolong"),
    "resend": ("resend", "reship", "replac", "send again", "missing"),
    "gift": ("gift", "coupon", "bonus", "discount", "compensat"),
    "wait": ("wait", "arrive", "patien"),
    "refund": ("refund", "paypal", "money", "pay", "transfer", "bank"),
}


@dataclass(frozen=True, kw_only=True)
class SellerReading:
    """What is known of the seller's wish.

    Args:
        asks: he wants the cancel, by the buyer's word or by a message of his.
        unkept: what he promised and has not done.
        pressing: his messages that press for it.
    """

    asks: bool
    unkept: tuple[str, ...]
    pressing: tuple[Message, ...]


def read_seller(facts: Facts) -> SellerReading:
    """Messages and the buyer's own words count together; the worse one decides."""
    pressing = _pressing(facts.all_messages)
    promises = {kind for message in pressing for kind in message.promises}
    stated = (facts.seller_promise or "").strip().casefold()
    if stated not in _NO_PROMISE:
        promises.add(_kind_of(stated))
    unkept = tuple(sorted(p for p in promises if not _is_kept(p, facts)))
    asks = facts.seller_asked_to_cancel is True or bool(pressing)
    return SellerReading(asks=asks, unkept=unkept, pressing=pressing)


def _pressing(texts: tuple[str, ...]) -> tuple[Message, ...]:
    if not texts:
        return ()
    from rules.messages import read_message  # noqa: PLC0415  word lists of all languages load late

    return tuple(m for m in map(read_message, texts) if m.is_pressure)


def _kind_of(promise: str) -> str:
    kinds = (kind for kind, words in _KINDS.items() if any(word in promise for word in words))
    return next(kinds, "something else")


def _is_kept(promise: str, facts: Facts) -> bool:
    """F14: done, not announced."""
    if promise == "refund":
        return facts.money_received == "full_cleared"
    if promise == "extend":
        return facts.protection_extended is True
    if promise == "resend":
        arrived = facts.checked_in_hand and facts.buyer_reason is Reason.REPLACEMENT_ARRIVED
        return arrived or proof_of(facts.replacement_tracking) is Proof.PROVEN
    return promise == "wait" and facts.checked_in_hand
