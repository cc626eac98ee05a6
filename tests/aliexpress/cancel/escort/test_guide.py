"""What a guide takes for the buyer's dispute, and when they open it themselves."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.cancel.escort.taught import Taught
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus

if TYPE_CHECKING:
    from automation.aliexpress.walk.order.reading import Reading

from tests.aliexpress.cancel.escort.world import BY_HAND, SHEET, World, guided


def test_a_known_site_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN pages that are recognised THEN they are read once, and nothing is asked or learned."""
    world = World(SHEET)

    found, taught = guided(world, monkeypatch)

    assert found.chosen is not None
    assert found.chosen.status is DisputeStatus.WAITING_SELLER
    assert (world.times, world.asked, taught) == (1, [], Taught())


@pytest.mark.parametrize(
    ("code", "goes_on"),
    [
        (ErrorCode.DISPUTE_NOT_REACHED, True),
        (ErrorCode.LANGUAGE_UNKNOWN, True),
        (ErrorCode.SIGNED_OUT, False),
        (ErrorCode.WRONG_ORDER, False),
        (ErrorCode.PAGE_NOT_LOADED, False),
    ],
)
def test_only_an_unknown_way_is_for_the_buyer(
    monkeypatch: pytest.MonkeyPatch, code: ErrorCode, *, goes_on: bool
) -> None:
    """GIVEN an error of the walk THEN the buyer opens the dispute only where the way is unknown."""
    world = World()

    async def stopped(*_: object) -> Reading:
        raise ToolError("stopped", code=code)

    monkeypatch.setattr(World, "read_disputes", stopped)
    with contextlib.nullcontext() if goes_on else pytest.raises(ToolError):
        guided(world, monkeypatch)

    assert world.asked == ([BY_HAND] if goes_on else [])


@pytest.mark.parametrize(
    ("means", "status"),
    [("mediating", DisputeStatus.MEDIATING), ("", DisputeStatus.UNKNOWN)],
)
def test_an_unknown_status_is_what_the_buyer_says(
    monkeypatch: pytest.MonkeyPatch, means: str, status: DisputeStatus
) -> None:
    """GIVEN words that no list has THEN their answer is read from the page, and said to be theirs."""
    world = World(status="They look into it", means=means)

    found, taught = guided(world, monkeypatch)

    assert world.asked == ["They look into it"]
    assert found.chosen is not None
    assert found.chosen.status is status
    assert bool(taught.in_words) is bool(means)
