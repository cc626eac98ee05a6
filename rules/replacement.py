"""Judge how well a replacement parcel is proven (F9, F14)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from rules.tracking_numbers import Plausibility, plausibility

if TYPE_CHECKING:
    from rules.facts import ReplacementTracking

# What carriers show before they have the parcel.
_ONLY_ANNOUNCED = (
    "label", "information received", "info received", "data received", "pre-advice", "preadvice",
    "pre-shipment", "preshipment", "pre-shipping", "not found", "no information", "not yet",
    "awaiting", "pending", "order created", "announced", "registered electronically",
)  # fmt: skip


class Proof(StrEnum):
    """How well a replacement is proven, from not at all to fully."""

    NO_NUMBER = "no tracking number"
    IMPOSSIBLE = "the number cannot be a tracking number"
    INVENTED = "the number looks invented"
    UNCHECKED = "you have not looked the number up on the carrier's page"
    NO_MOVEMENT = "the carrier shows no movement"
    ODD_BUT_MOVING = "the number looks odd, but the carrier shows movements"
    MOVEMENT_UNKNOWN = "it is unknown how far the parcel has moved"
    PROVEN = "the carrier shows movements that you checked"

    @property
    def is_doubtful_only(self) -> bool:
        """True if it is not proven but nothing speaks against it."""
        return self in {Proof.ODD_BUT_MOVING, Proof.MOVEMENT_UNKNOWN}


def proof_of(tracking: ReplacementTracking | None) -> Proof:
    """Judge number, check and movements together."""
    if tracking is None or not (tracking.number or "").strip():
        return Proof.NO_NUMBER
    shape = plausibility(tracking.number)
    if shape is Plausibility.IMPOSSIBLE:
        return Proof.IMPOSSIBLE
    if tracking.checked_by_buyer is not True:
        return Proof.UNCHECKED if shape is Plausibility.PLAUSIBLE else Proof.INVENTED
    return _by_movement(tracking, shape)


def _by_movement(tracking: ReplacementTracking, shape: Plausibility) -> Proof:
    """Movements outweigh an odd number, but no carrier issues 000000000000."""
    events = tracking.carrier_events
    if events is not None and events <= 0:
        return Proof.NO_MOVEMENT
    last = (tracking.last_event or "").casefold()
    if any(words in last for words in _ONLY_ANNOUNCED):
        return Proof.NO_MOVEMENT
    if shape is Plausibility.INVENTED or (shape is Plausibility.ODD and events is None):
        return Proof.INVENTED
    if shape is Plausibility.ODD:
        return Proof.ODD_BUT_MOVING
    return Proof.MOVEMENT_UNKNOWN if events is None else Proof.PROVEN
