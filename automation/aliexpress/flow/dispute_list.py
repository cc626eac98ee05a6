"""Read the site's own list of disputes, next to My Orders (site facts, sections 1 and 5).

Its cards may lead nowhere, so this also listens to the answer that the page itself
loads: it names the order of each dispute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.answer import Step
from automation.aliexpress.flow.response_names import Responses
from automation.aliexpress.flow.waiting import Deadline
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.dispute_list import ListedDispute, answered, joined, read_listed
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.flow.walk import Walk

_ADDRESS = "https://m.aliexpress.com/p/refund-dispute/list.html"
_API = "queryReverseOrderPageListForBuyer"
_LONGEST_WAIT = 10.0
_AFTER_ANSWER = 1.0
_LOOK_SECONDS = 0.25


async def read_dispute_list(walk: Walk) -> list[ListedDispute]:
    """Open the dispute list and read it.

    Raises:
        ToolError: it could not be loaded or recognised, or a human is needed (exit 4).
    """
    with walk.progress.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute list"
        with Responses(walk.page, lambda address: _API in address) as responses:
            deadline = Deadline.after(min(walk.timeout, _LONGEST_WAIT))
            address = walk.addresses.absolute(_ADDRESS, walk.addresses.my_orders)
            await walk.watch.load(walk.page, address, deadline)
            await _until_there(walk, responses, deadline)
            snapshot = await take_snapshot(walk.page)
            await responses.all()
        words = walk.words(snapshot.lang)
        shown = read_listed(snapshot, walk.site.hooks, words)
        if not shown and not responses.answers:
            raise ToolError(
                "the page at its address was not recognised",
                code="page_not_recognised",
                exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                hint="look at your disputes in your own browser",
            )
        running.note = f"{len(shown)} dispute(s)"
        return joined(shown, answered(responses.answers, words))


async def _until_there(walk: Walk, responses: Responses, deadline: Deadline) -> None:
    """Wait for cards; an answer without cards means an empty list."""
    card, there = walk.site.hooks.css("listed_card"), False
    while deadline.left > 0:
        look = Deadline.after(min(_LOOK_SECONDS, deadline.left))
        if await walk.watch.appears(walk.page, card, look):
            return
        if responses.answers and not there:
            there = True
            deadline = Deadline.after(min(_AFTER_ANSWER, deadline.left))
