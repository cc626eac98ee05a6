"""What the open page lacks for this run, and what the buyer can say about it.

Calls that only read and were held back, the place of the order's number, the line of the status
and what it means. All of it happens under the guard and before there is a permit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from automation.aliexpress.cancel.escort.learned import (
    Taught,
    hook_of_number,
    hook_of_pick,
    reading,
)
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.landmarks import LANDMARKS, By, PageName, Seen
from automation.aliexpress.pages.snapshot import text_of
from automation.aliexpress.site.additions import with_additions
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.walk.held_reads import HeldRead, reads_on
from automation.aliexpress.walk.notice import asking_at_terminal
from automation.engine.session.picker import Bar, pick
from automation.errors import ErrorCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.request import Escort
    from automation.aliexpress.site.additions import Additions
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.human import HumanWatch

# Each try may fill one gap; a page may make its next call only after the first was answered.
TRIES: Final = 12
_POINTING_SECONDS: Final = 90.0
_LONGEST_STATUS: Final = 120
_NUMBER: Final = "the order's number"
WAY_UNKNOWN: Final = frozenset(
    {
        ErrorCode.LANGUAGE_UNKNOWN,
        ErrorCode.DISPUTE_NOT_REACHED,
        ErrorCode.WORDS_UNVERIFIED,
        ErrorCode.PAGE_NOT_RECOGNISED,
    }
)
"""Errors that only say that a page, or the way to the next one, is unknown."""
BY_NUMBER: Final = {
    each.page: each
    for each in LANDMARKS
    if each.by is By.HOOK and each.key in {"card", "order_info"}
}
[STATUS_LINE] = (each for each in LANDMARKS if each.key == "dispute_status" and each.by is By.HOOK)


def is_unknown(error: ToolError) -> bool:
    """True for a page that was not recognised; others only say that no way on is known."""
    return error.code is ErrorCode.PAGE_NOT_RECOGNISED


@dataclass
class Gaps:
    """Fills, one after the other, what the pages of a run lack.

    Args:
        said: the status that the buyer named on the command line.
        taught: what this run learned, and what the buyer said themselves.
    """

    walk: Walk
    order_id: str
    escort: Escort
    said: str | None = None
    taught: Taught = field(default_factory=Taught)
    _asked: set[str] = field(default_factory=set)

    async def fill(self, page: Page) -> bool:
        """Learn one thing that the open page lacks; false if nothing came of it."""
        if await self.let_read(page):
            return True
        if is_dispute_page(page.url):
            return await self._point_at_status()
        seen, name = await self.seen(), self._name_of(page.url)
        self._check_number(seen, name)
        landmark = BY_NUMBER.get(name)
        return self.learn(hook_of_number(landmark, seen)) if landmark else False

    def _check_number(self, seen: Seen, name: PageName) -> None:
        """Say once that a page with numbers does not have the order's: it may be mistyped."""
        if seen.shows_other_numbers and _NUMBER not in self._asked:
            self._asked.add(_NUMBER)
            self.escort.say(f"{name} does not show {self.order_id}: check the number first.")

    async def let_read(self, page: Page, watch: HumanWatch | None = None) -> bool:
        """Ask about the page's held-back reads; false if there are none, or they stay so."""
        held = self.held_reads(page.url)
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
        return self.learn(additions)

    def held_reads(self, address: str) -> tuple[HeldRead, ...]:
        """The calls of a page that were held back and that a buyer may know as reads."""
        offers = self.walk.offers
        known = self.walk.session.guard.allowed_reads
        return tuple(
            each
            for each in reads_on(address, self.walk.session.guard.report().refused)
            if each.name not in self._asked
            and each.name.casefold() not in known
            and not (offers and offers.declined(each.name))
        )

    async def _point_at_status(self) -> bool:
        """Let the buyer click the line of the status; the page does not get the click."""
        seen = await self.seen()
        if STATUS_LINE.shown(seen) or STATUS_LINE.key in self._asked:
            return False
        self._asked.add(STATUS_LINE.key)
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
        return self.learn(
            hook_of_pick(STATUS_LINE, around, text_of(part) if part else "", await self.seen())
        )

    def learn(self, additions: Additions) -> bool:
        """Go on with more site data; false if there is none."""
        taught = self.taught.plus(additions)
        if taught == self.taught:
            return False
        self.taught = taught
        self.walk.site = with_additions(self.walk.site, additions)
        self.walk.watch.hooks = self.walk.site.hooks
        return True

    async def seen(self) -> Seen:
        """The open page, as its landmarks are looked for."""
        return Seen(await take_snapshot(self.walk.page), self.walk.site, self.order_id)

    def _name_of(self, address: str) -> PageName:
        if is_dispute_page(address):
            return PageName.DISPUTE
        at_list = urlsplit(address).path == urlsplit(self.walk.addresses.my_orders).path
        return PageName.ORDERS if at_list else PageName.DETAILS

    async def meaning_of(self, words: str) -> str:
        """What the buyer reads a status as; empty if they do not know."""
        shown = clean_text(words, _LONGEST_STATUS)
        questions, choices = self.escort.questions, self.walk.site.statuses
        if questions is None:
            return self.said if self.said in choices else ""
        with self.walk.progress.waiting_for_human():
            async with asking_at_terminal(self.walk.page.context):
                return await questions.meaning_of(shown, choices)
