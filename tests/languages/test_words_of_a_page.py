from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.pages.dialog import judge_words
from automation.aliexpress.pages.text.dates import dates_in
from automation.aliexpress.site import SiteMap

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
