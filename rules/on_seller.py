"""What it means that the seller wants the cancel (F12, F13, F14, F16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.facts import Reason
from rules.rulebook import BLOCK, WARN
from rules.seller import quoted, shown
from rules.situation import Situation, found

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


def on_messages(situation: Situation) -> Iterator[Finding]:
    """What messages say whatever the reason is: money outside, and pleas of unknown authors."""
    seller = situation.seller
    if seller.unattributed:
        yield found(
            "words-of-unknown-author", WARN, shown("text", seller.unattributed),
            meaning="A text asks for the cancel, and it is not known whose words they are: "
            f"{quoted(min(m.sentence for m in seller.unattributed))}.",
            instead="Look who wrote it. If it was the seller, keep the dispute open.",
            would_change="Knowing that the words are the site's or your own.",
        )  # fmt: skip
    if seller.outside:
        yield found(
            "money-outside", WARN, {"offered": seller.outside},
            meaning=f"Money outside the site is offered: {quoted(seller.outside[0])}. The site "
            "enforces no payment made elsewhere, and announced ones often never come.",
            instead="Ask for the refund through the dispute: then the site pays you.",
            would_change="A refund through the dispute itself.",
        )  # fmt: skip


def _seen(situation: Situation) -> dict[str, object]:
    facts = situation.facts
    stated: dict[str, object] = {
        "seller_asked_to_cancel": facts.seller_asked_to_cancel,
        "seller_promise": facts.seller_promise,
    }
    return stated | situation.seller.shown


def _promise(situation: Situation) -> Iterator[Finding]:
    seller = situation.seller
    what = " and ".join(_PROMISES.get(kind, "something") for kind in seller.unkept)
    asks = "asks you to cancel and promises" if seller.asks else "promises"
    yield found(
        "seller-promise",
        BLOCK if seller.asks or not situation.is_solved else WARN,
        _seen(situation),
        meaning=f"The seller {asks} {what}, and has not done it.{seller.quoted} The site enforces "
        "nothing that was promised in chat; after the cancel they can go silent while your "
        "protection runs out.",
        instead="Keep the dispute open and answer that they can do it, or accept the dispute, now.",
        would_change="The promise kept, and checked by you.",
    )


def _wish(situation: Situation) -> Finding:
    solved = situation.is_solved
    meaning = (
        "The seller wants you to cancel. Your own reason holds without them; make sure that it is "
        "yours."
        if solved
        else "The seller wants you to cancel while nothing is fixed. They gain by it, and you lose "
        "your hold on them."
    )
    return found(
        "seller-asks", WARN if solved else BLOCK, _seen(situation),
        meaning=meaning + situation.seller.quoted,
        instead="Check your reason once more before you go on."
        if solved
        else "Keep the dispute open; whatever they want to do, they can do meanwhile.",
        would_change="The checked product in your hands, or the money back through the dispute.",
    )  # fmt: skip
