"""Ten buyers with their facts, and the page that shows what each of them reads."""

from __future__ import annotations

import contextlib
import io
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from automation.aliexpress.advice_answer import advised
from automation.cli.screen.advice import show_short_advice
from rules import Facts, Reason, ReplacementTracking, advise

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE: Final = Path(__file__).parents[2] / "docs" / "stories.md"
NOW: Final = datetime(2026, 11, 26, 12, tzinfo=UTC)
_ZONE: Final = "Europe/Berlin"
_PAGES: Final = Facts(
    now=NOW,
    dispute_status="waiting_seller",
    protection_deadline=(NOW + timedelta(days=20)).isoformat(),
    account_role="buyer",
    open_disputes_in_order=1,
    edits_used=1,
    visible_buttons=("Cancel Request",),
)
_HEAD: Final = """\
# Ten stories

What buyers ask most, and the answer that `dispute-guard advise` gives: the verdict, the reason that
matters most, and the next step. `--explain` shows everything behind it.
"""


@dataclass(frozen=True)
class Story:
    """One buyer.

    Args:
        tale: what happened, in their words.
        facts: what they said, and what the pages show.
        verdict: what the rules have to say.
        told: words that the three lines must have.
    """

    title: str
    tale: str
    facts: Facts
    verdict: str
    told: tuple[str, ...]


STORIES: Final = (
    Story(
        "The seller wants to pay by PayPal",
        "They write: cancel the dispute first, then we refund you by PayPal.",
        _PAGES.updated(
            buyer_reason=Reason.SELLER_PROMISED,
            seller_messages=(
                "Dear friend, please cancel the dispute first, we refund you by PayPal today.",
            ),
        ),
        "block",
        ("only a promise", "PayPal", "Keep the dispute open"),
    ),
    Story(
        "It arrived, but is unopened",
        "The parcel came today. I have not opened it yet.",
        _PAGES.updated(
            buyer_reason=Reason.PACKAGE_ARRIVED, item_received=True, item_verified=False
        ),
        "warn",
        ("not checked", "Open it"),
    ),
    Story(
        "The replacement with an invented number",
        "They sent me a tracking number and want the dispute closed before it arrives.",
        _PAGES.updated(
            buyer_reason=Reason.REPLACEMENT_SENT,
            replacement_tracking=ReplacementTracking(number="123456789", checked_by_buyer=False),
            protection_extended=False,
            seller_messages=("We sent it again, number 123456789. Please close the dispute now.",),
        ),
        "block",
        ("not proven", "carrier's own page"),
    ),
    Story(
        "The wrong order",
        "I opened the dispute on the wrong order. This one came weeks ago and is fine.",
        _PAGES.updated(buyer_reason=Reason.FILED_BY_MISTAKE),
        "allow",
        ("mistake", "--dry-run", "your time"),
    ),
    Story(
        "Half of the money is offered",
        "They offer half the price if I cancel, and I would take it.",
        _PAGES.updated(
            buyer_reason=Reason.FAIR_AGREEMENT,
            dispute_status="seller_responded",
            seller_messages=("Please cancel the dispute, then we refund you 50 %.",),
        ),
        "block",
        ("inside the dispute", "propose it in the dispute"),
    ),
    Story(
        "The protection ends tomorrow",
        "Nothing came. They ask me to wait two more weeks.",
        _PAGES.updated(
            buyer_reason=Reason.WAIT_LONGER,
            item_received=False,
            protection_deadline=(NOW + timedelta(hours=20)).isoformat(),
            seller_messages=("Please cancel the dispute and wait two more weeks.",),
        ),
        "block",
        ("only 20 hours", "your time", "Keep the dispute open"),
    ),
    Story(
        "AliExpress is deciding",
        "The product came during the mediation, and it works.",
        _PAGES.updated(
            buyer_reason=Reason.PACKAGE_ARRIVED,
            item_received=True,
            item_verified=True,
            dispute_status="mediating",
        ),
        "allow",
        ("what that gives up", "gives that decision up"),
    ),
    Story(
        "Several items in one order",
        "Two things in the order are in dispute. One of them came.",
        _PAGES.updated(
            buyer_reason=Reason.PACKAGE_ARRIVED,
            item_received=True,
            item_verified=True,
            open_disputes_in_order=2,
            target_specified=False,
        ),
        "block",
        ("the wrong one could be cancelled", "which item you mean"),
    ),
    Story(
        "The money from outside came",
        "They paid me by bank transfer, and all of it is on my account.",
        _PAGES.updated(
            buyer_reason=Reason.MONEY_RECEIVED_OFF_PLATFORM, money_received="full_cleared"
        ),
        "warn",
        ("can be reversed", "Ask your bank"),
    ),
    Story(
        "I changed my mind",
        "I do not want to argue any more.",
        _PAGES.updated(buyer_reason=Reason.CHANGED_MIND),
        "warn",
        ("does not fix the problem", "Keep the dispute open"),
    ),
)


class _Screen(io.StringIO):
    """A terminal that keeps what it shows."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def screen(story: Story, columns: int) -> str:
    """What a buyer in Berlin sees on a terminal of so many columns."""
    shown = _Screen()
    colourless = {"COLUMNS": str(columns), "NO_COLOR": "1", "TZ": _ZONE}
    with patch.dict(os.environ, colourless), _in_its_zone(), contextlib.redirect_stdout(shown):
        show_short_advice(advised(advise(story.facts)), "8190000000000001")
    return shown.getvalue()


@contextlib.contextmanager
def _in_its_zone() -> Iterator[None]:
    """Apply ``TZ``, and take it back."""
    time.tzset()
    try:
        yield
    finally:
        before = os.environ.pop("TZ", None)
        time.tzset()
        if before is not None:
            os.environ["TZ"] = before


def page() -> str:
    """The page of the documentation, as it should be."""
    parts = (
        f"\n## {story.title}\n\n> {story.tale}\n\n```text\n{screen(story, 80).strip()}\n```\n"
        for story in STORIES
    )
    return _HEAD + "".join(parts)


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
