"""What the time left says to the buyer, and how severe it is (F6, F7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, MoneyReceived, Reason, advise

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules import Finding

AWAY = {"item_received": False, "item_verified": False}
SOON, OVER = "2026-06-10T13:00:00Z", "2026-06-09T09:00:00Z"
NO_DATES = {"protection_deadline": None, "delivered_at": None}
MISTAKE = {"buyer_reason": Reason.FILED_BY_MISTAKE}
PAID = {
    "buyer_reason": Reason.MONEY_RECEIVED_OFF_PLATFORM,
    "money_received": MoneyReceived.FULL_CLEARED,
}


def found(facts: Facts, rule: str) -> Finding | None:
    """The finding of a rule."""
    return next((each for each in advise(facts).findings if each.rule == rule), None)


@pytest.mark.parametrize(
    ("rule", "changes", "severity"),
    [
        ("window-closing-soon", {"protection_deadline": SOON}, "warn"),
        ("window-closing-soon", {"protection_deadline": SOON, **AWAY}, "block"),
        ("window-closing-soon", {"protection_deadline": SOON, **AWAY, **MISTAKE}, "warn"),
        ("window-closing-soon", {"protection_deadline": SOON, **AWAY, **PAID}, "warn"),
        ("window-closed", {"protection_deadline": OVER}, "warn"),
        ("window-closed", {"protection_deadline": OVER, **AWAY}, "block"),
        ("window-closed", {"protection_deadline": OVER, **AWAY, **MISTAKE}, "block"),
        ("window-closed", {"protection_deadline": OVER, **AWAY, **PAID}, "block"),
    ],
)
def test_the_last_chance_is_given_up_only_for_something(
    good: Callable[..., Facts], rule: str, changes: dict[str, Any], severity: str
) -> None:
    """F7: little time warns beside a fixed problem; none at all only beside the product itself."""
    finding = found(good(**changes), rule)
    assert finding
    assert finding.severity.value == severity


@pytest.mark.parametrize(
    ("deadline", "told"),
    [(OVER, "ended on 9 Jun 2026, 09:00 UTC."), ("2026-06-08", "this order ended. ")],
)
def test_a_day_that_is_over_is_named_only_if_it_is_one(
    good: Callable[..., Facts], deadline: str, told: str
) -> None:
    """GIVEN a date without a zone that is over in all of them THEN no single moment is told."""
    finding = found(good(protection_deadline=deadline, delivered_at=None), "window-closed")
    assert finding
    assert told in finding.meaning


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"now": None}, "The current time is unknown"),
        ({"protection_deadline": "2026-06-10 18:00"}, "A date has no time zone"),
        ({"protection_deadline": "soon"}, 'reads "soon", which is not a date'),
        (NO_DATES, "protection is unknown. Protection may already be over."),
        (
            {**NO_DATES, "order_placed": "2026-04-01T00:00Z"},
            "it ends on 30 Jun 2026, 00:00 UTC at the latest (19 days and 12 hours left)",
        ),
    ],
)
def test_why_the_end_is_unknown(
    good: Callable[..., Facts], changes: dict[str, Any], told: str
) -> None:
    """GIVEN no clock, no zone, no date or none that can be read THEN the finding says which."""
    finding = found(good(**changes), "deadline-unknown")
    assert finding
    assert told in finding.meaning


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({}, None),
        ({"delivered_at": "last week"}, "warn"),
        ({"delivered_at": "last week", "order_status": "processing"}, "warn"),
        ({"delivered_at": None}, "note"),
        ({"delivered_at": None, "order_status": "completed"}, "note"),
        ({"delivered_at": None, "order_status": "processing"}, None),
        ({"delivered_at": None, "order_status": "Lost at sea"}, None),
        ({"delivered_at": None, "order_status": None}, None),
    ],
)
def test_a_delivery_without_its_date_is_told(
    good: Callable[..., Facts], changes: dict[str, Any], severity: str | None
) -> None:
    """F6: its days cannot be counted where it took place, or where its date cannot be read."""
    finding = found(good(**changes), "delivery-date-unknown")
    assert (finding and finding.severity.value) == severity


def test_what_follows_a_cancel_names_its_last_moment(good: Callable[..., Facts]) -> None:
    """GIVEN a date with or without a zone THEN the note shows when it ends, and that a zone is missing."""
    shown = []
    for deadline in ("2026-06-23T09:00:00Z", "2026-06-23"):
        note = found(good(protection_deadline=deadline, delivered_at=None), "after-cancel")
        assert note
        assert f"until {note.facts['refile_by']} at the latest" in note.meaning
        shown.append(dict(note.facts))
    assert shown == [
        {"refile_by": "23 Jun 2026, 09:00 UTC"},
        {"refile_by": "22 Jun 2026, 10:00 UTC", "time_zone": "missing"},
    ]
