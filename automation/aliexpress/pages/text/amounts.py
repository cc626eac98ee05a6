"""Find amounts of money in any language: 1.234,56 €, R$ 12,50, US $3.20."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CODES: Final = (
    "USD", "EUR", "GBP", "RUB", "BRL", "PLN", "UAH", "TRY", "ILS", "SAR", "AED", "QAR",
    "KWD", "OMR", "BHD", "EGP", "MAD", "DZD", "TND", "JOD", "KRW", "JPY", "CNY", "HKD",
    "TWD", "INR", "IDR", "MYR", "PHP", "SGD", "THB", "VND", "AUD", "NZD", "CAD", "MXN",
    "CLP", "COP", "PEN", "ARS", "UYU", "CHF", "SEK", "NOK", "DKK", "CZK", "HUF", "RON",
    "BGN", "ISK", "KZT", "BYN", "NGN", "ZAR", "KES", "LKR", "PKR", "BDT",
)  # fmt: skip
_WORDS: Final = (
    "zł", "Kč", "kr", "лв", "руб", "грн", "TL", "Rp", "RM",
    "円", "元", "원", "บาท", "đ", "ر.س", "د.إ", "ر.ق", "د.ك", "ج.م", "د.م", "درهم", "ريال", 'ש"ח', "ש״ח",
)  # fmt: skip
_SIGNS: Final = "[$¢£¤¥฿₪﷼＄￥￡\u20a0-\u20c0]"
_LETTERED: Final = (
    r"(?<![A-Za-z])(?:(?:US|AU|C|CA|A|R|S|HK|NT|MX|NZ|CLP?|COL?)\s?[$＄]|(?:CN|JP|RMB)\s?[¥￥])"
)
_NAMES: Final = "|".join(re.escape(name) for name in (*_CODES, *_WORDS))
_BEFORE: Final = rf"(?:{_LETTERED}|{_SIGNS}|(?<![^\W\d_])(?:{_NAMES})(?![^\W\d_])\.?)"
_AFTER: Final = rf"(?:{_LETTERED}|{_SIGNS}|(?:{_NAMES})(?![^\W\d_]))(?!\s?\d)"
# Groups of three, separated by a point, comma, apostrophe or one space; or no groups.
_NUMBER: Final = (
    r"\d{1,3}(?:[.,'’٬ ]\d{3})+(?:[.,٫]\d{1,3})?(?![\d٫٬]|[.,]\d)"
    r"|\d+(?:[.,٫]\d{1,3})?(?![\d٫٬]|[.,]\d)"
)
_AMOUNT: Final = re.compile(
    rf"(?:{_BEFORE}\s?[-−]?(?:{_NUMBER})(?:\s?(?:USD|EUR)\b)?|(?<![\w.,٫٬])(?:{_NUMBER})\s?{_AFTER})"
)
_CURRENCY: Final = re.compile(rf"(?:{_LETTERED}|{_SIGNS}|(?:{_NAMES})\.?)")


def is_currency(text: str) -> bool:
    """True if the text is only a currency's sign or name."""
    return bool(_CURRENCY.fullmatch(text.strip()))


def amounts_in(text: str) -> list[str]:
    """The amounts as the page writes them, with plain spaces and no invisible marks."""
    visible = "".join(ch for ch in text if unicodedata.category(ch) != "Cf")
    spaced = " ".join(visible.split())
    return [match.group() for match in _AMOUNT.finditer(spaced)]


def amount_spans(text: str) -> list[tuple[int, int]]:
    """Where the amounts of a text are."""
    return [match.span() for match in _AMOUNT.finditer(text)]
