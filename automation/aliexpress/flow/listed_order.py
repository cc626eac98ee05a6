"""Read one order for ``list``: each dispute becomes a row, and so does what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from playwright.async_api import Error

from automation.aliexpress.flow.facts import check_where_it_led, read_facts
from automation.aliexpress.flow.listed import OVER, Listing, Row
from automation.aliexpress.flow.reading import NO_DISPUTE_THERE
from automation.aliexpress.flow.report import Step
from automation.aliexpress.flow.waiting import Watch
from automation.aliexpress.pages import OrderCard, take_snapshot
from automation.aliexpress.site import DisputeIds, WordPack
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import CANCEL_LABEL, Facts, advise

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.flow.walk import Walk
    from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderPage
    from automation.engine.guard import Guard
    from automation.engine.guard.report import RequestRecord


@dataclass
class Search:
    """One walk over the account.

    Args:
        words: word pack for the language of My Orders.
        cards: the cards in My Orders, by order number.
        read: the orders that were opened.
    """

    walk: Walk
    listing: Listing
    now: datetime
    words: WordPack = field(default_factory=lambda: WordPack(lang="en"))
    cards: dict[str, OrderCard] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


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
        search.listing.failed(row, problem_of(error, search.walk))
        return
    await _read_each(search, order_id, order, card)
    if card.dispute and known == len(search.listing.rows) + len(search.listing.over):
        search.listing.note(
            f"order {order_id}: My Orders says '{card.dispute}', but Order Details shows no dispute"
        )


async def _read_each(search: Search, order_id: str, order: OrderPage, card: OrderCard) -> None:
    number = 1
    for position, entry in enumerate(order.entries):
        row = Row(order_id=order_id, number=number, item=_item(order, entry, card), ids=entry.ids)
        try:
            # An address can be opened from anywhere; a click needs its page.
            if position and not entry.href.startswith(("/", "http")):
                await search.walk.open_order(order_id)
            dispute, words = await _open(search.walk, order_id, entry)
        except (ToolError, Error) as error:
            problem = problem_of(error, search.walk)
            if entry.kind == "button" and problem.code in NO_DISPUTE_THERE:
                continue
            search.listing.failed(row, problem)
        else:
            if dispute is None or _is_known(search, dispute):
                continue  # this button leads to no new dispute: --item does not count it
            _keep(search, row, order, dispute, words)
        finally:
            await _back_to_one_tab(search.walk)
        number += 1


def _is_known(search: Search, dispute: DisputePage) -> bool:
    """True if this dispute was already found another way."""
    known = [*(row.ids for row in search.listing.rows if row.ids), *search.listing.over]
    return any(dispute.ids.agrees_with(ids) for ids in known)


async def _open(
    walk: Walk, order_id: str, entry: DisputeEntry
) -> tuple[DisputePage | None, WordPack]:
    with walk.report.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute"
        dispute = await walk.open_dispute(entry)
        words = walk.words((await take_snapshot(walk.page, scope="title")).lang)
        if dispute is None:
            running.note = "no open dispute"
            return None, words
        check_where_it_led(order_id, entry.href, dispute)
        running.note = dispute.status_words or "no status shown"
        return dispute, words


def _keep(
    search: Search, row: Row, order: OrderPage, dispute: DisputePage, words: WordPack
) -> None:
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
    if dispute.status == "unknown":
        search.listing.note(
            f"order {row.order_id}: unknown status '{dispute.status_words}'; "
            f"'dispute-guard advise {row.order_id} --json' shows the line to add to a words file"
        )
    if words.is_guess:
        for each in dispute.unverified:
            search.listing.note(f"order {row.order_id}: {each}")
    facts = read_facts(
        Facts(now=search.now),
        order=order,
        dispute=dispute,
        words=words,
        open_disputes=max(1, len(order.disputes)),
        item_given=True,
    )
    if len(dispute.cancel_labels) > 1:
        # A cancel would stop here at its trial click, so the hint must block too.
        facts = replace(facts, visible_buttons=(CANCEL_LABEL,) * len(dispute.cancel_labels))
    search.listing.rows.append(
        replace(
            row,
            ids=ids,
            status=dispute.status,
            status_words=dispute.status_words,
            edits_used=dispute.edits_used,
            amount=dispute.amount,
            deadline=facts.protection_deadline,
            advice=advise(facts),
        )
    )


def _item(order: OrderPage, entry: DisputeEntry, card: OrderCard) -> str:
    """The item's title, if it is certain which line the dispute belongs to."""
    if entry.line is not None:
        return order.lines[entry.line].title
    return order.lines[0].title if len(order.lines) == 1 else card.item


async def _back_to_one_tab(walk: Walk) -> None:
    """Close the tab that a dispute opened in; the browser may be the buyer's own."""
    opened, walk.page = walk.page, walk.session.page
    if opened is not walk.page and not opened.is_closed():
        await opened.close()


def problem_of(error: ToolError | Error, walk: Walk) -> ToolError:
    """Turn the error into a note, so that the walk can go on.

    Raises:
        ToolError: a human is needed; going on would only annoy the site.
        Error: the browser is gone.
    """
    if isinstance(error, ToolError):
        if error.exit_code is ExitCode.HUMAN_NEEDED:
            raise error
        return error
    browser = walk.session.context.browser
    if browser is not None and not browser.is_connected():
        raise error
    try:
        walk.watch.check(walk.page)  # a page that leads away breaks the script that reads it
    except ToolError as led_away:
        return problem_of(led_away, walk)
    return ToolError(
        f"the browser failed: {error.message.splitlines()[0]}", code=ErrorCode.BROWSER_FAILED
    )


@dataclass(frozen=True)
class _LaterRefusals:
    """A guard's refusals, without those of earlier orders."""

    guard: Guard
    before: int

    def refused_navigations(self) -> tuple[RequestRecord, ...]:
        return self.guard.refused_navigations()[self.before :]


def forget_refusals(walk: Walk) -> None:
    """Ignore earlier refusals, so that a foreign host in one order does not stop the next."""
    guard = walk.session.guard
    later = _LaterRefusals(guard, len(guard.refused_navigations()))
    walk.watch = Watch(walk.site.hooks, cast("Guard", later))
