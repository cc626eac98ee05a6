"""The buyer's reason: which findings each makes, and how severe they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, Reason, Severity
from rules.checks.on_reason import on_reason
from rules.checks.situation import situation_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE, WARN, BLOCK = Severity.NOTE, Severity.WARN, Severity.BLOCK
CHECKED: dict[str, Any] = {}
UNCHECKED: dict[str, Any] = {"item_verified": False}
MISSING: dict[str, Any] = {"item_received": False, "item_verified": None}
PAID = {"money_received": "full_cleared"}


@pytest.mark.parametrize(
    ("reason", "changes", "severity"),
    [
        (None, CHECKED, WARN),
        (Reason.PACKAGE_ARRIVED, CHECKED, NOTE),
        (Reason.PACKAGE_ARRIVED, MISSING, BLOCK),
        (Reason.PACKAGE_ARRIVED, UNCHECKED, WARN),
        (Reason.REPLACEMENT_ARRIVED, CHECKED, NOTE),
        (Reason.REPLACEMENT_ARRIVED, MISSING, BLOCK),
        (Reason.SELLER_PROMISED, CHECKED, BLOCK),
        (Reason.FAIR_AGREEMENT, CHECKED, BLOCK),
        (Reason.ADD_EVIDENCE, CHECKED, BLOCK),
        (Reason.START_FRESH, CHECKED, BLOCK),
        (Reason.CHANGE_AMOUNT, CHECKED, BLOCK),
        (Reason.MONEY_RECEIVED_OFF_PLATFORM, PAID, WARN),
        (Reason.MONEY_RECEIVED_OFF_PLATFORM, {"money_received": "partial"}, BLOCK),
        (Reason.MONEY_RECEIVED_OFF_PLATFORM, CHECKED, BLOCK),
        (Reason.WAIT_LONGER, CHECKED, WARN),
        (Reason.CHANGED_MIND, CHECKED, WARN),
        (Reason.AFRAID_OF_ACCOUNT_BLOCK, CHECKED, WARN),
        (Reason.OTHER, CHECKED, WARN),
    ],
)
def test_how_severe_a_reason_is(
    good: Callable[..., Facts], reason: Reason | None, changes: dict[str, Any], severity: Severity
) -> None:
    """GIVEN a reason and what the buyer has THEN a promise never counts, and a product only in the hand."""
    facts = good(buyer_reason=reason, **changes)
    found = list(on_reason(situation_of(facts, awaiting_pages=False)))

    assert max(list(Severity).index(each.severity) for each in found) == list(Severity).index(
        severity
    )


def test_every_reason_has_its_own_finding(good: Callable[..., Facts]) -> None:
    """GIVEN any reason without a product THEN something is found, and none of it only notes."""
    for reason in Reason:
        facts = good(buyer_reason=reason, item_received=False, item_verified=None)
        found = list(on_reason(situation_of(facts, awaiting_pages=False)))
        harmless = reason is Reason.FILED_BY_MISTAKE
        assert harmless or {each.severity for each in found} & {WARN, BLOCK}, reason
