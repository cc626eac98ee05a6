"""What the time that is left means for this buyer (F6, F7, F18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.facts import Reason
from rules.moments import read_moment
from rules.rulebook import BLOCK, NOTE, WARN
from rules.situation import Situation, found
from rules.window import WindowState
from rules.wording import date_text, one_line, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.verdicts import Finding, Severity

_HAS_ARRIVED = frozenset({"delivered", "completed"})


def on_window(situation: Situation) -> Iterator[Finding]:
    """The state of the window, and the note about what comes after a cancel."""
    state = situation.window.state
    if state is WindowState.CLOSED:
        yield _closed(situation)
    elif state is WindowState.CLOSING_SOON:
        yield _closing_soon(situation)
    elif state is WindowState.UNKNOWN:
        yield _unknown(situation)
    if situation.window.refile_by and state in {WindowState.OPEN, WindowState.CLOSING_SOON}:
        yield _after_cancel(situation)


def on_delivery(situation: Situation) -> Iterator[Finding]:
    """F6: the 15 days cannot be counted from a date that nobody knows."""
    facts = situation.facts
    seen = {"delivered_at": facts.delivered_at, "order_status": facts.order_status}
    if facts.delivered_at is not None and situation.window.delivered is None:
        yield found(
            "delivery-date-unknown", WARN, seen,
            meaning=f'The delivery date "{one_line(facts.delivered_at, 40)}" cannot be read. The '
            "15 days after delivery may end before your protection does.",
            instead="Look up the day of delivery on the order page.",
            would_change="A date such as 2026-06-08T09:00:00Z.",
        )  # fmt: skip
    elif facts.delivered_at is None and facts.order_status in _HAS_ARRIVED:
        yield found(
            "delivery-date-unknown", NOTE, seen,
            meaning="The order counts as delivered, but the day is unknown. You can file again "
            "until 15 days after it at the latest.",
            instead="Look up the day of delivery on the order page.",
            would_change="Knowing the day of delivery.",
        )  # fmt: skip


def _seen(situation: Situation) -> dict[str, object]:
    facts = situation.facts
    return {
        "protection_deadline": facts.protection_deadline,
        "delivered_at": facts.delivered_at,
        "order_placed": facts.order_placed,
        "now": facts.now.isoformat() if facts.now else None,
        "item_received": facts.item_received,
        "item_verified": facts.item_verified,
    }


def _closed(situation: Situation) -> Finding:
    over = situation.window.refile_by
    when = f" on {date_text(over)}" if over else ""
    return found(
        "window-closed",
        WARN if situation.facts.checked_in_hand else BLOCK,
        _seen(situation),
        meaning=f"Your right to dispute this order ended{when}. If you cancel now, you cannot "
        "file again and the claim is gone for good.",
        instead="Keep this dispute open: it is the last one that you can have on this order.",
        would_change="The right, working product in your hands, or a deadline that lies ahead.",
    )


def _closing_soon(situation: Situation) -> Finding:
    window, facts = situation.window, situation.facts
    left = span_text(window.refile_by - window.now) if window.refile_by and window.now else "little"
    until = date_text(window.refile_by) if window.refile_by else "soon"
    mistaken = facts.buyer_reason is Reason.FILED_BY_MISTAKE
    paid = situation.is_solved and situation.money_is_there
    return found(
        "window-closing-soon",
        WARN if facts.checked_in_hand or mistaken or paid else BLOCK,
        _seen(situation),
        meaning=f"Only {left} remain, until {until}, to file again if something turns out wrong. "
        "This is probably your last chance to have a dispute on this order.",
        instead="Keep the dispute open unless you are sure that you will never need it.",
        would_change="An extended protection with more than 72 hours left, or the checked product "
        "in your hands.",
    )


def _unknown(situation: Situation) -> Finding:
    return found(
        "deadline-unknown",
        _unknown_severity(situation),
        _seen(situation),
        meaning=_why_unknown(situation),
        instead="Look up the end of the buyer protection on the order page and give it with "
        "--protection-ends, with its time zone.",
        would_change="A readable deadline such as 2026-07-15T08:00:00Z that lies ahead.",
    )


def _unknown_severity(situation: Situation) -> Severity:
    """Unknown weighs like closed where the product is known to be missing.

    A date that may already have passed is closed at its earliest reading. While pages
    are still to be read, a date that nobody has given yet only warns.
    """
    facts = situation.facts
    if facts.checked_in_hand:
        return WARN
    if situation.window.may_be_over or situation.window.is_bounded_soon:
        return BLOCK
    if situation.awaiting_pages and facts.protection_deadline is None:
        return WARN
    return BLOCK if facts.item_received is False else WARN


def _why_unknown(situation: Situation) -> str:
    """Name what is missing: the clock, the offset, or the date itself."""
    text = situation.facts.protection_deadline
    if situation.window.now is None:
        return "The present time is unknown, so it is not known whether you could file again."
    if situation.window.may_be_over:
        return (
            "A date without a time zone leaves open whether your right to dispute is over: read "
            "at its earliest it is, read at its latest it is not."
        )
    if text and read_moment(text) is None:
        return (
            f'The end of your buyer protection reads "{one_line(text, 40)}", which is no date. '
            "It may be over already."
        )
    return f"The end of your buyer protection is unknown. {_bound(situation)}"


def _bound(situation: Situation) -> str:
    """What the order's date tells where nothing else does."""
    window = situation.window
    if window.at_the_latest is None or window.now is None:
        return "It may be over already."
    return (
        f"Counted from the order's date it ends on {date_text(window.at_the_latest.earliest)} at "
        f"the latest ({span_text(window.at_the_latest.earliest - window.now)} left); it may end "
        "before, or be over already."
    )


def _after_cancel(situation: Situation) -> Finding:
    window = situation.window
    until = date_text(window.refile_by) if window.refile_by else "unknown"
    left = span_text(window.refile_by - window.now) if window.refile_by and window.now else ""
    return found(
        "after-cancel", NOTE, {"refile_by": until},
        meaning=f"After a cancel the order is back to normal and its clock runs on: {left} are "
        f"left. You could file again until {until} at the latest; that is no promise of the site, and "
        "some public texts say that a cancelled dispute cannot be opened again. Count the cancel as "
        "final.",
        instead="Put a reminder well before that moment into your calendar.",
        would_change="Nothing needs to change; this is what follows from a cancel.",
    )  # fmt: skip
