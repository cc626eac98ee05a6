"""Read one dispute of an order, as advise, dry run, cancel and verify all do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.aliexpress.flow.facts import check_where_it_led
from automation.aliexpress.flow.report import Step
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.flow.walk import Walk
    from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderPage


_ID_DIGITS = 5


@dataclass(frozen=True)
class Reading:
    """What the pages of one order show.

    Args:
        disputes: every dispute that the order's page leads to; ``--item`` counts them from 1.
        ways: how each of them was reached.
        chosen: the one that the buyer named or the only one; ``None`` if there is none.
    """

    card: OrderCard
    order: OrderPage
    disputes: tuple[DisputePage, ...]
    ways: tuple[DisputeEntry, ...]
    chosen: DisputePage | None
    entry: DisputeEntry | None

    @property
    def item(self) -> str:
        """Title of the disputed item, if the pages show it."""
        return self.title(self.entry)

    def title(self, way: DisputeEntry | None) -> str:
        """Title of the item whose dispute was reached this way, if the pages show it."""
        lines = self.order.lines
        if way is not None and way.line is not None:
            return lines[way.line].title
        return lines[0].title if len(lines) == 1 else self.card.item

    def choices(self) -> list[dict[str, object]]:
        """Every dispute with the values that ``--item`` takes."""
        return [
            {
                "item_number": number,
                "line_id": dispute.ids.trade_line_id,
                "dispute_id": dispute.ids.reverse_line_id,
                "item": self.title(way),
                "status_words": dispute.status_words,
            }
            for number, (way, dispute) in enumerate(
                zip(self.ways, self.disputes, strict=True), start=1
            )
        ]


Found = tuple["DisputeEntry", "DisputePage"]
# Errors of a line's button that leads to no open dispute.
NO_DISPUTE_THERE = frozenset({ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.DISPUTE_NOT_REACHED})
_OPEN = frozenset({"waiting_seller", "seller_responded", "mediating"})


async def read_order_and_dispute(walk: Walk, order_id: str, item: str | None) -> Reading:
    """Walk from My Orders to the one dispute to judge.

    Args:
        item: number of the dispute on the page, from 1, or the id of its line or dispute.

    Raises:
        ToolError: wrong or missing order, dispute or item (exit 5), a human is needed (exit 4).
    """
    card = await walk.find_order(order_id)
    order = await walk.open_order(order_id)
    _know_the_language(walk, order)
    found = await _open_each(walk, order_id, _worth_opening(order, item))
    pair = _chosen(found, item if len(found) > 1 or not _by_number(order, item) else None)
    ways = tuple(way for way, _ in found)
    disputes = tuple(dispute for _, dispute in found)
    entry, chosen = pair or (None, None)
    return Reading(card, order, disputes, ways, chosen, entry)


def _know_the_language(walk: Walk, order: OrderPage) -> None:
    """Stop if no dispute was found on a page whose words are unverified: that proves nothing.

    Raises:
        ToolError: the page has no dispute link, and its language is unknown (exit 5).
    """
    pack = walk.words(order.lang)
    if order.entries or not pack.is_guess:
        return
    known = "has only unverified labels" if pack.labels else "is unknown"
    raise ToolError(
        f"found no dispute on Order Details, but its language '{pack.lang}' {known}",
        code=ErrorCode.LANGUAGE_UNKNOWN,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="if a box or button there leads to your dispute, add its words to a words file "
        f'(--words FILE): lang = "{pack.lang}" | labels.dispute_entry = ["THE WORDS OF THE BOX"]',
    )


def _by_number(order: OrderPage, item: str | None) -> bool:
    """True if the item is a number and the page names all disputes by links.

    Boxes without a link must be opened to count them: two may lead to one dispute.
    """
    named = bool(order.disputes) and all(entry.kind == "link" for entry in order.disputes)
    return item is not None and len(item) < _ID_DIGITS and item.isdigit() and named


def _worth_opening(order: OrderPage, item: str | None) -> tuple[DisputeEntry, ...]:
    """The one entry that the item names, or all of them if they must be opened to tell."""
    if item is None:
        return order.entries
    if _by_number(order, item):
        number = int(item)
        if not 0 < number <= len(order.disputes):
            raise _no_such_item(item)
        return (order.disputes[number - 1],)
    named = tuple(e for e in order.entries if item in (e.ids.trade_line_id, e.ids.reverse_line_id))
    return named if len(named) == 1 else order.entries


async def _open_each(walk: Walk, order_id: str, entries: tuple[DisputeEntry, ...]) -> list[Found]:
    """Open each way once; a line's button may lead to something else.

    Raises:
        ToolError: a link or box leads to no dispute, or no way leads to one.
    """
    found: list[Found] = []
    doubts: list[ToolError] = []
    for position, entry in enumerate(entries):
        if position:
            await walk.open_order(order_id)
        with walk.report.step(Step.DISPUTE_PAGE) as running:
            running.page = "Dispute"
            try:
                dispute = await walk.open_dispute(entry)
            except ToolError as error:
                if entry.kind != "button" or error.code not in NO_DISPUTE_THERE:
                    raise
                doubts.append(error)
                dispute = None
            if dispute is None:
                running.note = "no open dispute"
                continue
            check_where_it_led(order_id, entry.href, dispute)
            running.note = dispute.status_words or "no status shown"
            if not any(dispute.ids.agrees_with(other.ids) for _, other in found):
                found.append((entry, dispute))
    if doubts and not found:
        raise doubts[0]
    return found


def _chosen(found: list[Found], item: str | None) -> Found | None:
    """The dispute that the item names; without an item the only one, or the only open one."""
    if item is not None:
        if len(item) < _ID_DIGITS and item.isdigit():
            named = found[int(item) - 1 : int(item)] if int(item) else []
        else:
            named = [f for f in found if item in (f[1].ids.trade_line_id, f[1].ids.reverse_line_id)]
        if len(named) != 1:
            raise _no_such_item(item, found)
        return named[0]
    still_open = [f for f in found if f[1].status in _OPEN or f[1].cancel_labels]
    if len(still_open) > 1:
        return None
    candidates = still_open or found
    return candidates[0] if candidates else None


def _no_such_item(item: str, found: list[Found] | None = None) -> ToolError:
    there = "; ".join(
        f"{number}: line {dispute.ids.trade_line_id or '?'}, dispute "
        f"{dispute.ids.reverse_line_id or '?'}"
        for number, (_, dispute) in enumerate(found or (), start=1)
    )
    return ToolError(
        f"--item {item[:40]} matches no dispute of this order{f' ({there})' if there else ''}",
        code=ErrorCode.ITEM_NOT_FOUND,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run 'dispute-guard list' to see its number, its line and its dispute",
    )
