"""The time left to file again: how severe each state of the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, Reason, Severity
from rules.checks.on_window import on_delivery, on_window
from rules.checks.situation import situation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.verdicts import Finding

NOTE, WARN, BLOCK = Severity.NOTE, Severity.WARN, Severity.BLOCK
PAST, SOON = "2026-06-09T09:00:00Z", "2026-06-10T18:00:00Z"
UNCHECKED: dict[str, Any] = {"item_verified": None}
MISSING: dict[str, Any] = {"item_received": False, "item_verified": None}


def told(facts: Facts, *, awaiting: bool = False) -> dict[str, Finding]:
    """The findings of the window, by rule."""
    situation = situation_of(facts, awaiting_pages=awaiting)
    return {each.rule: each for each in on_window(situation)}


@pytest.mark.parametrize(
    ("changes", "awaiting", "severities"),
    [
        ({}, False, {"after-cancel": NOTE}),
        ({"protection_deadline": PAST}, False, {"window-closed": WARN}),
        ({"protection_deadline": PAST} | UNCHECKED, False, {"window-closed": BLOCK}),
        ({"protection_deadline": SOON}, False, {"window-closing-soon": WARN, "after-cancel": NOTE}),
        ({"protection_deadline": SOON} | UNCHECKED, False,
         {"window-closing-soon": BLOCK, "after-cancel": NOTE}),
        ({"protection_deadline": SOON, "buyer_reason": Reason.FILED_BY_MISTAKE} | UNCHECKED, False,
         {"window-closing-soon": WARN, "after-cancel": NOTE}),
        ({"protection_deadline": SOON, "buyer_reason": Reason.MONEY_RECEIVED_OFF_PLATFORM,
          "money_received": "full_cleared"} | UNCHECKED, False,
         {"window-closing-soon": WARN, "after-cancel": NOTE}),
        ({"protection_deadline": SOON, "buyer_reason": Reason.MONEY_RECEIVED_OFF_PLATFORM,
          "money_received": "partial"} | UNCHECKED, False,
         {"window-closing-soon": BLOCK, "after-cancel": NOTE}),
        ({"protection_deadline": None, "delivered_at": None}, False, {"deadline-unknown": WARN}),
        ({"protection_deadline": None, "delivered_at": None} | UNCHECKED, False,
         {"deadline-unknown": WARN}),
        ({"protection_deadline": None, "delivered_at": None} | MISSING, False,
         {"deadline-unknown": BLOCK}),
        ({"protection_deadline": None, "delivered_at": None} | MISSING, True,
         {"deadline-unknown": WARN}),
        ({"protection_deadline": "soon", "delivered_at": None} | MISSING, True,
         {"deadline-unknown": BLOCK}),
        ({"protection_deadline": "2026-06-10 12:00"} | UNCHECKED, False,
         {"deadline-unknown": BLOCK}),
        ({"protection_deadline": "2026-06-10 12:00"}, False, {"deadline-unknown": WARN}),
        ({"dispute_status": "refund_complete"}, False, {}),
    ],
)  # fmt: skip
def test_how_severe_the_window_is(
    good: Callable[..., Facts],
    changes: dict[str, Any],
    severities: dict[str, Severity],
    *,
    awaiting: bool,
) -> None:
    """GIVEN what is known of the time left THEN a block, unless the product or the money is there."""
    found = told(good(**changes), awaiting=awaiting)

    assert {rule: each.severity for rule, each in found.items()} == severities


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"now": None}, "The current time is unknown"),
        ({"protection_deadline": "2026-06-10 12:00"}, "has no time zone"),
        ({"protection_deadline": "in a while", "delivered_at": None}, '"in a while", which is not a date'),
        ({"protection_deadline": None, "delivered_at": None}, "may already be over"),
        ({"protection_deadline": None, "delivered_at": None, "order_placed": "2026-06-01T00:00:00Z"},
         "By the order's date it ends on"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(
    good: Callable[..., Facts], changes: dict[str, Any], words: str
) -> None:
    """GIVEN an unknown deadline THEN the finding says whether clock, zone or date is missing."""
    assert words in told(good(**changes))["deadline-unknown"].meaning


@pytest.mark.parametrize(("deadline", "exact"), [(PAST, True), ("2026-06-01 09:00", False)])
def test_a_day_is_named_only_if_it_is_one_day_everywhere(
    good: Callable[..., Facts], deadline: str, *, exact: bool
) -> None:
    """GIVEN a deadline that is over THEN its day, unless the zone is missing."""
    found = told(good(protection_deadline=deadline, delivered_at=None))["window-closed"]

    assert (" ended on " in found.meaning) is exact


@pytest.mark.parametrize(
    ("delivered", "status", "severity"),
    [
        ("2026-06-08T09:00:00Z", "delivered", None),
        ("last week", "delivered", WARN),
        ("last week", "shipped", WARN),
        (None, "delivered", NOTE),
        (None, "shipped", None),
        (None, "Some other words", None),
        (None, None, None),
    ],
)
def test_a_delivery_without_its_date_is_told(
    good: Callable[..., Facts], delivered: str | None, status: str | None, severity: Severity | None
) -> None:
    """GIVEN a delivery THEN a finding if its date cannot be read or is unknown."""
    facts = good(delivered_at=delivered, order_status=status)
    found = [each.severity for each in on_delivery(situation_of(facts, awaiting_pages=False))]

    assert found == ([severity] if severity else [])


def test_a_bound_by_the_orders_date_says_how_much_is_left(good: Callable[..., Facts]) -> None:
    """GIVEN only the order's date THEN the last moment and the time until then, at the most."""
    facts = good(protection_deadline=None, delivered_at=None, order_placed="2026-04-01T00:00Z")
    end = "30 Jun 2026, 00:00 UTC at the latest (19 days and 12 hours left)"
    assert end in told(facts)["deadline-unknown"].meaning


def test_what_follows_a_cancel_names_its_last_moment(good: Callable[..., Facts]) -> None:
    """GIVEN a date with or without a zone THEN the note shows when it ends, and that a zone is missing."""
    shown = []
    for deadline in ("2026-06-23T09:00:00Z", "2026-06-23"):
        note = told(good(protection_deadline=deadline, delivered_at=None))["after-cancel"]
        assert f"until {note.facts['refile_by']} at the latest" in note.meaning
        shown.append(dict(note.facts))
    assert shown == [
        {"refile_by": "23 Jun 2026, 09:00 UTC"},
        {"refile_by": "22 Jun 2026, 10:00 UTC", "time_zone": "missing"},
    ]
