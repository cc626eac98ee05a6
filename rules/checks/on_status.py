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


# What goes on in a settlement, what a cancel could do to it, and what the buyer can do.
_LET_IT_RUN = "Let it run, and keep to the deadlines on the dispute page."
_LOSES_REFUND = "A cancel could throw away the refund that was agreed."
_UNDER_WAY = {
    DisputeStatus.RETURN_IN_PROGRESS: (
        "A return is under way", _LOSES_REFUND,
        "Send the parcel back in time: the dispute page says until when.",
    ),
    DisputeStatus.REFUND_IN_PROGRESS: ("A refund is under way", _LOSES_REFUND, _LET_IT_RUN),
    DisputeStatus.SELLER_ACCEPTED: ("The seller has accepted", _LOSES_REFUND, _LET_IT_RUN),
    DisputeStatus.SELLER_ACCEPTED_FULL: (
        "The seller has accepted the full refund", _LOSES_REFUND, _LET_IT_RUN,
    ),
}  # fmt: skip
_APPEAL = ("Your appeal is under way", "A cancel could give up what it may still win.", _LET_IT_RUN)
_OPEN_A_NEW_ONE = (
    "If the problem is not solved, try to open a new dispute while the protection runs."
)
_OVER = {
    DisputeStatus.NONE: ("This order has no open dispute", "Check that this is the right order."),
    DisputeStatus.REFUND_COMPLETE: (
        "This dispute is over: the refund is complete", "Check that the money has reached you.",
    ),
    DisputeStatus.CLOSED: ("This dispute is closed already", _OPEN_A_NEW_ONE),
}  # fmt: skip
_CANCELLED = ("This dispute is cancelled already", _OPEN_A_NEW_ONE)


def _refused(status: str | None, seen: Mapping[str, object]) -> Finding:
    state = known(status)
    if state.is_final:
        return _final(state, seen)
    if state.is_settling:
        what, lost, instead = _UNDER_WAY.get(state, _APPEAL)
        return found(
            "status-settlement-running", BLOCK, seen,
            meaning=f"{what}. {lost}",
            instead=instead,
            would_change="the dispute is open, answered by the seller, or in mediation.",
        )  # fmt: skip
    if state.is_over:
        what, instead = _OVER.get(state, _CANCELLED)
        return found(
            "nothing-to-cancel", BLOCK, seen,
            meaning=f"{what}, so there is nothing to cancel.",
            instead=instead,
            would_change="this order has an open dispute.",
        )  # fmt: skip
    is_named = status not in {None, DisputeStatus.UNKNOWN}
    return found(
        "status-unreadable", BLOCK, seen,
        meaning=(
            f"The status of your dispute is not recognised: {readable(status)}."
            if is_named
            else "The status of your dispute is unknown."
        )
        + " Only three states are known to be cancellable.",
        instead="Open the dispute page yourself and read the status line.",
        would_change="the dispute is open, answered by the seller, or in mediation.",
    )  # fmt: skip


def _final(state: DisputeStatus, seen: Mapping[str, object]) -> Finding:
    if state is DisputeStatus.ACCEPTED_PROPOSAL:
        what = "You accepted a proposal, which closed this case for good"
        instead = "Check that you get what was agreed."
    else:
        what = "AliExpress has decided, and this case is closed for good"
        instead = "If you disagree with the decision, look for an appeal on the dispute page."
    return found(
        "status-final", BLOCK, seen,
        meaning=f"{what}: it can no longer be cancelled.",
        instead=instead,
        would_change="the status was misread; a ruling or an accepted proposal is final.",
    )  # fmt: skip
