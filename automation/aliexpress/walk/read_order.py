"""Read an order's disputes, one after the other, numbered as ``--item`` counts them.

``advise``, ``cancel``, ``verify``, ``list`` and ``capture`` all read an order through ``open_each``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.async_api import Error

from automation.aliexpress.answer import ChoiceAnswer, Step
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.addresses import dispute_ids_in, has_legacy_name_only
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.album import DISPUTE, ORDER_DETAILS
from automation.aliexpress.walk.browse import LATE_WAY_SECONDS
from automation.aliexpress.walk.held_reads import held_on
from automation.engine.guard.requests.tokens import tokens
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text
from rules import DisputeStatus
from rules.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderPage
    from automation.aliexpress.site import WordPack
    from automation.aliexpress.walk.browse import Walk

_ID_DIGITS = 5
_LONGEST_TOLD = 80
_LONGEST_TITLE = 40
# Errors of a line's button that leads to no open dispute.
_NO_DISPUTE_THERE = frozenset({ErrorCode.PAGE_NOT_RECOGNISED, ErrorCode.DISPUTE_NOT_REACHED})


@dataclass(frozen=True)
class Found:
    """A dispute that a way of the order's page led to.

    Args:
        number: what ``--item`` calls it.
    """

    entry: DisputeEntry
    number: int
    page: DisputePage

    @property
    def names(self) -> tuple[str | None, str | None]:
        """The ids that ``--item`` takes: of its line and of the dispute."""
        return self.page.ids.trade_line_id, self.page.ids.reverse_line_id


@dataclass(frozen=True)
class NotFound:
    """A way of the order's page that led to no other dispute.

    Args:
        number: what ``--item`` calls its dispute; ``None`` if it certainly leads to none, or
            to one that another way led to.
        problem: why it was not read, if anything went wrong.
    """

    entry: DisputeEntry
    number: int | None = None
    problem: ToolError | Error | None = None


@dataclass(frozen=True)
class Reading:
    """What the pages of one order show.

    Args:
        found: the disputes that were opened, in the order of the page.
        choice: the one that the buyer named or the only one; ``None`` if there is none.
        doubt: why an order that shows no dispute may have one all the same.
    """

    card: OrderCard
    order: OrderPage
    found: tuple[Found, ...]
    choice: Found | None
    doubt: ToolError | None = None

    @property
    def disputes(self) -> tuple[DisputePage, ...]:
        """The pages of the disputes."""
        return tuple(each.page for each in self.found)

    @property
    def chosen(self) -> DisputePage | None:
        """The page of the dispute to judge."""
        return self.choice.page if self.choice else None

    @property
    def item(self) -> str:
        """Title of the disputed item, if the pages show it."""
        return item_title(self.card, self.order, self.choice.entry if self.choice else None)

    def choices(self) -> tuple[ChoiceAnswer, ...]:
        """Every dispute with the values that ``--item`` takes."""
        return tuple(
            ChoiceAnswer(
                item_number=each.number,
                line_id=each.page.ids.trade_line_id,
                dispute_id=each.page.ids.reverse_line_id,
                item=item_title(self.card, self.order, each.entry),
                status_words=each.page.status_words,
            )
            for each in self.found
        )


class AmbiguousTargetError(ToolError):
    """Several disputes are open and none was named (exit 5).

    Args:
        choices: every dispute with the values of ``--item`` that name it.
    """

    def __init__(self, choices: tuple[ChoiceAnswer, ...]) -> None:
        named = "; ".join(
            f"--item {each.item_number}: {each.item or 'item not named'}, line "
            f"{each.line_id or '?'}, dispute {each.dispute_id or '?'} "
            f"({each.status_words or 'no status'})"
            for each in choices
        )
        super().__init__(
            f"this order has {len(choices)} open disputes: {named}",
            code=ErrorCode.AMBIGUOUS_TARGET,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="name one with --item and its number, its line or its dispute",
        )
        self.choices = choices


def item_title(card: OrderCard, order: OrderPage, entry: DisputeEntry | None) -> str:
    """Title of the item of a dispute, if it is certain which line the dispute belongs to."""
    is_certain = (entry is not None and entry.line is not None) or len(order.lines) == 1
    return _line_title(order, entry) if is_certain else card.item


def _line_title(order: OrderPage, entry: DisputeEntry | None) -> str:
    """The same by Order Details alone; empty if it is not certain."""
    if entry is not None and entry.line is not None:
        return order.lines[entry.line].title
    return order.lines[0].title if len(order.lines) == 1 else ""


def shown_deadline(order: OrderPage, dispute: DisputePage, said: str | None = None) -> str | None:
    """The earlier of the deadlines on both pages, or what the buyer said."""
    told = [text for text in (order.deadline, dispute.deadline) if text]
    return min(told, key=_earliest, default=said)


def _earliest(text: str) -> datetime:
    """The earliest moment that a time could mean; an unreadable one comes first."""
    moment = read_moment(text)
    return moment.earliest if moment else datetime.min.replace(tzinfo=UTC)


def item_number(item: str | None) -> int | None:
    """The number that an item is; ``None`` for an id."""
    short = item is not None and len(item) < _ID_DIGITS
    return int(item) if item and short and item.isascii() and item.isdecimal() else None


async def read_disputes(walk: Walk, order_id: str, item: str | None) -> Reading:
    """Walk from My Orders to the one dispute to judge.

    Args:
        item: number of the dispute on the page, from 1, or the id of its line or dispute.

    Raises:
        ToolError: wrong or missing order, dispute or item (exit 5), a human is needed (exit 4).
    """
    card = await walk.find_order(order_id)
    order = await walk.open_order(order_id)
    await walk.picture(ORDER_DETAILS)
    if walk.album is not None:
        walk.album.develop()  # from here on it is known what names the buyer
    _check_language(walk.words(order.lang), order)
    found = await _read_each(walk, order, order_id, item)
    if not found and not order.disputes:
        order = await walk.open_order(order_id, late=LATE_WAY_SECONDS)
        found = await _read_each(walk, order, order_id, item) if order.disputes else ()
    seems_none = not found and not order.disputes
    doubt = _doubt_about_none(walk, card, order) if seems_none else None
    return Reading(card, order, found, _chosen(found, item, order), doubt)


async def _read_each(
    walk: Walk, order: OrderPage, order_id: str, item: str | None
) -> tuple[Found, ...]:
    """The disputes that the ways of an open Order Details lead to.

    Raises:
        ToolError: one that should lead to a dispute failed, or none led anywhere for sure.
    """
    entries, first = worth_opening(order, item)
    found, doubts = list[Found](), list[ToolError | Error]()
    async for each in open_each(walk, order_id, entries, first):
        if isinstance(each, Found):
            found.append(each)
            await walk.picture(
                DISPUTE if each.number == first else f"{DISPUTE} (number {each.number})"
            )
        elif each.problem is not None and each.number is not None:
            raise each.problem
        elif each.problem is not None:
            doubts.append(each.problem)
    if doubts and not found:
        raise doubts[0]
    return tuple(found)


def _doubt_about_none(walk: Walk, card: OrderCard, order: OrderPage) -> ToolError | None:
    """Why an order that shows no dispute may have one all the same; ``None`` if nothing says so."""
    table = traffic_of(walk.site)
    held = [
        each.what
        for each in held_on(order.address, walk.session.guard.report().refused)
        if each.asks and table.matters & set(tokens(each.what, table))
    ]
    status = read_status(card.dispute, walk.words(order.lang)).name
    if card.dispute and (status.is_cancellable or status is DisputeStatus.UNKNOWN):
        why = f"My Orders says '{clean_text(card.dispute, _LONGEST_TOLD)}'"
    elif held:
        why = f"{held[0]}, which may bring it, was held back"
    else:
        return None
    return ToolError(
        f"Order Details shows no way to a dispute, but {why}",
        code=ErrorCode.DISPUTE_NOT_REACHED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run 'dispute-guard cancel' with --by-hand, and open the dispute yourself",
    )


async def open_each(
    walk: Walk, order_id: str, entries: Sequence[DisputeEntry], first: int = 1
) -> AsyncIterator[Found | NotFound]:
    """Follow each way to a dispute once, from an open Order Details.

    This alone decides what ``--item`` counts: the disputes in the order of the page, each
    once, and the ways that should lead to one but failed. A line's button that leads to no
    open dispute does not count.

    Args:
        first: the number of the first dispute.
    """
    number = first
    known: list[DisputeIds] = []
    for position, entry in enumerate(entries):
        try:
            if position:
                await _go_back(walk, order_id, entry)
            page, problem = await _open(walk, order_id, entry)
        except (ToolError, Error) as error:
            each: Found | NotFound = _failed(entry, number, cause_of(error, walk))
            ids = entry.ids
        else:
            ids = page.ids if page else entry.ids
            is_new = page is not None and not any(ids.agrees_with(other) for other in known)
            each = Found(entry, number, page) if page and is_new else NotFound(entry, None, problem)
        yield each
        if each.number is not None:
            known.append(ids)
            number += 1


def _failed(entry: DisputeEntry, number: int, problem: ToolError | Error) -> NotFound:
    return NotFound(entry, None if _leads_to_none(entry, problem) else number, problem)


def _leads_to_none(entry: DisputeEntry, problem: ToolError | Error) -> bool:
    """True for a line's button that leads to no open dispute."""
    code = problem.code if isinstance(problem, ToolError) else ""
    return entry.kind == "button" and code in _NO_DISPUTE_THERE


def cause_of(error: ToolError | Error, walk: Walk) -> ToolError | Error:
    """The error, or the navigation that broke the tool's script, if the guard refused one."""
    if isinstance(error, Error):
        try:
            walk.watch.check(walk.page)
        except ToolError as led_away:
            return led_away
    return error


async def _go_back(walk: Walk, order_id: str, entry: DisputeEntry) -> None:
    """Make the next way reachable: a full address is, from anywhere, but a click needs its page."""
    await walk.back_to_own_tab()
    if not urlsplit(entry.href).netloc:
        await walk.open_order(order_id)


async def _open(
    walk: Walk, order_id: str, entry: DisputeEntry
) -> tuple[DisputePage | None, ToolError | None]:
    """The dispute behind a way, or why a line's button leads to none."""
    with walk.progress.step(Step.DISPUTE_PAGE) as running:
        running.page, running.note = "Dispute", "no open dispute"
        try:
            dispute = await walk.open_dispute(entry)
        except ToolError as error:
            if _leads_to_none(entry, error):
                return None, error
            raise
        if dispute is not None:
            check_where_it_led(order_id, entry.href, dispute)
            running.note = dispute.status_words or "no status shown"
        return dispute, None


def _check_language(pack: WordPack, order: OrderPage) -> None:
    """Stop if no dispute was found on a page whose words are unverified: that proves nothing.

    Raises:
        ToolError: the page has no dispute link, and its language is unknown (exit 5).
    """
    if order.entries or not pack.is_guess:
        return
    known = "has only unverified labels" if pack.labels else "is unknown"
    raise ToolError(
        f"found no dispute on Order Details, but its language '{pack.lang}' {known}",
        code=ErrorCode.LANGUAGE_UNKNOWN,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="if a box or button there leads to your dispute, add its words to a words file "
        f'(--site-data FILE): lang = "{pack.lang}" | labels.dispute_entry = ["THE WORDS OF THE BOX"]',
    )


def worth_opening(order: OrderPage, item: str | None) -> tuple[tuple[DisputeEntry, ...], int]:
    """The one entry that the item names, or all that must be opened to tell; the first's number."""
    number = item_number(item)
    if number is not None and _can_be_counted(order.entries):
        if not 0 < number <= len(order.entries):
            counted = enumerate(order.entries, start=1)
            raise no_such_item(
                str(item),
                [item_words(n, _line_title(order, each), each.ids) for n, each in counted],
            )
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


def _chosen(found: Sequence[Found], item: str | None, order: OrderPage) -> Found | None:
    """The dispute that the item names; without an item the only one, or the only open one."""
    if item is not None:
        number = item_number(item)
        named = [each for each in found if each.number == number or item in each.names]
        if len(named) != 1:
            raise no_such_item(
                item,
                [
                    item_words(each.number, _line_title(order, each.entry), each.page.ids)
                    for each in found
                ],
            )
        return named[0]
    still_open = [
        each for each in found if each.page.status.is_cancellable or each.page.cancel_labels
    ]
    if len(still_open) > 1:
        return None
    return next(iter(still_open or found), None)


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


def _shows_others(order_id: str, dispute: DisputePage) -> bool:
    """True if the page shows numbers with unknown labels, and none is this order's."""
    return bool(dispute.doubtful_ids) and order_id not in dispute.doubtful_ids


def check_where_it_led(order_id: str, href: str, dispute: DisputePage) -> None:
    """Require that the page belongs to this order and to the dispute that the link named.

    The ``issueId`` of an old link may differ from the newer id; then the page itself must
    name this order.

    Args:
        href: address that led there, empty if something was clicked.

    Raises:
        ToolError: it names none, or another order or dispute (exit 5).
    """
    renamed = has_legacy_name_only(href) and dispute.order_ids == (order_id,)
    check_identity(order_id, DisputeIds() if renamed else dispute_ids_in(href), dispute)


def check_identity(order_id: str, expected: DisputeIds, dispute: DisputePage) -> None:
    """Require that the page belongs to this order and to the expected dispute.

    Raises:
        ToolError: it names none, or another order or dispute (exit 5).
    """
    problem = ""
    if not dispute.ids:
        problem = "the dispute page's address names no dispute"
    elif expected and not expected.agrees_with(dispute.ids):
        problem = f"the dispute page shows dispute {dispute.ids.name}, not {expected.name}"
    elif dispute.other_disputes:
        problem = f"the dispute page names dispute {dispute.other_disputes[0]}"
    elif dispute.order_ids and set(dispute.order_ids) != {order_id}:
        others = ", ".join(i for i in dispute.order_ids if i != order_id)
        problem = f"the dispute page names order {others}, not {order_id}"
    elif not expected and not dispute.order_ids and _shows_others(order_id, dispute):
        problem = f"the dispute page shows {', '.join(dispute.doubtful_ids)} and not {order_id}"
    if problem:
        raise ToolError(
            problem,
            code=ErrorCode.WRONG_DISPUTE,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="look at the dispute in your own browser",
        )
