"""Judge whether this dispute can be cancelled at all (F3, F4, F5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks.situation import Situation, found, readable
from rules.statuses import DisputeStatus
from rules.verdicts import BLOCK, NOTE, WARN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules.verdicts import Finding

_FROZEN_WORDS = ("frozen", "froze", "suspend")


def known(status: str | None) -> DisputeStatus:
    """The state, ``unknown`` for any other words."""
    return status if isinstance(status, DisputeStatus) else DisputeStatus.UNKNOWN


def on_status(situation: Situation) -> Iterator[Finding]:
    """One finding for every status except "waiting for the seller"."""
    status = situation.facts.dispute_status
    seen = {"dispute_status": status}
    if status is None and situation.awaiting_pages:
        yield found(
            "status-not-seen", WARN, seen,
            meaning="It has not been checked whether your dispute can still be cancelled.",
            instead="Look at the dispute page: it says who has to act now.",
            would_change="the dispute is open, answered by the seller, or in mediation.",
        )  # fmt: skip
    elif status is DisputeStatus.MEDIATING:
        yield found(
            "mediation-running", NOTE, seen,
            meaning="AliExpress is deciding your case. A cancel gives that decision up.",
            instead="If your evidence is clear and the problem remains, let AliExpress decide.",
            would_change="the mediation ends.",
        )  # fmt: skip
    elif status is DisputeStatus.SELLER_RESPONDED:
        yield found(
            "proposal-waiting", NOTE, seen,
            meaning="The seller has answered your claim. Accepting their proposal would close "
            "the case for good; cancelling withdraws your claim, and their proposal with it.",
            instead="Read the proposal before you cancel.",
            would_change="the proposal is withdrawn or accepted.",
        )  # fmt: skip
    elif not known(status).is_cancellable:
        yield _refused(status, seen)


def on_frozen_order(situation: Situation) -> Iterator[Finding]:
    """The site may refund a frozen order by itself; a cancel could give that up."""
    facts = situation.facts
    status = (facts.order_status or "").casefold()
    if facts.order_frozen is True or any(word in status for word in _FROZEN_WORDS):
        yield found(
            "order-frozen", NOTE if situation.is_solved else WARN,
            {"order_frozen": facts.order_frozen, "order_status": facts.order_status},
            meaning="AliExpress froze this order because it is acting against the seller. It may "
            "refund you by itself, and a cancel could give that refund up.",
            instead="Wait for AliExpress to decide, or ask its support, before you cancel.",
            would_change="the order is no longer frozen.",
        )  # fmt: skip


def _refused(status: str | None, seen: Mapping[str, object]) -> Finding:
    state = known(status)
    if state.is_final:
        return found(
            "status-final", BLOCK, seen,
            meaning=f"This case is closed for good ({state.words}); it cannot be cancelled.",
            instead="If you disagree with the decision, look for an appeal on the dispute page.",
            would_change="the status was misread; a ruling or an accepted proposal is final.",
        )  # fmt: skip
    if state.is_settling:
        return found(
            "status-settlement-running", BLOCK, seen,
            meaning=f"A settlement is under way ({state.words}). A cancel could throw away "
            "the refund already agreed.",
            instead="Let it run, and keep to the deadlines on the dispute page.",
            would_change="the dispute is open, answered by the seller, or in mediation.",
        )  # fmt: skip
    if state.is_over:
        return found(
            "nothing-to-cancel", BLOCK, seen,
            meaning=f"There is no open dispute here ({state.words}), so nothing to cancel.",
            instead="Check that this is the right order.",
            would_change="this order has an open dispute.",
        )  # fmt: skip
    return found(
        "status-unreadable", BLOCK, seen,
        meaning=f"The status of your dispute is not recognised: {readable(status)}. Only three "
        "states are known to be cancellable.",
        instead="Open the dispute page yourself and read the status line.",
        would_change="the dispute is open, answered by the seller, or in mediation.",
    )  # fmt: skip
