"""The facts that the rules rest on, by number, name and meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact of the guide.

    Args:
        id: its number, such as ``F12``.
        name: what to call it.
        meaning: what it says, for the buyer.
    """

    id: str
    name: str
    meaning: str


def _fact(name: str, meaning: str) -> tuple[str, str]:
    return name, meaning


_FACTS = (
    _fact(
        "the way on the website",
        "My Orders, the order, Order Details, the box of the running dispute, Cancel Request at "
        "the bottom of its page, and a confirmation.",
    ),
    _fact(
        "the way on a phone",
        "Account, Orders, the order, the running dispute, Cancel Request, and a confirmation.",
    ),
    _fact(
        "when a dispute can be cancelled",
        "While it waits for the seller, while the buyer looks at the seller's answer and while "
        "AliExpress mediates. Not after a final decision or an accepted proposal; any other "
        "state is treated as a no.",
    ),
    _fact(
        "only the buyer can cancel",
        "The seller can accept, reject or wait; they cannot cancel.",
    ),
    _fact(
        "accepting is not cancelling",
        "A cancel withdraws the claim and keeps the right to file again. An accepted proposal "
        "or a decision closes the case for good.",
    ),
    _fact(
        "until when it can be filed again",
        "While the buyer protection runs and until 15 days after delivery, whichever ends "
        "first. Only a cancelled dispute can come back. Public "
        'texts contradict even that ("cannot be reopened", "one dispute per order"), so every '
        "cancel counts as final.",
    ),
    _fact(
        "after the protection nothing is left",
        "Once the protection has ended, the right to dispute this order is gone. So the "
        "deadline is looked at before anything is cancelled.",
    ),
    _fact(
        "in hand and checked",
        "The parcel is there and holds the right, working product: a good reason to cancel.",
    ),
    _fact(
        "a proven replacement",
        "A second parcel whose tracking really moves, and a protection that was extended: a "
        "good reason only with both.",
    ),
    _fact(
        "a mistaken claim",
        "Wrong order, misread tracking or a misunderstanding: a good reason to cancel.",
    ),
    _fact(
        "agreements run through the dispute",
        "A fair agreement is carried out by the dispute itself. It is a reason to keep it.",
    ),
    _fact(
        "a promise for the cancel",
        "The seller wants the cancel first and promises something for later. Whatever they "
        "mean to do they can do while the dispute is open.",
    ),
    _fact(
        "what then goes wrong",
        "They fall silent, the protection runs out, the promised payment never comes, and the "
        "site enforces nothing that was said in a chat.",
    ),
    _fact(
        "fixed, not promised",
        "Cancel when the problem is solved, not when its solution was announced. An invented "
        "tracking number cost one buyer 47 dollars.",
    ),
    _fact(
        "editing instead of cancelling",
        "More evidence, another reason or amount need no cancel: an open dispute can be edited "
        "up to four times.",
    ),
    _fact(
        "money outside the site",
        "The site enforces no payment that is made past it.",
    ),
    _fact(
        "letting AliExpress decide",
        "With clear evidence an open dispute works for the buyer.",
    ),
    _fact(
        "after the cancel",
        "The dispute is closed, the order looks normal, the clock runs and the seller is under "
        "no pressure. What counts is the last moment to file again.",
    ),
)

GUIDE = {
    f"F{number}": Fact(id=f"F{number}", name=name, meaning=meaning)
    for number, (name, meaning) in enumerate(_FACTS, start=1)
}
