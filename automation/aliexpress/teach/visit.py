"""The pages of one order, visited also where their readers know nothing of them.

A run stops at a page without its landmarks. ``doctor ORDER`` and ``teach ORDER`` look at it all
the same, once it has stopped changing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from automation.aliexpress.answer import Step
from automation.aliexpress.pages import read_order, take_snapshot
from automation.aliexpress.pages.landmarks import PageName, Seen
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.addresses import dispute_ids_in, ids_of_page
from automation.aliexpress.walk.order.item import (
    item_number,
    item_words,
    no_such_item,
    worth_opening,
)
from automation.aliexpress.walk.wait.arrival import End
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputeEntry, OrderPage
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.walk.browse import Walk

STEPS: Final = {
    PageName.ORDERS: Step.MY_ORDERS,
    PageName.DETAILS: Step.ORDER_DETAILS,
    PageName.DISPUTE: Step.DISPUTE_PAGE,
}
"""The step in which each page is visited."""
# A page that never stops changing is read as it is then.
_LONGEST_SECONDS: Final = 8.0
_QUIET_SECONDS: Final = 1.5
_PATIENCE_SECONDS: Final = 18.0
_SEVERAL: Final = 2

Which = Callable[[tuple[str, ...]], Awaitable[int | None]]
"""Asks which of several disputes, named in words; its number from 0."""


@dataclass
class Visit:
    """Opens the pages of an order one after the other, reading only.

    Args:
        item: which dispute of the order, as ``--item`` names it.
    """

    walk: Walk
    order_id: str
    item: str | None = None
    lang: str = "en"

    async def my_orders(self) -> None:
        """Open My Orders."""
        self._is_about("")
        await self._load(self.walk.addresses.my_orders, "card")

    async def order_details(self) -> None:
        """Open Order Details by its address."""
        self._is_about("")
        await self._load(self.walk.addresses.order_details(self.order_id), "order_info")

    async def dispute(self, which: Which) -> bool:
        """Follow the way of Order Details that leads to the dispute.

        Args:
            which: asks which of several ways; without an answer it is the first that leads to one.

        Returns:
            False if none does.

        Raises:
            ToolError: ``--item`` names none of them (exit 5).
        """
        known, there = list[DisputeIds](), list[str]()
        entries, number = await self._entries(which)
        for entry in entries:
            if not await self._follow(entry):
                await self.order_details()
                continue
            ids = dispute_ids_in(self.walk.page.url)
            if not any(ids.agrees_with(each) for each in known):
                known.append(ids)
                there.append(item_words(number, "", ids))
                if self._is_meant(number, ids):
                    self._is_about(self.walk.page.url)
                    await self._settled("dispute_status")
                    return True
                number += 1
            await self.walk.back_to_own_tab()
            await self.order_details()
        if self.item is not None and known:
            raise no_such_item(self.item, there)
        return False

    async def _entries(self, which: Which) -> tuple[tuple[DisputeEntry, ...], int]:
        """The ways to follow, and what ``--item`` calls the first: those that may be meant."""
        snapshot = await take_snapshot(self.walk.page)
        site = self.walk.site
        order = read_order(snapshot, site.hooks, site.pack(snapshot.lang))
        if self.item is not None or len(order.entries) < _SEVERAL:
            return worth_opening(order, self.item)
        chosen = await which(tuple(_named(each, order) for each in order.entries))
        return (order.entries if chosen is None else (order.entries[chosen],)), 1

    def _is_meant(self, number: int, ids: DisputeIds) -> bool:
        if self.item is None or item_number(self.item) == number:
            return True
        return self.item in (ids.trade_line_id, ids.reverse_line_id)

    async def _follow(self, entry: DisputeEntry) -> bool:
        try:
            return await self.walk.follow(entry)
        except ToolError as error:
            if error.code is not ErrorCode.DISPUTE_NOT_REACHED:
                raise
            return False

    async def dispute_at(self, address: str) -> None:
        """Open a dispute page whose address is known."""
        self._is_about(address)
        await self._load(address, "dispute_status")

    async def seen(self) -> Seen:
        """The open page as it is now."""
        snapshot = await take_snapshot(self.walk.page)
        self.lang = self.walk.site.pack(snapshot.lang).lang
        return Seen(snapshot, self.walk.site, self.order_id)

    def learn(self, site: SiteMap) -> None:
        """Go on with other site data."""
        self.walk.site = site
        self.walk.watch.hooks = site.hooks

    def held_back(self) -> tuple[str, ...]:
        """Unknown calls of the pages that only read, and were held back."""
        return self.walk.session.guard.report().negotiable

    async def quiet(self) -> None:
        """Wait until the page shows something and stops changing, for a few seconds at most."""
        last = Deadline.after(min(_LONGEST_SECONDS, self.walk.timeout))
        quiet, before = Deadline.after(_QUIET_SECONDS), ""
        while (quiet.left > 0 or not before) and last.left > 0:
            await self.walk.changes(quiet if before else last)
            page = (await take_snapshot(self.walk.page)).without(
                self.walk.site.hooks.css("furniture")
            )
            if page.text != before:
                quiet, before = Deadline.after(_QUIET_SECONDS), page.text

    async def load_again(self, landmark: str) -> None:
        """Load the open page once more, after calls of it were let through."""
        await self._load(self.walk.page.url, landmark)

    def _is_about(self, address: str) -> None:
        """What the reads of the next page may ask about: its own order and dispute."""
        self.walk.session.guard.is_about(ids_of_page(address, self.order_id))

    async def _load(self, address: str, landmark: str) -> None:
        await self.walk.watch.load(self.walk.page, address, Deadline.after(self.walk.timeout))
        await self._settled(landmark)

    async def _settled(self, landmark: str) -> None:
        """Wait for a landmark, or until an unknown page stops changing.

        Raises:
            ToolError: a sign-in or captcha came instead (exit 4).
        """
        css, page = self.walk.site.hooks.css(landmark), self.walk.page
        lists = landmark == "card"
        patience = Deadline.after(min(_PATIENCE_SECONDS, self.walk.timeout))
        end = await self.walk.arrives(css, patience, lists=lists)
        if end in {End.LITTLE, End.REFUSED, End.LOADING}:
            # A page may stay blank or fail the first time (site facts, section 2).
            deadline = Deadline.after(self.walk.timeout)
            await self.walk.watch.load(page, page.url, deadline)
            end = await self.walk.arrives(css, deadline, lists=lists)
        # A page that settled has been quiet already; behind a landmark, the rest may be late.
        if end in {End.THERE, End.LOADING}:
            await self.quiet()
        self.walk.watch.check(self.walk.page)


def _named(entry: DisputeEntry, order: OrderPage) -> str:
    """What tells a dispute from the others of the order."""
    title = order.lines[entry.line].title if entry.line is not None else ""
    ids = entry.ids.reverse_line_id or entry.ids.trade_line_id or ""
    return ", ".join(filter(None, (title, entry.label, ids)))
