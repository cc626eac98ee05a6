from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from automation.flow.answers import Answer, read_answer
from automation.flow.report import Outcome
from automation.flow.trace import Trace, meaning
from automation.flow.verify import Seen, Subject, decide, judge
from automation.guard import PermitAnswer
from automation.pages import DisputePage
from automation.site import DisputeIds

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
IDS = DisputeIds("1100482913300042", "8194370215570042")
SUBJECT = Subject("8194370215560042", IDS, "https://site.example/p/reverse-pages/detail.html")


def gateway(ret: str | list[str], data: object = None) -> str:
    """An answer as the gateway writes it."""
    return json.dumps({"api": "a", "ret": [ret] if isinstance(ret, str) else ret, "data": data})


@pytest.mark.parametrize(
    ("status", "body", "meant"),
    [
        (200, gateway("SUCCESS::ok", {"success": True}), Answer.SUCCESS),
        (200, gateway("SUCCESS::ok"), Answer.SUCCESS),
        (200, f"mtopjsonp1({gateway('SUCCESS::ok')});", Answer.SUCCESS),
        (200, gateway("FAIL_BIZ_NOT_ALLOWED::no", {"success": False}), Answer.FAILURE),
        (200, '{"success": false}', Answer.FAILURE),
        (200, '{"data": {"module": {"success": "false"}}}', Answer.FAILURE),
        (200, gateway("SUCCESS::ok", {"success": False}), Answer.UNCLEAR),
        (200, gateway(["SUCCESS::ok", "FAIL_BIZ::no"]), Answer.UNCLEAR),
        (200, gateway("SUCCESS::ok", {"result": {"success": "false"}}), Answer.UNCLEAR),
        (200, gateway("FAIL_SYS_SERVICE_TIMEOUT::later"), Answer.UNCLEAR),
        (200, gateway("FAIL_SYS_SERVICE_FAULT::oops"), Answer.UNCLEAR),
        (200, gateway("FAIL_SYS_SESSION_EXPIRED::sign in"), Answer.UNCLEAR),
        (200, gateway("FAIL_SYS_USER_VALIDATE::slide"), Answer.UNCLEAR),
        (200, gateway("RGV587_ERROR::SM::busy"), Answer.UNCLEAR),
        (
            200,
            gateway("FAIL_X::y", {"url": "https://h.example/a/_____tmd_____/punish?x5secdata=1"}),
            Answer.UNCLEAR,
        ),
        (200, '{"ret": ["SUCC', Answer.UNCLEAR),
        (200, "<!doctype html><h1>Sorry</h1>", Answer.PLAIN),
        (200, "", Answer.PLAIN),
        (303, "", Answer.PLAIN),
        (200, '{"ret": 3, "data": []}', Answer.PLAIN),
        (400, "", Answer.REJECTED),
        (403, "<h1>no</h1>", Answer.REJECTED),
        (429, "", Answer.REJECTED),
        (403, '<script src="/x/_____tmd_____/punish?x5secdata=1">', Answer.UNCLEAR),
        (408, "", Answer.UNCLEAR),
        (409, "", Answer.UNCLEAR),
        (499, "", Answer.UNCLEAR),
        (500, gateway("FAIL_BIZ::no"), Answer.UNCLEAR),
        (503, "", Answer.UNCLEAR),
        (None, "", Answer.UNCLEAR),
    ],
)
def test_what_an_answer_says(status: int | None, body: str, meant: Answer) -> None:
    """Only a clear yes or no counts; a captcha, a sign-in, a time-out or a mixed word is unclear."""
    assert read_answer(PermitAnswer(status, body)) is meant


def test_a_lost_answer_is_unclear_whatever_came_with_it() -> None:
    """GIVEN an error beside a body, or nothing at all THEN unclear."""
    assert read_answer(PermitAnswer(200, gateway("SUCCESS::ok"), "reset")) is Answer.UNCLEAR
    assert read_answer(None) is Answer.UNCLEAR


def test_not_done_needs_the_sites_no_and_pages_that_show_the_dispute() -> None:
    """Over every pair of answer and look: not_done only where the site said that it failed."""
    found = {
        (answer, seen)
        for answer, seen in product(Answer, Seen)
        if decide(answer, seen) is Outcome.NOT_DONE
    }
    assert found == set(product((Answer.FAILURE, Answer.REJECTED), (Seen.OPEN, Seen.OTHER)))


def test_done_needs_pages_that_say_so() -> None:
    """Over every pair: never done where pages show the dispute open, ruled on, unclear or nothing."""
    for answer, seen in product(Answer, Seen):
        done = decide(answer, seen) is Outcome.DONE
        if seen in {Seen.OPEN, Seen.OTHER, Seen.UNCLEAR, Seen.BLIND}:
            assert not done, (answer, seen)
        if seen in {Seen.GONE, Seen.ABSENT}:
            assert done == (answer is Answer.SUCCESS), (answer, seen)
        if answer is Answer.FAILURE:
            assert not done, seen
        if seen in {Seen.CANCELLED, Seen.LAGGING}:
            assert done == (answer is not Answer.FAILURE), (answer, seen)
        if seen is Seen.CLOSED:  # by whom, no page tells
            assert done == (answer in {Answer.SUCCESS, Answer.PLAIN}), answer


def page(status: str, *labels: str) -> DisputePage:
    """A dispute page with this status and these cancel controls."""
    return DisputePage(
        address=SUBJECT.address, ids=IDS, order_ids=(), foreign_ids=(), status_words=status,
        status=status, buttons=labels, cancel_labels=labels, deadline=None, edits_used=None,
        amount="", messages=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dispute", "listed", "seen"),
    [
        (page("cancelled"), False, Seen.CANCELLED),
        (page("cancelled"), True, Seen.LAGGING),
        (page("cancelled", "Cancel Request"), False, Seen.OPEN),
        (page("closed"), False, Seen.CLOSED),
        (page("closed"), True, Seen.UNCLEAR),
        (page("mediating"), False, Seen.OPEN),
        (page("refund_complete"), False, Seen.OTHER),
        (page("final_decision"), True, Seen.OTHER),
        (page("unknown"), False, Seen.GONE),
        (page("unknown"), True, Seen.UNCLEAR),
        (page("unknown", "Cancel Request"), False, Seen.OPEN),
        (None, False, Seen.ABSENT),
        (None, True, Seen.UNCLEAR),
    ],
)
def test_what_two_pages_say_together(dispute: DisputePage | None, listed: bool, seen: Seen) -> None:
    """The dispute's own page decides; "closed" and silence count only beside a normal order."""
    assert judge(dispute, SUBJECT, listed=listed).seen is seen


def test_a_missing_page_says_nothing_where_the_order_never_led_to_it_for_sure() -> None:
    """GIVEN a dispute behind a line's button WHEN its page is gone THEN that proves nothing."""
    hidden = Subject(SUBJECT.order_id, IDS, SUBJECT.address, boxes=0, listed=False)
    assert judge(None, hidden, listed=False).seen is Seen.UNCLEAR


def trace(answer: Answer = Answer.UNCLEAR, *, clicked: bool = True, error: bool = False) -> Trace:
    """What an attempt left that last did something at NOW."""
    return Trace(clicked=clicked, answer=answer, last=NOW, error=error)


def after(minutes: float) -> datetime:
    """So long after the attempt."""
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("left", "seen", "minutes", "outcome"),
    [
        (trace(clicked=False), Seen.OPEN, 0, Outcome.NOT_DONE),
        (trace(clicked=False), Seen.CLOSED, 0, Outcome.NOT_DONE),
        (trace(clicked=False), Seen.GONE, 60, Outcome.UNKNOWN),
        (trace(clicked=False), Seen.BLIND, 60, Outcome.UNKNOWN),
        (trace(error=True), Seen.OPEN, 1.9, Outcome.UNKNOWN),
        (trace(error=True), Seen.OPEN, 2, Outcome.NOT_DONE),
        (trace(error=True), Seen.OTHER, 1.9, Outcome.UNKNOWN),
        (trace(error=True), Seen.OTHER, 2, Outcome.NOT_DONE),
        (trace(), Seen.OPEN, 14.9, Outcome.UNKNOWN),
        (trace(), Seen.OPEN, 15, Outcome.NOT_DONE),
        (trace(Answer.PLAIN), Seen.OPEN, 14.9, Outcome.UNKNOWN),
        (trace(Answer.SUCCESS), Seen.OTHER, 6000, Outcome.UNKNOWN),
        (trace(Answer.FAILURE), Seen.OPEN, 0, Outcome.NOT_DONE),
        (trace(Answer.SUCCESS), Seen.OPEN, 14.9, Outcome.UNKNOWN),
        (trace(Answer.SUCCESS), Seen.OPEN, 15, Outcome.NOT_DONE),
        (trace(Answer.SUCCESS), Seen.GONE, 0, Outcome.DONE),
        (trace(), Seen.GONE, 600, Outcome.UNKNOWN),
        (trace(), Seen.ABSENT, 600, Outcome.UNKNOWN),
        (trace(), Seen.UNCLEAR, 600, Outcome.UNKNOWN),
        (trace(), Seen.BLIND, 600, Outcome.UNKNOWN),
        (trace(), Seen.CLOSED, 1, Outcome.UNKNOWN),
        (trace(Answer.PLAIN), Seen.CLOSED, 59, Outcome.DONE),
        (trace(Answer.PLAIN), Seen.CLOSED, 61, Outcome.UNKNOWN),
        (trace(), Seen.CLOSED, 61, Outcome.UNKNOWN),
        (trace(Answer.SUCCESS), Seen.CLOSED, 6000, Outcome.DONE),
        (trace(Answer.FAILURE), Seen.CLOSED, 1, Outcome.UNKNOWN),
        (trace(Answer.FAILURE), Seen.CANCELLED, 1, Outcome.DONE),
        (trace(), Seen.LAGGING, 0, Outcome.DONE),
    ],
)
def test_what_fresh_pages_mean_for_an_open_attempt(
    left: Trace, seen: Seen, minutes: float, outcome: Outcome
) -> None:
    """Without a click nothing left; else only time or the site's own no turns open into not done."""
    assert meaning(left, seen, now=after(minutes)) is outcome
