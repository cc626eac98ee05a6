"""Find every open dispute of the account, reading only.

Cards in My Orders show a dispute line. It may be missing or late (site facts, section
2), so this also reads the site's own dispute list, and reports where the two disagree.
Each dispute becomes a row, and so does what cannot be read.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.advice.advise import read_facts, words_at_hand
from automation.aliexpress.answer import Step
from automation.aliexpress.listing.dispute_row import OVER, Listing, Row
from automation.aliexpress.pages import DisputeEntry, OrderCard, take_snapshot
from automation.aliexpress.pages.dispute_list import ListedDispute, answered, joined, read_listed
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.session.evidence import keep_evidence
from automation.aliexpress.session.opening import walked
from automation.aliexpress.site import DisputeIds, WordPack
from automation.aliexpress.walk.drift import DriftError
from automation.aliexpress.walk.read_order import Found, cause_of, item_title, open_each
from automation.aliexpress.walk.response_names import Responses
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.aliexpress.walk.wait.watch import Watch
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import CANCEL_LABEL, DisputeStatus, Facts, advise
from rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk

_LIST_ADDRESS = "https://m.aliexpress.com/p/refund-dispute/list.html"
_LIST_API = "queryReverseOrderPageListForBuyer"
_LIST_SECONDS = 10.0
_AFTER_ANSWER = 1.0
_LOOK_SECONDS = 0.25
# My Orders shows the newest first. So many orders behind the last one with a dispute, only the site's
# own list of disputes is asked, so that an account with thousands of orders is not paged through.
_FAR = 100
# A browser keeps the pages that it left until it needs the memory: about two MiB for each order.
_TIDY_EVERY = 5


@dataclass
class Search:
    """One walk over the account.

    Args:
        words: word pack for the language of My Orders.
        cards: the cards in My Orders, by order number.
        read: the orders that were opened.
        last_disputed: how many cards were seen up to the last one with a dispute.
        to_the_end: My Orders was read to its end.
    """

    walk: Walk
    listing: Listing
    now: datetime
    words: WordPack = field(default_factory=lambda: WordPack(lang="en"))
    cards: dict[str, OrderCard] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    last_disputed: int = 0
    to_the_end: bool = False


async def list_disputes(
    walk: Walk,
    listing: Listing,
    now: datetime,
    *,
    every_order: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Fill the listing with every open dispute of the account.

    Args:
        listing: keeps what was found so far, even if this ends with an error.
        every_order: open every order, whatever the lists say.
        tell: called with how many orders were read, and of how many.

    Raises:
        ToolError: a human is needed (exit 4); the listing keeps what was found.
    """
    search = Search(walk, listing, now)
    await _read_my_orders(search, to_the_end=every_order)
    listed = await _ask_dispute_list(search)
    if not search.to_the_end and "dispute_list" not in listing.sources:
        await _read_my_orders(search, to_the_end=True)
    elif not search.to_the_end and "my_orders" in listing.sources and not listing.cut_short:
        listing.note(
            f"My Orders was read up to its order {listing.orders_seen}, {_FAR} after the last with a "
            "dispute; the rest is as the site's dispute list has it (--every-order reads all)"
        )
    orders = _orders_to_read(search, listed, every_order=every_order)
    for number, order_id in enumerate(orders):
        tell(number, len(orders))
        if number and number % _TIDY_EVERY == 0:
            await _forget_pages(walk)
        await read_listed_order(search, order_id)
    tell(len(orders), len(orders))
    for entry in listed:
        await settle_listed(search, entry)
    compare_sources(search, listed)


async def _forget_pages(walk: Walk) -> None:
    """Let the browser free what it still has of the pages before."""
    with suppress(Error):  # a page that is gone is the next order's problem
        await walk.page.request_gc()


def _orders_to_read(search: Search, listed: list[ListedDispute], *, every_order: bool) -> list[str]:
    """Orders that either list shows as disputed, in the order of My Orders."""
    named = {entry.order_id for entry in listed if entry.status not in OVER and entry.order_id}
    wanted = [
        card.order_id
        for card in search.cards.values()
        if every_order or card.dispute or card.order_id in named
    ]
    return list(dict.fromkeys([*wanted, *sorted(named)]))


async def _read_my_orders(search: Search, *, to_the_end: bool) -> None:
    """Read the cards of My Orders.

    Args:
        to_the_end: also far behind the last one with a dispute, through thousands of orders.
    """
    walk, listing = search.walk, search.listing
    try:
        with walk.progress.step(Step.MY_ORDERS) as running:
            running.page = "My Orders"
            more, seen = await walk.open_list(), 0
            search.words = walk.words((await take_snapshot(walk.page, scope="title")).lang)
            if "my_orders" not in listing.sources:
                listing.sources.append("my_orders")
            while more:
                before = seen
                cards, seen = await walk.new_cards(seen)
                for place, card in enumerate(cards, start=before + 1):
                    _keep_card(search, card)
                    search.last_disputed = place if card.dispute else search.last_disputed
                if not to_the_end and seen - search.last_disputed >= _FAR:
                    break
                more = await walk.goes_on(seen)
            search.to_the_end = not more
            running.note = counted(listing.orders_seen, "order")
    except (ToolError, Error) as error:
        problem = await problem_of(error, walk)
        listing.cut_short = True
        listing.lacks(f"could not read My Orders to its end: {problem.message}", problem)


def _keep_card(search: Search, card: OrderCard) -> None:
    if card.order_id in search.cards:
        return  # a new order, placed while the list is open, moves the others down
    search.listing.orders_seen += 1
    if card.order_id:
        search.cards[card.order_id] = card
    elif card.dispute:
        problem = ToolError(
            "expected one order number on this card of My Orders", code=ErrorCode.NO_ORDER
        )
        row = Row(order_id="", item=card.item, status_words=card.dispute)
        search.listing.failed(row, problem)


async def _ask_dispute_list(search: Search) -> list[ListedDispute]:
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


async def read_listed_order(search: Search, order_id: str) -> None:
    """Read every dispute of an order, at most once.

    Raises:
        ToolError: a human is needed (exit 4); any other error becomes a row.
    """
    if order_id in search.read:
        return
    search.read.add(order_id)
    forget_refusals(search.walk)
    card = search.cards.get(order_id, OrderCard(order_id))
    known = len(search.listing.rows) + len(search.listing.over)
    try:
        order = await search.walk.open_order(order_id)
    except (ToolError, Error) as error:
        row = Row(order_id=order_id, item=card.item, status_words=card.dispute)
        search.listing.failed(row, await problem_of(error, search.walk))
        return
    await _read_each(search, order_id, order, card)
    if card.dispute and known == len(search.listing.rows) + len(search.listing.over):
        search.listing.note(
            f"order {order_id}: My Orders says '{card.dispute}', but Order Details shows no dispute"
        )


async def _read_each(search: Search, order_id: str, order: OrderPage, card: OrderCard) -> None:
    walk, listing = search.walk, search.listing
    async for each in open_each(walk, order_id, order.entries):
        row = Row(
            order_id=order_id,
            number=each.number,
            item=item_title(card, order, each.entry),
            ids=each.entry.ids,
        )
        if isinstance(each, Found):
            if not any(each.page.ids.agrees_with(ids) for ids in listing.known):
                _keep(search, row, order, each.page)
        elif each.problem is not None:
            problem = await problem_of(each.problem, walk)
            if each.number is not None:
                listing.failed(row, problem)
    await walk.back_to_own_tab()


def _keep(search: Search, row: Row, order: OrderPage, dispute: DisputePage) -> None:
    expected = row.ids or DisputeIds()
    ids = DisputeIds(
        dispute.ids.reverse_line_id or expected.reverse_line_id,
        dispute.ids.trade_line_id or expected.trade_line_id,
    )
    if dispute.status in OVER:
        search.listing.over.append(ids)
        search.listing.note(
            f"order {row.order_id}: dispute {ids.name} is not listed, since it is over "
            f"('{dispute.status_words}')"
        )
        return
    if dispute.status is DisputeStatus.UNKNOWN:
        search.listing.note(
            f"order {row.order_id}: unknown status '{dispute.status_words}'; "
            f"'dispute-guard advise {row.order_id} --json' shows the line to add to a words file"
        )
    if search.walk.words(dispute.lang).is_guess:
        for each in dispute.unverified:
            search.listing.note(f"order {row.order_id}: {each}")
    facts = read_facts(
        Facts(now=search.now),
        order=order,
        dispute=dispute,
        words=search.walk.words(order.lang),
        open_disputes=max(1, len(order.disputes)),
        item_given=True,
    )
    if len(dispute.cancel_labels) > 1:
        # A cancel would stop here at its trial click, so the hint must block too.
        facts = facts.updated(visible_buttons=(CANCEL_LABEL,) * len(dispute.cancel_labels))
    search.listing.rows.append(
        replace(
            row,
            ids=ids,
            status=dispute.status,
            status_words=dispute.status_words,
            edits_used=dispute.edits_used,
            amount=dispute.amount,
            deadline=facts.protection_deadline,
            answer_by=dispute.countdown.ends(search.now),
            advice=advise(facts),
        )
    )


async def problem_of(error: ToolError | Error, walk: Walk) -> ToolError:
    """Turn the error into a note, so that the walk can go on.

    Raises:
        ToolError: a human is needed, since going on would only annoy the site; or the connection
            to a browser elsewhere is lost.
        Error: the browser is gone.
    """
    if (lost := await walk.session.loss_behind(error)) is not None:
        raise lost
    browser = walk.session.context.browser
    if isinstance(error, Error) and browser is not None and not browser.is_connected():
        raise error
    cause = cause_of(error, walk)
    if isinstance(cause, Error):
        line = cause.message.splitlines()[0]
        return ToolError(f"the browser failed: {line}", code=ErrorCode.BROWSER_FAILED)
    if cause.exit_code is ExitCode.HUMAN_NEEDED:
        raise cause
    return cause


def forget_refusals(walk: Walk) -> None:
    """Ignore earlier refusals, so that a foreign host in one order does not stop the next."""
    walk.watch = Watch(walk.site.hooks, walk.session.guard)


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


async def read_dispute_list(walk: Walk) -> list[ListedDispute]:
    """Open the dispute list and read it.

    Raises:
        ToolError: it could not be loaded or recognised, or a human is needed (exit 4).
    """
    with walk.progress.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute list"
        with Responses(walk.page, lambda address: _LIST_API in address) as responses:
            deadline = Deadline.after(min(walk.timeout, _LIST_SECONDS))
            address = walk.addresses.absolute(_LIST_ADDRESS, walk.addresses.my_orders)
            await walk.watch.load(walk.page, address, deadline)
            await _until_there(walk, responses, deadline)
            snapshot = await take_snapshot(walk.page)
            await responses.all()
        words = walk.words(snapshot.lang)
        shown = read_listed(snapshot, walk.site.hooks, words)
        if not shown and not responses.answers:
            raise ToolError(
                "the page at its address was not recognised",
                code=ErrorCode.PAGE_NOT_RECOGNISED,
                exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                hint="look at your disputes in your own browser",
            )
        running.note = counted(len(shown), "dispute")
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


async def list_account(
    request: Request,
    run: Run,
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

    async def read(walk: Walk) -> None:
        listing.begin()
        await list_disputes(walk, listing, request.now(), every_order=every_order, tell=tell)

    async with words_at_hand(request.site):
        await walked(request, run, read)
    if listing.nothing_read or listing.cut_short:
        problem = listing.failures[0]
        if isinstance(problem, DriftError):
            keep_evidence(problem, problem.drift, request.state_dir, request.now())
        raise problem
