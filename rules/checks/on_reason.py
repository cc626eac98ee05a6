"""Judge the buyer's reason (F8 to F11, F14 to F17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks.on_edits import on_edits
from rules.checks.on_replacement import on_replacement
from rules.checks.situation import Situation, found
from rules.facts import Reason
from rules.statuses import MoneyReceived
from rules.verdicts import BLOCK, NOTE, WARN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rules.verdicts import Finding


def on_reason(situation: Situation) -> Iterator[Finding]:
    """Judge the reason that the buyer gave."""
    reason = situation.facts.buyer_reason
    if reason is None:
        yield found(
            "reason-missing", WARN, {"buyer_reason": None},
            meaning="You gave no reason, so your problem may not be fixed.",
            instead="Say first why you want to cancel.",
            would_change="you give a good reason, such as the checked product in your hands.",
        )  # fmt: skip
        return
    yield from _RULES.get(reason, _not_fixed)(situation)


def _arrived(situation: Situation) -> Iterator[Finding]:
    """F8: first in hand, then checked."""
    facts = situation.facts
    seen = {"item_received": facts.item_received, "item_verified": facts.item_verified}
    if facts.item_received is False:
        yield found(
            "item-not-in-hand", BLOCK, seen,
            meaning="You do not have the product, whatever the tracking says. After a cancel, "
            "the seller has nothing to fear.",
            instead="Keep the dispute open, and write there that nothing came.",
            would_change="you have the product in your hands and have checked it.",
        )  # fmt: skip
    elif facts.checked_in_hand:
        yield found(
            "item-checked", NOTE, seen,
            meaning="You have the right product, it works and you checked it: a good reason.",
            instead="You can cancel.",
            would_change="you find a fault before you cancel.",
        )  # fmt: skip
    elif facts.item_received is None:
        yield found(
            "item-not-in-hand", WARN, seen,
            meaning="You have not said that you have the product in your hands.",
            instead="Wait until you hold the product and have tried it out.",
            would_change="you have the product in your hands and have checked it.",
        )  # fmt: skip
    else:
        yield found(
            "item-not-checked", WARN, seen,
            meaning="You have the parcel, but you have not checked that the product is the right "
            "one and works.",
            instead="Open it and try it out before you decide.",
            would_change="you check the product and find nothing wrong.",
        )  # fmt: skip


def _wrong_item(situation: Situation) -> Iterator[Finding]:
    facts = situation.facts
    partly = facts.buyer_reason is Reason.PACKAGE_ARRIVED_PARTLY
    what = "Only part of your order came" if partly else "What came is wrong or broken"
    yield found(
        "item-wrong-or-incomplete", BLOCK,
        {"buyer_reason": facts.buyer_reason, "item_verified": facts.item_verified},
        meaning=f"{what}, so the problem is not fixed. Without the dispute, nothing makes "
        "the seller fix it.",
        instead="Keep the dispute open and add photos of what came.",
        would_change="you have the right, complete and working product.",
    )  # fmt: skip


def _mistake(situation: Situation) -> Iterator[Finding]:
    yield found(
        "filed-by-mistake", NOTE, {"buyer_reason": situation.facts.buyer_reason},
        meaning="The claim was a mistake: a good reason to withdraw it.",
        instead="You can cancel.",
        would_change="there is a real problem with this order.",
    )  # fmt: skip


def _promised(situation: Situation) -> Iterator[Finding]:
    facts, seller = situation.facts, situation.seller
    seen = {"buyer_reason": facts.buyer_reason, "seller_promise": facts.seller_promise}
    yield found(
        "seller-promise", BLOCK, seen | seller.shown,
        meaning=f"Your reason is only a promise{seller.outside_named}. AliExpress does not enforce what was promised in "
        "chat, and after the cancel the seller can go silent while your protection runs out."
        + seller.quoted,
        instead="Keep the dispute open. The seller can send the item again, or accept the dispute, "
        "right now.",
        would_change="you have checked the product in your hands, or the refund came through the "
        "dispute.",
    )  # fmt: skip


def _agreement(situation: Situation) -> Iterator[Finding]:
    facts = situation.facts
    yield found(
        "let-agreement-finish", BLOCK,
        {"buyer_reason": facts.buyer_reason, "dispute_status": facts.dispute_status},
        meaning="A fair agreement is a reason not to cancel: AliExpress carries it out inside "
        "the dispute, but not after a cancel.",
        instead="Ask the seller to propose it in the dispute, and let it run there.",
        would_change="the agreement is carried out and you have the money.",
    )  # fmt: skip


def _paid_outside(situation: Situation) -> Iterator[Finding]:
    money = situation.facts.money_received
    seen = {"money_received": money}
    if situation.money_is_there:
        yield found(
            "money-outside", WARN, seen,
            meaning="You have the money, but a payment outside AliExpress can be reversed, and "
            "then AliExpress does not help you.",
            instead="Ask your bank or payment service whether it can still be taken back, before you cancel.",
            would_change="the refund comes through the dispute itself.",
        )  # fmt: skip
        return
    part = "Only part of the money" if money is MoneyReceived.PARTIAL else "No money"
    yield found(
        "money-outside", BLOCK, seen,
        meaning=f"{part} has arrived that you can count on. AliExpress does not enforce payments "
        "made elsewhere, and announced ones often never come.",
        instead="Keep the dispute open and ask the seller to accept it: then AliExpress pays you.",
        would_change="the full amount has cleared on your own account.",
    )  # fmt: skip


_UNFIXED = {
    Reason.WAIT_LONGER: "You want to wait, but you can wait without a cancel",
    Reason.CHANGED_MIND: "A change of mind does not fix the problem",
    Reason.AFRAID_OF_ACCOUNT_BLOCK: "Fear for your account does not fix the problem",
}


def _not_fixed(situation: Situation) -> Iterator[Finding]:
    facts = situation.facts
    why = _UNFIXED.get(
        facts.buyer_reason or Reason.OTHER, "Your reason does not mean that the problem is fixed"
    )
    yield found(
        "not-fixed-yet", WARN,
        {"buyer_reason": facts.buyer_reason, "item_received": facts.item_received},
        meaning=f"{why}. An open dispute works for you, and AliExpress decides it if the seller "
        "does not.",
        instead="Keep the dispute open and watch its deadlines.",
        would_change="you have checked the product in your hands, or the claim was a mistake.",
    )  # fmt: skip


_RULES: dict[Reason, Callable[[Situation], Iterator[Finding]]] = {
    Reason.PACKAGE_ARRIVED: _arrived,
    Reason.REPLACEMENT_ARRIVED: _arrived,
    Reason.PACKAGE_ARRIVED_WRONG_ITEM: _wrong_item,
    Reason.PACKAGE_ARRIVED_PARTLY: _wrong_item,
    Reason.REPLACEMENT_SENT: on_replacement,
    Reason.FILED_BY_MISTAKE: _mistake,
    Reason.SELLER_PROMISED: _promised,
    Reason.FAIR_AGREEMENT: _agreement,
    Reason.ADD_EVIDENCE: on_edits,
    Reason.START_FRESH: on_edits,
    Reason.CHANGE_AMOUNT: on_edits,
    Reason.MONEY_RECEIVED_OFF_PLATFORM: _paid_outside,
}
