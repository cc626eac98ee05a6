"""Edit the open dispute instead of cancelling it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules import LIMITS, Facts, Severity
from rules.checks.on_edits import on_edits
from rules.checks.situation import situation_of

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("used", "deadline", "rule", "severity", "words"),
    [
        (None, "2026-06-23T09:00:00Z", "edit-instead", Severity.BLOCK, "It is unknown how many"),
        (-1, "2026-06-23T09:00:00Z", "edit-instead", Severity.BLOCK, "It is unknown how many"),
        (0, "2026-06-23T09:00:00Z", "edit-instead", Severity.BLOCK, "You have 4 edits of 4 left"),
        (3, "2026-06-23T09:00:00Z", "edit-instead", Severity.BLOCK, "You have 1 edit of 4 left"),
        (4, "2026-06-23T09:00:00Z", "edits-exhausted", Severity.WARN, "edits are used"),
        (9, "2026-06-23T09:00:00Z", "edits-exhausted", Severity.WARN, "edits are used"),
        (4, "2026-06-10T18:00:00Z", "edits-exhausted", Severity.BLOCK, "edits are used"),
        (4, "2026-06-01T18:00:00Z", "edits-exhausted", Severity.BLOCK, "edits are used"),
        (4, None, "edits-exhausted", Severity.BLOCK, "edits are used"),
    ],
)
def test_edits_come_before_a_cancel(
    good: Callable[..., Facts],
    used: int | None,
    deadline: str | None,
    rule: str,
    severity: Severity,
    words: str,
) -> None:
    """GIVEN edits left, or unknown THEN a block; GIVEN none THEN a warning while there is time to file again."""
    facts = good(edits_used=used, protection_deadline=deadline, delivered_at=None)
    [found] = on_edits(situation_of(facts, awaiting_pages=False))

    assert LIMITS.edits == 4
    assert (found.rule, found.severity) == (rule, severity)
    assert words in found.meaning
