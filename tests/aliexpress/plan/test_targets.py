"""Targets of this site: what they name, and what can be sent to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.plan.targets import (
    dispute_target,
    ids_of,
    naming_ids,
    order_of,
    order_target,
)
from automation.aliexpress.site import DisputeIds

ORDER, DISPUTE, LINE = "8194370215560042", "1100482913300042", "8194370215570042"


@pytest.mark.parametrize(
    ("ids", "known", "words", "exact"),
    [
        (DisputeIds(DISPUTE, LINE), {"line": LINE, "dispute": DISPUTE}, f"dispute {DISPUTE} of order {ORDER}", True),
        (DisputeIds(DISPUTE), {"dispute": DISPUTE}, f"dispute {DISPUTE} of order {ORDER}", True),
        (DisputeIds(None, LINE), {"line": LINE}, f"line {LINE} of order {ORDER}", True),
        (DisputeIds(), {}, f"order {ORDER}", False),
    ],
)  # fmt: skip
def test_a_dispute_is_named_by_what_is_known(
    ids: DisputeIds, known: dict[str, str], words: str, *, exact: bool
) -> None:
    """GIVEN ids THEN a target with those; without any it is the order, and nothing can be sent to it."""
    target = dispute_target(ORDER, ids)
    attempt: Any = SimpleNamespace(target=target)

    assert dict(target.ids) == {"order": ORDER, **known}
    assert (target.words, target.exact) == (words, exact)
    assert naming_ids(target) == frozenset(known.values())
    assert (order_of(attempt), ids_of(attempt)) == (ORDER, ids)


def test_an_order_is_no_exact_target() -> None:
    """GIVEN a run that has not read the dispute THEN its target is the order."""
    assert not order_target(ORDER).exact
    assert naming_ids(order_target(ORDER)) == frozenset()
