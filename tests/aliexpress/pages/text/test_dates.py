"""One reader for typed moments and those on a page."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from automation.aliexpress.advice.facts_file import facts_from_bytes
from automation.aliexpress.pages import Snapshot, read_order
from automation.aliexpress.pages.text.dates import dates_in, typed_moment
from automation.aliexpress.site import SiteMap
from rules.moments import read_moment

SITE = SiteMap.load()
PACKS = tuple(SITE.packs.values())
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-06-23T09:00:00Z", "2026-06-23T09:00:00+00:00"),
        ("2026-11-05 14:00 PST", "2026-11-05T22:00:00+00:00"),
        ("2026-06-05 14:00 (PDT)", "2026-06-05T21:00:00+00:00"),
        ("2026-11-05 14:00 America/Los_Angeles", "2026-11-05T22:00:00+00:00"),
        ("2026-11-01 01:30 America/Los_Angeles", "2026-11-01T08:30:00+00:00"),
        ("2026-03-08 02:30 America/Los_Angeles", "2026-03-08T09:30:00+00:00"),
        ("2026-06-05 14:00 GMT+8", "2026-06-05T06:00:00+00:00"),
        ("Jun 23, 2026 09:00 UTC", "2026-06-23T09:00:00+00:00"),
        ("23 June 2026 9:00 Pacific Time", "2026-06-23T16:00:00+00:00"),
        ("Dec 24, 2026 23:59 CET", "2026-12-24T22:59:00+00:00"),
        ("Dec 15, 2026 18:39 PST", "2026-12-16T02:39:00+00:00"),
        # Without a zone: the earliest that it could mean, 14 hours before UTC.
        ("Jun 30, 2026 23:59", "2026-06-30T09:59:00+00:00"),
        ("Sep 13, 2026", "2026-09-12T10:00:00+00:00"),
        ("Tue 15 Dec 2026, 18:39", "2026-12-15T04:39:00+00:00"),
        ("3. Aug 2025", "2025-08-02T10:00:00+00:00"),
        ("13 août 2026", "2026-08-12T10:00:00+00:00"),
        ("2026년 5월 21일", "2026-05-20T10:00:00+00:00"),
        ("2022-03-23 21:19:58", "2022-03-23T07:19:58+00:00"),
        ("2026-03-08 02:30", "2026-03-07T12:30:00+00:00"),
    ],
)
def test_typed_and_shown_moments_mean_the_same(text: str, utc: str) -> None:
    """GIVEN one text, typed, in a facts file and on a page THEN one moment, its earliest reading."""
    typed = typed_moment(text, PACKS)
    facts = facts_from_bytes(json.dumps({"protection_deadline": text}).encode(), NOW)
    lang = {"13 août 2026": "fr", "2026년 5월 21일": "ko"}.get(text, "en")
    [shown] = dates_in(text, SITE.pack(lang))

    for each in (typed, facts.protection_deadline, shown):
        moment = read_moment(each)
        assert moment is not None
        assert moment.earliest.isoformat() == utc


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "in a few days", "2026-13-01", "10/06/2026", "12/06/26", "2026-02-30",
        "2026-06-10 14:00 CST", "2026-06-10 14:00 No/Where", "2026-06-10 America",
        "Protection ends Dec 15, 2026", "Dec 15, 2026 or Dec 16, 2026", "Dec 15, 2026 25:00",
        "Dec 15, 2026 10:00 +99:00", "13 août 2026 à 23:59 (heure de Paris)", "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_one_moment_is_unreadable(text: str) -> None:
    """GIVEN two readings, extra words or no moment THEN no guess."""
    assert typed_moment(text, PACKS) is None


def test_a_small_word_is_no_time_zone() -> None:
    """GIVEN the French "est" after a time THEN it is not Eastern time; in capitals it is."""
    text = "La protection du 13 août 2026 à 23:59 {} la dernière."

    assert dates_in(text.format("est"), SITE.pack("fr")) == ["2026-08-13T23:59:00"]
    assert dates_in(text.format("EST"), SITE.pack("fr")) == ["2026-08-14T04:59:00+00:00"]


def order_deadline(html: str, lang: str = "en") -> str | None:
    """The deadline on Order Details with this in it."""
    return read_order(Snapshot("", html, lang), SITE.hooks, SITE.pack(lang)).deadline


@pytest.mark.parametrize(
    "html",
    [
        "<div>Refund if no delivery before Sep 4, 2026</div>",
        "<div>Delivery guarantee: Sep 4, 2026</div>",
        "<div><b>Delivery guarantee</b><p>Sep 4, 2026</p></div>",
        "<div><h3>Buyer protection</h3><p>Refund if no delivery before Sep 4, 2026</p></div>",
        "<div>Buyer protection: refund if your order is not delivered by Sep 4, 2026</div>",
        "<div>Guaranteed delivery by Sep 4, 2026, with buyer protection</div>",
        "<div>On-time delivery guarantee until Sep 4, 2026</div>",
        "<div>Estimated delivery: Sep 4, 2026. Buyer protection is active.</div>",
        "<div>Guarantee Sep 4, 2026</div>",
    ],
)
def test_a_promise_about_delivery_is_no_protection_date(html: str) -> None:
    """GIVEN an estimated delivery date THEN it says nothing about the protection's end."""
    assert order_deadline(html) is None
    end = "<div>Buyer protection ends on Dec 15, 2026 18:39 PST</div>"
    assert order_deadline(html + end) == "2026-12-16T02:39:00+00:00"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Käuferschutz: Rückerstattung, wenn keine Lieferung vor dem 4. September 2026"),
        ("fr", "Protection de l'acheteur : remboursement si non livré avant le 4 septembre 2026"),
        (
            "es",
            "Protección al comprador: reembolso si no se entrega antes del 4 de septiembre de 2026",
        ),
        ("pt", "Proteção ao comprador: garantia de entrega até 4 de setembro de 2026"),
        ("it", "Protezione acquirente: garanzia di consegna entro il 4 settembre 2026"),
        ("ko", "구매자 보호: 배송 보장 2026년 9월 4일"),
        ("pl", "Ochrona kupującego: gwarancja dostawy do 4 września 2026"),
        ("ru", "Защита покупателя: гарантия доставки до 4 сентября 2026"),
    ],
)
def test_promises_about_delivery_in_other_languages(lang: str, text: str) -> None:
    """GIVEN the same estimate in another language THEN it is not a protection date either."""
    assert order_deadline(f"<div>{text}</div>", lang) is None


@pytest.mark.parametrize(
    ("lang", "row", "placed"),
    [
        ("en", "Order placed on: Sep 13, 2026", "2026-09-13"),
        ("en", "Order date: Sep 13, 2026", "2026-09-13"),
        ("en", "Date: Sep 13, 2026", "2026-09-13"),
        ("ko", "주문일자:: 2026년 5월 21일", "2026-05-21"),
        ("de", "Bestelldatum: 3. Aug 2025", "2025-08-03"),
        ("en", "Paid on: Sep 13, 2026", None),
        ("en", "Order placed on: 03/04/2026", None),
    ],
)
def test_the_orders_date_is_read_from_its_row(lang: str, row: str, placed: str | None) -> None:
    """GIVEN the rows of Order Details THEN the order's date is in the row with its label."""
    html = (
        f'<div class="order-detail-order-info"><div class="info-row">{row}</div>'
        '<div class="info-row"><span>Delivered on:</span> <span>Oct 1, 2026</span></div></div>'
    )

    page = read_order(Snapshot("", html, lang), SITE.hooks, SITE.pack(lang))

    assert page.placed == placed


@pytest.mark.parametrize(
    ("html", "ends"),
    [
        ("<p>Buyer protection ends</p><p>Dec 15, 2026</p>", "2026-12-15"),
        ("<div><b>Buyer protection</b></div><div>until Dec 15, 2026</div>", "2026-12-15"),
        ("<div>Buyer protection</div><div>until</div><div>Dec 15, 2026</div>", "2026-12-15"),
        ("<div>Protection: 12 days left</div><div>until Dec 15, 2026</div>", "2026-12-15"),
        # The date belongs to something else, or it is unclear to what.
        (
            "<p>Order placed on: Sep 13, 2026</p><p>Protection period: 12 days 3 hours left</p>",
            None,
        ),
        ("<p>Protection period</p><p>Order placed on: Sep 13, 2026</p>", None),
        ("<p>Protection period: 12 days left</p><p>Sep 13, 2026</p>", None),
        ("<p>Protection period</p><p>Paid on</p><p>Sep 13, 2026</p>", None),
        ("<p>Sep 13, 2026</p><p>Protection period: 12 days left</p>", None),
    ],
)
def test_a_date_belongs_to_the_label_right_before_it(html: str, ends: str | None) -> None:
    """GIVEN a small page whose every text is near every other THEN no other row's date ends it."""
    assert (order_deadline(html) or "")[:10] == (ends or "")
