"""From My Orders to the dispute page, as a buyer goes (F1, F2), reading on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.answer import Step
from automation.aliexpress.pages import (
    DisputeEntry,
    DisputePage,
    OrderCard,
    OrderPage,
    read_cards,
    read_dispute,
    read_order,
    take_snapshot,
)
from automation.aliexpress.walk.album import MY_ORDERS
from automation.aliexpress.walk.drift import (
    DriftError,
    drift_on,
    not_recognised,
    refuse_app_only,
    refused_words,
)
from automation.aliexpress.walk.held_reads import still_held
from automation.aliexpress.walk.locate import press, reach
from automation.aliexpress.walk.notice import asking_at_terminal
from automation.aliexpress.walk.tab import Tab
from automation.aliexpress.walk.wait.arrival import End, Settling
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.aliexpress.walk.wait.sight import take_sight
from automation.aliexpress.walk.ways import follow_entry, tap_card
from automation.errors import ErrorCode, ExitCode, ToolError
from rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.pages import Snapshot
    from automation.aliexpress.walk.drift import Drift
    from automation.aliexpress.walk.held_reads import HeldRead

_RELOADED = ", even after a reload"
# Cards come up to 15 s late, and a first load may stay blank (site facts, section 2): of a step's
# time, so much goes to the load before the reload.
_BLANK_SECONDS = 18.0
_BLANK_SHARE = 0.6
# Buttons, boxes and status lines may come so long after the rest of a page.
LATE_PART_SECONDS = 5.0
# Only a page that was loaded twice, and shows no way even then, has no dispute.
LATE_WAY_SECONDS = 10.0
_PAGE_SIZE = 10  # cards of My Orders that one press loads
_MOMENT_SECONDS = 0.75
_QUIET_SECONDS = 1.0
# A status line that changes by itself does so soon after it came.
_UNREAD_SECONDS = 2.0


class Walk(Tab):
    """Walks the pages of one order."""

    async def find_order(self, order_id: str) -> OrderCard:
        """The card of an order, from the first of My Orders; an empty one if it is not there.

        Raises:
            ToolError: the list stays blank (exit 5).
        """
        with self.progress.step(Step.MY_ORDERS) as running:
            running.page, closed = "My Orders", ""
            if not self.my_orders.count:
                if not await self.open_list():
                    raise _no_orders("My Orders says that there are no orders")
                self.my_orders.keep(*await self.new_cards(0))
                await self.picture(MY_ORDERS)
                closed = await self.close_windows()
            found = order_id in self.my_orders.cards
            card = self.my_orders.card_of(order_id)
            running.note = (
                f"order found, {card.status or 'no status shown'}{closed}"
                if found
                else f"not among the first {self.my_orders.count}; it has an address of its own{closed}"
            )
            return card

    async def open_list(self) -> bool:
        """Open My Orders.

        Returns:
            False if the page says that there are no orders.

        Raises:
            ToolError: the list stays blank (exit 5).
        """
        card, end = self.site.hooks.css("card"), End.LOADING
        first = min(self.timeout * _BLANK_SHARE, _BLANK_SECONDS)
        for again, wait in enumerate((first, self.timeout)):
            # The first list may be blank; a reload helps (site facts, section 2).
            deadline = Deadline.after(wait)
            await self.watch.load(self.page, self.addresses.my_orders, deadline)
            end = await self.arrives(card, deadline, lists=True)
            if end is End.REFUSED and not again:
                continue  # what was held back is the less likely cause
            if end is End.THERE or await self._arrives_with_reads(card, "My Orders", lists=True):
                self.session.signed_in = True
                return True
            snapshot = await take_snapshot(self.page)
            if await self._says_no_orders(snapshot):
                return False
            refuse_app_only(snapshot, self.site)
            if end in {End.SETTLED, End.STARVED}:
                break  # a reload would show the same
        raise await self._no_cards(end)

    async def _says_no_orders(self, snapshot: Snapshot) -> bool:
        """True if the page says that there are no orders, and the site refused no call that may bring some."""
        says = any(word in snapshot.text for word in self.words(snapshot.lang).no_orders)
        return says and not await self.refused_calls(_may_bring_orders)

    async def _no_cards(self, end: End) -> ToolError:
        """The error for My Orders without a card that is known."""
        drift = await drift_on(self.page, self.site, "My Orders", self.site.hooks.css("card"))
        refused = await self.refused_calls()
        # With a call that was let through, it may show more than when it had settled.
        sight = await take_sight(self.page, self.site.hooks, under_way=0, answered=0, starved=False)
        if end is End.SETTLED or sight.shows_order:
            problem = "My Orders was not recognised: it shows orders, but no card that is known"
        elif any(each.asks for each in still_held(self.page.url, self.session.guard)):
            problem = "My Orders shows no orders" + ("" if end is End.STARVED else _RELOADED)
        elif drift.instead:
            return _shows_instead(drift, self.page.url, refused)
        else:
            return _no_orders(f"My Orders shows no orders{_RELOADED}{refused_words(refused)}")
        return self._not_recognised(problem, drift, refused)

    async def refused_calls(
        self, matters: Callable[[str], bool] = lambda _name: True
    ) -> tuple[str, ...]:
        """The calls of this page that the site refused, of the APIs that matter."""
        return () if self.under_way is None else await self.under_way.refused(self.page, matters)

    def _not_recognised(
        self, problem: str, drift: Drift, refused: tuple[str, ...] = ()
    ) -> ToolError:
        """The error for this page."""
        held = still_held(self.page.url, self.session.guard)
        return not_recognised(problem, held, self.page.url.split("?")[0], drift, refused)

    async def new_cards(self, seen: int) -> tuple[list[OrderCard], int]:
        """The cards after the first ``seen`` ones, and how many there are now."""
        snapshot = await take_snapshot(self.page, scope=self.site.hooks.css("card"), start=seen)
        words = self.words(snapshot.lang)
        return read_cards(snapshot, self.site.hooks, words), snapshot.count

    async def goes_on(self, seen: int) -> bool:
        """Load the next orders; the last cards and the button for more may be late.

        Returns:
            False where the list ends.
        """
        # After a full page, the button may just be late.
        full = bool(seen) and seen % _PAGE_SIZE == 0
        late = Deadline.after(LATE_PART_SECONDS if full else _MOMENT_SECONDS)
        while not await self.more_cards(seen):
            if await self.page.locator(self.site.hooks.css("card")).count() > seen:
                return True
            if late.left <= 0:
                return False
            await self.changes(late)
        return True

    async def more_cards(self, seen: int) -> bool:
        """Press the button for more orders; False if there is none."""
        more = self.page.locator(self.site.hooks.css("more_orders")).filter(visible=True)
        if await more.count() != 1 or not await more.is_enabled():
            return False
        deadline = Deadline.after(self.timeout)
        await self.clear_layers()
        await reach(more, deadline, self.site.hooks, touch=self.session.touch)
        await press(more, deadline.left, touch=self.session.touch)
        if await self.watch.appears(
            self.page, self.site.hooks.css("card"), deadline, at_least=seen + 1
        ):
            return True
        raise ToolError(
            f"My Orders stopped loading after {seen} orders",
            code=ErrorCode.LIST_STALLED,
            hint="check the connection and try again",
        )

    async def open_order(self, order_id: str, *, late: float = LATE_PART_SECONDS) -> OrderPage:
        """Open Order Details and check that it shows this order.

        Args:
            late: seconds to wait for a way to a dispute after the rest of the page.

        Raises:
            ToolError: the page is not recognised or shows another order (exit 5).
        """
        try:
            return await self._open_order(order_id, late)
        except ToolError as error:
            self.my_orders.explain(error, order_id)
            raise

    async def _open_order(self, order_id: str, late: float) -> OrderPage:
        with self.progress.step(Step.ORDER_DETAILS) as running:
            running.page = "Order Details"
            deadline = Deadline.after(self.timeout)
            if not (self.session.touch and await tap_card(self, order_id, deadline)):
                address = self.addresses.order_details(order_id)
                await self.watch.load(self.page, address, deadline)
            likelier = self.my_orders.lacks(order_id)
            await self._landmark(
                "order_line", "Order Details", deadline, "order_info", likelier=likelier
            )
            # A phone's layout may have no such lines; if it has, they come with the rest.
            lines = Deadline.after(min(LATE_PART_SECONDS, deadline.left))
            await self.arrives(self.site.hooks.css("order_line"), lines)
            order = await self._settled_order(Deadline.after(min(late, deadline.left)), deadline)
            if set(order.order_ids) != {order_id}:
                shown = ", ".join(order.order_ids) or "no order number"
                raise ToolError(
                    f"Order Details shows {shown} instead of {order_id}",
                    code=ErrorCode.WRONG_ORDER,
                    exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                    hint="look at the order in your own browser",
                )
            closed = await self.close_windows()
            running.note = f"{counted(len(order.lines), 'item')}, {counted(len(order.disputes), 'dispute')}{closed}"
            return order

    async def _settled_order(self, late: Deadline, deadline: Deadline) -> OrderPage:
        """Read the page until it shows its ways to disputes, waiting a few seconds for late ones.

        If the order has several lines, another dispute may appear just after the first. While
        the page waits for an answer, none is missing yet. A stream may never end, so whoever has
        no time for late ones waits for no answer either.
        """
        known, quiet, waits = 0, late, late.left > 0
        while True:
            snapshot = await take_snapshot(self.page)
            self.personal[:] = [snapshot]
            order = read_order(snapshot, self.site.hooks, self.words(snapshot.lang))
            if len(order.disputes) != known:
                known = len(order.disputes)
                quiet = Deadline.after(_QUIET_SECONDS if len(order.lines) > 1 else 0)
            if known and quiet.left <= 0:
                return order
            missing = waits and not known and deadline.left > 0 and self._awaits_answers
            if late.left <= 0 and not missing:
                return order
            await self.changes(quiet if known else late if late.left > 0 else deadline)

    @property
    def _awaits_answers(self) -> bool:
        """True if a request of the page has no answer yet."""
        return self.under_way is not None and self.under_way.of(self.page)[0] > 0

    async def open_dispute(self, entry: DisputeEntry) -> DisputePage | None:
        """Follow one way to a dispute; ``None`` if it leads to none.

        Raises:
            ToolError: the page that opens is not recognised (exit 5).
        """
        deadline = Deadline.after(self.timeout)
        if not await self.follow(entry, deadline):
            return None
        return await self.read_dispute_page(deadline)

    async def follow(self, entry: DisputeEntry, deadline: Deadline | None = None) -> bool:
        """Follow one way to a dispute, without reading the page that it opens.

        Returns:
            False if it leads to none.

        Raises:
            ToolError: it leads nowhere, or away from the site (exit 5).
        """
        opened = await follow_entry(self, entry, deadline or Deadline.after(self.timeout))
        self.page = opened or self.page
        return opened is not None

    async def back_to_own_tab(self) -> None:
        """Close the tab that a dispute opened in; the browser may be the buyer's own."""
        opened, self.page = self.page, self.session.page
        if opened is not self.page and not opened.is_closed():
            await opened.close()

    async def read_dispute_page(
        self, deadline: Deadline, *, for_words: bool = False
    ) -> DisputePage:
        """Read the open dispute page, once its status line is there.

        Args:
            for_words: a status in words that no list has is wanted, so a control that comes
                late says nothing more.
        """
        await self._landmark("dispute_status", "the dispute page", deadline, "dispute_steps")
        late = Deadline.after(min(LATE_PART_SECONDS, deadline.left))
        words, quiet = "", late
        while True:
            snapshot = await take_snapshot(self.page)
            dispute = read_dispute(snapshot, self.site.hooks, self.words(snapshot.lang))
            if dispute.cancel_labels or late.left <= 0:
                return dispute
            if dispute.status in {"closed", "cancelled", "final_decision", "accepted_proposal"}:
                return dispute
            if dispute.status_words != words:
                words, quiet = dispute.status_words, Deadline.after(_UNREAD_SECONDS)
            if for_words and dispute.status == "unknown" and words and quiet.left <= 0:
                return dispute
            await self.changes(late)

    async def reload_dispute(self, address: str, *, for_words: bool = False) -> DisputePage:
        """Reload a dispute's page and read it, as ``read_dispute_page`` does."""
        deadline = Deadline.after(self.timeout)
        await self.watch.load(self.page, address, deadline)
        return await self.read_dispute_page(deadline, for_words=for_words)

    async def _landmark(
        self, hook: str, name: str, deadline: Deadline, *others: str, likelier: str = ""
    ) -> None:
        """Wait for a page's landmark; reload a page once that stays blank or shows little.

        Args:
            likelier: why the page may lack it, beside a call that was held back.

        Raises:
            ToolError: the page has settled without it, or the time is over (exit 5).
        """
        css = ", ".join(self.site.hooks.css(each) for each in (hook, *others))
        # A page may fill eight seconds late, so with little time left, wait only once.
        twice = deadline.left > _BLANK_SECONDS
        patience = deadline.left * (_BLANK_SHARE if twice else 1)
        end = await self.arrives(css, Deadline.after(patience))
        # A refused call is likelier than one that was held back: a reload comes before a question.
        if end is End.THERE or (
            end is not End.REFUSED and await self._arrives_with_reads(css, name, likelier=likelier)
        ):
            return
        refuse_app_only(await take_snapshot(self.page), self.site)
        if end in {End.LITTLE, End.REFUSED} or (end is End.LOADING and twice):
            await self.watch.load(self.page, self.page.url, deadline)
            end = await self.arrives(css, deadline)
            if end is End.THERE or await self._arrives_with_reads(css, name, likelier=likelier):
                return
        why = (
            f"none of its landmarks appeared in {self.timeout:g} s"
            if end is End.LOADING
            else "it has loaded, but shows none of its landmarks"
        )
        drift = await drift_on(self.page, self.site, name, css, self.personal)
        refused = await self.refused_calls()
        raise self._not_recognised(f"{name} was not recognised: {why}", drift, refused)

    async def arrives(self, css: str, deadline: Deadline, *, lists: bool = False) -> End:
        """Wait for a landmark, as long as the page may still be loading."""
        if self.under_way is None:
            return End.THERE if await self.watch.appears(self.page, css, deadline) else End.LOADING
        nothing = (
            tuple(w for pack in self.site.packs.values() for w in pack.no_orders) if lists else ()
        )
        settling = Settling(lists=lists, ends=nothing)
        return await self.watch.arrives(self.page, css, deadline, settling, self.under_way)

    async def _arrives_with_reads(
        self, css: str, name: str, *, lists: bool = False, likelier: str = ""
    ) -> bool:
        """Offer the calls that were held back, and load the page again with those allowed.

        A page may make the next such call only after the first was answered.
        """
        tried: tuple[HeldRead, ...] = ()
        while self.offers and (held := self.offers.of(self.session.guard.report(), self.page.url)):
            with self.progress.waiting_for_human():
                async with asking_at_terminal(self.page.context):
                    allowed = await self.offers.ask(name, held, likelier)
            if not allowed:
                return False
            self.session.guard.allow_reads(each.name for each in held)
            tried += held
            if await self._loads_again(css, lists=lists) is End.THERE:
                with self.progress.waiting_for_human():
                    await self.offers.keep(tried)
                return True
        return False

    async def _loads_again(self, css: str, *, lists: bool) -> End:
        """Load the page again, and once more if the site refuses a call of it."""
        end = End.REFUSED
        for _ in range(2):
            if end is not End.REFUSED:
                break
            deadline = Deadline.after(self.timeout)
            await self.watch.load(self.page, self.page.url, deadline)
            end = await self.arrives(css, deadline, lists=lists)
        return end


def _may_bring_orders(name: str) -> bool:
    """False for a call that only counts: nothing else is known to bring no order."""
    return not name.endswith((".count", "Count"))


def _no_orders(problem: str) -> ToolError:
    return ToolError(
        problem,
        code=ErrorCode.NO_ORDERS,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run 'dispute-guard session' to check whether you are signed in",
    )


def _shows_instead(drift: Drift, address: str, refused: tuple[str, ...]) -> ToolError:
    """The error for My Orders that shows something of its own, such as that it failed."""
    return DriftError(
        f"My Orders shows no orders{_RELOADED}; it shows {drift.neighbours}{refused_words(refused)}",
        drift,
        hint="load My Orders in the same browser until it shows your orders, or run 'dispute-guard "
        "session' to check whether you are signed in",
        evidence=address.partition("?")[0],
        code=ErrorCode.NO_ORDERS,
    )
