"""What the status of dispute and order says about a cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules import Facts, advise

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("status", "frozen", "told"),
    [
        ("Frozen", None, True),
        ("The order is suspended", None, True),
        ("AliExpress froze it", None, True),
        ("Shipped", True, True),
        ("Shipped", None, False),
        ("Shipped", False, False),
        (None, None, False),
    ],
)
def test_a_frozen_order_is_told(
    good: Callable[..., Facts], status: str | None, frozen: bool | None, *, told: bool
) -> None:
    """GIVEN any one word of freezing in the order's status, or the page's own mark THEN a finding."""
    advice = advise(good(order_status=status, order_frozen=frozen))
    assert ("order-frozen" in {each.rule for each in advice.findings}) is told


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (None, "The status of your dispute is unknown."),
        ("unknown", "The status of your dispute is unknown."),
        ("Arbitrated twice", "The status of your dispute is not recognised: Arbitrated twice."),
    ],
)
def test_words_that_nobody_knows_are_shown(
    good: Callable[..., Facts], status: str | None, told: str
) -> None:
    """GIVEN a status that was read but not understood THEN the buyer sees it; else that there is none."""
    advice = advise(good(dispute_status=status))
    (found,) = (each for each in advice.findings if each.rule == "status-unreadable")
    assert found.meaning.startswith(told)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("accepted_proposal", "You accepted a proposal"),
        ("final_decision", "AliExpress has decided"),
    ],
)
def test_who_closed_the_case_is_said(good: Callable[..., Facts], status: str, told: str) -> None:
    """F5: an accepted proposal and a ruling are both final, but not the same."""
    (found,) = (
        each for each in advise(good(dispute_status=status)).findings if each.rule == "status-final"
    )
    assert found.meaning.startswith(told)
