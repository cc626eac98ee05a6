"""The time that a step has left: by the loop's clock, never below zero."""

from __future__ import annotations

import asyncio

from automation.aliexpress.walk.wait.deadline import Deadline
from tests.own_loop import in_own_loop


def test_what_is_left_is_counted_from_now_and_never_negative() -> None:
    """GIVEN a deadline ahead THEN at most so many seconds; GIVEN one that has passed THEN none."""

    async def left() -> tuple[float, float, float]:
        now = asyncio.get_running_loop().time()
        return Deadline.after(30).left, Deadline(now + 30).left, Deadline(now - 1).left

    after, at, passed = in_own_loop(left())

    assert 29 < after <= 30
    assert 29 < at <= 30
    assert passed == 0.0
