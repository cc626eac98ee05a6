"""Amounts of money, in the formats of all languages."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.text.amounts import amount_spans, amounts_in, is_currency


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
    ("text", "is_one"),
    [("US $", True), (" € ", True), ("руб.", True), ("EUR", True), ("$5", False), ("free", False), ("", False)],
)  # fmt: skip
def test_a_currency_alone(text: str, *, is_one: bool) -> None:
    """GIVEN a text THEN a currency's sign or name, and nothing else."""
    assert is_currency(text) is is_one


def test_where_the_amounts_are() -> None:
    """GIVEN two amounts THEN the place of each."""
    text = "Pay US $3.20 or 2 €."

    assert [text[start:end] for start, end in amount_spans(text)] == ["US $3.20", "2 €"]
