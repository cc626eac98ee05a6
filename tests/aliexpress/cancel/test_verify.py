"""What Order Details still shows of a dispute, and what its status means for a cancel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from automation.aliexpress.cancel import verify
from automation.aliexpress.cancel.verify import Subject, state_of
from automation.aliexpress.pages import DisputeEntry, OrderPage, read_dispute
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.engine.outcome import Case, Outcome, Past, Reply, State, seen_in
from rules import DisputeStatus

SUBJECT = Subject("8194370215560042", DisputeIds("1100482913307001"), "http://127.0.0.1:1/p")
MINE = "/p/reverse-pages/detail.html?reverseOrderLineId=1100482913307001"
OTHER = "/p/reverse-pages/detail.html?reverseOrderLineId=1100482913307002"


@pytest.mark.parametrize(
    ("entries", "boxes", "listed"),
    [
        ([("link", "Dispute in Progress", MINE)], 0, True),
        ([("link", "Dispute in Progress", OTHER)], 0, False),
        ([("box", "Dispute in Progress", "")], 1, True),
        ([("box", "Dispute in Progress", "")], 2, False),
        ([], 1, False),
        # A link that is named after no state may stay for a dispute that is over.
        ([("link", "Dispute details", MINE)], 0, False),
        ([("link", "View dispute", MINE), ("link", "Dispute in Progress", MINE)], 0, True),
        ([("button", "Returns/refunds", "")], 0, False),
    ],
)
def test_what_the_order_still_shows_as_open(
    entries: list[tuple[str, str, str]], boxes: int, listed: bool
) -> None:
    """GIVEN ways to disputes on Order Details THEN only one that says "open" contradicts a cancel."""
    ways = tuple(DisputeEntry(kind, label, href) for kind, label, href in entries)
    order = OrderPage("", (SUBJECT.order_id,), "", (), ways, None)
    subject = Subject(SUBJECT.order_id, SUBJECT.ids, "", boxes=boxes)

    assert verify.still_listed(order, subject, SiteMap.load().pack("en")) is listed


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (DisputeStatus.CANCELLED, State.DONE),
        (DisputeStatus.CLOSED, State.OVER),
        (DisputeStatus.WAITING_SELLER, State.OPEN),
        (DisputeStatus.SELLER_RESPONDED, State.OPEN),
        (DisputeStatus.MEDIATING, State.OPEN),
        (DisputeStatus.REFUND_COMPLETE, State.OTHER),
        (DisputeStatus.FINAL_DECISION, State.OTHER),
        (DisputeStatus.UNKNOWN, State.UNKNOWN),
    ],
)
def test_a_status_says_what_became_of_a_cancel(status: DisputeStatus, state: State) -> None:
    """Only "cancelled" is what a cancel asked for; "closed" does not say by whom."""
    assert state_of(status) is state


LINE = '<p class="reminder--statusStr--3xKq9">Gone for good</p>'


@pytest.mark.parametrize(
    ("named", "reply", "outcome"),
    [
        ("Gone for good", Reply.SUCCESS, Outcome.DONE),
        ("Gone for good", Reply.UNCLEAR, Outcome.UNKNOWN),
        ("Gone for good", Reply.FAILURE, Outcome.UNKNOWN),
        ("", Reply.UNCLEAR, Outcome.DONE),
    ],
)
def test_what_the_buyer_reads_in_the_words_counts_only_with_the_sites_yes(
    named: str, reply: Reply, outcome: Outcome
) -> None:
    """GIVEN words that the buyer named in this run THEN they are done only if the site said yes.

    The same words from site data, which were kept and checked, are enough.
    """
    site = SiteMap.load().taught("en", {"dispute_status.cancelled": ("Gone for good",)})
    page = read_dispute(
        Snapshot(f"http://127.0.0.1:1{MINE}", LINE, "en"), site.hooks, site.pack("en")
    )
    walk: Any = SimpleNamespace(words=site.pack)

    facts = verify._look_at(walk, page, replace(SUBJECT, named=named))  # noqa: SLF001

    assert facts.state is State.DONE
    assert Case(Past.SENDING, reply).verdict(seen_in(facts)).outcome is outcome
