"""Advice on what was seen: a value in, a value out, no browser and no report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from automation.aliexpress.advice.advise import (
    judge,
    seen_answer,
    unknown_labels,
    unknown_status_answer,
)
from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderLine, OrderPage
from automation.aliexpress.pages.text.countdowns import Countdown
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.aliexpress.walk.order.reading import AmbiguousTargetError, Found, Reading
from rules import DisputeStatus, Facts, Reason, Verdict

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
ORDER = "8194370215560042"
SITE = SiteMap.load()
EN = SITE.pack("en")
SAID = Facts(
    now=datetime(2026, 6, 10, tzinfo=UTC),
    buyer_reason=Reason.FILED_BY_MISTAKE,
    item_received=True,
    item_verified=True,
)


def dispute(last: int) -> DisputePage:
    """A dispute page that can be cancelled."""
    ids = DisputeIds(f"110048291330{last:04}", f"819437021556{last:04}")
    return DisputePage(
        "", ids, (ORDER,), (), "Waiting", DisputeStatus.WAITING_SELLER, ("Cancel Request",),
        ("Cancel Request",), "2026-07-10T00:00:00Z", 0, "US $4.00", (),
    )  # fmt: skip


def seen(*pages: DisputePage, chosen: bool = True) -> Reading:
    """An order with these disputes."""
    lines = tuple(OrderLine(f"Mug {n}") for n in range(len(pages)))
    found = tuple(
        Found(DisputeEntry("link", "", line=n), n + 1, page) for n, page in enumerate(pages)
    )
    order = OrderPage("", (ORDER,), "", lines, tuple(each.entry for each in found), None)
    return Reading(OrderCard(ORDER), order, found, found[0] if found and chosen else None)


def test_what_pages_show_and_the_buyer_says_is_judged_together() -> None:
    """GIVEN a good reason THEN an open dispute is allowed, a final decision and no dispute block."""
    open_one, over = (
        seen(dispute(1)),
        seen(replace(dispute(1), status=DisputeStatus.FINAL_DECISION)),
    )

    assert judge(open_one, SAID, EN, item_given=False).verdict is Verdict.ALLOW
    assert judge(over, SAID, EN, item_given=False).verdict is Verdict.BLOCK
    assert judge(seen(), SAID, EN, item_given=False).verdict is Verdict.BLOCK


def test_several_open_disputes_are_named_by_number_line_and_id() -> None:
    """GIVEN two disputes and no choice THEN each with the values of --item."""
    both = seen(dispute(1), dispute(2), chosen=False)

    error = AmbiguousTargetError(both.choices())

    assert [each.item_number for each in both.choices()] == [1, 2]
    for each in both.choices():
        assert f"--item {each.item_number}: {each.item}, line {each.line_id}" in error.message


def test_the_answer_shows_what_was_seen() -> None:
    """GIVEN a dispute, or none THEN its words and deadline, or 'none'."""
    answer = seen_answer(seen(dispute(1)), NOW)

    assert (answer.status, answer.item, answer.amount) == ("waiting_seller", "Mug 0", "US $4.00")
    assert answer.protection_deadline == "2026-07-10T00:00:00Z"
    assert answer.answer_by is None
    assert seen_answer(seen(), NOW).status == "none"


def test_the_time_to_answer_counts_from_the_reading() -> None:
    """GIVEN a countdown on the page THEN its end, in UTC; a date on it stays what it is."""
    spans = (Countdown(timedelta(days=3, hours=4)), Countdown(until="2026-06-14T12:00:00Z"))
    pages = (replace(dispute(1), countdown=each) for each in spans)

    ends = [seen_answer(seen(page), NOW).answer_by for page in pages]

    assert ends == ["2026-06-13T16:00:00Z", "2026-06-14T12:00:00Z"]


def test_only_unknown_words_are_to_be_taught() -> None:
    """GIVEN an unknown status THEN it; in a guessed language its buttons; else nothing."""
    odd = replace(dispute(1), status=DisputeStatus.UNKNOWN, status_words="In limbo")
    guessed = replace(dispute(1), cancel_labels=(), lang="xx", buttons=("Zz",))

    taught = unknown_status_answer(odd, SITE)

    assert taught is not None
    assert (taught.seen, "In limbo" in taught.teach) == ("In limbo", True)
    assert unknown_labels(odd, SITE) is not None
    doubt = unknown_labels(guessed, SITE)
    assert doubt is not None
    assert doubt.seen == ["Zz"]
    assert unknown_labels(dispute(1), SITE) is None
    assert unknown_status_answer(dispute(1), SITE) is None
