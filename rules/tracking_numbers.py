"""Judge whether a tracking number could be real (F9, F14)."""

from __future__ import annotations

import re
from enum import StrEnum

_SHORTEST, _LONGEST, _FEWEST_DIGITS = 8, 35, 6
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_ASCENDING = "0123456789" * 4


class Plausibility(StrEnum):
    """How real the number looks; only the carrier's page proves it."""

    PLAUSIBLE = "plausible"
    ODD = "looks odd"
    INVENTED = "looks invented"
    IMPOSSIBLE = "cannot be a tracking number"


def plausibility(number: str | None) -> Plausibility:
    """Judge the shape of a number, ignoring spaces and hyphens."""
    text = re.sub(r"[\s\-]", "", number or "").upper()
    digits = re.sub(r"\D", "", text)
    if not re.fullmatch(r"[A-Z0-9]+", text) or not _SHORTEST <= len(text) <= _LONGEST:
        return Plausibility.IMPOSSIBLE
    if len(digits) < _FEWEST_DIGITS:
        return Plausibility.IMPOSSIBLE
    if len(set(digits)) == 1 or re.fullmatch(r"(\d{2,3})\1{2,}", digits):
        return Plausibility.INVENTED
    odd = _counts(digits) or _fails_check_digit(text)
    return Plausibility.ODD if odd else Plausibility.PLAUSIBLE


def _counts(digits: str) -> bool:
    """True if the digits count up or down from end to end."""
    return digits in _ASCENDING or digits in _ASCENDING[::-1]


def _fails_check_digit(text: str) -> bool:
    """True if a postal S10 number (two letters, nine digits, two letters) has a bad check digit."""
    match = re.fullmatch(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", text)
    if match is None:
        return False
    serial, check = match.groups()
    total = sum(int(d) * weight for d, weight in zip(serial, _S10_WEIGHTS, strict=True))
    expected = {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)
    return int(check) != expected
