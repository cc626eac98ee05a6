from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import (
    Permit,
    PermitAnswer,
    PermitScope,
)
from automation.engine.guard.permit import why_unfit
from automation.engine.guard.requests.classify import RequestFacts, classify
from automation.engine.target import Target
from automation.errors import ToolError
from tests.engine.guard.permit.a_permit import (
    CANCEL,
    LINE,
    LIST,
    ORDER,
    ORIGINS,
    OTHER,
    SCOPE,
    SITE,
    TARGET,
    TRADE,
    Clock,
    facts,
    fits,
)
from tests.own_loop import in_own_loop


@pytest.mark.parametrize(
    "request_",
    [
        facts(body=f"data={json.dumps({'reverseOrderLineId': LINE})}"),
        facts(body=f"reverseOrderLineId={LINE}&tradeOrderId={ORDER}"),
        facts(body=json.dumps({"params": json.dumps({"tradeOrderLineId": int(TRADE)})})),
        facts(f"{CANCEL}?data=%7B%22id%22%3A%22{LINE}%22%7D", method="GET", kind="script"),
        facts(f"{SITE}/dispute/{LINE}/cancel"),
        facts(
            f"{SITE}/p/reverse-pages/cancel.html?reverseOrderLineId={LINE}", "", "document", "GET"
        ),
        facts(f"{SITE}/p/reverse-pages/x.html", f"id={LINE}&action=cancel", "document"),
        facts(body=f"reverseOrderLineId={LINE}&t=1700000000000000&bx-ua=pay!accept"),
        facts(body=json.dumps({"reverseOrderLineId": LINE, "payload": {"disagree": True}})),
        facts(body=json.dumps({"orderLine": {"productId": "1005001234567890"}, "line": LINE})),
        facts(body=f"reverseOrderLineId={LINE}&trackId=abc&eventType=x"),
        facts(f"{SITE}/p/reverse-pages/cancel.do", f"reverseOrderLineId={LINE}&logId=1"),
        facts(body=f"order[id]={ORDER}&line={LINE},{TRADE}"),
        facts(body=f"reverseOrderLineId={LINE}&id=1005001234567890"),
    ],
)
def test_fitting(request_: RequestFacts) -> None:
    """A write that names this dispute or line fits, in any form."""
    assert fits(request_)


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (facts(body=f"tradeOrderId={ORDER}"), "no line at all"),
        (facts(body=f"reverseOrderLineId={LINE}0"), "a longer id"),
        (facts(body=f"reverseOrderLineId=x{LINE}"), "glued to a letter"),
        (facts(body=f"reverseOrderLineId={LINE}&note={OTHER}"), "another id anywhere"),
        (facts(body=f"reverseOrderLineId={LINE}&tradeOrderId=7190001112223334"), "another order"),
        (facts(body=json.dumps({"a": LINE, "orders": [ORDER, "719000111222333"]})), "in a list"),
        (facts(body=json.dumps({"a": LINE, "dispute": {"id": "7190001112223334"}})), "nested"),
        (facts(f"{SITE}/telemetry/cancel-click", f"id={LINE}"), "telemetry of the click"),
        (facts(f"{SITE}/api/report", f"id={LINE}"), "telemetry"),
        (facts(f"{SITE}/dispute/7190001112223334/cancel?line={LINE}"), "another id in the path"),
        (facts(body=f"reverseOrderLineId={LINE}&next=accept"), "never-word as a value"),
        (facts(body=f"reverseOrderLineId={LINE}&x=%2561gree"), "never-word encoded twice"),
        (facts(body=json.dumps({"id": LINE, "deep": [{"confirmReceipt": 1}]})), "as a deep key"),
        (facts(CANCEL.replace("cancelIt", "payNow"), f"id={LINE}"), "in the API name"),
        (facts(CANCEL.replace("reverse.cancelIt", "order.cancel"), f"id={LINE}"), "order cancel"),
        (facts(CANCEL.replace("cancelIt", "queryIt"), f"id={LINE}"), "only reads by its name"),
        (facts(f"{SITE}/p/reverse-pages/x.html", f"id={LINE}", "document"), "says nothing"),
        (facts(LIST, f"id={LINE}"), "a known read"),
        (facts(f"{SITE}/log/click", f"id={LINE}"), "telemetry"),
        (facts(body=f"id={LINE}", kind="ping"), "a beacon"),
        (facts(f"{CANCEL}?id={LINE}", kind="image", method="GET"), "an image"),
        (facts(body=f"id={LINE}", method="DELETE"), "another method"),
        (facts("http://localhost:8123/cancel", f"id={LINE}"), "another host"),
        (RequestFacts(CANCEL, "POST", "xhr", b"\xff\xfe"), "unreadable"),
    ],
)  # fmt: skip
def test_not_fitting(request_: RequestFacts, why: str) -> None:
    """Anything that is not clearly this cancel does not fit."""
    assert not fits(request_), why


def test_site_data_may_name_a_call_that_cancels() -> None:
    """A call without a word of cancelling fits once a person has named it; others do not."""
    name = "mtop.aliexpress.buyer.reverse.somethingNew"
    table = site_traffic().with_overlay({"permitted_apis": [name]})
    assert site_traffic().permitted_apis == frozenset()
    for own, expected in ((LINE, True), (OTHER, False)):
        request = facts(f"{SITE}/h5/{name}/1.0/", f"id={own}")
        assert (not why_unfit(request, classify(request, ORIGINS, table), SCOPE, table)) is expected


def test_long_tokens_do_not_speak_against_a_cancel() -> None:
    """A device token may contain any words."""
    token = "9xPay7Kq2AcceptZ81m-Agree_0vB3" * 3
    assert fits(facts(body=f"reverseOrderLineId={LINE}&deviceToken={token}"))


def test_further_own_ids() -> None:
    """The dispute's own reverseOrderId may appear once the flow has named it."""
    request = facts(body=f"reverseOrderLineId={LINE}&reverseOrderId=7190001112223334")
    assert not fits(request)
    assert fits(request, PermitScope(TARGET, own_ids=frozenset({"7190001112223334"})))


@given(
    never=st.sampled_from(["accept", "agreeSolution", "confirm_receipt", "pay", "order.operation"]),
    key=st.sampled_from(["a", "orderAction", "x.y", "[0]"]),
    shape=st.integers(0, 3),
)
def test_never_words_never_fit(never: str, key: str, shape: int) -> None:
    """A never-word anywhere spoils the fit."""
    bodies = [
        f"id={LINE}&{key}={never}",
        f"id={LINE}&{never}={key}",
        json.dumps({"id": LINE, key: {"b": [never]}}),
        json.dumps({"id": LINE, key: json.dumps({never: 1})}),
    ]
    assert not fits(facts(body=bodies[shape]))


def test_needs_a_line() -> None:
    """An order id alone is not enough for a permit: an order can have several disputes."""
    order = Target(ids={"order": ORDER}, words="the order", exact=False)
    with pytest.raises(ToolError, match="the order has none"):
        Permit(PermitScope(order), 5)


def test_the_whole_of_a_target_does_not_name_it() -> None:
    """A request with the order's id alone is for another of its disputes, or for none."""
    assert fits(facts(body=f"id={LINE}&orderId={ORDER}"))
    assert fits(facts(body=f"id={TRADE}"))
    assert not fits(facts(body=f"id={TRADE}"), PermitScope(TARGET))
    assert not fits(facts(body=f"orderId={ORDER}"))


def test_a_target_of_one_id_is_named_by_it() -> None:
    """Another site's flow may know its thing by one id."""
    address = PermitScope(Target(ids={"address": "4471"}, words="the address"))
    assert fits(facts(body="id=4471"), address)
    assert not fits(facts(body="id=4472"), address)


def test_only_the_first_consumes() -> None:
    """One permit, one request; revoking later does not make it unused again."""
    permit = Permit(SCOPE, 5, Clock())
    assert [permit.consume(), permit.consume()] == [True, False]
    permit.revoke()
    assert permit.state == "used"


def test_expires() -> None:
    """After its seconds an unused permit lets nothing pass."""
    clock = Clock()
    permit = Permit(SCOPE, 5, clock)
    clock.now += 5
    assert (permit.consume(), permit.state) == (False, "expired")


def test_answer_is_kept_once_and_cut() -> None:
    """The first answer is kept, at most 64 kB of it."""
    permit = Permit(SCOPE, 5)
    permit.record(PermitAnswer(200, "x" * 70_000))
    permit.record(PermitAnswer(500))
    assert permit.answer == PermitAnswer(200, "x" * 65_536)


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        (None, True),
        (PermitAnswer(200), True),
        (PermitAnswer(None, error="the connection broke"), True),
        (PermitAnswer(None, error="no connection", sent=False), False),
    ],
)
def test_a_used_permit_may_have_sent(answer: PermitAnswer | None, *, sent: bool) -> None:
    """Without proof that nothing was sent, a used permit counts as sent."""
    permit = Permit(SCOPE, 5, Clock())
    permit.consume()
    if answer:
        permit.record(answer)
    assert permit.may_have_sent is sent


def test_an_unused_permit_has_sent_nothing() -> None:
    """Neither before its end, nor revoked, nor expired."""
    clock = Clock()
    fresh, revoked, expired = (Permit(SCOPE, seconds, clock) for seconds in (9, 9, 1))
    revoked.revoke()
    clock.now += 2
    assert [p.may_have_sent for p in (fresh, revoked, expired)] == [False] * 3
    assert [p.state for p in (fresh, revoked, expired)] == ["unused", "revoked", "expired"]


def test_a_wait_ends_with_the_permit() -> None:
    """Nothing can be sent after the expiry, so there is nothing to wait for."""

    async def work() -> tuple[bool, float]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        return await Permit(SCOPE, 0.05).settled(20), loop.time() - began

    settled, seconds = in_own_loop(work())
    assert settled
    assert seconds < 10


def test_settled() -> None:
    """Waits end with the answer, the revocation, the expiry, or their own time."""

    async def work() -> list[bool]:
        answered, revoked, expiring, open_ = (Permit(SCOPE, seconds) for seconds in (5, 5, 0.05, 5))
        answered.consume()
        loop = asyncio.get_running_loop()
        loop.call_later(0.05, answered.record, PermitAnswer(200))
        loop.call_later(0.05, revoked.revoke)
        found = [await permit.settled(3) for permit in (answered, revoked, expiring)]
        return [*found, await open_.settled(0.05)]

    assert in_own_loop(work()) == [True, True, True, False]


def test_a_wait_lasts_as_long_as_it_says() -> None:
    """GIVEN a clock that stands still THEN an answer in the last part of a second is not missed."""

    async def work() -> bool:
        permit = Permit(SCOPE, 5, Clock())
        permit.consume()
        asyncio.get_running_loop().call_later(0.01, permit.record, PermitAnswer(200))
        return await permit.settled(0.5)

    assert in_own_loop(work())
