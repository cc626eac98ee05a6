"""The search for open disputes: the cards of My Orders, and the disputes of each order.

Each dispute becomes a row, and so does what cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.advice.advise import read_facts
from automation.aliexpress.answer import Step
from automation.aliexpress.listing.dispute_row import OVER, Listing, Row
from automation.aliexpress.pages import OrderCard, take_snapshot
from automation.aliexpress.plan.order_number import advise_it
from automation.aliexpress.site import DisputeIds, WordPack
from automation.aliexpress.walk.order.read_order import cause_of, open_each
from automation.aliexpress.walk.order.reading import Found, item_title
from automation.aliexpress.walk.wait.watch import Watch
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import browser_reason, clean_text
from rules import CANCEL_LABEL, DisputeStatus, Facts, advise
from rules.wording import counted

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.walk.browse import Walk

# My Orders shows the newest first. So many orders behind the last one with a dispute, only the site's
# own list of disputes is asked, so that an account with thousands of orders is not paged through.
FAR = 100
_LONGEST_STATUS = 120


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


async def read_my_orders(search: Search, *, to_the_end: bool) -> None:
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
                if not to_the_end and seen - search.last_disputed >= FAR:
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
        several = row.number if len(order.disputes) > 1 else None
        search.listing.note(
            f"order {row.order_id}: unknown status '{clean_text(dispute.status_words, _LONGEST_STATUS)}'; "
            f"{advise_it(row.order_id, several)} shows the line for your site data"
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
        line = browser_reason(cause.message)
        return ToolError(f"the browser failed: {line}", code=ErrorCode.BROWSER_FAILED)
    if cause.exit_code is ExitCode.HUMAN_NEEDED:
        raise cause
    return cause


def forget_refusals(walk: Walk) -> None:
    """Ignore earlier refusals, so that a foreign host in one order does not stop the next."""
    walk.watch = Watch(walk.site.hooks, walk.session.guard)
