"""Facts that contradict each other (F6, F8, F9, F15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.catalogue import LIMITS
from rules.checks.situation import Situation, found
from rules.verdicts import BLOCK
from rules.wording import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.verdicts import Finding


def on_consistency(situation: Situation) -> Iterator[Finding]:
    """One finding for each contradiction."""
    for seen, meaning, would_change in _contradictions(situation):
        yield found(
            "facts-inconsistent", BLOCK, seen,
            meaning=f"{meaning}. Something here is wrong, so any advice would be a guess.",
            instead="Check what you said and what the pages show, and correct what is wrong.",
            would_change=would_change,
        )  # fmt: skip


def _contradictions(situation: Situation) -> Iterator[tuple[dict[str, object], str, str]]:
    facts, window = situation.facts, situation.window
    if facts.edits_used is not None and not 0 <= facts.edits_used <= LIMITS.edits:
        yield (
            {"edits_used": facts.edits_used},
            f"{facts.edits_used} edits cannot be used: a dispute allows {LIMITS.edits}",
            f"the count is from 0 to {LIMITS.edits}.",
        )
    if window.delivered_in_future and window.delivered and window.now:
        yield (
            {"delivered_at": facts.delivered_at, "now": window.now.isoformat()},
            f"The delivery date, {date_text(window.delivered.earliest)}, is in the future",
            "the delivery date is in the past.",
        )
    if facts.item_verified is True and facts.item_received is False:
        yield (
            {"item_received": False, "item_verified": True},
            "You cannot have checked a product that you do not have",
            "you correct one of the two.",
        )
