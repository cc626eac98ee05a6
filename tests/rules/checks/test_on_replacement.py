"""What a replacement that is not proven says to the buyer: the next step of its own case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules import Facts, Reason, advise
from rules.facts import ReplacementTracking

if TYPE_CHECKING:
    from collections.abc import Callable

REAL = "RR473124829GB"


@pytest.mark.parametrize(
    ("number", "checked", "events", "first"),
    [
        (None, None, None, "Ask the seller for the tracking number,"),
        ("soon", None, None, "a number that the carrier's own page knows"),
        ("000000000000", True, 3, "a number that the carrier's own page knows"),
        (REAL, True, 0, "again in a few days"),
        (REAL, False, None, "Look up the number on the carrier's own page,"),
    ],
)
def test_the_next_step_fits_what_is_missing(
    good: Callable[..., Facts], number: str | None, checked: bool | None, events: int | None, first: str
) -> None:  # fmt: skip
    """GIVEN no number, an invented one, no movement or no look THEN the step that would prove it."""
    tracking = ReplacementTracking(number=number, checked_by_buyer=checked, carrier_events=events)
    advice = advise(
        good(
            buyer_reason=Reason.REPLACEMENT_SENT, item_received=False, replacement_tracking=tracking
        )
    )
    (found,) = (each for each in advice.findings if each.rule == "replacement-not-proven")
    assert first in found.instead


@pytest.mark.parametrize(
    ("extended", "told"), [(None, "may not have been"), (False, "was not"), (True, None)]
)
def test_a_protection_that_ends_is_told_as_what_is_known(
    good: Callable[..., Facts], extended: bool | None, told: str | None
) -> None:
    """GIVEN a replacement on its way THEN a protection that was not extended is told apart from an unknown one."""
    tracking = ReplacementTracking(number=REAL, checked_by_buyer=True, carrier_events=3)
    advice = advise(
        good(
            buyer_reason=Reason.REPLACEMENT_SENT,
            item_received=False,
            replacement_tracking=tracking,
            protection_extended=extended,
        )
    )
    found = [each.meaning for each in advice.findings if each.rule == "protection-not-extended"]
    assert len(found) == (told is not None)
    assert all(f"Your protection {told} extended" in each for each in found)
