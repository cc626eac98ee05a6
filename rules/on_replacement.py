"""A replacement counts when its tracking is real and the protection was extended (F9, F14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.replacement import Proof
from rules.rulebook import BLOCK, NOTE, WARN
from rules.situation import Situation, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.verdicts import Finding


def on_replacement(situation: Situation) -> Iterator[Finding]:
    """Both conditions of F9, each with its own finding."""
    yield _tracking(situation)
    if situation.facts.protection_extended is not True:
        yield _not_extended(situation)


def _seen(situation: Situation) -> dict[str, object]:
    tracking = situation.facts.replacement_tracking
    return {
        "number": tracking.number if tracking else None,
        "checked_by_buyer": tracking.checked_by_buyer if tracking else None,
        "carrier_events": tracking.carrier_events if tracking else None,
        "protection_extended": situation.facts.protection_extended,
    }


def _tracking(situation: Situation) -> Finding:
    proof = situation.proof
    if proof is Proof.PROVEN:
        return found(
            "replacement-proven", NOTE, _seen(situation),
            meaning="The carrier shows that the replacement moves, and you looked it up yourself.",
            instead="Keep the number; you need it if the parcel stops.",
            would_change="A parcel that stops moving.",
        )  # fmt: skip
    return found(
        "replacement-not-proven",
        WARN if proof.is_doubtful_only else BLOCK,
        _seen(situation),
        meaning=f"The replacement is not proven: {proof}. A buyer lost 47 dollars to an invented "
        "number.",
        instead="Look the number up on the carrier's own page and keep the dispute open until the "
        "parcel moves towards you.",
        would_change="A number whose movements you saw at the carrier.",
    )


def _not_extended(situation: Situation) -> Finding:
    unknown = situation.facts.protection_extended is None
    state = "It is unknown whether" if unknown else "The seller has not done it:"
    what = "your protection was extended" if unknown else "your protection was not extended"
    return found(
        "protection-not-extended", BLOCK, _seen(situation),
        meaning=f"{state} {what}. It can end before the replacement is with you, and then the "
        "site does not help you.",
        instead="Ask the seller to extend the protection now; they can do that while the dispute is "
        "open.",
        would_change="A later deadline that you see on the order page.",
    )  # fmt: skip
