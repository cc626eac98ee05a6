"""Report where My Orders, the dispute list and the disputes' own pages disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.flow.listed import OVER, Row
from automation.aliexpress.flow.listed_order import forget_refusals, problem_of, read_listed_order
from automation.aliexpress.flow.report import Step
from automation.aliexpress.pages import DisputeEntry
from automation.aliexpress.pages.statuses import read_status
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.flow.listed_order import Search
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.pages.dispute_list import ListedDispute


async def settle_listed(search: Search, entry: ListedDispute) -> None:
    """Find a dispute in the dispute list that no order's page has led to yet.

    Raises:
        ToolError: a human is needed (exit 4).
    """
    if entry.status in OVER or _is_known(search, entry):
        return
    order_id = entry.order_id
    if not order_id and entry.href:
        try:
            dispute = await _open_listed(search, entry)
        except (ToolError, Error) as error:
            search.listing.failed(_row(entry), problem_of(error, search.walk))
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
    if not _is_known(search, entry) and not failed:
        search.listing.note(
            f"order {order_id}: the dispute list says '{entry.status_words}' for dispute "
            f"{_name(entry)}, but Order Details leads to no such dispute"
        )


async def _open_listed(search: Search, entry: ListedDispute) -> DisputePage | None:
    walk = search.walk
    forget_refusals(walk)
    with walk.report.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute"
        dispute = await walk.open_dispute(DisputeEntry("link", "", entry.href))
        running.note = "only in the dispute list"
        return dispute


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
        if "my_orders" in search.listing.sources:
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


def _is_known(search: Search, entry: ListedDispute) -> bool:
    known = [*(row.ids for row in search.listing.rows if row.ids), *search.listing.over]
    return any(entry.is_of(ids) for ids in known)


def _row(entry: ListedDispute) -> Row:
    return Row(
        order_id=entry.order_id,
        ids=entry.ids or None,
        status=entry.status,
        status_words=entry.status_words,
    )


def _name(entry: ListedDispute) -> str:
    return entry.ids.name or ", ".join(sorted(entry.numbers))
