from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from msgspec.structs import replace

from automation.aliexpress.pages import Snapshot, read_dispute, read_order
from automation.aliexpress.pages.dialog import judge_words
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.dates import dates_in
from automation.aliexpress.pages.text.terms import deadlines_in, edits_used_in
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.order.reading import shown_deadline

SITE = SiteMap.load()


@pytest.mark.parametrize(
    ("lang", "text", "moment"),
    [
        ("en", "Sep 13, 2026", "2026-09-13"),
        ("de", "3. Aug 2025", "2025-08-03"),
        ("fr", "13 août 2026", "2026-08-13"),
        ("fr", "1er août 2026 à 23h59 (heure du Pacifique)", "2026-08-02T06:59"),
        ("ko", "2026년 5월 21일", "2026-05-21"),
        ("ko", "2026. 5. 21.(목) 오후 11:59", "2026-05-21T23:59"),
        ("en", "2022-03-23 21:19:58", "2022-03-23T21:19"),
        ("ja", "2026年5月21日 23時59分", "2026-05-21T23:59"),
        ("ja", "2026年5月21日(木) 午後11:59", "2026-05-21T23:59"),
        ("ru", "13 августа 2026 г. в 23:59", "2026-08-13T23:59"),
        ("uk", "13 серпня 2026 р., 23:59", "2026-08-13T23:59"),
        ("pl", "13 sierpnia 2026 o godz. 23:59", "2026-08-13T23:59"),
        ("pl", "do 1 września 2026", "2026-09-01"),
        ("pt", "13 de ago. de 2026 às 23:59", "2026-08-13T23:59"),
        ("es", "13 de agosto de 2026 a las 11:59 p. m.", "2026-08-13T23:59"),
        ("tr", "13 EYLÜL 2026 saat 23:59", "2026-09-13T23:59"),
        ("ar", "١٣ أغسطس ٢٠٢٦ في ١١:٥٩ م", "2026-08-13T23:59"),
        ("ar", "13 غشت 2026", "2026-08-13"),
        ("he", "13 באוגוסט 2026 בשעה 23:59", "2026-08-13T23:59"),
        ("th", "13 สิงหาคม พ.ศ. 2569 เวลา 23:59", "2026-08-13T23:59"),
        ("vi", "23:59 ngày 13 tháng 8 năm 2026", "2026-08-13T23:59"),
        ("id", "13 Agustus 2026 pukul 23.59", "2026-08-13T23:59"),
        ("it", "13/08/2026 alle 23:59", "2026-08-13T23:59"),
        ("de", "13.08.2026 um 23:59 Uhr", "2026-08-13T23:59"),
        ("de", "Dec 24, 2026 23:59 PST", "2026-12-25T07:59"),
        ("en", "Aug 13, 2026 23:59 PST", "2026-08-14T07:59"),
        ("en", "Dec 24, 2026 23:59 CET", "2026-12-24T22:59"),
        ("ru", "13 августа 2026 г. в 23:59 мск", "2026-08-13T20:59"),
        ("en", "13 Sept 2026, 11:59 p.m. (GMT+8)", "2026-09-13T15:59"),
        ("en", "2026-08-13T23:59:00+02:00", "2026-08-13T21:59"),
        ("xx", "5/5/2026", "2026-05-05"),
    ],
)
def test_dates_that_are_sure(lang: str, text: str, moment: str) -> None:
    """GIVEN a date in a page's own words THEN its moment, its offset only if a zone is named."""
    assert [found and found[:16] for found in dates_in(text, SITE.pack(lang))] == [moment]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "03/04/2026"),
        ("de", "03.04.2026"),
        ("th", "13 สิงหาคม 2569"),
        ("th", "13/8/2569"),
        ("en", "Dec 24, 2026 23:59 CST"),
        ("ru", "13 августа 2026 г. в 23:59 по московскому времени"),
        ("fr", "13 août 2026 à 23:59 (heure de Paris)"),
        ("en", "Feb 31, 2026"),
        ("en", "Dec 24, 2026 25:59"),
    ],
)
def test_dates_that_are_not_sure_are_unknown(lang: str, text: str) -> None:
    """GIVEN two readings, an unnamed era or an unknown zone THEN there is a date, but unknown."""
    assert dates_in(text, SITE.pack(lang)) == [None]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "you can open a dispute within 90 days after order was placed"),
        ("en", "Order 8190000000002026, 13 items 2026"),
        ("ja", "令和8年5月21日"),
        ("fr", "13 jui 2026"),
    ],
)
def test_what_is_no_date(lang: str, text: str) -> None:
    """GIVEN numbers, other calendars or half a name of two months THEN there is no date."""
    assert dates_in(text, SITE.pack(lang)) == []


@pytest.mark.parametrize(
    ("lang", "blocks", "found"),
    [
        ("de", ["Bezahlt am 1. Juni 2026. Der Käuferschutz endet am 3. Aug 2026."], 1),
        ("de", ["Käuferschutz bis 3. Aug 2026", "Käuferschutz bis 4. Aug 2026"], 2),
        ("en", ["Protection until 03/04/2026 (Apr 3, 2026)"], 2),
        ("en", ["Paid Sep 1, 2026. Buyer protection is active."], 0),
        ("ru", ["Оплачен 1 июня 2026. Защита действует до 3 августа 2026 г."], 1),
        ("ja", ["2026年6月1日に支払い。購入者保護は2026年8月3日まで。"], 1),
        ("en", ["3. Aug 2025 Buyer protection ends"], 1),
    ],
)
def test_a_deadline_stands_in_the_sentence_about_protection(
    lang: str, blocks: list[str], found: int
) -> None:
    """GIVEN several dates THEN only those beside the protection count, and two stay two."""
    assert len(deadlines_in(blocks, SITE.pack(lang))) == found


EDITS = [
    ("en", "2 of 4 edits used", 2),
    ("en", "Changes: 2 of 4", 2),
    ("en", "1 edit left", 3),
    ("en", "You can still edit. 2 of 4 edits remaining", 2),
    ("en", "Up to 4 changes are possible.", None),
    ("en", "1 edit used, 3 edits left", None),
    ("en", "Page 2 of 4", None),
    ("en", "3 of 5 edits used", None),
    ("pt", "2 de 4 modificações usadas", 2),
    ("pt", "Restam 3 alterações", 1),
    ("fr", "1 modification sur 4 utilisée", 1),
    ("fr", "Il reste 3 modifications", 1),
    ("it", "2 modifiche su 4 utilizzate", 2),
    ("it", "1 modifica rimasta", 3),
    ("es", "3 de 4 cambios usados", 3),
    ("es", "Quedan 2 cambios", 2),
    ("de", "Änderungen: 3 von 4", 3),
    ("de", "Noch 3 Änderungen übrig", 1),
    ("de", "3 von 4 Änderungen stehen dir zu", None),
    ("nl", "2 van de 4 wijzigingen gebruikt", 2),
    ("nl", "Nog 1 wijziging over", 3),
    ("pl", "Wykorzystano 2 z 4 zmian", 2),
    ("pl", "Pozostały 3 zmiany", 1),
    ("ru", "Использовано 2 из 4 изменений", 2),
    ("ru", "Осталось 3 изменения", 1),
    ("uk", "Використано 2 з 4 змін", 2),
    ("uk", "Залишилося 3 зміни", 1),
    ("tr", "4 değişiklikten 2 tanesi kullanıldı", 2),
    ("tr", "3 değişiklik kaldı", 1),
    ("ko", "수정 4회 중 2회 사용", 2),
    ("ko", "수정 3회 남음", 1),
    ("ja", "変更 4回中2回使用", 2),
    ("ja", "残り3回変更できます", 1),
    ("ar", "تم استخدام ٢ من ٤ تعديلات", 2),
    ("ar", "تبقى 3 تعديلات", 1),
    ("he", "נוצלו 2 מתוך 4 שינויים", 2),
    ("he", "נותרו 3 שינויים", 1),
    ("th", "ใช้ไป 2 จาก 4 ครั้งของการแก้ไข", 2),
    ("th", "แก้ไขได้อีก เหลือ 3 ครั้ง", 1),
    ("vi", "Đã dùng 2 trên 4 lần chỉnh sửa", 2),
    ("vi", "Còn lại 3 lần chỉnh sửa", 1),
    ("id", "2 dari 4 perubahan digunakan", 2),
    ("id", "Tersisa 3 perubahan", 1),
]


@pytest.mark.parametrize(("lang", "text", "used"), EDITS)
def test_edits_used(lang: str, text: str, used: int | None) -> None:
    """GIVEN "N of 4" or "N left" in words about edits THEN the count (F15), else unknown."""
    assert edits_used_in([text], SITE.pack(lang)) == used


def test_every_language_has_both_ways_to_tell_edits() -> None:
    """The list above has every pack."""
    assert {lang for lang, _, used in EDITS if used is not None} == set(SITE.packs)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Refund amount: US $3.20", ["US $3.20"]),
        ("US $ 3.20", ["US $ 3.20"]),
        ("1.234,56 €", ["1.234,56 €"]),
        ("R$ 12,50", ["R$ 12,50"]),
        ("12 345 ₽", ["12 345 ₽"]),
        ("1\u202f234,50\u00a0₽", ["1 234,50 ₽"]),
        ("￥1,200", ["￥1,200"]),
        ("12,99 zł", ["12,99 zł"]),
        ("₺1.234,50", ["₺1.234,50"]),
        ("SAR 12.50", ["SAR 12.50"]),
        ("\u200f١٢٫٥٠ ر.س.", ["١٢٫٥٠ ر.س"]),
        ("5,000원", ["5,000원"]),
        ("Rp12.345", ["Rp12.345"]),
        ("5.000 ₫", ["5.000 ₫"]),
        ("₪ 12.90", ["₪ 12.90"]),
        ("1 234,50 грн.", ["1 234,50 грн"]),
        ("$5", ["$5"]),
        ("x2 US $10.00, US $2.00", ["US $10.00", "US $2.00"]),
        ("Order 8190000000000001", []),
        ("13.08.2026", []),
    ],
)
def test_amounts(text: str, amounts: list[str]) -> None:
    """GIVEN money in the format of a language THEN exactly that part."""
    assert amounts_in(text) == amounts


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
    blank, english = Snapshot("", ""), SITE.pack("en")
    first = replace(read_order(blank, SITE.hooks, english), deadline=order)
    second = dataclasses.replace(read_dispute(blank, SITE.hooks, english), deadline=dispute)

    assert shown_deadline(first, second, "said") == shown


@pytest.mark.parametrize(
    ("lang", "pack"),
    [("pt-BR", "pt"), ("pt_BR", "pt"), ("PT", "pt"), ("iw", "he"), ("in-ID", "id"), ("", "en"),
     ("ar-MA", "ar"), ("sv", "sv"), ("x-klingon", "und"), ("de-AT", "de")],
)  # fmt: skip
def test_the_page_language_decides(lang: str, pack: str) -> None:
    """GIVEN a document's language THEN its pack, also by region or by a former code."""
    assert SITE.pack(lang).lang == pack
    assert (not SITE.pack(lang).dispute_status) == (pack in {"sv", "und"})


VERIFIED = {"en", "pt", "fr", "it"}


@pytest.mark.parametrize("lang", sorted(SITE.packs))
def test_only_four_languages_may_be_acted_on(lang: str) -> None:
    """GIVEN a pack with unverified dispute words THEN none of its labels decides a click."""
    pack = SITE.pack(lang)
    words = [word for kind in pack.labels.values() for word in kind if word not in pack.seen]
    assert {pack.may_act_on(word) for word in words} == {lang in VERIFIED}


@pytest.mark.parametrize("lang", sorted(SITE.packs))
def test_packs_are_sound(lang: str) -> None:
    """No word means two statuses, no way to cancel is forbidden, no pack lacks a status."""
    pack, english = SITE.pack(lang), SITE.pack("en")
    assert set(pack.labels) == set(english.labels)
    assert set(pack.dispute_status) == set(english.dispute_status)
    for status, words in pack.dispute_status.items():
        assert {pack.status(word) for word in words} == {status}
    for label in pack.labels[next(k for k in pack.labels if k.value == "cancel_request")]:
        assert judge_words(label, label, pack) == (True, ()), label
    lists = ("protection", "edits", "of", "used", "remaining", "at", "claim_amount", "dialog_never")
    empty: list[Any] = [name for name in lists if not getattr(pack, name)]
    assert empty == []
