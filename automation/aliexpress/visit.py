"""The pages of one order, visited also where their readers know nothing of them.

A run stops at a page without its landmarks. ``doctor ORDER`` and ``teach ORDER`` look at it all
the same, once it has stopped changing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from automation.aliexpress.landmarks import Seen
from automation.aliexpress.pages import read_order, take_snapshot
from automation.aliexpress.walk.tab import Deadline
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.walk.browse import Walk

_LONGEST_SECONDS: Final = 8.0
_QUIET_SECONDS: Final = 1.5


@dataclass
class Visit:
    """Opens the pages of an order one after the other, reading only."""

    walk: Walk
    order_id: str
    lang: str = "en"

    async def my_orders(self) -> None:
        """Open My Orders."""
        await self._load(self.walk.addresses.my_orders, "card")

    async def order_details(self) -> None:
        """Open Order Details by its address."""
        await self._load(self.walk.addresses.order_details(self.order_id), "order_info")

    async def dispute(self) -> bool:
        """Follow the first way of Order Details that leads to a dispute.

        Returns:
            False if none does.
        """
        snapshot = await take_snapshot(self.walk.page)
        site = self.walk.site
        entries = read_order(snapshot, site.hooks, site.pack(snapshot.lang)).entries
        for entry in entries:
            try:
                if await self.walk.follow(entry):
                    await self._settled("dispute_status")
                    return True
            except ToolError as error:
                if error.code is not ErrorCode.DISPUTE_NOT_REACHED:
                    raise
            await self.order_details()
        return False

    async def dispute_at(self, address: str) -> None:
        """Open a dispute page whose address is known."""
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

    async def _load(self, address: str, landmark: str) -> None:
        await self.walk.watch.load(self.walk.page, address, Deadline.after(self.walk.timeout))
        await self._settled(landmark)

    async def _settled(self, landmark: str) -> None:
        """Wait for a landmark, or until an unknown page stops changing.

        Raises:
            ToolError: a sign-in or captcha came instead (exit 4).
        """
        css = self.walk.site.hooks.css(landmark)
        soon = min(_LONGEST_SECONDS, self.walk.timeout) / 2
        if await self.walk.watch.appears(self.walk.page, css, Deadline.after(soon)):
            await self.quiet()
        else:
            # A page may stay blank or fail the first time (site facts, section 2).
            address, deadline = self.walk.page.url, Deadline.after(self.walk.timeout)
            await self.walk.watch.load(self.walk.page, address, deadline)
            await self.walk.watch.appears(self.walk.page, css, Deadline.after(soon / 2))
            await self.quiet()
        self.walk.watch.check(self.walk.page)
