"""Which words of a page may be read on its picture."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.readable import Own, readable
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap
from automation.engine.pictures import PlacedText

SITE = SiteMap.load()
ORDER, OTHER = "8201234567891234", "8207777777771234"
OWN = Own(frozenset({ORDER}), "USB-C hub with HDMI")
PAGE = Snapshot(
    "https://www.aliexpress.com/p/order/detail.html",
    f"""
    <header><div class="top-header">Hi, Dana Quillfeather</div><button>Search</button></header>
    <div class="order-detail-info-item"><div>Dana Quillfeather</div><div>17 Heron Lane</div></div>
    <div class="order-detail-info-item order-detail-order-info">
      <div class="info-row">Order ID: {ORDER}</div><div class="info-row">Order ID: {OTHER}</div>
      <div class="info-row">Order placed on: Nov 7, 2026</div></div>
    <div class="order-status-content"><div class="order-block-title">Awaiting delivery</div></div>
    <div class="order-detail-item-content"><div class="item-title"><a>USB-C hub with HDMI</a></div>
      <div class="item-title"><a>Secret toy</a></div>
      <div class="item-price"><span>U</span><span>S</span><span> </span><span>$</span><span>9</span></div></div>
    <div class="comet-v2-modal"><div class="comet-v2-confirm-title">Cancel Request</div>
      <div class="comet-v2-confirm-content">Dana, are you absolutely sure? Code A7B8C9</div></div>
    <div class="message-list"><p>Dear friend Dana, call +49 151 2345678</p></div>
    <p>Card ending 0000</p><p>d@example.org is yours</p><p>token eyJhbGciOiJIUzI1NiJ9abc</p>
    """,
    "en",
)


def read(text: str, *near: str) -> str:
    """The words of a text that may be read, the others as a dash."""
    private = private_parts([PAGE], SITE)
    pieces = text.split()
    told = PlacedText(text, near, tuple(() for _ in pieces))
    answers = [*readable(PAGE, private, SITE, OWN)(told), *[False] * len(pieces)]
    return " ".join(word if may else "–" for word, may in zip(pieces, answers, strict=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi, Dana Quillfeather", "– – –"),
        ("Dana Quillfeather", "– –"),
        ("17 Heron Lane", "– – –"),
        (f"Order ID: {ORDER}", f"Order ID: {ORDER}"),
        (f"Order ID: {OTHER}", "Order ID: –"),
        ("Order placed on: Nov 7, 2026", "Order placed on: Nov 7, 2026"),
        ("Awaiting delivery", "Awaiting delivery"),
        ("USB-C hub with HDMI", "USB-C hub with HDMI"),
        ("Secret toy", "– –"),
        ("Cancel Request", "Cancel Request"),
        ("Dana, are you absolutely sure? Code A7B8C9", "– are you absolutely sure? Code –"),
        ("d@example.org is yours", "– – –"),
        ("Dear friend Dana, call +49 151 2345678", "– – – – – – –"),
        ("Card ending 0000", "– ending –"),
        ("token eyJhbGciOiJIUzI1NiJ9abc", "– –"),
        ("Words that came later", "– – – –"),
    ],
)
def test_only_what_is_known_to_be_harmless_may_be_read(text: str, expected: str) -> None:
    """GIVEN a text of the page, or one that it did not show THEN these of its words."""
    assert read(text) == expected


def test_a_piece_of_a_word_is_judged_by_the_whole() -> None:
    """GIVEN one character of a price, and one of a name THEN only the price may be read."""
    assert read("9", "9", "US $9") == "9"
    assert read("D", "D", "Dana Quillfeather") == "–"


def test_nothing_but_its_own_numbers_is_kept() -> None:
    """GIVEN a receipt that names no order or item THEN they are covered too."""
    nothing = readable(PAGE, private_parts([PAGE], SITE), SITE, Own())
    for text in (f"Order ID: {ORDER}", "USB-C hub with HDMI"):
        assert not nothing(PlacedText(text, (), ((),) * len(text.split())))[-1]
