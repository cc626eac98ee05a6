"""Look at freshly loaded pages until it is certain what became of a dispute.

``outcome`` decides what the looks mean. Here they are taken: in one tab, reloaded for each
look, with growing pauses.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.aliexpress.flow.outcome import (
    NOT_DECIDED,
    PAGES_WENT_BACK,
    Case,
    Look,
    Page,
    Seen,
    Verdict,
    concluded,
    seen_in,
)
from automation.aliexpress.flow.report import Outcome
from automation.aliexpress.flow.response_names import Responses, another_in
from automation.aliexpress.flow.waiting import Deadline
from automation.aliexpress.flow.walk import LATE_PART_SECONDS, Walk
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.blocks import blocks_outside
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.site.words import WordList
from automation.errors import ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from playwright.async_api import Page as BrowserPage

    from automation.aliexpress.flow.request import Pace
    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.site import DisputeIds, WordPack
    from automation.engine.session.browser import Session


_NO_PAGE_SECONDS: Final = 10.0
_CLOSE_SECONDS: Final = 5.0
_LONGEST_STATUS: Final = 120


@dataclass(frozen=True)
class Subject:
    """The dispute to look at.

    Args:
        address: address of its page when it was read.
        boxes: how many dispute boxes without an id the order showed before.
        listed: the order's page certainly led to it before, by a link or box; only then
            does its absence mean something.
    """

    order_id: str
    ids: DisputeIds
    address: str
    boxes: int = 1
    listed: bool = True


def subject_of(order_id: str, order: OrderPage, dispute: DisputePage) -> Subject:
    """The dispute before the cancel: what leads to it now must not do so afterwards."""
    boxes = sum(not entry.ids for entry in order.disputes)
    named = any(entry.ids and entry.ids.agrees_with(dispute.ids) for entry in order.disputes)
    return Subject(order_id, dispute.ids, dispute.address, boxes, named or boxes > 0)


@dataclass(frozen=True)
class Finding:
    """What one look found, as a value and as text."""

    seen: Seen
    sentence: str


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
    if before.control:
        return Finding(seen_in(before), _sentence(dispute))
    # A box may come late. Wait for it if it could change the outcome, and report it as
    # missing only after waiting.
    waits = case.hangs_on_the_order(before)
    late = LATE_PART_SECONDS if waits else 0.0
    order = await walk.open_order(subject.order_id, late=late)
    listed = still_listed(order, subject, walk.words(order.lang))
    return Finding(
        seen_in(replace(before, listed=listed)),
        _sentence(dispute, listed=listed if listed or waits else None),
    )


def _look_at(walk: Walk, dispute: DisputePage | None, subject: Subject) -> Look:
    """The facts of the dispute's own page."""
    if dispute is None or not dispute.ids:
        return Look(Page.NONE, expected=subject.listed)
    return Look(
        Page.OWN,
        status=dispute.status,
        sure=walk.words(dispute.lang).may_act_on(dispute.status_words),
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
        if error.code == "page_not_there":
            return None
        if error.code == "page_not_recognised" and await _says_not_there(patient):
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


@dataclass(frozen=True)
class Concluded:
    """The verdict of all looks, and what the last one showed."""

    verdict: Verdict
    sentence: str

    @property
    def outcome(self) -> Outcome:
        """The outcome."""
        return self.verdict.outcome


async def look_until_clear(
    walk: Walk, subject: Subject, case: Case, seconds: float, pace: Pace
) -> Concluded:
    """Look until two looks in a row give an outcome, or the time runs out.

    Never raises because of a page: any problem means ``unknown``.

    Args:
        walk: its page is replaced with a new tab, which is closed at the end.
        case: what is known about the request.
        seconds: how long to continue while the pages are unclear.
    """
    deadline, overtime = Deadline.after(seconds), False
    tab, findings = _Tab(walk), list[Finding]()
    pauses = pace.pauses()
    try:
        while True:
            findings.append(await _try_to_look(tab, subject, case))
            verdict = concluded([each.seen for each in findings], case)
            if verdict is not None:
                return Concluded(verdict, _told(findings, verdict))
            holds = case.verdict(findings[-1].seen).outcome is not Outcome.UNKNOWN
            if deadline.left <= 0:
                if overtime or not holds:
                    return Concluded(NOT_DECIDED, findings[-1].sentence)
                overtime = True  # one more look to confirm the last one
            await asyncio.sleep(pace.hold if holds else min(next(pauses), deadline.left))
    finally:
        await tab.close()


def _told(findings: list[Finding], verdict: Verdict) -> str:
    """What was seen, as text."""
    if verdict.reason == PAGES_WENT_BACK:
        first = next(each.sentence for each in findings if each.seen is not findings[-1].seen)
        return f"the pages contradict each other: first {first}, then {findings[-1].sentence}"
    return findings[-1].sentence


class _Tab:
    """The one tab of a verification, replaced if it crashes."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._page: BrowserPage | None = None

    async def ready(self) -> Walk:
        """The walk with the tab as its page."""
        if self._page is None:
            self._page = await _new_tab(self.walk.session)
            self.walk.page = self._page
        return self.walk

    async def close(self) -> None:
        """Close it, from a blank page: closing a loaded one could make it send something."""
        page, self._page = self._page, None
        if page is None:
            return
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await page.goto("about:blank")
                await page.close()


async def _new_tab(session: Session) -> BrowserPage:
    return await session.new_page()


async def _try_to_look(tab: _Tab, subject: Subject, case: Case) -> Finding:
    try:
        return await look(await tab.ready(), subject, case)
    except ToolError as error:
        blind = error.exit_code is ExitCode.HUMAN_NEEDED
        sentence = f"no fresh page could be read: {error.message}"
        return Finding(Seen.BLIND if blind else Seen.UNCLEAR, sentence)
    except Error as error:
        browser = tab.walk.session.context.browser
        lost = browser is not None and not browser.is_connected()
        sentence = f"no fresh page could be read: {error.message.splitlines()[0][:120]}"
        await tab.close()
        return Finding(Seen.BLIND if lost else Seen.UNCLEAR, sentence)
