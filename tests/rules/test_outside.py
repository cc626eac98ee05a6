"""What comes from outside is checked by pydantic, into the same dataclasses that code makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from rules import DisputeStatus, Facts, MoneyReceived, Reason, ReplacementTracking
from rules.outside import adapter, checked, revised

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
LOOKED_UP = ReplacementTracking(number="LP1CN", carrier_events=3)


@pytest.mark.parametrize(
    ("sound", "wrong"),
    [
        ({"item_received": True}, {"item_received": "yes"}),
        ({"item_received": None}, {"item_received": 1}),
        ({"edits_used": 3}, {"edits_used": "3"}),
        ({"edits_used": 3}, {"edits_used": 3.0}),
        ({"edits_used": -1_000_000}, {"edits_used": -1_000_001}),
        ({"open_disputes_in_order": 0}, {"open_disputes_in_order": -1}),
        ({"open_disputes_in_order": 1_000_000}, {"open_disputes_in_order": 1_000_001}),
        ({"unattributed_messages": ["a"]}, {"unattributed_messages": "a"}),
        ({"visible_buttons": ["a"]}, {"visible_buttons": [5]}),
        ({"buyer_reason": "other"}, {"buyer_reason": "boredom"}),
        ({"money_received": "none"}, {"money_received": "much"}),
        ({"seller_message": "5"}, {"seller_message": 5}),
        ({"seller_messages": ["a"]}, {"seller_messages": [5]}),
        ({"seller_messages": None}, {"seller_messages": "a"}),
        ({"now": "2026-06-10T12:00:00Z"}, {"now": "2026-06-10T12:00:00"}),
        ({"now": "2026-06-10T12:00:00+02:00"}, {"now": "1700000000"}),
        ({"now": NOW}, {"now": 1_700_000_000}),
        ({"now": NOW}, {"now": NOW.replace(year=9999)}),
        (
            {"replacement_tracking": LOOKED_UP},
            {"replacement_tracking": replace(LOOKED_UP, carrier_events=-1)},
        ),
        (
            {"replacement_tracking": LOOKED_UP},
            {"replacement_tracking": ReplacementTracking(number=5)},  # type: ignore[arg-type]
        ),
        ({"replacement_tracking": None}, {"replacement_tracking": "LP1CN"}),
    ],
)
def test_a_value_of_another_kind_is_refused(sound: dict[str, Any], wrong: dict[str, Any]) -> None:
    """GIVEN a value that the fact cannot have THEN it is refused, not converted. Control: one that it can."""
    assert isinstance(Facts().updated(**sound), Facts)
    with pytest.raises(ValidationError):
        Facts().updated(**wrong)


def test_facts_that_code_put_together_are_checked_like_new_ones() -> None:
    """GIVEN wrong values behind the back of the types THEN a check finds them. Control: right ones."""
    right = Facts(now=NOW, item_received=True, replacement_tracking=LOOKED_UP)

    assert checked(Facts, right) == right
    with pytest.raises(ValidationError):
        checked(Facts, replace(right, item_received="yes"))  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        right.updated(edits_used=1, item_verified="no")


def test_a_checked_value_is_of_the_kind_that_the_rules_compare_with() -> None:
    """GIVEN names of states and reasons as texts THEN they are the enum's own members."""
    facts = adapter(Facts).validate_json(
        '{"dispute_status": "mediating", "buyer_reason": "other", "money_received": "partial",'
        ' "seller_messages": null, "replacement_tracking": {"number": "LP1CN", "carrier_events": 3}}'
    )

    assert facts.dispute_status is DisputeStatus.MEDIATING
    assert facts.buyer_reason is Reason.OTHER
    assert facts.money_received is MoneyReceived.PARTIAL
    assert (facts.seller_messages, facts.replacement_tracking) == ((), LOOKED_UP)
    assert Facts().updated(dispute_status="mediating").dispute_status is DisputeStatus.MEDIATING
    assert Facts(dispute_status="mediating").dispute_status is DisputeStatus.MEDIATING


def test_words_of_a_page_stay_as_they_are() -> None:
    """GIVEN words that are no state's name THEN they stay, without half characters."""
    assert Facts(dispute_status="Wird gepr\u00fcft").dispute_status == "Wird gepr\u00fcft"
    half = ReplacementTracking(number="LP1\udce4")
    assert half.number == "LP1\N{REPLACEMENT CHARACTER}"
    assert revised(half, last_event="\ud83d").last_event == "\N{REPLACEMENT CHARACTER}"
