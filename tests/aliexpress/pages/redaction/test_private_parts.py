"""The private parts of an order's pages: who and what they name, wherever that stands."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.pages.redaction.markup import written
from automation.aliexpress.pages.redaction.private_parts import (
    PrivateParts,
    contact_blocks,
    private_parts,
    words_of,
)
from automation.aliexpress.pages.redaction.redact import Redactor
from automation.aliexpress.pages.snapshot import text_of
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
AT = "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000413"


def page_of(html: str, lang: str = "en") -> Snapshot:
    """A page with this body."""
    return Snapshot(AT, html, lang, "")


def redacted(html: str) -> str:
    """One page, redacted."""
    page = page_of(html)
    return written(page, Redactor(SITE, private_parts([page], SITE))).html


@pytest.mark.parametrize(
    "block",
    [
        "<div><b>{name}</b><br>12 Mill Road<br>+44 1632 960 417</div>",
        "<section><h2>{name}</h2><p>Mill Road 12</p><p>dana@example.org</p></section>",
        "<table><tr><td>{name}</td></tr><tr><td>0171 5550123</td></tr></table>",
    ],
)
def test_a_name_beside_a_mail_address_or_phone_is_private_wherever_it_stands(block: str) -> None:
    """GIVEN an address block in unknown markup THEN its name is taken off buttons as well."""
    button = "<button>Write to Quillfeather now</button>"

    page = redacted(block.format(name="Dana Quillfeather") + "<hr>" + button)

    assert "Quillfeather" not in page
    assert "<button>Write to xxxxxxxxxxxx now</button>" in page
    # A word without a capital stays, as a new label would, unless the block has it.
    small = "<button>Write to quillfeather now</button>"
    assert small in redacted(small)
    assert "quillfeather" not in redacted(block.format(name="Dana Quillfeather") + "<hr>" + small)


def test_a_row_of_the_order_is_no_address_block() -> None:
    """GIVEN a phone number in the middle of the order's own rows THEN its labels and dates stay."""
    page = redacted(
        '<div class="order-detail-order-info"><div class="info-row">Order ID: 8190000000000413</div>'
        '<div class="info-row">Order placed on: Sep 13, 2026</div>'
        '<div class="info-row">Phone: +44 1632 960 417</div></div>'
    )

    assert "Order ID: 8190000000010413" in page
    assert "Order placed on: Sep 13, 2026" in page
    assert "1632" not in page


@pytest.mark.parametrize(
    "contact",
    [
        "dana@example.org", "+44 1632 960 417", "(0171) 555-0123", "0171 5550123", "+49.171.5550123",
        "0171/5550123", "0171 / 555 01 23", "+49\u2011171\u20115550123", "0171\u20135550123", "01715550123",
        "+٤٩ ١٧١ ٥٥٥٠١٢٣", "Tel:\u00a00171\u00a05550123",
    ],
)  # fmt: skip
def test_a_block_with_contact_details_is_private(contact: str) -> None:
    """GIVEN a mail address or phone number, however it is written THEN the name beside it is private."""
    page = page_of(f"<section><h2>Dana Quillfeather</h2><p>{contact}</p></section><hr>")

    [block] = contact_blocks(page, SITE.hooks)

    assert text_of(block).startswith("Dana Quillfeather")
    assert {"dana", "quillfeather"} <= private_parts([page], SITE).words


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01", "13/09/2026 - 15/12/2026", "Order 8190000000000413", "US $21.40", "1234567",
        "/p/81900000/detail", "v1.2.3.4.5.6.7.8", "SKU-12345678", "Dana Quillfeather", "a@b",
        "x" * 230 + " 0171 5550123",
    ],
)  # fmt: skip
def test_what_is_no_contact_detail(text: str) -> None:
    """GIVEN dates, amounts, long numbers or a long text THEN the block around them is no address block."""
    assert contact_blocks(page_of(f"<div><b>Dana</b><p>{text}</p></div>"), SITE.hooks) == []


def test_an_address_block_ends_where_a_part_of_the_site_begins() -> None:
    """GIVEN a number beside the status and inside a button THEN neither is taken for an address."""
    html = (
        '<main><div class="reminder--statusStr--1">Waiting</div><div><b>Dana</b><p>0171 5550123</p></div>'
        "<button>Call 0171 5550124</button></main>"
    )

    blocks = [text_of(node) for node in contact_blocks(page_of(html), SITE.hooks)]

    assert blocks == ["Dana 0171 5550123"]


def test_one_page_may_name_what_another_hides() -> None:
    """GIVEN an address on one page and goods on another THEN both are private on all of them."""
    pages = [
        page_of('<div class="order-detail-info-item">Dana Quillfeather, 17 Heron Lane</div>'),
        page_of('<div class="order-detail-item-content"><div class="item-title"><a title="Red kettle, 2 l">Red kettle</a></div></div>'),
        page_of('<header><div class="top-header">Hi, Robin O.</div></header>', "de"),
    ]  # fmt: skip

    found = private_parts(pages, SITE)

    assert {"dana", "quillfeather", "heron", "lane", "robin", "17"} <= found.words
    assert "o" not in found.words, "one letter says nothing"
    assert found.phrases[:2] == ("red kettle, 2 l", "red kettle"), "the longest first"
    assert {"cancel", "request", "frist"} & found.vocabulary >= {"cancel", "request"}
    assert "cancel request" in found.known
    assert "reminder" in found.structure


def test_nothing_is_private_where_there_are_no_pages() -> None:
    """GIVEN no page THEN no private words, and still the words of the site."""
    found = private_parts([], SITE)

    assert (found.words, found.phrases, found.names) == (frozenset(), (), frozenset())
    assert "cancel request" in found.known


PARTS = PrivateParts(
    words=frozenset({"dana", "eve", "quillfeather", "bo"}), phrases=(), known=frozenset(),
    structure=frozenset({"order", "status", "danaos"}), vocabulary=frozenset(), names=frozenset({"xandra"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("Dana", True), ("dana77", True), ("QUILLFEATHER", True), ("ofquillfeather2", True), ("xandra", True),
        ("boxandra", True), ("danaeve", True), ("dana\u0301", False), ("evening", False), ("prose", False),
        ("order", False), ("danaos", False), ("status77", False), ("77", False), ("", False),
    ],
)  # fmt: skip
def test_a_part_of_a_class_name_may_be_a_name(part: str, *, names: bool) -> None:
    """GIVEN a private word with digits or another run into it THEN it does; words of the hooks never."""
    assert PARTS.names_somebody(part) is names


def test_words_keep_their_accents() -> None:
    """GIVEN letters with marks, composed or not THEN the same whole words, folded."""
    assert words_of("Élodie J\u030cana_2 l'été") == ["élodie", "\u01f0ana", "2", "l", "été"]
    assert words_of("E\u0301lodie Q\u0303uill") == ["élodie", "q\u0303uill"]
