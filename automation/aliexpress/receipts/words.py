"""A receipt's words for outcomes and moments: honest, and no more than is known."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from automation.aliexpress.order_number import short
from automation.text import when_short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.receipts.model import GuardedRequest, Receipt

# The site shows deadlines in Pacific time (site facts, section 6).
_PACIFIC = ZoneInfo("America/Los_Angeles")

_HEADLINES = {
    "done": "Done: the dispute is cancelled",
    "not_done": "Not done: the dispute was not cancelled",
    "unknown": "Unknown: the request may have reached the site",
}
_MARKS = {"done": "\N{CHECK MARK}", "not_done": "\N{EN DASH}", "unknown": "?"}
_UNKNOWN_NEXT = "Do not try again. First check freshly loaded pages:"
_DONE_NEXT = (
    "The order is back to normal, its protection clock runs, and the seller is no longer under"
    " pressure. Check the order again before the time below."
)
_NOT_DONE_NEXT = "Nothing was cancelled; the dispute's own deadlines still apply."


def headline(receipt: Receipt) -> str:
    """The outcome in one line."""
    return _HEADLINES[receipt.outcome]


def mark(receipt: Receipt) -> str:
    """A symbol for the outcome, so it does not depend on colour alone."""
    return _MARKS[receipt.outcome]


def what_next(receipt: Receipt) -> str:
    """What the buyer can do next."""
    return {"done": _DONE_NEXT, "not_done": _NOT_DONE_NEXT, "unknown": _UNKNOWN_NEXT}[
        receipt.outcome
    ]


def verify_command(receipt: Receipt) -> str:
    """The command that settles an unknown outcome, safe to paste; empty for other outcomes."""
    if receipt.outcome != "unknown":
        return ""
    return receipt.verify_command or f"dispute-guard verify {digits(receipt.order_id)}"


def digits(text: str) -> str:
    """The ASCII digits of an id; only these may be in a file name or command."""
    return "".join(char for char in text if char in "0123456789")


def order_in_title(order_id: str) -> str:
    """The last two groups of an order id, all that a shared calendar may show.

    The last group alone is the same in all orders of one buyer.
    """
    return "\N{HORIZONTAL ELLIPSIS} " + short(digits(order_id) or "0000")


def order_in_name(order_id: str) -> str:
    """The same without spaces, for a folder's name."""
    return short(digits(order_id) or "0000").replace(" ", "")


def local(moment: datetime) -> str:
    """A moment for people, in local time."""
    return f"{when_short(moment)} (your time)"


def utc(moment: datetime) -> str:
    """A moment for people, in UTC."""
    return f"{when_short(moment, UTC)} UTC"


def pacific(moment: datetime) -> str:
    """A moment for people, in Pacific time, as the site shows it."""
    return f"{when_short(moment, _PACIFIC)} {moment.astimezone(_PACIFIC).tzname()}"


def stamp(moment: datetime) -> str:
    """A moment in UTC as calendars write it, which also sorts as a file name."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def counted(requests: Iterable[GuardedRequest]) -> list[tuple[GuardedRequest, int]]:
    """Equal requests once, with their count, in order of first appearance."""
    return list(Counter(requests).items())
