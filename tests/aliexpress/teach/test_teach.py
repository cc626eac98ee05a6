"""What ``teach`` says by itself while it walks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.pages.landmarks import Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap
from automation.aliexpress.teach.teach import Teacher
from tests.own_loop import in_own_loop

ORDER, OTHER = "8194370215560042", "8194370215570042"


@pytest.mark.parametrize(
    ("shows", "told"),
    [(OTHER, [f"My Orders does not show {ORDER}: check the number first."]), (ORDER, [])],
)
def test_a_number_that_my_orders_lacks_is_said_before_anything_is_asked(
    shows: str, told: list[str]
) -> None:
    """GIVEN other orders only THEN the number is the first thought: a card that is not there has no click."""
    heard: list[str] = []

    async def seen() -> object:
        return Seen(Snapshot("", f"<p>{shows}</p>"), SiteMap.load(), ORDER)

    pointer: Any = SimpleNamespace(
        visit=SimpleNamespace(seen=seen), human=SimpleNamespace(tell=heard.append)
    )

    in_own_loop(Teacher(pointer)._check_number())  # noqa: SLF001

    assert heard == told
