"""The open offers of seller or platform, which a cancel gives up."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.messages import Author
from automation.aliexpress.pages.offers import read_offers
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()


def offers(html: str, lang: str = "en") -> list[tuple[Author, str]]:
    """Author and amount of each open offer in a fragment."""
    read = read_offers(Snapshot("", html, lang), SITE.hooks, SITE.pack(lang))
    return [(each.by, each.amount) for each in read]


@pytest.mark.parametrize(
    ("lang", "html", "expected"),
    [
        (
            "en",
            (
                '<section class="cco--w"><div class="offer--card"><div>Seller\'s proposal</div>'
                "<div>Refund <b>US $6.00</b></div><button>Accept</button></div></section>"
            ),
            (Author.SELLER, "US $6.00"),
        ),
        (
            "en",
            '<label class="cco--check"><span>Our proposal: Refund US $8.00</span></label>',
            (Author.SITE, "US $8.00"),
        ),
        (
            "en",
            "<div><p>Refund US $0.00</p><a>I agree with this solution</a></div>",
            (Author.UNKNOWN, "US $0.00"),
        ),
        (
            "en",
            (
                "<div><p>The seller sends it again.</p><div><button>Accept</button>"
                "<button>Reject</button></div></div>"
            ),
            (Author.SELLER, ""),
        ),
        (
            "de",
            "<div><p>Der Verkäufer bietet 5,00 €</p><p><button>Annehmen</button></p></div>",
            (Author.SELLER, "5,00 €"),
        ),
        (
            "fr",
            "<div><p>Le vendeur propose 5,00 €</p><button>Accepter</button></div>",
            (Author.SELLER, "5,00 €"),
        ),
        (
            "ru",
            "<div><p>Продавец предлагает 500 руб</p><button>Принять</button></div>",
            (Author.SELLER, "500 руб"),
        ),
    ],
)
def test_an_open_offer_is_read_with_amount_and_author(
    lang: str, html: str, expected: tuple[Author, str]
) -> None:
    """GIVEN an offer by its class or its button that accepts THEN who offers how much."""
    assert offers(f"<main>{html}</main>", lang) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        '<label class="cco--check"><span>Your proposal: Refund US $12.00</span></label>',
        '<label class="cco--check" data-dg-press="">I don\'t agree with above solution(s)</label>',
        "<div><p>We use cookies.</p><button>Accept all</button></div>",
        "<p>Refund amount: US $12.00</p><button>Cancel Request</button>",
        '<div role="dialog"><p>Seller: US $1.00</p><button>Accept</button></div>',
    ],
)
def test_what_is_no_offer_of_theirs_is_not_read(html: str) -> None:
    """GIVEN the buyer's own proposal, a cookie bar, the claim or a dialog THEN no offer."""
    assert offers(f"<main>{html}</main>") == []


def test_what_offer_says_in_the_plan() -> None:
    """GIVEN offers with and without an amount THEN the plan says what, and by whom."""
    html = (
        '<div class="solution"><p>Seller: Refund US $6.00</p></div>'
        '<div class="solution"><p>Sent again</p><button>Accept</button></div>'
    )
    read = read_offers(Snapshot("", html, "en"), SITE.hooks, SITE.pack("en"))

    assert [each.in_words for each in read] == [
        "US $6.00 offered by the seller",
        "Sent again offered by the seller or AliExpress",
    ]
