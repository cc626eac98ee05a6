"""What the buyer said, in short lines for plan, terminal and receipt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from automation.text import clean_text, when_short
from rules.moments import read_moment

if TYPE_CHECKING:
    from rules import Facts, ReplacementTracking

_LONGEST: Final = 120
_YES_OR_NO: Final = {
    "item_received": ("package received", "package not received"),
    "item_verified": (
        "checked: the right product, and it works",
        "not checked whether it is the right product and works",
    ),
    "protection_extended": (
        "protection extended by the seller",
        "protection not extended by the seller",
    ),
}
_MOMENTS: Final = {"protection_deadline": "protection ends", "delivered_at": "delivered"}
_WORDS: Final = {
    "money_received": "money received outside AliExpress",
    "dispute_status": "status of the dispute",
    "edits_used": "edits used",
}


def buyer_says(said: Facts) -> tuple[str, ...]:
    """One line for each fact that the buyer gave; none for what they left open.

    The lines are the same in every time zone, since the digest of a plan covers them.
    """
    lines = [f"reason: {_spelled(said.buyer_reason)}"] if said.buyer_reason else []
    for name, (yes, no) in _YES_OR_NO.items():
        value = getattr(said, name)
        lines += [] if value is None else [yes if value else no]
    lines += _of_replacement(said.replacement_tracking) if said.replacement_tracking else []
    for name, label in _WORDS.items():
        value = getattr(said, name)
        lines += [] if value is None else [f"{label}: {_spelled(value)}"]
    lines += [f"the seller wrote: {each}" for each in said.all_messages]
    lines += moments_said(said)
    return tuple(clean_text(line, _LONGEST) for line in lines)


def moments_said(said: Facts) -> tuple[str, ...]:
    """The moments that the buyer gave, as they are understood, with their zone."""
    told = {label: getattr(said, name) for name, label in _MOMENTS.items()}
    return tuple(f"{label}: {_understood(text)}" for label, text in told.items() if text)


def _understood(text: str) -> str:
    """A moment in UTC; one without a zone counts from its earliest meaning."""
    moment = read_moment(text)
    if moment is None:
        return text
    earliest = f"{when_short(moment.earliest, UTC)} UTC"
    if moment.earliest == moment.latest:
        return earliest
    return f"{earliest} at the earliest ({_as_typed(text)} without a time zone)"


def _as_typed(text: str) -> str:
    at = datetime.fromisoformat(text.strip())
    return when_short(at.replace(tzinfo=UTC), UTC)


def _of_replacement(replacement: ReplacementTracking) -> list[str]:
    looked = {True: "looked up", False: "not looked up", None: ""}[replacement.checked_by_buyer]
    number = replacement.number or "no number"
    return [f"replacement: {', '.join(filter(None, (number, looked)))}"]


def _spelled(value: object) -> str:
    return str(value).replace("_", " ")
