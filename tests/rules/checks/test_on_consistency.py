"""Facts that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rules import Facts, Severity
from rules.checks.on_consistency import on_consistency
from rules.checks.situation import situation_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        (NOTHING, []),
        ({"edits_used": None}, []),
        ({"edits_used": 4}, []),
        ({"edits_used": 5}, [{"edits_used"}]),
        ({"edits_used": -1}, [{"edits_used"}]),
        ({"delivered_at": "2026-06-11T12:00:00Z"}, [{"delivered_at", "now"}]),
        ({"delivered_at": "2026-06-11T12:00:00Z", "now": None}, []),
        ({"item_received": False, "item_verified": True}, [{"item_received", "item_verified"}]),
        ({"item_received": None, "item_verified": True}, []),
        ({"item_received": False, "item_verified": None}, []),
        (
            {"item_received": False, "edits_used": 7},
            [{"edits_used"}, {"item_received", "item_verified"}],
        ),
    ],
)
def test_each_contradiction_blocks(
    good: Callable[..., Facts], changes: dict[str, Any], seen: list[set[str]]
) -> None:
    """GIVEN facts that cannot be true together THEN one block for each pair, with what was seen."""
    found = list(on_consistency(situation_of(good(**changes), awaiting_pages=False)))

    assert [set(each.facts) for each in found] == seen
    assert {each.severity for each in found} <= {Severity.BLOCK}
