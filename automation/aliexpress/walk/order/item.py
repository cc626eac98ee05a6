"""The dispute that ``--item`` names, by its number on the page or by an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site.addresses import has_legacy_name_only
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.pages import DisputeEntry, OrderPage
    from automation.aliexpress.site import DisputeIds
    from automation.aliexpress.walk.order.reading import Found

# A number with so many digits is an id.
_ID_DIGITS = 5
_LONGEST_TITLE = 40


def item_number(item: str | None) -> int | None:
    """The number that an item is; ``None`` for an id."""
    short = item is not None and len(item) < _ID_DIGITS
    return int(item) if item and short and item.isascii() and item.isdecimal() else None


def worth_opening(order: OrderPage, item: str | None) -> tuple[tuple[DisputeEntry, ...], int]:
    """The one entry that the item names, or all that must be opened to tell; the first's number."""
    number = item_number(item)
    if number is not None and _can_be_counted(order.entries):
        if not 0 < number <= len(order.entries):
            there = [
                item_words(position, line_title(order, entry), entry.ids)
                for position, entry in enumerate(order.entries, start=1)
            ]
            raise no_such_item(str(item), there)
        return (order.entries[number - 1],), number
    named = [
        (position, entry)
        for position, entry in enumerate(order.entries, start=1)
        if item in (entry.ids.trade_line_id, entry.ids.reverse_line_id)
    ]
    if item is not None and len(named) == 1:
        [(position, entry)] = named
        return (entry,), position
    return order.entries, 1


def _can_be_counted(entries: Sequence[DisputeEntry]) -> bool:
    """True if the entries name their disputes by the same kinds of ids, so each is another one.

    Others must be opened to count them: two boxes, or an old link and a new one, may lead to
    one dispute.
    """
    kinds = {
        (
            bool(entry.ids.reverse_line_id),
            bool(entry.ids.trade_line_id),
            has_legacy_name_only(entry.href),
        )
        for entry in entries
    }
    return len(kinds) == 1 and all(entry.kind == "link" for entry in entries)


def chosen(found: Sequence[Found], item: str | None, order: OrderPage) -> Found | None:
    """The dispute that the item names; without an item the only one, or the only open one."""
    if item is not None:
        number = item_number(item)
        named = [each for each in found if each.number == number or item in each.names]
        if len(named) != 1:
            there = [
                item_words(each.number, line_title(order, each.entry), each.page.ids)
                for each in found
            ]
            raise no_such_item(item, there)
        return named[0]
    still_open = [
        each for each in found if each.page.status.is_cancellable or each.page.cancel_labels
    ]
    if len(still_open) > 1:
        return None
    return next(iter(still_open or found), None)


def line_title(order: OrderPage, entry: DisputeEntry) -> str:
    """Title of the item behind a way to a dispute; empty if Order Details does not tell."""
    if entry.line is not None:
        return order.lines[entry.line].title
    return order.lines[0].title if len(order.lines) == 1 else ""


def item_words(number: int, title: str, ids: DisputeIds) -> str:
    """A dispute with each value that ``--item`` takes for it."""
    line, dispute = ids.trade_line_id, ids.reverse_line_id
    named = (
        clean_text(title, _LONGEST_TITLE),
        line and f"line {line}",
        dispute and f"dispute {dispute}",
    )
    return f"--item {number}: {', '.join(filter(None, named))}"


def no_such_item(item: str, there: Sequence[str]) -> ToolError:
    """The error for ``--item`` with a value that no dispute has.

    Args:
        there: the disputes of the order, as ``item_words`` says them.
    """
    valid = f"; it has {'; '.join(there)}" if there else ""
    return ToolError(
        f"--item {item[:40]} matches no dispute of this order{valid}",
        code=ErrorCode.ITEM_NOT_FOUND,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run 'dispute-guard list' to see its number, its line and its dispute",
    )
