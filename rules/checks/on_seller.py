"""Judge a seller who wants the cancel (F12, F13, F14, F16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks.situation import Situation, found
from rules.facts import Reason
from rules.seller import deciding, quoted, shown
from rules.verdicts import BLOCK, WARN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.messages import Message
    from rules.seller import SellerReading
    from rules.verdicts import Finding

_PROMISES = {
    "refund": "a refund",
    "resend": "a new parcel",
    "extend": "longer protection",
    "gift": "a gift",
    "wait": "that the parcel will come soon",
}
_WANTS = {
    "no dispute": "not to open a dispute",
    "solution": "to accept a solution, which closes the case for good",
    "other reason": "to change the reason or the amount of your dispute, which can cost your refund",
    "confirm first": "to confirm receipt, which ends the order",
    "outside": "to settle outside AliExpress",
    "rating": "to rate them well",
    "appeal": "to give up because of harm or a threat",
    "false rule": "to believe a rule that AliExpress does not have",
}
"""What a seller wants by a message that does not ask for the cancel itself; keys are its kinds."""


def on_seller(situation: Situation) -> Iterator[Finding]:
    """Block on an unkept promise; on a bare request, block unless the problem is fixed."""
    if situation.facts.buyer_reason is Reason.SELLER_PROMISED:
        return  # the reason is the promise, and blocks already
    if situation.seller.unkept:
        yield from _promise(situation)
    elif situation.seller.asks:
        yield _wish(situation)


def on_messages(situation: Situation) -> Iterator[Finding]:
    """Findings that no reason changes: money outside, and requests of unknown authors."""
    seller = situation.seller
    if seller.unattributed:
        yield found(
            "words-of-unknown-author", WARN, shown("text", seller.unattributed),
            meaning=f"A text by an unknown author asks you {_wanted(seller.unattributed)}: "
            f"{quoted(deciding(seller.unattributed))}.",
            instead="Check who wrote it. If it was the seller, keep the dispute open.",
            would_change="AliExpress or you yourself wrote the text.",
        )  # fmt: skip
    if seller.outside:
        yield found(
            "money-outside", WARN, {"offered": seller.outside, "ways": seller.ways},
            meaning=f"Someone offers money outside AliExpress{_named(seller)}: {quoted(seller.outside[0])}. "
            "AliExpress does not enforce payments made elsewhere, and announced ones often never "
            "come.",
            instead="Ask for the refund through the dispute: then AliExpress pays you.",
            would_change="the refund comes through the dispute itself.",
        )  # fmt: skip


def _named(seller: SellerReading) -> str:
    """The ways to pay outside the site, as the message names them."""
    return f" ({', '.join(seller.ways)})" if seller.ways else ""


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
    if seller.outside and "refund" in seller.unkept:
        what = what.replace("a refund", f"a refund outside AliExpress{_named(seller)}")
    told = (
        f"The seller asks you {_wanted_by_seller(situation)}. They promise {what}, but have"
        if seller.asks
        else f"The seller promises {what}, but has"
    )
    yield found(
        "seller-promise",
        BLOCK if seller.asks or not situation.is_solved else WARN,
        _seen(situation),
        meaning=f"{told} not done it.{seller.quoted} AliExpress does "
        "not enforce what was promised in chat, and after the cancel they can go silent while "
        "your protection runs out.",
        instead="Keep the dispute open. Answer that they can do it now, or accept the dispute.",
        would_change="the promise is kept, and you have checked it.",
    )


def _wanted_by_seller(situation: Situation) -> str:
    """As ``_wanted``; the buyer too may have said that they want the cancel."""
    pressing = situation.seller.pressing
    asked = situation.facts.seller_asked_to_cancel or not pressing
    return "to cancel" if asked else _wanted(pressing)


def _wanted(messages: tuple[Message, ...]) -> str:
    """What the buyer is asked to do, as an infinitive; the cancel where anything asks for it."""
    kinds = {kind for message in messages for kind in message.kinds}
    if "cancel" in kinds:
        return "to cancel"
    wanted = (wanted for kind, wanted in _WANTS.items() if kind in kinds)
    return next(wanted, "to give up the dispute, or a right in it")


def _wish(situation: Situation) -> Finding:
    solved, wanted = situation.is_solved, _wanted_by_seller(situation)
    meaning = (
        f"The seller wants you {wanted}. Your reason is good without theirs; make sure that it "
        "is your own."
        if solved
        else f"The seller wants you {wanted}, while nothing is fixed. They gain by it, and you lose "
        "what makes them help you."
    )
    return found(
        "seller-asks", WARN if solved else BLOCK, _seen(situation),
        meaning=meaning + situation.seller.quoted,
        instead="Check your reason once more before you go on."
        if solved
        else "Keep the dispute open; anything they want to do, they can do now.",
        would_change="you have checked the product in your hands, or got the money back through "
        "the dispute.",
    )  # fmt: skip
