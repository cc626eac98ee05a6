from __future__ import annotations

from dataclasses import fields

import pytest

from automation.aliexpress.plan.said import buyer_says
from rules import Facts, MoneyReceived, Reason, ReplacementTracking

SAID = Facts(
    buyer_reason=Reason.PACKAGE_ARRIVED,
    item_received=True,
    item_verified=False,
    replacement_tracking=ReplacementTracking(number="LP00123", checked_by_buyer=True),
    protection_extended=True,
    money_received=MoneyReceived.FULL_CLEARED,
    dispute_status="seller_responded",
    edits_used=0,
    seller_messages=("please\x1b[2J wait", "x" * 500),
    protection_deadline="2026-12-24T18:00-08:00",
    delivered_at="2026-12-20",
)


def test_every_fact_is_one_line() -> None:
    """GIVEN all that a buyer can say THEN each is told once, in plain and short words."""
    lines, typed = buyer_says(SAID), "Sun 20 Dec 2026, 00:00"

    assert lines == (
        "reason: package arrived",
        "package received",
        "not checked whether it is the right product and works",
        "protection extended by the seller",
        "replacement: LP00123, looked up",
        "money received outside AliExpress: full cleared",
        "status of the dispute: seller responded",
        "edits used: 0",
        "the seller wrote: please wait",
        lines[9],
        "protection ends: Fri 25 Dec 2026, 02:00 UTC",
        f"delivered: Sat 19 Dec 2026, 10:00 UTC at the earliest ({typed} without a time zone)",
    )
    assert len(lines[9]) == 120


def test_what_was_left_open_is_not_told() -> None:
    """GIVEN no fact, or only the clock THEN no line."""
    assert buyer_says(Facts()) == ()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_lines_are_the_same_everywhere(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """GIVEN another time zone THEN the same lines, since a plan's digest covers them."""
    here = buyer_says(SAID)
    monkeypatch.setenv("TZ", zone)

    assert buyer_says(SAID) == here


def test_a_fact_without_a_line_would_be_missed() -> None:
    """Positive control: every fact that this test sets changes the lines."""
    told = buyer_says(SAID)
    names = [each.name for each in fields(Facts)]
    given = [name for name in names if getattr(SAID, name) not in (None, ())]

    for name in given:
        less = {each: getattr(SAID, each) for each in given if each != name}
        assert buyer_says(Facts(**less)) != told
