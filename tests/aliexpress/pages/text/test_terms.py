"""Protection deadline and used edits, from words alone, in every language."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.text.terms import deadlines_in, edits_used_in
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()


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
