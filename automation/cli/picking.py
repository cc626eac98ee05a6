"""Pick one of the account's open disputes, at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.plan.order_number import spelled
from automation.aliexpress.request import utc_now
from automation.cli.account import read_account
from automation.cli.prompts.interview import pick
from automation.cli.screen.other_call import with_given_options
from automation.cli.screen.output import Progress
from automation.cli.screen.tables import by_urgency, status_in_words
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.list_answer import ListAnswer, ListedAnswer
    from automation.cli.options.options import BrowserOptions

_NONE = "None of these"


def pick_dispute(browser: BrowserOptions) -> tuple[str, str | None]:
    """Read the account, and ask the buyer to pick a dispute.

    Returns:
        Its order, and what ``--item`` takes to name it there.

    Raises:
        ToolError: no dispute can be picked, or the buyer wants none of them.
    """
    listing = read_account(browser, Progress(on=True), every_order=False, for_people=True)
    return chosen(listing, utc_now())


def chosen(listing: ListAnswer, now: datetime) -> tuple[str, str | None]:
    """Ask the buyer to pick one of the disputes, listed as ``list`` does; Enter alone picks none."""
    shown = by_urgency(listing.disputes, now)
    rows = [row for row in shown if row.order and not row.problem]
    if not rows:
        raise ToolError(
            "no open dispute was found", code=ErrorCode.NO_DISPUTE,
            hint=with_given_options("run 'dispute-guard list', or name the order"),
        )  # fmt: skip
    labels = [*map(_label, rows), _NONE]
    number = pick("Which dispute?", labels, default=len(rows))
    if number == len(rows):
        raise ToolError(
            "no dispute was picked", code=ErrorCode.DECLINED, exit_code=ExitCode.DECLINED,
            hint=with_given_options("name the order, or run 'dispute-guard list'"),
        )  # fmt: skip
    row = rows[number]
    return row.order or "", row.line_id or (str(row.item_number) if row.item_number else None)


def _label(row: ListedAnswer) -> str:
    what = clean_text(row.item, 40) if row.item else ""
    status = status_in_words(row.status)
    return ", ".join(filter(None, (spelled(row.order or ""), row.amount, what, status)))
