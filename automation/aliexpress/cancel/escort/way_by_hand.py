"""The way to the dispute that the buyer goes themselves, where no other is known.

Which dispute it is comes from the ids in the page's address, its requests and their answers,
never from what the buyer says.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.escort.gaps import (
    BY_NUMBER,
    STATUS_LINE,
    TRIES,
    WAY_UNKNOWN,
    is_unknown,
)
from automation.aliexpress.cancel.escort.learned import reading, way_pressed
from automation.aliexpress.cancel.escort.trail import trail_of
from automation.aliexpress.pages import DisputeEntry, OrderCard, read_order, take_snapshot
from automation.aliexpress.pages.landmarks import PageName
from automation.aliexpress.plan.order_number import TEACH_IT, short
from automation.aliexpress.site.addresses import is_order_details
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.album import DISPUTE
from automation.aliexpress.walk.order.identity import check_where_it_led
from automation.aliexpress.walk.order.reading import Found, Reading
from automation.aliexpress.walk.response_names import another_in, orders_in
from automation.aliexpress.walk.responses import Responses
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.engine.guard.requests.apis import declared_api
from automation.engine.human import HumanWatch, Notice
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import minutes_left

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.cancel.escort.gaps import Gaps
    from automation.aliexpress.cancel.escort.trail import Trail
    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.pages.landmarks import Seen
    from automation.aliexpress.request import Escort
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.responses import Heard
    from automation.engine.guard import RequestRecord

_TICK_SECONDS: Final = 0.5


class WayByHand(Struct, frozen=True):
    """Lets the buyer open their dispute, and reads it."""

    walk: Walk
    order_id: str
    item: str | None
    escort: Escort
    gaps: Gaps
    _told: set[str] = field(default_factory=set)

    async def read(self) -> Reading:
        """Let the buyer open their dispute, and read it.

        Raises:
            ToolError: they did not, or it is another order's (exit 5 or 6).
        """
        walk = self.walk
        await walk.back_to_own_tab()
        order = await self._order_page()
        details = await self.gaps.seen()
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
        for _ in range(0 if await self._shows_order() else TRIES):
            try:
                return await walk.open_order(self.order_id)
            except ToolError as error:
                if error.code not in WAY_UNKNOWN:
                    raise
                if not await self.gaps.fill(walk.page):
                    break
        snapshot = await take_snapshot(walk.page)
        order = read_order(snapshot, walk.site.hooks, walk.words(snapshot.lang))
        return _of_address(order, self.order_id)

    async def _shows_order(self) -> bool:
        """Whether Order Details of this order is open already, and was recognised."""
        if not is_order_details(self.walk.page.url, self.order_id):
            return False
        return bool(BY_NUMBER[PageName.DETAILS].shown(await self.gaps.seen()))

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
                        self.gaps.learn(way_pressed(watch.presses, details))
                        # Their dispute is loaded again at once: whatever it shows is gone then.
                        reading_it = Notice("Reading your dispute", tone="sent", over=True)
                        await watch.show(reading_it, beside=found[0])
                        return found
                    if asked := await self._ask_about_calls(watch, trail):
                        until += asked
                    left = max(0, math.ceil(until - clock()))
                    self.escort.left("open your dispute", left)
                    await watch.show(self._please_open(left))
                    await trail.goes_on(_TICK_SECONDS)
            await watch.show(Notice("Time is up", over=True, tone="over"))
        raise self._not_opened(closed=walk.page.is_closed())

    def _say_refused(self, record: RequestRecord) -> None:
        """Say at once where a press wanted to go, if that was refused."""
        told = f"held back: {record.in_words} ({record.reason})"
        if record.main_frame and told not in self._told:
            self._told.add(told)
            self.escort.say(told)

    async def _ask_about_calls(self, watch: HumanWatch, trail: Trail) -> float:
        """Ask about reads that were held back on a page the buyer opened; how long that took."""
        clock = asyncio.get_running_loop().time
        began = clock()
        for page in trail.pages:
            if not self.gaps.held_reads(page.url) or self.escort.questions is None:
                continue
            if await self.gaps.let_read(page, watch):
                await page.reload(wait_until="commit")
            return clock() - began
        return 0.0

    def _please_open(self, left: int) -> Notice:
        return Notice(
            "Open your running dispute from this page",
            (
                f"Order … {short(self.order_id)}. Click what leads to the dispute, as you always do.",
                "Nothing that you press now can change or cancel anything.",
            ),
            f"{minutes_left(left)} left",
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
        for _ in range(TRIES):
            try:
                return await walk.read_dispute_page(Deadline.after(walk.timeout))
            except ToolError as error:
                if not is_unknown(error) or not await self.gaps.fill(walk.page):
                    raise
                if not await self._is_ready():
                    again = Deadline.after(walk.timeout)
                    await walk.watch.load(walk.page, walk.page.url, again)
        raise _not_read()

    async def _is_ready(self) -> bool:
        return bool(STATUS_LINE.shown(await self.gaps.seen()))

    def _is_call(self, address: str) -> bool:
        traffic = traffic_of(self.walk.site.traffic)
        return bool(declared_api(urlsplit(address).path, traffic))

    def _check_whose(self, dispute: DisputePage, came_from: str, heard: tuple[Heard, ...]) -> None:
        """Require that the order is named, and no other one.

        Raises:
            ToolError: it is not (exit 5).
        """
        orders = orders_in(heard, dispute.ids, traffic_of(self.walk.site.traffic))
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
                hint="run the command again to go on",
            )
        held = [each for page in self._open_pages() for each in self.gaps.held_reads(page)]
        lines = reading(held).lines
        also = f", or put these lines into your site data: {' | '.join(lines)}" if lines else ""
        return ToolError(
            "no dispute was opened from Order Details in time",
            code=ErrorCode.DISPUTE_NOT_REACHED,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="run the command again and open it in time, or show the way with "
            f"{TEACH_IT}{also}",
        )

    def _open_pages(self) -> tuple[str, ...]:
        return tuple(page.url for page in self.walk.session.context.pages)


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
