"""Write the calendar file for the latest time to file a dispute again (RFC 5545).

One event without duration, with alarms three days and one day before. Of the order it
has only the last eight digits, enough to recognise it: calendars are shared and
synchronised.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from automation.aliexpress.receipts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.receipts.model import Receipt

_ALARM_HOURS = (72, 24)
_LAST_ALARM_HOURS = 1
_LONGEST_LINE = 75  # octets, its end not counted: RFC 5545, section 3.1


def reminder(receipt: Receipt) -> bytes | None:
    """The calendar file, or None without a need for a reminder.

    There is none if the time is unknown or past, or the dispute is still open.
    """
    moment = receipt.refile_by
    if moment is None or moment <= receipt.told or receipt.outcome == "not_done":
        return None
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dispute-guard//receipt//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_uid(receipt)}",
        f"DTSTAMP:{words.stamp(receipt.created)}",
        f"DTSTART:{words.stamp(moment)}",
        f"SUMMARY:{_escaped(_summary(receipt))}",
        f"DESCRIPTION:{_escaped(_description(receipt, moment))}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        *_alarms(receipt, moment - receipt.told),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _summary(receipt: Receipt) -> str:
    return f"Latest time to file a dispute again (order {words.order_in_title(receipt.order_id)})"


def _description(receipt: Receipt, moment: datetime) -> str:
    return (
        f"Latest time, not a promise: {words.utc(moment)} = {words.pacific(moment)}.\n"
        "After that you can no longer dispute this order. If the problem is not fixed,"
        f" file again before.\nReceipt of attempt {receipt.attempt}, order"
        f" {words.order_in_title(receipt.order_id)}."
    )


def _alarms(receipt: Receipt, left: timedelta) -> Iterator[str]:
    """An alarm for each lead time that is not past, or one an hour before."""
    ahead = [hours for hours in _ALARM_HOURS if timedelta(hours=hours) < left]
    for hours in ahead or [_LAST_ALARM_HOURS]:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:-PT{hours}H",
            f"DESCRIPTION:{_escaped(_summary(receipt))}",
            "END:VALARM",
        )


def _uid(receipt: Receipt) -> str:
    """An id that every copy of this receipt's event shares, and no other event."""
    of = f"{receipt.order_id}/{receipt.attempt}/{words.stamp(receipt.created)}"
    return f"{hashlib.sha256(of.encode()).hexdigest()[:32]}@dispute-guard"


def _escaped(text: str) -> str:
    """A TEXT value (section 3.3.11)."""
    for char in "\\;,":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line folded at 75 octets, never inside a character."""
    pieces = [b""]
    for char in line:
        octets = char.encode()
        if len(pieces[-1]) + len(octets) > _LONGEST_LINE:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces)
