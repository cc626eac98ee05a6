"""What a page shows of its landmarks, read as a cancel reads it."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.landmarks import LANDMARKS, By, PageName, Seen, is_about, look
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap

ORDER = "8194370215560042"
DISPUTE = (
    "https://www.aliexpress.com/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
)
KNOWN = """
<div class="reminder--statusStr--3xKq9">Waiting for the seller's response</div>
<div>Refund amount: US $5.00</div><button>Cancel Request</button>
"""


def states(html: str, page: PageName, address: str = DISPUTE) -> dict[str, str]:
    """The landmarks of a page with their states."""
    seen = Seen(Snapshot(address, html, "en"), SiteMap.load(), ORDER)
    return {each.landmark.name: each.state for each in look(seen, page)}


def test_a_known_page_has_all_of_them() -> None:
    """GIVEN the page of an open dispute THEN each landmark is known, with its selector."""
    seen = Seen(Snapshot(DISPUTE, KNOWN, "en"), SiteMap.load(), ORDER)
    found = {each.landmark.name: each for each in look(seen, PageName.DISPUTE)}

    assert {each.state for each in found.values()} == {"known"}
    assert found["the status line"].matched == ("[class*='reminder--statusStr--']",)
    assert found["what the status means"].shown == "waiting_seller"
    assert found["Cancel Request"].shown == "Cancel Request"


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("reminder--statusStr--", "case--line--", {"the status line", "what the status means"}),
        ("Waiting for the seller's response", "Stage 7-B", {"what the status means"}),
        ("<button>Cancel Request", "<button>Withdraw it all", {"Cancel Request"}),
        ("</button>", "</button><button>Cancel Request</button>", {"Cancel Request"}),
    ],
)
def test_a_part_that_is_unknown_is_missing(old: str, new: str, lost: set[str]) -> None:
    """GIVEN one part in other words or markup THEN that one is missing, and what rests on it."""
    told = states(KNOWN.replace(old, new), PageName.DISPUTE)

    assert {name for name, state in told.items() if state == "missing"} == lost


def test_nothing_is_missing_where_nothing_is_left_to_cancel() -> None:
    """GIVEN a cancelled dispute without a Cancel Request THEN that is no gap."""
    html = '<div class="reminder--statusStr--3xKq9">Request cancelled</div>'

    assert states(html, PageName.DISPUTE)["Cancel Request"] == "known"


def test_each_page_has_what_a_cancel_needs() -> None:
    """GIVEN the table THEN all but a meaning can be asked for, and what is not needed says what it costs."""
    for each in LANDMARKS:
        assert bool(each.ask) == (each.by is not By.MEANING), each.name
        assert bool(each.without) != each.needed, each.name
        assert bool(each.question) == (each.by is By.ROW), each.name


OTHER = "8194370215570042"


@pytest.mark.parametrize(
    ("html", "others"),
    [
        (f"<p>{OTHER}</p>", True),
        (f'<a href="/p/order/detail.html?orderId={OTHER}">Details</a>', True),
        (f'<p>{OTHER}</p><a href="/p/order/detail.html?orderId={ORDER}">Details</a>', False),
        (f"<p>{ORDER}</p>", False),
        ("<p>Something went wrong. Call +44 1632 960 417.</p>", False),
        (f'<footer><a href="/item/{OTHER}.html">A lamp</a></footer>', False),
    ],
)
def test_a_page_may_show_the_numbers_of_other_orders_only(html: str, *, others: bool) -> None:
    """GIVEN numbers in words or links THEN only a page with others and without this one says so."""
    assert Seen(Snapshot("", html, "en"), SiteMap.load(), ORDER).shows_other_numbers is others


@pytest.mark.parametrize(
    ("shown", "words", "about"),
    [
        ("Waiting for the seller's response", "Waiting for the seller's response", True),
        ("Status: Waiting for the seller's response", "Waiting", True),
        (f"MimiMart Search Hi {'Returns & disputes ' * 20} Waiting", "Waiting", False),
        ("anything", "", True),
        ("x" * 41, "", False),
    ],
)
def test_a_landmark_shows_what_was_pointed_at_and_not_its_page(
    shown: str, words: str, *, about: bool
) -> None:
    """GIVEN a selector found for a click THEN what a reader finds by it is about as long as what was clicked."""
    assert is_about(shown, words) is about
