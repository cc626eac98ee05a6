"""How a receipt words outcomes and moments: honest, and never more than is known."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from automation.order_number import short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.receipts.model import GuardedRequest, Receipt

# The site writes its deadlines in Pacific time (site facts, section 6).
_PACIFIC = ZoneInfo("America/Los_Angeles")
_FORMAT = "%a %d %b %Y, %H:%M"

_HEADLINES = {
    "done": "Done: the dispute is cancelled",
    "not_done": "Not done: the dispute was not cancelled",
    "unknown": "Unknown: the request may have reached the site",
}
_MARKS = {"done": "\N{CHECK MARK}", "not_done": "\N{EN DASH}", "unknown": "?"}
_UNKNOWN_NEXT = "Do not try again. Find out first, from freshly loaded pages:"
_DONE_NEXT = (
    "The order is back to its normal state, its protection clock runs, and nothing puts the"
    " seller under pressure any more. Check the order once more before the moment below."
)
_NOT_DONE_NEXT = (
    "Nothing was cancelled; the deadlines of the dispute itself still count on the site."
)


def headline(receipt: Receipt) -> str:
    """The outcome in one line."""
    return _HEADLINES[receipt.outcome]


def mark(receipt: Receipt) -> str:
    """One sign for the outcome, so that it is not told by colour alone."""
    return _MARKS[receipt.outcome]


def what_next(receipt: Receipt) -> str:
    """What the buyer does now."""
    return {"done": _DONE_NEXT, "not_done": _NOT_DONE_NEXT, "unknown": _UNKNOWN_NEXT}[
        receipt.outcome
    ]


def verify_command(receipt: Receipt) -> str:
    """The command that settles an unknown outcome, safe to paste; empty for other outcomes."""
    if receipt.outcome != "unknown":
        return ""
    return f"dispute-guard verify {digits(receipt.order_id)}"


def digits(text: str) -> str:
    """The ASCII digits of an id, which alone may name a file or stand in a command."""
    return "".join(char for char in text if char in "0123456789")


def order_in_title(order_id: str) -> str:
    """The last two groups of an order id: as much of it as may lie open in a calendar.

    The last group alone is the same in every order of one buyer.
    """
    return "\N{HORIZONTAL ELLIPSIS} " + short(digits(order_id) or "0000")


def order_in_name(order_id: str) -> str:
    """The same without spaces, for a folder's name."""
    return short(digits(order_id) or "0000").replace(" ", "")


def utc(moment: datetime) -> str:
    """A moment for people, in UTC."""
    return f"{moment.astimezone(UTC).strftime(_FORMAT)} UTC"


def pacific(moment: datetime) -> str:
    """A moment for people, in the zone that the site's own pages use."""
    local = moment.astimezone(_PACIFIC)
    return f"{local.strftime(_FORMAT)} {local.tzname()}"


def stamp(moment: datetime) -> str:
    """A moment in the short UTC form of calendars, which also sorts as a file name."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def counted(requests: Iterable[GuardedRequest]) -> list[tuple[GuardedRequest, int]]:
    """Equal requests as one with its count, in the order of their first appearance."""
    return list(Counter(requests).items())
