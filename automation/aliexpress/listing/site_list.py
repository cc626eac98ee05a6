"""The site's own dispute list, and where it disagrees with the pages of the orders.

Cards in My Orders show a dispute line, which may be missing or late (site facts, section 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.answer import Step
from automation.aliexpress.listing.dispute_row import OVER, Row
from automation.aliexpress.listing.search import forget_refusals, problem_of, read_listed_order
from automation.aliexpress.pages import DisputeEntry, take_snapshot
from automation.aliexpress.pages.dispute_list import answered, joined, read_listed
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.walk.responses import Responses, is_served, refusal_in
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ErrorCode, ExitCode, ToolError
from rules.wording import counted

if TYPE_CHECKING:
    from automation.aliexpress.listing.search import Search
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.pages.dispute_list import ListedDispute
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.responses import Json

_LIST_ADDRESS = "https://m.aliexpress.com/p/refund-dispute/list.html"
_LIST_API = "queryReverseOrderPageListForBuyer"
_LIST_SECONDS = 10.0
_AFTER_ANSWER = 1.0
# The page repeats a call whose token had expired at once; after so long, it has given up.
_AFTER_REFUSAL = 3.0
_LOOK_SECONDS = 0.25


async def ask_dispute_list(search: Search) -> list[ListedDispute]:
    """The disputes that the list shows; if it cannot be read, a note and none.

    Raises:
        ToolError: a human is needed (exit 4).
    """
    try:
        listed = await read_dispute_list(search.walk)
    except (ToolError, Error) as error:
        problem = await problem_of(error, search.walk)
        search.listing.lacks(
            f"could not read the site's dispute list: {problem.message}; disputes that My Orders "
            "does not show may be missing (try --every-order)",
            problem,
        )
        return []
    search.listing.sources.append("dispute_list")
    return [replace(entry, order_id=_order_of(search, entry)) for entry in listed]


def _order_of(search: Search, entry: ListedDispute) -> str:
    """The order of a listed dispute: as listed, or the one number that belongs to an order."""
    named = entry.numbers & search.cards.keys()
    return entry.order_id or (next(iter(named)) if len(named) == 1 else "")


async def read_dispute_list(walk: Walk) -> list[ListedDispute]:
    """Open the dispute list and read it.

    Raises:
        ToolError: it could not be loaded or recognised, or a human is needed (exit 4).
    """
    with walk.progress.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute list"
        with Responses(walk.page, lambda address: _LIST_API in address) as responses:
            if not await _loads(walk, responses):
                await _loads(walk, responses)  # the site may have refused its call
            snapshot = await take_snapshot(walk.page)
            await responses.all()
        words = walk.words(snapshot.lang)
        shown = read_listed(snapshot, walk.site.hooks, words)
        served = _served(responses)
        if not shown and not served:
            raise _not_recognised(responses)
        running.note = counted(len(shown), "dispute")
        return joined(shown, answered(served, words))


def _served(responses: Responses) -> list[Json]:
    """The answers that fill the list; a refusal has no disputes either, and says nothing of them."""
    return [each for each in responses.answers if is_served(each)]


def _not_recognised(responses: Responses) -> ToolError:
    codes = [code for each in responses.answers if (code := refusal_in(each))]
    return ToolError(
        f"the site refused its call ({codes[-1]})"
        if codes
        else "the page at its address was not recognised",
        code=ErrorCode.PAGE_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at your disputes in your own browser",
    )


async def _loads(walk: Walk, responses: Responses) -> bool:
    """Load the list.

    Returns:
        False if the site refused its call, so that a reload may help.
    """
    responses.heard.clear()
    deadline = Deadline.after(min(walk.timeout, _LIST_SECONDS))
    address = walk.addresses.absolute(_LIST_ADDRESS, walk.addresses.my_orders)
    await walk.watch.load(walk.page, address, deadline)
    return await _until_there(walk, responses, deadline)


async def _until_there(walk: Walk, responses: Responses, deadline: Deadline) -> bool:
    """Wait for cards; an answer without cards means an empty list, a refusal means nothing.

    Returns:
        False if the site refused the call, and the page has not repeated it.
    """
    card, limit, known = walk.site.hooks.css("listed_card"), deadline, (0, 0)
    while limit.left > 0:
        look = Deadline.after(min(_LOOK_SECONDS, limit.left))
        if await walk.watch.appears(walk.page, card, look):
            return True
        now = (len(responses.answers), len(_served(responses)))
        if now[1] and not known[1]:
            limit = Deadline.after(min(_AFTER_ANSWER, deadline.left))
        elif now != known and not now[1]:
            limit = Deadline.after(min(_AFTER_REFUSAL, deadline.left))
        known = now
    return not responses.answers or bool(_served(responses))


async def settle_listed(search: Search, entry: ListedDispute) -> None:
    """Find a dispute in the dispute list that no order's page has led to yet.

    Raises:
        ToolError: a human is needed (exit 4).
    """
    if entry.status in OVER or _is_listed(search, entry):
        return
    order_id = entry.order_id
    if not order_id and entry.href:
        try:
            dispute = await _open_listed(search, entry)
        except (ToolError, Error) as error:
            search.listing.failed(_row(entry), await problem_of(error, search.walk))
            return
        if dispute is not None and dispute.status in OVER:
            search.listing.over.append(dispute.ids)
            return
        order_id = dispute.order_ids[0] if dispute and len(dispute.order_ids) == 1 else ""
    if not order_id:
        problem = "only the site's dispute list has this dispute, and its order is unknown"
        search.listing.failed(_row(entry), ToolError(problem, code=ErrorCode.ORDER_UNKNOWN))
        return
    await read_listed_order(search, order_id)
    failed = any(row.problem for row in search.listing.rows if row.order_id == order_id)
    if not _is_listed(search, entry) and not failed:
        search.listing.note(
            f"order {order_id}: the dispute list says '{entry.status_words}' for dispute "
            f"{_name(entry)}, but Order Details leads to no such dispute"
        )


async def _open_listed(search: Search, entry: ListedDispute) -> DisputePage | None:
    walk = search.walk
    forget_refusals(walk)
    with walk.progress.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute"
        dispute = await walk.open_dispute(DisputeEntry("link", "", entry.href))
        running.note = "only in the dispute list"
        return dispute


def _is_listed(search: Search, entry: ListedDispute) -> bool:
    return any(entry.is_of(ids) for ids in search.listing.known)


def _row(entry: ListedDispute) -> Row:
    return Row(
        order_id=entry.order_id,
        ids=entry.ids or None,
        status=entry.status,
        status_words=entry.status_words,
    )


def _name(entry: ListedDispute) -> str:
    return entry.ids.name or ", ".join(sorted(entry.numbers))


def compare_sources(search: Search, listed: list[ListedDispute]) -> None:
    """Note each row where a list differs from the dispute's own page."""
    read = [row for row in search.listing.rows if row.ids and not row.problem]
    asked = "dispute_list" in search.listing.sources
    for row in read:
        entries = [entry for entry in listed if row.ids and entry.is_of(row.ids)]
        said = {entry.status: entry.status_words for entry in entries}
        if asked and not entries:
            _note(search, row, "not in the site's dispute list")
        elif said and row.status not in said:
            _note(search, row, f"the dispute list says '{next(iter(said.values()))}'")
    for order_id in dict.fromkeys(row.order_id for row in read):
        _compare_card(search, [row for row in read if row.order_id == order_id])


def _compare_card(search: Search, rows: list[Row]) -> None:
    """Compare with the card's one dispute line, which may be about any dispute of the order."""
    card = search.cards.get(rows[0].order_id)
    if card is None:
        if search.to_the_end:
            _note(search, rows[0], "My Orders does not show this order")
    elif not card.dispute:
        _note(search, rows[0], "its card in My Orders shows no dispute")
    elif read_status(card.dispute, search.words).name not in {row.status for row in rows}:
        _note(search, rows[0], f"My Orders says '{card.dispute}'")


def _note(search: Search, row: Row, what: str) -> None:
    name = row.ids.name if row.ids else ""
    search.listing.note(
        f"order {row.order_id}, dispute {name}: {what}; its own page says '{row.status_words}'"
    )
