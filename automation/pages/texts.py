"""What a page's words say about deadlines, edits and amounts (site facts, section 6).

No format is known for the first two, so only readings without a doubt count: an
absolute date beside words about protection, "N of 4" or "N edits left" beside
words about edits. A date with two readings is unknown.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from automation.site.words import WordList

PACIFIC = ZoneInfo("America/Los_Angeles")
EDIT_LIMIT = 4

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"(?P<iso>\b(?P<y1>20\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2}))(?!\d)"
    r"|\b(?P<mon2>[A-Za-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>20\d\d)\b"
    r"|\b(?P<d3>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<mon3>[A-Za-z]{3,9})\.?,?\s+(?P<y3>20\d\d)\b"
)
_CLOCK = re.compile(
    r"^[\s,T]*(?:at\s+)?(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*\(?(?P<zone>Z\b|UTC|GMT|PST|PDT|PT\b|[+-]\d{2}:?\d{2})?(?P<shift>[+-]\d{1,2}(?::?\d{2})?)?"
)
_ZONE_ONLY = re.compile(r"^[\s,]*\(?(?P<zone>Z\b|UTC|GMT|PST|PDT|PT)\b")
_OF_FOUR = re.compile(r"(?<!\d)([0-4])\s*(?:of|/|out of)\s*4(?!\d)", re.IGNORECASE)
_REMAINING = re.compile(r"\b(left|remaining|remain)\b", re.IGNORECASE)
_SMALL = re.compile(r"(?<![\d.,/-])[0-4](?![\d.,/-]*\d)")
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.;!])\s+(?=[A-Z])")
_AMOUNT = re.compile(
    r"(?:US\s?\$|[$€£₽₩¥₺]|(?:USD|EUR|GBP|RUB|BRL|R\$|PLN|KRW|JPY)\s?)\s?\d[\d.,\s]*\d|\d[\d.,]*\d\s?(?:€|zł|₽|USD|EUR|GBP)"
)


def dates_in(text: str) -> list[str]:
    """Absolute moments of a text as ISO 8601, Pacific time where the text names no zone.

    A date without a time means its first moment: the earliest reading costs no money.
    """
    found = []
    for match in _DATE.finditer(text):
        day = _day(match)
        if day is not None:
            found.append(_moment(day, text[match.end() :]))
    return found


def deadline_in(blocks: list[str], protection: WordList) -> str | None:
    """The protection deadline that the blocks of a page tell, ``None`` if none or two of them do."""
    pieces = [piece for block in blocks for piece in _SENTENCE.split(block)]
    moments = {m for piece in pieces if protection.found_in(piece) for m in dates_in(piece)}
    return moments.pop() if len(moments) == 1 else None


def edits_used_in(blocks: list[str], edits: WordList) -> int | None:
    """How many of the four edits are used (F15); ``None`` unless exactly one reading exists."""
    counts = {used for block in blocks if (used := _edits_used(block, edits)) is not None}
    return counts.pop() if len(counts) == 1 else None


def _edits_used(block: str, edits: WordList) -> int | None:
    if not edits.found_in(block):
        return None
    remaining = bool(_REMAINING.search(block))
    of_four = _OF_FOUR.search(block)
    if of_four:
        number = int(of_four[1])
    elif remaining and len(counts := set(_SMALL.findall(block))) == 1:
        number = int(counts.pop())
    else:
        return None
    return EDIT_LIMIT - number if remaining else number


def amounts_in(text: str) -> list[str]:
    """Amounts of money as the page writes them."""
    return [" ".join(match.group().split()) for match in _AMOUNT.finditer(text)]


def _day(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            return date(int(part["y1"]), int(part["m1"]), int(part["d1"]))
        month = _MONTHS.get((part["mon2"] or part["mon3"]).casefold())
        if month is None:
            return None
        return date(int(part["y2"] or part["y3"]), month, int(part["d2"] or part["d3"]))
    except ValueError:
        return None


def _moment(day: date, rest: str) -> str:
    clock = _CLOCK.match(rest)
    if not clock:
        zone = _ZONE_ONLY.match(rest)
        start = datetime.combine(day, time())
        return _with_zone(start, zone["zone"] if zone else None, None)
    hour = int(clock["h"])
    half = (clock["half"] or "").casefold()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        at = datetime.combine(day, time(hour, int(clock["mi"]), int(clock["s"] or 0)))
    except ValueError:
        at = datetime.combine(day, time())
    return _with_zone(at, clock["zone"], clock["shift"])


def _with_zone(at: datetime, zone: str | None, shift: str | None) -> str:
    name = (zone or "").upper()
    if name in {"Z", "UTC", "GMT"}:
        base = at.replace(tzinfo=UTC)
        return (base - _offset(shift)).isoformat() if shift else base.isoformat()
    if name in {"PST", "PDT"}:
        # An explicit abbreviation is a fixed offset, whatever the date would have.
        hours = 8 if name == "PST" else 7
        return (at.replace(tzinfo=UTC) + timedelta(hours=hours)).isoformat()
    if name[:1] in {"+", "-"}:
        return (at.replace(tzinfo=UTC) - _offset(name)).isoformat()
    # fold=0 is the earlier of two readings on the night when clocks go back.
    return at.replace(tzinfo=PACIFIC, fold=0).astimezone(UTC).isoformat()


def _offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(3, " ")
    hours, minutes = (digits[:2], "0") if digits.endswith(" ") else (digits[:-2], digits[-2:])
    return sign * timedelta(hours=int(hours), minutes=int(minutes))
