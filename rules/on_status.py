"""Can this dispute be cancelled at all, and by whom? (F3, F4, F5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.rulebook import BLOCK, NOTE, WARN
from rules.situation import Situation, found, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules.verdicts import Finding

CANCELLABLE = frozenset({"waiting_seller", "seller_responded", "mediating"})
_FROZEN_WORDS = ("frozen", "froze", "suspend")
_FINAL = frozenset({"final_decision", "accepted_proposal"})
_SETTLING = frozenset(
    {
        "return_in_progress", "refund_in_progress", "seller_accepted", "seller_accepted_full",
        "appeal", "appealing", "appeal_in_progress",
    }
)  # fmt: skip
NOTHING_OPEN = frozenset({"none", "closed", "cancelled", "canceled", "refund_complete"})


def on_status(situation: Situation) -> Iterator[Finding]:
    """One finding for any status but a plain open one."""
    status = situation.facts.dispute_status
    seen = {"dispute_status": status}
    if status is None and situation.awaiting_pages:
        yield found(
            "status-not-seen", WARN, seen,
            meaning="Whether your dispute can still be cancelled has not been looked up yet.",
            instead="Name the order, so that its pages are read, or give the status you see.",
            would_change="A status that is open, answered by the seller, or in mediation.",
        )  # fmt: skip
    elif status == "mediating":
        yield found(
            "mediation-running", NOTE, seen,
            meaning="AliExpress is deciding your case. Cancelling now gives that decision up.",
            instead="If your evidence is clear and the problem remains, let AliExpress decide.",
            would_change="Nothing needs to change; this is for you to weigh.",
        )  # fmt: skip
    elif status == "seller_responded":
        yield found(
            "proposal-waiting", NOTE, seen,
            meaning="The seller has answered your claim. Accepting their proposal would close "
            "the case for good; cancelling withdraws your claim and their proposal with it.",
            instead="Read the proposal before you cancel.",
            would_change="Nothing needs to change; this is for you to weigh.",
        )  # fmt: skip
    elif status not in CANCELLABLE:
        yield _refused(status, seen)


def on_frozen_order(situation: Situation) -> Iterator[Finding]:
    """The site may refund by itself where it froze the order: said before a cancel."""
    facts = situation.facts
    status = (facts.order_status or "").casefold()
    if facts.order_frozen is True or any(word in status for word in _FROZEN_WORDS):
        yield found(
            "order-frozen", NOTE if situation.is_solved else WARN,
            {"order_frozen": facts.order_frozen, "order_status": facts.order_status},
            meaning="The site froze this order because it acts against the seller. It may refund "
            "you by itself, and a cancel could give that refund up.",
            instead="Wait for what the site decides, or ask its support, before you cancel.",
            would_change="An order that is no longer frozen.",
        )  # fmt: skip


def _refused(status: str | None, seen: Mapping[str, object]) -> Finding:
    if status in _FINAL:
        return found(
            "status-final", BLOCK, seen,
            meaning=f"This case is closed for good ({_words(status)}); it cannot be cancelled.",
            instead="If you disagree with a decision, look for an appeal on the dispute page.",
            would_change="Nothing: a ruling or an accepted proposal ends the case.",
        )  # fmt: skip
    if status in _SETTLING:
        return found(
            "status-settlement-running", BLOCK, seen,
            meaning=f"A settlement is running ({_words(status)}). Cancelling could throw away "
            "the refund that is already agreed.",
            instead="Let it run, and keep to the dates that the dispute page shows.",
            would_change="A dispute that is open, answered by the seller, or in mediation.",
        )  # fmt: skip
    if status in NOTHING_OPEN:
        return found(
            "nothing-to-cancel", BLOCK, seen,
            meaning=f"There is no open dispute here ({_words(status)}), so nothing to cancel.",
            instead="Check that this is the order that you mean.",
            would_change="An open dispute on this order.",
        )  # fmt: skip
    return found(
        "status-unreadable", BLOCK, seen,
        meaning=f"The status of your dispute is not understood: {readable(status)}. Only three "
        "states are known to be cancellable, so nothing is touched.",
        instead="Open the dispute page yourself and read the status line. If it says that the "
        "dispute is open, teach its words to the tool with a words file.",
        would_change="A status that is open, answered by the seller, or in mediation.",
    )  # fmt: skip


def _words(status: str | None) -> str:
    return readable(status).replace("_", " ")
