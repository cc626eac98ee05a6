"""What it means that the seller wants the cancel (F12, F13, F14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.facts import Reason
from rules.rulebook import BLOCK, WARN
from rules.situation import Situation, found, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.verdicts import Finding

_PROMISES = {
    "refund": "a refund",
    "resend": "a new parcel",
    "extend": "a longer protection",
    "gift": "a gift",
    "wait": "that the parcel comes soon",
}


def on_seller(situation: Situation) -> Iterator[Finding]:
    """A promise that is not kept blocks; a bare wish warns where the problem is fixed."""
    if situation.facts.buyer_reason is Reason.SELLER_PROMISED:
        return  # the reason itself is the promise and blocks already
    if situation.seller.unkept:
        yield from _promise(situation)
    elif situation.seller.asks:
        yield _wish(situation)


def _seen(situation: Situation) -> dict[str, object]:
    facts, seller = situation.facts, situation.seller
    seen: dict[str, object] = {
        "seller_asked_to_cancel": facts.seller_asked_to_cancel,
        "seller_promise": facts.seller_promise,
    }
    for number, message in enumerate(sorted(seller.pressing, key=lambda m: m.text), start=1):
        words = ", ".join(message.words)
        seen[f"seller_message_{number}"] = f"{shortened(message.text, 120)} [{words}]"
    return seen


def _promise(situation: Situation) -> Iterator[Finding]:
    seller = situation.seller
    what = " and ".join(_PROMISES.get(kind, "something") for kind in seller.unkept)
    asks = "asks you to cancel and promises" if seller.asks else "promises"
    yield found(
        "seller-promise",
        BLOCK if seller.asks or not situation.is_solved else WARN,
        _seen(situation),
        meaning=f"The seller {asks} {what}, and has not done it. Nobody enforces what was promised "
        "in chat; after the cancel he can go silent while your protection runs out.",
        instead="Keep the dispute open and answer that he can do it, or accept the dispute, now.",
        would_change="The promise kept, and checked by you.",
    )


def _wish(situation: Situation) -> Finding:
    solved = situation.is_solved
    meaning = (
        "The seller wants you to cancel. Your own reason holds without him; make sure that it is "
        "yours."
        if solved
        else "The seller wants you to cancel while nothing is fixed. He gains by it, you lose your "
        "hold on him."
    )
    return found(
        "seller-asks", WARN if solved else BLOCK, _seen(situation),
        meaning=meaning,
        instead="Check your reason once more before you go on."
        if solved
        else "Keep the dispute open; whatever he wants to do, he can do meanwhile.",
        would_change="The checked product in your hands, or the money back through the dispute.",
    )  # fmt: skip
