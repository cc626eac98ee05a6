"""When a page without its landmark counts as settled: looks and a clock, no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from automation.aliexpress.walk.wait.arrival import LATE_CARDS, End, Settling
from automation.aliexpress.walk.wait.sight import Content, Sight

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOK = 0.5
LIMIT = 60.0
FULL = Sight(text=f"Your case 8190000000000413 {'about a parcel ' * 20}", parts=9)
FAILED = Sight(text="Something went wrong. Please try again.", parts=0)
TABS = Sight(text="My Orders View all To pay Processing Completed", parts=6)
BLANK = Sight()


def ends(
    sight: Sight, settling: Settling | None = None, *, before: Iterable[Sight] = ()
) -> tuple[End | None, float]:
    """How the wait ends that sees the earlier looks and then always the same one, and when."""
    follows = settling or Settling()
    now = 0.0
    for each in before:
        assert follows.see(each, now) is None
        now += LOOK
    while now < LIMIT:
        if end := follows.see(sight, now):
            return end, now
        now += LOOK
    return None, now


def test_a_page_with_content_and_without_its_landmark_is_drift_within_five_seconds() -> None:
    """GIVEN a loaded page that shows another layout THEN it has settled, 5 s at most after its load."""
    end, at = ends(FULL)

    assert end is End.SETTLED
    assert at <= 5


@pytest.mark.parametrize(
    "still",
    [
        replace(FULL, complete=False),
        replace(FULL, under_way=1),
        replace(FULL, busy=True),
        BLANK,
        Sight(text="Loading…"),
    ],
    ids=["document", "request", "loading mark", "blank", "a word"],
)
def test_a_page_that_is_loading_or_blank_never_settles(still: Sight) -> None:
    """GIVEN a sign of loading THEN the wait goes on to its limit, however long nothing changes."""
    assert ends(still) == (None, LIMIT)
    # Positive control: the same page without the sign.
    assert ends(FULL)[0] is End.SETTLED


def test_each_sign_of_work_starts_the_quiet_anew() -> None:
    """GIVEN a request or new words now and then THEN only the time after the last one counts."""
    asks = [FULL, FULL, FULL, replace(FULL, under_way=1)] * 3
    grows = [replace(FULL, text=FULL.text + "x" * more) for more in range(8)]

    assert ends(FULL, before=asks)[1] == len(asks) * LOOK + 1.5
    assert ends(FULL, before=grows)[1] == len(grows) * LOOK + 2.0


def test_a_countdown_is_no_change() -> None:
    """GIVEN a page whose seconds tick THEN it settles all the same."""
    ticking = [replace(FULL, text=f"{FULL.text} 04:03:{second:02}") for second in range(4)]

    assert ends(replace(FULL, text=f"{FULL.text} 04:03:04"), before=ticking)[1] == 2.0


def test_a_page_that_shows_little_has_longer() -> None:
    """GIVEN a page with an error THEN it has settled too, later, and counts as little."""
    assert ends(FAILED) == (End.LITTLE, 3.0)
    assert ends(replace(FAILED, starved=True)) == (End.STARVED, 3.0)


def test_the_cards_of_my_orders_may_come_fifteen_seconds_late() -> None:
    """GIVEN tabs without a card THEN My Orders waits; with an order in another layout it does not."""
    assert ends(TABS, Settling(lists=True)) == (End.LITTLE, LATE_CARDS)
    assert ends(FULL, Settling(lists=True))[0] is End.SETTLED
    assert ends(replace(TABS, named=True), Settling(lists=True)) == (End.SETTLED, 2.0)
    # Long texts beside the cards, such as a menu, prove nothing there.
    menu = replace(TABS, text=TABS.text + " Payment Refunds Settings" * 20)
    assert ends(menu, Settling(lists=True))[1] == LATE_CARDS


def test_an_empty_list_that_says_so_is_not_late() -> None:
    """GIVEN the words for no orders THEN there is nothing to wait for."""
    empty = replace(TABS, text=f"{TABS.text} No orders yet")

    assert ends(empty, Settling(lists=True, ends=("No orders yet",))) == (End.LITTLE, 3.0)


def test_a_page_that_lacks_a_held_back_call_does_not_wait_to_the_limit() -> None:
    """GIVEN a blank or loading page whose call was held back THEN the wait ends, after a while."""
    assert ends(replace(BLANK, starved=True)) == (End.STARVED, 8.0)
    assert ends(replace(FULL, busy=True, starved=True)) == (End.STARVED, 8.0)
    assert ends(replace(TABS, starved=True), Settling(lists=True)) == (End.STARVED, 4.0)
    # One that still has a request under way does wait.
    assert ends(replace(BLANK, starved=True, under_way=1)) == (None, LIMIT)


def test_a_page_whose_call_was_refused_has_given_up_soon() -> None:
    """GIVEN little on a page, and a call that the site refused THEN late cards are not waited for.

    That call is the likelier cause than one that was held back; a page with content has settled.
    """
    refused = replace(FAILED, refused=True)

    assert ends(refused) == (End.REFUSED, 3.0)
    assert ends(refused, Settling(lists=True)) == (End.REFUSED, 3.0)
    assert ends(replace(refused, starved=True), Settling(lists=True)) == (End.REFUSED, 3.0)
    assert ends(replace(BLANK, refused=True, starved=True)) == (End.REFUSED, 8.0)
    assert ends(replace(FULL, refused=True)) == (End.SETTLED, 2.0)
    # It may still repeat the call.
    assert ends(replace(refused, under_way=1), Settling(lists=True)) == (None, LIMIT)


@pytest.mark.parametrize(
    ("name", "lists", "gives_up"),
    [
        ("mtop.aliexpress.trade.buyer.order.list", True, True),
        ("mtop.aliexpress.buyer.reverse.queryReverseOrderPageListForBuyer", True, True),
        ("mtop.aliexpress.trade.buyer.order.count", True, False),
        ("mtop.aliexpress.listing.banner.query", True, False),
        ("mtop.aliexpress.trade.buyer.order.count", False, True),
    ],
)
def test_only_a_refused_list_says_that_cards_are_not_just_late(
    name: str, *, lists: bool, gives_up: bool
) -> None:
    """GIVEN a call that the site refused THEN on My Orders it counts only if it brings a list."""
    assert Settling(lists=lists).gives_up_without(name) is gives_up


@pytest.mark.parametrize(
    ("sight", "content"),
    [
        (Sight(), Content.NOTHING),
        (Sight(text="Please wait"), Content.NOTHING),
        (Sight(text="Hello", parts=1), Content.LITTLE),
        (Sight(text="Ref. 8190000000000413"), Content.FULL),
        (Sight(text="Ref. 819000000000"), Content.NOTHING),
        (Sight(text="words " * 40), Content.FULL),
    ],
)
def test_how_much_a_page_shows(sight: Sight, content: Content) -> None:
    """GIVEN the words of a page THEN nothing, little or a page."""
    assert sight.content is content
