"""Read an order and its dispute with the buyer's help, where the site is not as it is known.

The tool walks as ever. Where a page is not recognised, it learns what it lacks for the rest of this
run: calls that only read and were held back, where the order's number stands, the line of the
status and what it means. Where no way is known, the buyer opens their dispute themselves. All of
it happens under the guard and before there is a permit. Which dispute it is comes from the ids in
the page's address, its requests and their answers, never from what the buyer says.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.escort.learned import (
    Taught,
    hook_of_number,
    hook_of_pick,
    laid_over,
    meaning,
    reading,
    way_pressed,
)
from automation.aliexpress.cancel.escort.trail import trail_of
from automation.aliexpress.pages import DisputeEntry, OrderCard, read_order, take_snapshot
from automation.aliexpress.pages.landmarks import LANDMARKS, By, PageName, Seen
from automation.aliexpress.pages.snapshot import long_numbers, text_of
from automation.aliexpress.plan.order_number import short
from automation.aliexpress.site.addresses import is_dispute_page, is_order_details
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.album import DISPUTE
from automation.aliexpress.walk.held_reads import HeldRead, held_on
from automation.aliexpress.walk.notice import asking_at_terminal
from automation.aliexpress.walk.read_order import (
    Found,
    Reading,
    check_where_it_led,
    read_disputes,
)
from automation.aliexpress.walk.response_names import Responses, another_in, orders_in
from automation.aliexpress.walk.tab import Deadline
from automation.engine.guard.requests.payload import declared_api
from automation.engine.human import HumanWatch, Words
from automation.engine.session.picker import Bar, pick
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text
from rules import DisputeStatus

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.cancel.escort.trail import Trail
    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.request import Escort
    from automation.aliexpress.site.additions import Additions
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.response_names import Heard
    from automation.engine.guard import RequestRecord

_TICK_SECONDS: Final = 0.5
# Each try may learn one thing; a page may make its next call only after the first was answered.
_TRIES: Final = 12
_POINTING_SECONDS: Final = 90.0
_LONGEST_STATUS: Final = 120
_NUMBER: Final = "the order's number"
# Errors that only say that a page, or the way to the next one, is unknown.
_WAY_UNKNOWN: Final = frozenset(
    {
        ErrorCode.LANGUAGE_UNKNOWN,
        ErrorCode.DISPUTE_NOT_REACHED,
        ErrorCode.WORDS_UNVERIFIED,
        ErrorCode.PAGE_NOT_RECOGNISED,
    }
)
_BY_NUMBER: Final = {
    each.page: each
    for each in LANDMARKS
    if each.by is By.HOOK and each.key in {"card", "order_info"}
}
[_STATUS_LINE] = (each for each in LANDMARKS if each.key == "dispute_status" and each.by is By.HOOK)


@dataclass
class Guide:
    """Goes with the buyer to their dispute, and keeps what it learned on the way.

    Args:
        said: the status that the buyer named on the command line.
        taught: what this run learned, and what the buyer said themselves.
    """

    walk: Walk
    order_id: str
    item: str | None
    escort: Escort
    said: str | None = None
    taught: Taught = field(default_factory=Taught)
    _asked: set[str] = field(default_factory=set)

    async def read(self) -> Reading:
        """Read the order and its dispute.

        Raises:
            ToolError: as the ordinary walk, but only where the buyer cannot help (exit 4 to 6).
        """
        self.walk.session.guard.is_about({self.order_id})
        found = await self._as_ever()
        if found is None or not (found.disputes or found.order.entries):
            found = await self._opened_by_hand()
        if found.chosen is not None and found.chosen.status is DisputeStatus.UNKNOWN:
            found = await self._with_meaning(found)
        if self.walk.offers:
            self.taught = self.taught.plus(reading(self.walk.offers.allowed))
        return found

    async def _as_ever(self) -> Reading | None:
        """The ordinary walk, again and again while it learns something; ``None`` if it ends."""
        for _ in range(_TRIES):
            await self.walk.back_to_own_tab()
            try:
                return await read_disputes(self.walk, self.order_id, self.item)
            except ToolError as error:
                if error.code not in _WAY_UNKNOWN:
                    raise
                if not _is_unknown(error) or not await self._learn_here(self.walk.page):
                    return None
        return None

    # What a page lacks

    async def _learn_here(self, page: Page) -> bool:
        """Learn one thing that the open page lacks; false if nothing came of it."""
        if await self._let_read(page):
            return True
        if is_dispute_page(page.url):
            return await self._point_at_status()
        seen, name = await self._seen(), self._name_of(page.url)
        self._check_number(seen, name)
        landmark = _BY_NUMBER.get(name)
        return self._learn(hook_of_number(landmark, seen)) if landmark else False

    def _check_number(self, seen: Seen, name: PageName) -> None:
        """Say once that a page with numbers does not have the order's: it may be mistyped."""
        numbers = long_numbers(seen.snapshot.html)
        if numbers and self.order_id not in numbers and _NUMBER not in self._asked:
            self._asked.add(_NUMBER)
            self.escort.say(f"{name} does not show {self.order_id}: check the number first.")

    async def _let_read(self, page: Page, watch: HumanWatch | None = None) -> bool:
        """Ask about the page's held-back reads; false if there are none, or they stay so."""
        held = self._held_reads(page.url)
        if not held or self.escort.questions is None:
            return False
        self._asked |= {each.name for each in held}
        with self.walk.progress.waiting_for_human():
            async with asking_at_terminal(page.context, watch):
                read = await self.escort.questions.may_read(self._name_of(page.url), held)
        if not read:
            return False
        additions = reading(read)
        self.walk.session.guard.know(additions.traffic)
        return self._learn(additions)

    def _held_reads(self, address: str) -> tuple[HeldRead, ...]:
        """The calls of a page that were held back and that a buyer may know as reads."""
        offers = self.walk.offers
        held = {
            each.what: HeldRead(each.what, each.page, each.keys, names_target=each.teachable)
            for each in held_on(address, self.walk.session.guard.report().refused)
            if each.teachable or each.negotiable
        }
        known = self.walk.session.guard.allowed_reads
        return tuple(
            each
            for name, each in held.items()
            if name not in self._asked
            and name.casefold() not in known
            and not (offers and offers.declined(name))
        )

    async def _point_at_status(self) -> bool:
        """Let the buyer click the line of the status; the page does not get the click."""
        seen = await self._seen()
        if _STATUS_LINE.shown(seen) or _STATUS_LINE.key in self._asked:
            return False
        self._asked.add(_STATUS_LINE.key)
        ask = "Click the line that says how your dispute stands."
        self.escort.say(f"The page of your dispute is not known. {ask} Esc leaves it out.")
        bar = Bar(
            ask, "dispute-guard does not pass your click on to the page. To skip this, press Esc."
        )
        page = self.walk.page
        await page.bring_to_front()
        with self.walk.progress.waiting_for_human():
            around = await pick(page, bar, _POINTING_SECONDS)
        if not around:
            return False
        part = (await take_snapshot(page, scope=around[0].place)).tree.body
        return self._learn(
            hook_of_pick(_STATUS_LINE, around, text_of(part) if part else "", await self._seen())
        )

    def _learn(self, additions: Additions) -> bool:
        """Go on with more site data; false if there is none."""
        taught = self.taught.plus(additions)
        if taught == self.taught:
            return False
        self.taught = taught
        self.walk.site = laid_over(self.walk.site, additions)
        self.walk.watch.hooks = self.walk.site.hooks
        return True

    async def _seen(self) -> Seen:
        return Seen(await take_snapshot(self.walk.page), self.walk.site, self.order_id)

    def _name_of(self, address: str) -> PageName:
        if is_dispute_page(address):
            return PageName.DISPUTE
        at_list = urlsplit(address).path == urlsplit(self.walk.addresses.my_orders).path
        return PageName.ORDERS if at_list else PageName.DETAILS

    # The status

    async def _with_meaning(self, found: Reading) -> Reading:
        """The same dispute, its status read as the buyer reads it; as it was if they do not know."""
        dispute = found.chosen
        if dispute is None or not dispute.status_words:
            return found
        status = await self._meaning_of(dispute.status_words)
        if not status or not self._learn(meaning(dispute.lang, status, dispute.status_words)):
            return found
        self.taught = self.taught.naming(dispute.status_words, DisputeStatus(status))
        return _with_page(found, await self.walk.reload_dispute(dispute.address))

    async def _meaning_of(self, words: str) -> str:
        shown = clean_text(words, _LONGEST_STATUS)
        questions, choices = self.escort.questions, self.walk.site.statuses
        if questions is None:
            return self.said if self.said in choices else ""
        with self.walk.progress.waiting_for_human():
            async with asking_at_terminal(self.walk.page.context):
                return await questions.meaning_of(shown, choices)

    # The way to the dispute

    async def _opened_by_hand(self) -> Reading:
        """Let the buyer open their dispute, and read it.

        Raises:
            ToolError: they did not, or it is another order's (exit 5 or 6).
        """
        walk = self.walk
        await walk.back_to_own_tab()
        order = await self._order_page()
        details = await self._seen()
        with walk.progress.step(Step.DISPUTE_PAGE) as running, walk.progress.waiting_for_human():
            running.page = "Dispute"
            try:
                page, came_from = await self._opened(details)
            finally:
                walk.session.guard.tell_refused(lambda _: None)
            walk.session.guard.follow(page)
            walk.page = page
            dispute = await self._dispute(came_from)
            await walk.picture(DISPUTE)
            running.note = f"opened by hand, {dispute.status_words or 'no status shown'}"
        found = Found(DisputeEntry("link", "", href=dispute.address), 1, dispute)
        if self.item not in (None, "1", *found.names):
            raise _not_this_item(str(self.item), dispute)
        return Reading(OrderCard(self.order_id), order, (found,), found)

    async def _order_page(self) -> OrderPage:
        """Order Details, by its address; without landmarks, what its readers find."""
        walk = self.walk
        for _ in range(0 if await self._shows_order() else _TRIES):
            try:
                return await walk.open_order(self.order_id)
            except ToolError as error:
                if error.code not in _WAY_UNKNOWN:
                    raise
                if not await self._learn_here(walk.page):
                    break
        snapshot = await take_snapshot(walk.page)
        order = read_order(snapshot, walk.site.hooks, walk.words(snapshot.lang))
        return _of_address(order, self.order_id)

    async def _shows_order(self) -> bool:
        """Whether Order Details of this order is open already, and was recognised."""
        if not is_order_details(self.walk.page.url, self.order_id):
            return False
        return bool(_BY_NUMBER[PageName.DETAILS].shown(await self._seen()))

    async def _opened(self, details: Seen) -> tuple[Page, str]:
        """The page on which the buyer opened their dispute, and the one that led to it."""
        walk, clock = self.walk, asyncio.get_running_loop().time
        until = clock() + self.escort.seconds
        self.escort.say(
            "The way to your dispute is unknown: open it in the browser window yourself."
        )
        walk.session.guard.tell_refused(self._say_refused)
        async with HumanWatch(walk.session.context) as watch:
            with trail_of(walk.page) as trail:
                while clock() < until and not walk.page.is_closed():
                    if found := await trail.dispute():
                        self._learn(way_pressed(watch.presses, details))
                        # Their dispute is loaded again at once: whatever it shows is gone then.
                        reading_it = Words("Reading your dispute", tone="sent", over=True)
                        await watch.show(reading_it, beside=found[0])
                        return found
                    if asked := await self._ask_about_calls(watch, trail):
                        until += asked
                    left = max(0, math.ceil(until - clock()))
                    self.escort.left("open your dispute", left)
                    await watch.show(self._please_open(left))
                    await trail.goes_on(_TICK_SECONDS)
            await watch.show(Words("Time is up", over=True, tone="over"))
        raise self._not_opened(closed=walk.page.is_closed())

    def _say_refused(self, record: RequestRecord) -> None:
        """Say at once where a press wanted to go, if that was refused."""
        told = f"held back: {record.in_words} ({record.reason})"
        if record.main_frame and told not in self._asked:
            self._asked.add(told)
            self.escort.say(told)

    async def _ask_about_calls(self, watch: HumanWatch, trail: Trail) -> float:
        """Ask about reads that were held back on a page the buyer opened; how long that took."""
        clock = asyncio.get_running_loop().time
        began = clock()
        for page in trail.pages:
            if not self._held_reads(page.url) or self.escort.questions is None:
                continue
            if await self._let_read(page, watch):
                await page.reload(wait_until="commit")
            return clock() - began
        return 0.0

    def _please_open(self, left: int) -> Words:
        return Words(
            "Open your running dispute from this page",
            (
                f"Order … {short(self.order_id)}. Click what leads to the dispute, as you always do.",
                "Nothing that you press now can change or cancel anything.",
            ),
            f"{left // 60}:{left % 60:02} left",
        )

    async def _dispute(self, came_from: str) -> DisputePage:
        """Read the page that the buyer opened, and check whose dispute it shows.

        Raises:
            ToolError: it is another order's, or nothing says whose it is (exit 5).
        """
        walk = self.walk
        with Responses(walk.page, self._is_call) as responses:
            await walk.watch.load(walk.page, walk.page.url, Deadline.after(walk.timeout))
            dispute = await self._read_dispute()
            heard = await responses.all()
        check_where_it_led(self.order_id, "", dispute)
        self._check_whose(dispute, came_from, heard)
        return dispute

    async def _read_dispute(self) -> DisputePage:
        walk = self.walk
        for _ in range(_TRIES):
            try:
                return await walk.read_dispute_page(Deadline.after(walk.timeout))
            except ToolError as error:
                if not _is_unknown(error) or not await self._learn_here(walk.page):
                    raise
                if not await self._is_ready():
                    again = Deadline.after(walk.timeout)
                    await walk.watch.load(walk.page, walk.page.url, again)
        raise _not_read()

    async def _is_ready(self) -> bool:
        return bool(_STATUS_LINE.shown(await self._seen()))

    def _is_call(self, address: str) -> bool:
        traffic = traffic_of(self.walk.site)
        return bool(declared_api(urlsplit(address).path, traffic))

    def _check_whose(self, dispute: DisputePage, came_from: str, heard: tuple[Heard, ...]) -> None:
        """Require that the order is named, and no other one.

        Raises:
            ToolError: it is not (exit 5).
        """
        orders = orders_in(heard, dispute.ids, traffic_of(self.walk.site))
        another = another_in(heard, dispute.ids, self.order_id)
        if another or (orders and self.order_id not in orders):
            raise _not_this_order(self.order_id, another or f"it names order {min(orders)}")
        named = self.order_id in {*dispute.order_ids, *orders}
        if not named and not is_order_details(came_from, self.order_id):
            raise _not_this_order(self.order_id, "nothing on it names this order")

    def _not_opened(self, *, closed: bool) -> ToolError:
        if closed:
            return ToolError(
                "you closed the tab before a dispute was open",
                code=ErrorCode.DECLINED,
                exit_code=ExitCode.DECLINED,
                hint="the dispute stays open",
            )
        held = [each for page in self._open_pages() for each in self._held_reads(page)]
        lines = reading(held).lines
        also = f", or put these lines into your site data: {' | '.join(lines)}" if lines else ""
        return ToolError(
            "no dispute was opened from Order Details in time",
            code=ErrorCode.DISPUTE_NOT_REACHED,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="run the command again and open it in time, or show the way with "
            f"'dispute-guard teach ORDER --headed'{also}",
        )

    def _open_pages(self) -> tuple[str, ...]:
        return tuple(page.url for page in self.walk.session.context.pages)


def _is_unknown(error: ToolError) -> bool:
    """True for a page that was not recognised; others only say that no way on is known."""
    return error.code is ErrorCode.PAGE_NOT_RECOGNISED


def _with_page(reading: Reading, page: DisputePage) -> Reading:
    """The same reading with its chosen dispute read again."""
    if reading.choice is None:
        return reading
    choice = replace(reading.choice, page=page)
    found = tuple(choice if each is reading.choice else each for each in reading.found)
    return replace(reading, found=found, choice=choice)


def _of_address(order: OrderPage, order_id: str) -> OrderPage:
    """Order Details that does not show its number, by the one in its address.

    Raises:
        ToolError: it shows another order (exit 5).
    """
    if is_order_details(order.address, order_id) and not set(order.order_ids) - {order_id}:
        return replace(order, order_ids=(order_id,))
    shown = ", ".join(order.order_ids) or "no order number"
    raise _unknown(
        ErrorCode.WRONG_ORDER,
        f"Order Details shows {shown} instead of {order_id}",
        "look at the order in your own browser",
    )


def _not_read() -> ToolError:
    return _unknown(
        ErrorCode.PAGE_NOT_RECOGNISED,
        "the page of your dispute was not recognised",
        "look at the dispute in your own browser",
    )


def _not_this_order(order_id: str, why: str) -> ToolError:
    return _unknown(
        ErrorCode.WRONG_DISPUTE,
        f"the dispute that you opened is not known to belong to order {order_id}: {why}",
        "open the dispute from the Order Details of this order",
    )


def _not_this_item(item: str, dispute: DisputePage) -> ToolError:
    return _unknown(
        ErrorCode.ITEM_NOT_FOUND,
        f"you opened dispute {dispute.ids.name}, and --item names {item[:40]}",
        "open the other dispute of this order, or omit --item",
    )


def _unknown(code: ErrorCode, seen: str, hint: str) -> ToolError:
    """The error for a page that is not the one looked for (exit 5)."""
    return ToolError(seen, code=code, exit_code=ExitCode.PAGE_NOT_RECOGNISED, hint=hint)
