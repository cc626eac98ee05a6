"""Commands that only read: ``list`` and ``capture``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.answer import Step
from automation.aliexpress.capture import Captured, first_problem, keep, walk_pages
from automation.aliexpress.flow.advice import rules_at_hand
from automation.aliexpress.flow.opening import open_walk
from automation.aliexpress.listing import list_disputes
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.dispute_row import Listing
    from automation.aliexpress.flow.report import Report
    from automation.aliexpress.flow.request import Request


async def list_account(
    request: Request,
    report: Report,
    listing: Listing,
    *,
    every_order: bool,
    tell: Callable[[int, int], None],
) -> None:
    """List every open dispute of the account.

    Raises:
        ToolError: a human is needed (exit 4), My Orders was not read to its end, or
            nothing could be read; the listing keeps what was found.
    """
    async with rules_at_hand(), open_walk(request, report) as walk:
        await list_disputes(walk, listing, request.now(), every_order=every_order, tell=tell)
    report.stopped_at = Step.FINISHED
    if listing.nothing_read or listing.cut_short:
        raise listing.failures[0]


async def capture(request: Request, report: Report, captured: Captured, version: str) -> None:
    """Walk the pages of an order, reading only, and save them.

    Saves the pages it has seen on every exit path, even if a human is needed or the
    browser fails half way.

    Raises:
        ToolError: the walk was stopped, or a page was not recognised (exit 5);
            ``evidence`` names the folder if a page was saved.
    """
    try:
        async with open_walk(request, report) as walk:
            await walk_pages(walk, request.order_id, captured)
    except ToolError as error:
        captured.problems.insert(0, error)
    keep(captured, request.site, request.now().date(), version)
    if problem := first_problem(captured):
        raise problem
