"""Look at a dispute on freshly loaded pages: its own page and Order Details."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.pages import read_dispute, take_snapshot
from automation.aliexpress.pages.text.blocks import blocks_outside
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.site.words import WordList
from automation.aliexpress.walk.album import AFTERWARDS
from automation.aliexpress.walk.browse import LATE_PART_SECONDS, Walk
from automation.aliexpress.walk.response_names import another_in
from automation.aliexpress.walk.responses import Responses
from automation.engine.looking import Concluded, Finding, OwnTab, Pace, look_until_clear
from automation.engine.outcome import Case, Look, Page, Seen, State, seen_in
from automation.errors import ErrorCode, ToolError
from automation.text import clean_text
from rules import DisputeStatus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page as BrowserPage

    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.site import DisputeIds, WordPack

    OrderTab = Callable[[], Awaitable[Walk]]

TABS: Final = 2
"""How many tabs a verification has: the dispute's, and the one of Order Details."""
_NO_PAGE_SECONDS: Final = 10.0
_LONGEST_STATUS: Final = 120
# What a dispute's status means for a cancel; any other known status is another end.
_STATES: Final = {
    DisputeStatus.CANCELLED: State.DONE,
    DisputeStatus.CLOSED: State.OVER,
    DisputeStatus.WAITING_SELLER: State.OPEN,
    DisputeStatus.SELLER_RESPONDED: State.OPEN,
    DisputeStatus.MEDIATING: State.OPEN,
    DisputeStatus.UNKNOWN: State.UNKNOWN,
}


def state_of(status: DisputeStatus) -> State:
    """What a status of the dispute page means for a cancel."""
    return _STATES.get(status, State.OTHER)


class Subject(Struct, frozen=True):
    """The dispute to look at.

    Args:
        address: address of its page when it was read.
        boxes: how many dispute boxes without an id the order showed before.
        listed: the order's page certainly led to it before, by a link or box; only then
            does its absence mean something.
        named: words of a status that the buyer named in this run: their reading proves
            nothing by itself.
    """

    order_id: str
    ids: DisputeIds
    address: str
    boxes: int = 1
    listed: bool = True
    named: str = ""


def subject_of(order_id: str, order: OrderPage, dispute: DisputePage) -> Subject:
    """The dispute before the cancel: what leads to it now must not do so afterwards."""
    boxes = sum(not entry.ids for entry in order.disputes)
    named = any(entry.ids and entry.ids.agrees_with(dispute.ids) for entry in order.disputes)
    return Subject(order_id, dispute.ids, dispute.address, boxes, named or boxes > 0)


async def look(
    walk: Walk, subject: Subject, case: Case, order_tab: OrderTab, *, for_words: bool = False
) -> Finding:
    """Reload the dispute page and Order Details, and read both.

    Args:
        walk: its tab is the dispute page's, and keeps it.
        subject: the dispute.
        case: what is known about the request.
        order_tab: gives a walk in the tab of Order Details.
        for_words: somebody can be asked about unknown words, so they need no further proof.

    Raises:
        ToolError: a human is needed or a page is not recognised.
    """
    with Responses(walk.page, lambda address: "reverse" in address) as responses:
        dispute = await _dispute_if_any(walk, subject, for_words=for_words)
        await walk.picture(AFTERWARDS)
        heard = await responses.all()
    another = _another_on(dispute, subject) or another_in(heard, subject.ids, subject.order_id)
    if another:
        return Finding(Seen.UNCLEAR, f"the dispute's page shows data of {another}")
    before = _look_at(walk, dispute, subject)
    unread = before.page is Page.OWN and before.state is State.UNKNOWN
    if before.control:
        return Finding(seen_in(before), _sentence(dispute), unread)
    # A box may come late. Wait for it if it could change the outcome, and report it as
    # missing only after waiting.
    waits = case.hangs_on_the_list(before)
    late = LATE_PART_SECONDS if waits else 0.0
    order = await (await order_tab()).open_order(subject.order_id, late=late)
    listed = still_listed(order, subject, walk.words(order.lang))
    return Finding(
        seen_in(replace(before, listed=listed)),
        _sentence(dispute, listed=listed if listed or waits else None),
        unread,
    )


def _look_at(walk: Walk, dispute: DisputePage | None, subject: Subject) -> Look:
    """The facts of the dispute's own page."""
    if dispute is None or not dispute.ids:
        return Look(Page.NONE, expected=subject.listed)
    return Look(
        Page.OWN,
        state=state_of(dispute.status),
        sure=walk.words(dispute.lang).may_act_on(dispute.status_words)
        and dispute.status_words != subject.named,
        control=bool(dispute.cancel_labels),
        expected=subject.listed,
    )


def _another_on(dispute: DisputePage | None, subject: Subject) -> str:
    """The other dispute or order that the page names; empty if there is none."""
    if dispute is None or not dispute.ids:
        return ""
    if not dispute.ids.agrees_with(subject.ids):
        return f"another dispute, {dispute.ids.name}"
    if dispute.other_disputes:
        return f"another dispute, {dispute.other_disputes[0]}"
    others = [each for each in dispute.order_ids if each != subject.order_id]
    return f"another order, {others[0]}" if others else ""


def _sentence(dispute: DisputePage | None, *, listed: bool | None = None) -> str:
    parts = {True: "; the order still shows it as open", False: "; the order no longer shows it"}
    about = parts.get(listed, "") if listed is not None else ""
    if dispute is None or not dispute.ids:
        return f"the dispute's address no longer shows it{about}"
    return f"the dispute page says '{clean_text(dispute.status_words, _LONGEST_STATUS)}'{about}"


async def _dispute_if_any(
    walk: Walk, subject: Subject, *, for_words: bool = False
) -> DisputePage | None:
    """The dispute's own page; ``None`` if its address no longer shows a dispute."""
    patient = dataclasses.replace(walk, timeout=min(walk.timeout, _NO_PAGE_SECONDS))
    patient.page = walk.page
    try:
        return await patient.reload_dispute(subject.address, for_words=for_words)
    except ToolError as error:
        if error.code is ErrorCode.PAGE_NOT_THERE:
            return None
        if error.code is ErrorCode.PAGE_NOT_RECOGNISED and await _says_not_there(patient):
            return None
        raise


async def _says_not_there(walk: Walk) -> bool:
    """True if the page led away from the dispute, or says that there is none.

    A blank page may still be loading, or its service may be down.
    """
    snapshot = await take_snapshot(walk.page)
    if not is_dispute_page(snapshot.address):
        return True
    apart = ", ".join(walk.site.hooks.css(name) for name in ("furniture", "messages"))
    missing = WordList(walk.words(snapshot.lang).not_there)
    return any(missing.found_in(block) for block in blocks_outside(snapshot, apart))


def still_listed(order: OrderPage, subject: Subject, words: WordPack) -> bool:
    """True if Order Details still shows this dispute as open.

    A link such as "Dispute details" may stay after a dispute is over, so it does not count.
    """
    over_or_not = words.label(LabelKind.DISPUTE_BUTTON)
    telling = [entry for entry in order.disputes if entry.label not in over_or_not]
    named = [entry for entry in telling if entry.ids]
    if any(entry.ids.agrees_with(subject.ids) for entry in named):
        return True
    nameless = len(telling) - len(named)
    return nameless >= subject.boxes if subject.boxes else nameless > 0


async def taken_back(walk: Walk, subject: Subject) -> Finding | None:
    """What the dispute's page has come to show since it was read, if that is as before a cancel.

    A page may show a result of its own before it has asked the site. So it stays open while
    Order Details is read and until the next look, and is read again without a reload.
    """
    snapshot = await take_snapshot(walk.page)
    dispute = read_dispute(snapshot, walk.site.hooks, walk.words(snapshot.lang))
    now = _look_at(walk, dispute, subject)
    if now.page is not Page.OWN or not (now.control or now.state in {State.OPEN, State.OTHER}):
        return None
    return Finding(seen_in(now), _sentence(dispute))


def _in_tab(walk: Walk, page: BrowserPage) -> Walk:
    """A fresh walk in another tab of the same session."""
    own = dataclasses.replace(walk)
    own.page = page
    return own


@dataclass
class _Looks:
    """The looks of one verification, each in the same two tabs."""

    walk: Walk
    subject: Subject
    case: Case
    order_tab: OwnTab
    for_words: bool
    last: Finding | None = None
    _at: Walk | None = None

    async def once(self, page: BrowserPage) -> Finding:
        """Look, with the help of a human if the site asks for one."""
        self.last = await self._taken_back(page) or await self._helped(page)
        return self.last

    async def _taken_back(self, page: BrowserPage) -> Finding | None:
        if self.last is None or not self.last.seen.is_over:
            return None
        return await taken_back(_in_tab(self.walk, page), self.subject)

    async def _helped(self, page: BrowserPage) -> Finding:
        try:
            return await self._look(page)
        except ToolError as error:
            stopped_at = self._at or _in_tab(self.walk, page)
            if self.walk.ask_human is None or not await self.walk.ask_human(stopped_at, error):
                raise
        return await self._look(page)

    async def _look(self, page: BrowserPage) -> Finding:
        self._at = _in_tab(self.walk, page)
        try:
            return await look(
                self._at, self.subject, self.case, self._order_walk, for_words=self.for_words
            )
        except Error:
            await self.order_tab.close()  # it may be the one that broke
            raise

    async def _order_walk(self) -> Walk:
        self._at = _in_tab(self.walk, await self.order_tab.ready())
        self._at.watch.alone = True  # the dispute's page is still open
        return self._at


async def conclude(
    walk: Walk,
    subject: Subject,
    case: Case,
    seconds: float,
    pace: Pace,
    *,
    ask_unread: bool = False,
) -> Concluded:
    """Look in tabs of its own until the outcome is clear or the time runs out; never raises.

    Args:
        ask_unread: somebody can be asked what a status in unknown words means.
    """
    order_tab = OwnTab(walk.session)
    # After a refusal, a control that comes late tells that nothing was done.
    looks = _Looks(walk, subject, case, order_tab, ask_unread and not case.answer.says_no)
    try:
        return await look_until_clear(
            walk.session, looks.once, case, seconds, pace, ask_unread=ask_unread
        )
    finally:
        await order_tab.close()
