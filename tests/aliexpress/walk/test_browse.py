"""What an error about an unknown page names as its cause."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.walk.browse import Walk
from automation.engine.guard import GuardReport, RequestRecord

if TYPE_CHECKING:
    from automation.aliexpress.walk.drift import Drift
    from automation.errors import ToolError

NAMES = ("mtop.shop.tabView", "mtop.shop.cardView")


def error(let_through: frozenset[str]) -> ToolError:
    """The error for a page whose calls were held back before some were let through."""
    refused = tuple(
        RequestRecord(name, "", "GET", "unknown", "", page="/p", negotiable=True) for name in NAMES
    )
    guard = SimpleNamespace(allowed_reads=let_through, report=lambda: GuardReport((), refused))
    walk = SimpleNamespace(
        session=SimpleNamespace(guard=guard), page=SimpleNamespace(url="http://127.0.0.1/p?x=1")
    )
    drift = cast("Drift", SimpleNamespace(instead=(), neighbours=""))
    return Walk._not_recognised(cast("Walk", walk), "not recognised", drift)  # noqa: SLF001


@pytest.mark.parametrize("let_through", [0, 1, 2])
def test_a_call_that_was_let_through_is_no_cause(let_through: int) -> None:
    """GIVEN held-back calls THEN the error names those that are still held back."""
    told = error(frozenset(name.casefold() for name in NAMES[:let_through]))

    text = f"{told.message} {told.hint}"
    assert [name in text for name in NAMES] == [number >= let_through for number in range(2)]
