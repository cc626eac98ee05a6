"""Judge the time left to file again (F6, F7, F18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.catalogue import LIMITS
from rules.checks.situation import Situation, found
from rules.facts import Reason
from rules.moments import read_moment
from rules.statuses import OrderStatus
from rules.verdicts import BLOCK, NOTE, WARN
from rules.window import WindowState
from rules.wording import ZONE_IS_MISSING, date_text, one_line, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.verdicts import Finding, Severity
    from rules.window import Window

_IN_ITS_ZONE = ", and in which time zone: AliExpress shows PST or PDT"


def on_window(situation: Situation) -> Iterator[Finding]:
    """Judge the window, and note what follows a cancel."""
    state = situation.window.state
    if state is WindowState.CLOSED:
        yield _closed(situation)
    elif state is WindowState.CLOSING_SOON:
        yield _closing_soon(situation)
    elif state is WindowState.UNKNOWN:
        yield _unknown(situation)
    is_ahead = state in {WindowState.OPEN, WindowState.CLOSING_SOON}
    if situation.window.refile_by and is_ahead and not situation.is_settled:
        yield _after_cancel(situation)


def on_delivery(situation: Situation) -> Iterator[Finding]:
    """F6: the days after delivery cannot be counted without the delivery date."""
    facts = situation.facts
    seen = {"delivered_at": facts.delivered_at, "order_status": facts.order_status}
    if facts.delivered_at is not None and situation.window.delivered is None:
        yield found(
            "delivery-date-unknown", WARN, seen,
            meaning=f'The delivery date "{one_line(facts.delivered_at, 40)}" cannot be read. The '
            f"{LIMITS.after_delivery_days} days after delivery may end before your protection does.",
            instead="Look up the delivery date on the order page.",
            would_change="the date is readable, such as 2026-06-08T09:00:00Z.",
        )  # fmt: skip
    elif facts.delivered_at is None and _has_arrived(facts.order_status):
        yield found(
            "delivery-date-unknown", NOTE, seen,
            meaning="The order is delivered, but the date is unknown. You can file again until "
            f"{LIMITS.after_delivery_days} days after delivery at the latest.",
            instead="Look up the delivery date on the order page.",
            would_change="the delivery date is known.",
        )  # fmt: skip


def _has_arrived(status: str | None) -> bool:
    return isinstance(status, OrderStatus) and status.has_arrived


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
    window = situation.window
    # A date without a time zone is another day in some of them; it is over in all.
    is_exact = window.refile_by and not window.zone_is_missing
    when = f" on {date_text(window.refile_by)}" if window.refile_by and is_exact else ""
    return found(
        "window-closed",
        WARN if situation.facts.checked_in_hand else BLOCK,
        _seen(situation),
        meaning=f"Your right to dispute this order ended{when}. If you cancel now, you cannot "
        "file again and the claim is gone for good.",
        instead="Keep this dispute open: you cannot open another one on this order.",
        would_change="you have the right, working product, or the deadline is in the future.",
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
        meaning=f"You have only {left} left, until {until}, to file again if something turns out "
        f"wrong{_counted_from(window)}. This is probably your last chance to dispute this order.",
        instead="Keep the dispute open. Cancel only if you are sure that you will never need it again.",
        would_change=f"the protection is extended to more than {LIMITS.soon_hours} hours, or you have checked the "
        "product in your hands.",
    )


def _unknown(situation: Situation) -> Finding:
    return found(
        "deadline-unknown",
        _unknown_severity(situation),
        _seen(situation),
        meaning=_why_unknown(situation),
        instead="Look up on the order page when the buyer protection ends"
        f"{_IN_ITS_ZONE if situation.window.may_be_over else ''}.",
        would_change="the end is known, with its time zone, and is still to come.",
    )


def _unknown_severity(situation: Situation) -> Severity:
    """An unknown deadline counts as passed if the product is known to be missing.

    A date that may already have passed is closed at its earliest reading. While pages
    are still to be read, a missing date only warns.
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
    """Name what is missing: the clock, the offset or the date."""
    text = situation.facts.protection_deadline
    if situation.window.now is None:
        return "The current time is unknown, so it may be too late to file again."
    if situation.window.may_be_over:
        return (
            "A date has no time zone, so your right to dispute may be over: it is over in some "
            "time zones and not in others."
        )
    if text and read_moment(text) is None:
        return (
            f'The end of your buyer protection reads "{one_line(text, 40)}", which is not a date. '
            "Protection may already be over."
        )
    return f"The end of your buyer protection is unknown. {_bound(situation)}"


def _bound(situation: Situation) -> str:
    """What the order's date says if no deadline is known."""
    window = situation.window
    if window.at_the_latest is None or window.now is None:
        return "Protection may already be over."
    return (
        f"By the order's date it ends on {date_text(window.at_the_latest.earliest)} at the latest "
        f"({span_text(window.at_the_latest.earliest - window.now)} left), but it may end earlier "
        "or already be over."
    )


def _counted_from(window: Window) -> str:
    """How the time was read, if that is not its only meaning."""
    return f": {ZONE_IS_MISSING}" if window.zone_is_missing else ""


def _after_cancel(situation: Situation) -> Finding:
    window = situation.window
    until = date_text(window.refile_by) if window.refile_by else "unknown"
    left = span_text(window.refile_by - window.now) if window.refile_by and window.now else ""
    seen = {"refile_by": until} | ({"time_zone": "missing"} if window.zone_is_missing else {})
    return found(
        "after-cancel", NOTE, seen,
        meaning="After a cancel the order is back to normal and its protection clock keeps "
        f"running, with {left} left. You could file again until {until} at the latest"
        f"{_counted_from(window)}. AliExpress does not promise that: some public texts say that a "
        "cancelled dispute cannot be opened again. Count the cancel as final.",
        instead="Set a reminder well before that time.",
        would_change="you do not cancel.",
    )  # fmt: skip
