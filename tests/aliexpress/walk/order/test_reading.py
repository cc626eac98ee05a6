"""What the pages of one order show: the disputed item, its deadline, and the choices."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from automation.aliexpress.pages import DisputeEntry, OrderCard, Snapshot, read_dispute, read_order
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.order.reading import (
    AmbiguousTargetError,
    Found,
    Reading,
    item_title,
    shown_deadline,
)
from automation.errors import ErrorCode, ExitCode

SITE = SiteMap.load()
ENGLISH = SITE.pack("en")
ADDRESS = "http://127.0.0.1:1/p/reverse-pages/detail.html?reverseOrderLineId={}&tradeOrderLineId={}"


@pytest.mark.parametrize(
    ("order", "dispute", "shown"),
    [("2026-08-13", None, "2026-08-13"), (None, "2026-08-13", "2026-08-13"), (None, None, "said"),
     ("2026-08-13T08:00:00+00:00", "2026-08-13", "2026-08-13"),
     ("2026-08-14", "2026-08-13", "2026-08-13"), ("2026-08-13", "2026-08-14", "2026-08-13")],
)  # fmt: skip
def test_of_two_deadlines_the_earlier_one_counts(
    order: str | None, dispute: str | None, shown: str | None
) -> None:
    """GIVEN two pages THEN the earlier deadline; the buyer's own counts if neither has one."""
    blank = Snapshot("", "")
    first = replace(read_order(blank, SITE.hooks, ENGLISH), deadline=order)
    second = dataclasses.replace(read_dispute(blank, SITE.hooks, ENGLISH), deadline=dispute)

    assert shown_deadline(first, second, "said") == shown


def test_an_unreadable_deadline_counts_as_the_earliest() -> None:
    """GIVEN a deadline that is no date THEN it is shown before one that is."""
    order: Any = SimpleNamespace(deadline="2026-08-13")
    dispute: Any = SimpleNamespace(deadline="soon")

    assert shown_deadline(order, dispute, "said") == "soon"


@pytest.mark.parametrize(
    ("titles", "line", "title"),
    [
        (("Mug", "Lamp"), 1, "Lamp"),
        (("Mug", "Lamp"), None, "of the card"),
        (("Mug",), None, "Mug"),
        ((), None, "of the card"),
    ],
)
def test_the_item_of_a_dispute(titles: tuple[str, ...], line: int | None, title: str) -> None:
    """GIVEN lines THEN the title of the line that the way belongs to, or of the only one; else the card's."""
    card: Any = SimpleNamespace(item="of the card")
    order: Any = SimpleNamespace(lines=[SimpleNamespace(title=each) for each in titles])
    entry: Any = SimpleNamespace(line=line)

    assert item_title(card, order, entry) == title
    assert item_title(card, order, None) == ("Mug" if titles == ("Mug",) else "of the card")


def found(number: int, dispute: str, line: str) -> Found:
    """A dispute of the order."""
    html = '<div class="reminder--statusStr--1">Waiting for the seller</div>'
    page = read_dispute(Snapshot(ADDRESS.format(dispute, line), html, "en"), SITE.hooks, ENGLISH)
    return Found(DisputeEntry("link", "Dispute"), number, page)


def test_every_dispute_can_be_named_in_three_ways() -> None:
    """GIVEN two disputes THEN an error that names each by its number, its line and its id."""
    one, two = found(1, "1100482913300042", "8194370215570042"), found(2, "1100482913300043", "")
    order = read_order(Snapshot("", ""), SITE.hooks, ENGLISH)
    reading = Reading(OrderCard("8194370215560042"), order, (one, two), None)
    error = AmbiguousTargetError(reading.choices())

    assert one.names == ("8194370215570042", "1100482913300042")
    assert (reading.disputes, reading.chosen) == ((one.page, two.page), None)
    assert replace(reading, choice=two).chosen is two.page
    assert (error.code, error.exit_code) == (
        ErrorCode.AMBIGUOUS_TARGET,
        ExitCode.PAGE_NOT_RECOGNISED,
    )
    assert (
        "--item 1: item not named, line 8194370215570042, dispute 1100482913300042" in error.message
    )
    assert "--item 2: item not named, line ?, dispute 1100482913300043" in error.message
