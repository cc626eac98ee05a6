"""What a page lacks is filled by what the buyer says, and by nothing else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.aliexpress.cancel.escort.world import (
    BY_HAND,
    ORDER,
    OTHER,
    SHEET,
    TABS,
    WRITE,
    World,
    gaps,
    guided,
)
from tests.own_loop import in_own_loop


@pytest.mark.parametrize(
    ("said", "status"),
    [("waiting_seller", "waiting_seller"), (None, ""), ("unknown", ""), ("none", "")],
)
def test_without_a_terminal_only_the_command_line_names_a_status(
    said: str | None, status: str
) -> None:
    """GIVEN nobody to ask THEN a known status that the call named counts, and nothing else."""
    assert in_own_loop(gaps(said=said).meaning_of("Butiken tittar")) == status


@pytest.mark.parametrize(
    ("knows", "asked", "known"),
    [
        (("tabView", "sheetView"), ["tabView", "sheetView"], {TABS.what, SHEET.what}),
        (("sheetView",), ["tabView", "sheetView", BY_HAND], {SHEET.what}),
        ((), ["tabView", "sheetView", BY_HAND], set[str]()),
    ],
)
def test_only_what_the_buyer_names_is_known_and_nothing_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch, knows: tuple[str, ...], asked: list[str], known: set[str]
) -> None:
    """GIVEN a page that needs two calls THEN each is asked about once; without both, by hand."""
    world = World(TABS, SHEET, needs=(TABS, SHEET), knows=knows)

    _, taught = guided(world, monkeypatch)

    assert world.asked == asked
    assert world.read == known
    assert {name for names in taught.additions.traffic.values() for name in names} == known


@pytest.mark.parametrize(
    ("shows", "told"), [(OTHER, [ORDER]), (f"{OTHER} {ORDER}", []), ("Something went wrong", [])]
)
def test_a_page_with_other_numbers_asks_for_a_look_at_the_number(
    monkeypatch: pytest.MonkeyPatch, shows: str, told: list[str]
) -> None:
    """GIVEN an unknown My Orders THEN a number that it does not show is said, once, among others."""
    world = World(TABS, SHEET, needs=(TABS, SHEET), knows=("tabView",))
    world.shows = shows

    guided(world, monkeypatch)

    assert [each for each in world.told if "check the number" in each] == [
        f"My Orders does not show {number}: check the number first." for number in told
    ]


def test_a_call_that_may_write_is_never_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a held-back call that the guard calls a write THEN no answer lets it through.

    Control: the same call, if the guard says that it can only read, is asked about.
    """
    world = World(WRITE, needs=(WRITE,), knows=("acceptIt",))
    guided(world, monkeypatch)
    assert (world.asked, world.read) == ([BY_HAND], set())

    control = World(replace(WRITE, teachable=True), needs=(WRITE,), knows=("acceptIt",))
    guided(control, monkeypatch)
    assert (control.asked, control.read) == (["acceptIt"], {WRITE.what})
