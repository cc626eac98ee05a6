"""What became of the dispute, judged from freshly loaded pages and never from hope."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.errors import ExitCode, ToolError
from automation.flow.answers import Answer
from automation.flow.report import Outcome
from automation.flow.waiting import Deadline
from automation.flow.walk import LATE_PART_SECONDS, Walk

if TYPE_CHECKING:
    from automation.pages import DisputePage, OrderPage
    from automation.site import DisputeIds

_OPEN = frozenset({"waiting_seller", "seller_responded", "mediating"})
_GONE = frozenset({"cancelled", "closed"})
_PAUSE_SECONDS = 0.3
_LAG_SECONDS = 3.0
_NO_PAGE_SECONDS = 10.0


class Seen(StrEnum):
    """What the fresh pages show of one dispute."""

    CANCELLED = "cancelled"  # its own page says so, and the order has no open dispute of that name
    LAGGING = "lagging"  # its own page says cancelled, the order still shows it
    GONE = "gone"  # no control, no known status, and the order does not show it
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
    """

    order_id: str
    ids: DisputeIds
    address: str
    boxes: int = 1


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
    walk.page = await walk.session.context.new_page()
    dispute = await _dispute_if_any(walk, subject)
    if dispute and dispute.ids and not dispute.ids.agrees_with(subject.ids):
        return Finding(Seen.UNCLEAR, f"the page opened another dispute, {dispute.ids.name}")
    # Only where the dispute's own words say nothing does a missing box have to be waited for.
    sure = dispute is not None and walk.words(dispute.lang).may_act_on(dispute.status_words)
    known = dispute is not None and dispute.status != "unknown" and sure
    clear = known or (dispute is not None and bool(dispute.cancel_labels))
    order = await walk.open_order(subject.order_id, late=0.0 if clear else LATE_PART_SECONDS)
    listed = _listed(order, subject)
    if dispute is not None:
        return _judge(dispute, listed, sure=sure)
    where = "the order still leads to it" if listed else "the order shows no such dispute"
    return Finding(
        Seen.UNCLEAR if listed else Seen.GONE, f"the dispute has no page any more; {where}"
    )


async def _dispute_if_any(walk: Walk, subject: Subject) -> DisputePage | None:
    """The dispute's own page; ``None`` where its address shows no dispute any more."""
    patient = replace(walk, timeout=min(walk.timeout, _NO_PAGE_SECONDS))
    patient.page = walk.page
    try:
        return await patient.reload_dispute(subject.address)
    except ToolError as error:
        if error.code == "page_not_recognised":
            return None
        raise


def _listed(order: OrderPage, subject: Subject) -> bool:
    """True if Order Details still leads to this dispute."""
    named = [entry for entry in order.disputes if entry.ids]
    if any(entry.ids.agrees_with(subject.ids) for entry in named):
        return True
    nameless = len(order.disputes) - len(named)
    return nameless >= subject.boxes if subject.boxes else nameless > 0


def _judge(dispute: DisputePage, listed: bool, *, sure: bool) -> Finding:
    """What the pages show. Words that nobody has seen never prove a cancel by themselves."""
    words = f"the dispute page says '{dispute.status_words}'"
    order = "the order still leads to it" if listed else "the order shows no such dispute"
    if dispute.cancel_labels or dispute.status in _OPEN:
        return Finding(Seen.OPEN, f"{words}; {order}")
    if dispute.status in _GONE and sure:
        return Finding(Seen.LAGGING if listed else Seen.CANCELLED, f"{words}; {order}")
    if dispute.status not in {"unknown", *_GONE}:
        return Finding(Seen.OTHER, f"{words}; {order}")
    return Finding(Seen.UNCLEAR if listed else Seen.GONE, f"{words}; {order}")


def decide(answer: Answer, seen: Seen) -> Outcome:
    """Outcome of a request that left, from the site's answer and the last look.

    Settled questions: no effect on fresh pages is ``not_done`` only if the site
    answered that it failed. ``done`` needs pages that say so; where their words are
    not known, it needs the site's answer too.
    """
    if seen in {Seen.CANCELLED, Seen.LAGGING}:
        return Outcome.DONE
    if seen is Seen.GONE and answer in {Answer.SUCCESS, Answer.PLAIN}:
        return Outcome.DONE
    if seen in {Seen.OPEN, Seen.OTHER} and answer is Answer.FAILURE:
        return Outcome.NOT_DONE
    return Outcome.UNKNOWN


async def verify(walk: Walk, subject: Subject, answer: Answer) -> tuple[Outcome, str]:
    """Look until the pages are clear or the step's time is over.

    Never raises for what a page does: whatever stands in the way is ``unknown``.
    """
    deadline = Deadline.after(walk.timeout)
    lagging = Deadline.after(min(walk.timeout, _LAG_SECONDS))
    while True:
        found = await _try_to_look(walk, subject)
        outcome = decide(answer, found.seen)
        over = deadline.left <= _PAUSE_SECONDS or (found.seen is Seen.LAGGING and not lagging.left)
        final = found.seen in {Seen.CANCELLED, Seen.BLIND} or outcome is Outcome.NOT_DONE
        if final or over:
            return outcome, found.sentence
        await asyncio.sleep(_PAUSE_SECONDS)


async def _try_to_look(walk: Walk, subject: Subject) -> Finding:
    try:
        return await look(walk, subject)
    except ToolError as error:
        blind = error.exit_code is ExitCode.HUMAN_NEEDED
        return Finding(Seen.BLIND if blind else Seen.UNCLEAR, error.message)
    except Error as error:
        browser = walk.session.context.browser
        lost = browser is not None and not browser.is_connected()
        sentence = f"no fresh page could be read: {error.message.splitlines()[0][:120]}"
        return Finding(Seen.BLIND if lost else Seen.UNCLEAR, sentence)
