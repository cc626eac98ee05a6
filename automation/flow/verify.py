"""What became of the dispute, judged from freshly loaded pages and never from hope."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.errors import ExitCode, ToolError
from automation.flow.answers import Answer
from automation.flow.report import Outcome
from automation.flow.waiting import Deadline
from automation.flow.walk import LATE_PART_SECONDS, Walk
from automation.pages import take_snapshot
from automation.pages.blocks import blocks_outside
from automation.site.addresses import is_dispute_page
from automation.site.words import WordList

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.pages import DisputePage, OrderPage
    from automation.site import DisputeIds

_OPEN = frozenset({"waiting_seller", "seller_responded", "mediating"})
_PAUSE_SECONDS = 0.3
_STEADY_SECONDS = 3.0
_NO_PAGE_SECONDS = 10.0


class Seen(StrEnum):
    """What the fresh pages show of one dispute."""

    CANCELLED = "cancelled"  # its own page says so, and the order has no open dispute of that name
    LAGGING = "lagging"  # its own page says cancelled, the order still shows it
    CLOSED = "closed"  # its own page says that it is over but not by whom; the order is normal
    GONE = "gone"  # its page has no control and no known status, and the order does not show it
    ABSENT = "absent"  # it has no page any more, and the order that led to it does not any more
    OPEN = "open"  # it can still be cancelled
    OTHER = "other"  # another known end: ruled on, accepted, refunded
    UNCLEAR = "unclear"
    BLIND = "blind"  # a human is needed, or there is no browser to look with


@dataclass(frozen=True)
class Subject:
    """The dispute that is looked at.

    Args:
        address: of its page, as it was when it was read.
        boxes: how many nameless dispute boxes the order showed before.
        listed: the order's page led to it for sure before, by a link or box; only then
            does it mean something that it does not any more.
    """

    order_id: str
    ids: DisputeIds
    address: str
    boxes: int = 1
    listed: bool = True


@dataclass(frozen=True)
class Finding:
    """What one look found, in a word and in a sentence."""

    seen: Seen
    sentence: str


async def look(walk: Walk, subject: Subject) -> Finding:
    """Load the dispute page and Order Details anew and read both.

    Raises:
        ToolError: a human is needed or a page is not recognised.
    """
    walk.page = await walk.session.new_page()
    dispute = await _dispute_if_any(walk, subject)
    if dispute and dispute.ids and not dispute.ids.agrees_with(subject.ids):
        return Finding(Seen.UNCLEAR, f"the page opened another dispute, {dispute.ids.name}")
    if dispute and not dispute.ids:
        dispute = None  # it led to a page that is of no dispute
    # Only where the dispute's own words say nothing does a missing box have to be waited for.
    sure = dispute is not None and walk.words(dispute.lang).may_act_on(dispute.status_words)
    known = dispute is not None and dispute.status != "unknown" and sure
    clear = known or (dispute is not None and bool(dispute.cancel_labels))
    order = await walk.open_order(subject.order_id, late=0.0 if clear else LATE_PART_SECONDS)
    return judge(dispute, subject, listed=_listed(order, subject), sure=sure)


async def _dispute_if_any(walk: Walk, subject: Subject) -> DisputePage | None:
    """The dispute's own page; ``None`` where its address shows no dispute any more."""
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
    """Whether the page led away from the dispute, or says itself that there is none.

    A page that only stays blank may still be loading, or its service may be down.
    """
    snapshot = await take_snapshot(walk.page)
    if not is_dispute_page(snapshot.address):
        return True
    apart = ", ".join(walk.site.hooks.css(name) for name in ("furniture", "messages"))
    missing = WordList(walk.words(snapshot.lang).not_there)
    return any(missing.found_in(block) for block in blocks_outside(snapshot, apart))


def _listed(order: OrderPage, subject: Subject) -> bool:
    """True if Order Details still leads to this dispute."""
    named = [entry for entry in order.disputes if entry.ids]
    if any(entry.ids.agrees_with(subject.ids) for entry in named):
        return True
    nameless = len(order.disputes) - len(named)
    return nameless >= subject.boxes if subject.boxes else nameless > 0


def judge(
    dispute: DisputePage | None, subject: Subject, *, listed: bool, sure: bool = True
) -> Finding:
    """What the dispute's page and the order's page say together.

    Args:
        sure: somebody has seen the words of its status; others never prove a cancel.
    """
    order = "the order still leads to it" if listed else "the order shows no such dispute"
    if dispute is None:
        seen = Seen.ABSENT if subject.listed and not listed else Seen.UNCLEAR
        return Finding(seen, f"the dispute's page could not be recognised; {order}")
    return Finding(
        _seen(dispute, listed, sure=sure),
        f"the dispute page says '{dispute.status_words}'; {order}",
    )


def _seen(dispute: DisputePage, listed: bool, *, sure: bool) -> Seen:
    if dispute.cancel_labels or dispute.status in _OPEN:
        return Seen.OPEN
    if dispute.status == "cancelled" and sure:
        return Seen.LAGGING if listed else Seen.CANCELLED
    if dispute.status == "closed" and sure:
        return Seen.UNCLEAR if listed else Seen.CLOSED
    if dispute.status not in {"unknown", "cancelled", "closed"}:
        return Seen.OTHER
    return Seen.UNCLEAR if listed else Seen.GONE


def decide(answer: Answer, seen: Seen) -> Outcome:
    """Outcome of a request that left, from the site's answer and the last look.

    Settled questions: no effect on fresh pages is ``not_done`` only if the site
    answered that it failed. ``done`` needs pages that say so, and no answer of the
    site's own that says otherwise; where the words of the pages are not known, or the
    page is gone, it needs the site's word for success too.
    """
    if seen in {Seen.CANCELLED, Seen.LAGGING}:
        # "I did not do it" beside a cancelled dispute: somebody else may have done it.
        return Outcome.UNKNOWN if answer is Answer.FAILURE else Outcome.DONE
    if seen is Seen.CLOSED:
        # It may have been closed by the site itself: without an answer nobody can tell.
        heard = answer in {Answer.SUCCESS, Answer.PLAIN}
        return Outcome.DONE if heard else Outcome.UNKNOWN
    if seen in {Seen.GONE, Seen.ABSENT} and answer is Answer.SUCCESS:
        return Outcome.DONE
    if seen in {Seen.OPEN, Seen.OTHER} and answer.says_no:
        return Outcome.NOT_DONE
    return Outcome.UNKNOWN


async def verify(walk: Walk, subject: Subject, answer: Answer) -> tuple[Outcome, str]:
    """Look until the pages are clear or the step's time is over.

    Never raises for what a page does: whatever stands in the way is ``unknown``.
    """
    return await look_until_clear(walk, subject, partial(decide, answer), walk.timeout)


async def look_until_clear(
    walk: Walk, subject: Subject, meaning: Callable[[Seen], Outcome], seconds: float
) -> tuple[Outcome, str]:
    """Look until the meaning is sure, or steady for some seconds, or the time is over.

    Args:
        meaning: outcome of what a look shows.
        seconds: how long to go on where the pages stay unclear.
    """
    deadline = Deadline.after(seconds)
    steady = min(seconds / 2, _STEADY_SECONDS)
    last, since = Outcome.UNKNOWN, Deadline.after(steady)
    while True:
        found = await _try_to_look(walk, subject)
        outcome = meaning(found.seen)
        if outcome is not last:
            last, since = outcome, Deadline.after(steady)
        held = outcome is not Outcome.UNKNOWN and not since.left
        if found.seen in {Seen.CANCELLED, Seen.BLIND} or held or deadline.left <= _PAUSE_SECONDS:
            return outcome, found.sentence
        await asyncio.sleep(_PAUSE_SECONDS)


async def _try_to_look(walk: Walk, subject: Subject) -> Finding:
    try:
        return await look(walk, subject)
    except ToolError as error:
        blind = error.exit_code is ExitCode.HUMAN_NEEDED
        # Errors of the walk end in "nothing was sent", which is not true here.
        sentence = f"no fresh page could be read: {error.message.partition(';')[0]}"
        return Finding(Seen.BLIND if blind else Seen.UNCLEAR, sentence)
    except Error as error:
        browser = walk.session.context.browser
        lost = browser is not None and not browser.is_connected()
        sentence = f"no fresh page could be read: {error.message.splitlines()[0][:120]}"
        return Finding(Seen.BLIND if lost else Seen.UNCLEAR, sentence)
