"""Look at a dispute on freshly loaded pages: its own page and Order Details."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.blocks import blocks_outside
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.site.words import WordList
from automation.aliexpress.walk.browse import LATE_PART_SECONDS, Walk
from automation.aliexpress.walk.response_names import Responses, another_in
from automation.engine.looking import Concluded, Finding, Pace, look_until_clear
from automation.engine.outcome import Case, Look, Page, Seen, State, seen_in
from automation.errors import ErrorCode, ToolError
from automation.text import clean_text
from rules import DisputeStatus

if TYPE_CHECKING:
    from playwright.async_api import Page as BrowserPage

    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.site import DisputeIds, WordPack

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


@dataclass(frozen=True)
class Subject:
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


async def look(walk: Walk, subject: Subject, case: Case) -> Finding:
    """Reload the dispute page and Order Details, and read both.

    Raises:
        ToolError: a human is needed or a page is not recognised.
    """
    with Responses(walk.page, lambda address: "reverse" in address) as responses:
        dispute = await _dispute_if_any(walk, subject)
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
    order = await walk.open_order(subject.order_id, late=late)
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


async def _dispute_if_any(walk: Walk, subject: Subject) -> DisputePage | None:
    """The dispute's own page; ``None`` if its address no longer shows a dispute."""
    patient = replace(walk, timeout=min(walk.timeout, _NO_PAGE_SECONDS))
    patient.page = walk.page
    try:
        return await patient.reload_dispute(subject.address)
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


def _in_tab(walk: Walk, page: BrowserPage) -> Walk:
    """A fresh walk in another tab of the same session."""
    own = replace(walk)
    own.page = page
    return own


async def conclude(
    walk: Walk,
    subject: Subject,
    case: Case,
    seconds: float,
    pace: Pace,
    *,
    ask_unread: bool = False,
) -> Concluded:
    """Look in a tab of its own until the outcome is clear or the time runs out; never raises.

    Args:
        ask_unread: somebody can be asked what a status in unknown words means.
    """

    async def once(page: BrowserPage) -> Finding:
        try:
            return await look(_in_tab(walk, page), subject, case)
        except ToolError as error:
            if walk.ask_human is None or not await walk.ask_human(_in_tab(walk, page), error):
                raise
        return await look(_in_tab(walk, page), subject, case)

    return await look_until_clear(walk.session, once, case, seconds, pace, ask_unread=ask_unread)
