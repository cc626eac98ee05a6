"""A replacement counts if its tracking is real and the protection was extended (F9, F14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks.situation import Situation, found
from rules.replacement import Proof
from rules.verdicts import BLOCK, NOTE, WARN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.verdicts import Finding


def on_replacement(situation: Situation) -> Iterator[Finding]:
    """One finding for each condition of F9."""
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
            meaning="The carrier shows that the replacement is moving, and you checked it yourself.",
            instead="Keep the number; you need it if the parcel stops.",
            would_change="the parcel stops moving.",
        )  # fmt: skip
    return found(
        "replacement-not-proven",
        WARN if proof.is_doubtful_only else BLOCK,
        _seen(situation),
        meaning=f"The replacement is not proven: {proof}. One buyer lost 47 dollars to an "
        "invented number.",
        instead=_instead(proof),
        would_change="you see movements of this number on the carrier's page.",
    )


def _instead(proof: Proof) -> str:
    if proof is Proof.NO_NUMBER:
        first = "Ask the seller for the tracking number"
    elif proof in {Proof.IMPOSSIBLE, Proof.INVENTED}:
        first = "Ask the seller for a number that the carrier's own page knows"
    elif proof is Proof.NO_MOVEMENT:
        first = "Look at the carrier's own page again in a few days"
    else:
        first = "Look up the number on the carrier's own page"
    return f"{first}, and keep the dispute open until the parcel moves towards you."


def _not_extended(situation: Situation) -> Finding:
    unknown = situation.facts.protection_extended is None
    state = "may not have been extended" if unknown else "was not extended"
    return found(
        "protection-not-extended", BLOCK, _seen(situation),
        meaning=f"Your protection {state}. It can end before the replacement arrives, and then "
        "AliExpress does not help you.",
        instead="Ask the seller to extend the protection now, while the dispute is open.",
        would_change="the order page shows a later deadline.",
    )  # fmt: skip
