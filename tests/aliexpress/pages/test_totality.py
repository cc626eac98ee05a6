"""Readers are total: for any page they answer or raise the one declared error."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.aliexpress.pages import Snapshot, read_cards, read_dispute, read_order
from automation.aliexpress.pages.dialog import read_dialogs
from automation.aliexpress.pages.dispute_list import read_listed
from automation.aliexpress.pages.redaction.markup import written
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Redactor
from automation.aliexpress.pages.text.dates import dates_in, typed_moment
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.plan.order_number import check_order_id
from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site import addresses as site_addresses
from automation.aliexpress.walk.order.identity import check_where_it_led
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = SiteMap.load()
REDACTOR = Redactor(SITE, private_parts([Snapshot("", "")], SITE))
REAL = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77&tradeOrderLineId=88"
BAD_LINKS = [
    "http://[object Object]/p/reverse-pages/x.html?reverseOrderLineId=7", "http://[", "//[::1", "http://a:b:c/",
    "https://www.aliexpress.com:99999999/p/order/detail.html?orderId=1", "javascript:void(0)", "data:,x", "?",
    "/p/reverse-pages/?reverseOrderLineId=" + "7" * 5000, "/issue/?" + "&".join(f"a{n}={n}" for n in range(2000)),
    "/p/order/detail.html?orderId=²³", "/p/order/detail.html?orderId=1&orderId=2", "\\\\evil\\x", "http://\x00/", "http://%zz/?%",
    "http://\ud800/", "http://ex\u2100mple.com/p/reverse-pages/", "#", "", " ", "\n", "http://a/\u2066?orderId=\u2066",
]  # fmt: skip
WORDS = [
    "Order ID:", "Ref. Number:", "Payment ID:", "8190000000004321", "819000000000432112345678", "Seller", "You", "Seller:",
    "AliExpress", "Cancel Request", "Accept", "Dispute in Progress", "Waiting for your response", "3 days 04:12:33",
    "Buyer protection ends on Dec 15, 2026 18:39 PST", "Refund if no delivery before Sep 4, 2026", "99/99/2026",
    "US $", "1", ".", "₩", "zł", "2 of 4 edits used", "\x00", "\x1b]0;x\x07", "\u202e", "\u200b" * 50, "&#0;", "a" * 5000,
    "٢٠٢٦", "Feb 30, 2026", "2026-99-99T99:99", "Jan 1, 2099 23:59 +99:99", "  ", "<", "&", "\ud7ff", "😀" * 30, "…",
]  # fmt: skip
HOOKED = [css for name in type(SITE.hooks).model_fields for css in getattr(SITE.hooks, name)]
CLASSES = [css.lstrip(".") for css in HOOKED if css.startswith(".") and " " not in css and ":" not in css] + [
    "reminder--statusStr--x", "verticalSteps--title--x", "cco--x", "orderItem--orderItem--x", "orderSKUId--x", "orderStatusDesc--x",
    "negotiation--wrap--x", "by-seller", "by-buyer", "seller-buyer", "order-item", "info-row", "order-detail-item-content",
]  # fmt: skip
TAGS = ["div", "span", "a", "p", "button", "li", "td", "table", "tr", "dialog", "iframe", "input", "i", "x-y", "body", "svg", "form", "br", "h2", "template", "select"]  # fmt: skip


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One element with hooks, a link or nothing, and something in it."""
    attributes = st.fixed_dictionaries(
        {},
        optional={
            "class": st.lists(st.sampled_from(CLASSES), max_size=3).map(" ".join),
            "href": st.sampled_from(BAD_LINKS),
            "data-pl": st.sampled_from(["order_item_header_info", "order_item_header_status", ""]),
            "role": st.sampled_from(["button", "dialog", "x"]),
            "aria-label": st.sampled_from(WORDS),
            "disabled": st.just(""),
            "data-dg-press": st.just(""),
        },
    )

    def build(tag: str, given: dict[str, str], inside: list[str], *, closed: bool) -> str:
        told = "".join(f' {key}="{value}"' for key, value in given.items())
        return f"<{tag}{told}>{''.join(inside)}" + (f"</{tag}>" if closed else "")

    return st.builds(
        build, st.sampled_from(TAGS), attributes, st.lists(children, max_size=4), closed=st.booleans()
    )  # fmt: skip


TEXT = st.sampled_from(WORDS) | st.text(max_size=40)
PAGES = st.lists(st.recursive(TEXT, element, max_leaves=25), max_size=6).map("".join)
ADDRESSES = st.sampled_from([REAL, *BAD_LINKS]) | st.text(max_size=60)
LANGUAGES = st.sampled_from([*SITE.packs, "xx", "", "\ud800", "x" * 500])


def read_all(snapshot: Snapshot) -> None:
    """Every reader of a page, and the functions that use their results."""
    words = SITE.pack(snapshot.lang)
    read_cards(snapshot, SITE.hooks, words)
    read_listed(snapshot, SITE.hooks, words)
    read_dialogs(snapshot, SITE.hooks, words)
    order = read_order(snapshot, SITE.hooks, words)
    dispute = read_dispute(snapshot, SITE.hooks, words)
    for entry in order.entries:
        assert entry.ids is not None
        assert isinstance(Addresses().absolute(entry.href, snapshot.address), str)
        try:
            check_where_it_led("8190000000004321", entry.href, dispute)
        except ToolError as error:
            assert error.exit_code  # noqa: PT017  the one error that a reader may raise
    written(snapshot, REDACTOR)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES, ADDRESSES, LANGUAGES)
def test_no_page_crashes_a_reader(html: str, address: str, lang: str) -> None:
    """GIVEN any page at any address in any language THEN every reader answers."""
    read_all(Snapshot(address, html, lang))


@pytest.mark.parametrize("link", BAD_LINKS, ids=range(len(BAD_LINKS)))
def test_a_malformed_link_beside_the_real_one_changes_nothing(link: str) -> None:
    """GIVEN a malformed link on a dispute page THEN status and control are read all the same."""
    html = (
        f'<a href="{link}">x</a><div class="reminder--statusStr--1">Waiting for your response</div>'
        "<button>Cancel Request</button>"
    )

    page = read_dispute(Snapshot(REAL, html, "en"), SITE.hooks, SITE.pack("en"))

    assert (page.status, page.cancel_labels) == ("seller_responded", ("Cancel Request",))


JUDGES: list[Callable[[str], object]] = [
    site_addresses.split_address, site_addresses.path_and_query, site_addresses.is_sign_in,
    site_addresses.is_captcha, site_addresses.is_dispute_page, site_addresses.has_legacy_name_only,
    site_addresses.order_id_in, site_addresses.numbers_in, site_addresses.dispute_ids_in,
    lambda address: site_addresses.is_order_details(address, "8190000000004321"),
    lambda address: Addresses("http://127.0.0.1:1").absolute(address, REAL),
    lambda address: Addresses().absolute(REAL, address),
]  # fmt: skip


@given(
    st.sampled_from(BAD_LINKS) | st.text(max_size=200) | st.text("[]:/@?#%&=. \x00", max_size=40)
)
def test_no_address_crashes_its_judges(address: str) -> None:
    """GIVEN any text as an address THEN every question about it has an answer."""
    for judge in JUDGES:
        judge(address)
    for check in (Addresses.for_site, check_order_id):
        try:
            check(address)
        except ToolError as error:
            assert error.exit_code == 2  # noqa: PT017  the declared error for what a person typed


@settings(deadline=None)
@given(
    st.text(max_size=120) | st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), LANGUAGES
)
def test_no_text_crashes_a_reader_of_words(text: str, lang: str) -> None:
    """GIVEN any text THEN dates, moments and statuses are read, or there are none."""
    pack = SITE.pack(lang)
    dates_in(text, pack)
    read_status(text, pack)
    typed_moment(text, (pack,))


HUGE = {
    "deep": "<div>" * 200 + "Order ID: 8190000000004321",
    "deep and inline": "<span>" * 200 + "1",
    "one long text": "Buyer protection ends Dec 15, 2026 " * 3_000,
    "one long word": "<p>" + "a" * 300_000,
    "many blocks": "<p>Seller: cancel</p>" * 800,
    "many characters": "<div>" + "<span>1</span>" * 5_000 + "</div>",
    "many numbers": "<p>8190000000004321 Order ID</p>" * 800,
    "many links": '<a href="/p/reverse-pages/x.html?reverseOrderLineId=7">x</a>' * 300,
    "digits": "<p>" + "1 " * 50_000,
    "many hooks": '<div class="order-item reminder--statusStr--x">Waiting for your response</div>' * 300,
    "many labels": "<dl>" + "<dt>Seller</dt><dd>Please cancel the dispute</dd>" * 300 + "</dl>",
}  # fmt: skip


@pytest.mark.parametrize("html", HUGE.values(), ids=HUGE.keys())
def test_no_page_keeps_a_reader_for_long(html: str) -> None:
    """GIVEN a huge page THEN the readers finish within the time of one look."""
    words = SITE.pack("en")
    snapshot = Snapshot(REAL, f'<div class="order-detail-order-info">{html}</div>', "en")
    start = time.process_time()

    read_order(snapshot, SITE.hooks, words)
    read_dispute(snapshot, SITE.hooks, words)

    assert time.process_time() - start < 20
