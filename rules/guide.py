"""The facts behind the rules: number, name and meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact of the guide.

    Args:
        id: its number, such as ``F12``.
        name: a short name.
        meaning: what it says, in the buyer's words.
    """

    id: str
    name: str
    meaning: str


def _fact(name: str, meaning: str) -> tuple[str, str]:
    return name, meaning


_FACTS = (
    _fact(
        "how to cancel on the website",
        "My Orders, the order, Order Details, the box of the open dispute, Cancel Request at "
        "the bottom of its page, then confirm.",
    ),
    _fact(
        "how to cancel on a phone",
        "Account, Orders, the order, the open dispute, Cancel Request, then confirm.",
    ),
    _fact(
        "when a dispute can be cancelled",
        "While it waits for the seller, while you review the seller's answer, and while "
        "AliExpress mediates. Not after a final decision or an accepted proposal. Any other "
        "state counts as no.",
    ),
    _fact(
        "only the buyer can cancel",
        "The seller can accept, reject or wait, but not cancel.",
    ),
    _fact(
        "accepting is not cancelling",
        "A cancel withdraws the claim and keeps the right to file again. An accepted proposal "
        "or a decision closes the case for good.",
    ),
    _fact(
        "how long you can file again",
        "While the buyer protection runs and until 15 days after delivery, whichever ends "
        "first. Only a cancelled dispute can come back. Some public texts contradict even that "
        '("cannot be reopened", "one dispute per order"), so count every cancel as final.',
    ),
    _fact(
        "no dispute after the protection",
        "Once the protection has ended, the right to dispute this order is gone. So check the "
        "deadline before you cancel anything.",
    ),
    _fact(
        "in hand and checked",
        "You have the parcel, and it holds the right, working product: a good reason to cancel.",
    ),
    _fact(
        "a proven replacement",
        "A second parcel whose tracking really moves, and an extended protection: a good reason "
        "only with both.",
    ),
    _fact(
        "a mistaken claim",
        "Wrong order, misread tracking or a misunderstanding: a good reason to cancel.",
    ),
    _fact(
        "settle through the dispute",
        "The dispute itself carries out a fair agreement. That is a reason to keep it open.",
    ),
    _fact(
        "a promise for the cancel",
        "The seller wants the cancel first and promises something for later. Anything they want "
        "to do, they can do while the dispute is open.",
    ),
    _fact(
        "what goes wrong then",
        "They go silent, the protection runs out, the promised payment never comes, and "
        "AliExpress enforces nothing that was said in a chat.",
    ),
    _fact(
        "fixed, not promised",
        "Cancel when the problem is solved, not when a solution is announced. An invented "
        "tracking number cost one buyer 47 dollars.",
    ),
    _fact(
        "edit instead of cancel",
        "More evidence, another reason or another amount need no cancel: you can edit an open "
        "dispute up to four times.",
    ),
    _fact(
        "money outside AliExpress",
        "AliExpress does not enforce payments made elsewhere.",
    ),
    _fact(
        "let AliExpress decide",
        "With clear evidence, an open dispute works for the buyer.",
    ),
    _fact(
        "after the cancel",
        "The dispute is closed, the order looks normal, the clock keeps running and the seller "
        "is under no pressure. What counts is the latest time to file again.",
    ),
)

GUIDE = {
    f"F{number}": Fact(id=f"F{number}", name=name, meaning=meaning)
    for number, (name, meaning) in enumerate(_FACTS, start=1)
}
