from __future__ import annotations

import asyncio
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import (
    Guard,
    Layer,
    Permit,
    PermitAnswer,
    PermitScope,
    SiteOrigins,
)
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.permit import why_unfit
from automation.engine.guard.requests.classify import RequestFacts, classify
from automation.engine.target import Target
from automation.errors import ToolError
from tests.engine.guard.requests.envelopes import ENVELOPES, packed, text
from tests.own_loop import in_own_loop

ORDER, LINE, TRADE, OTHER = (f"{start}190001112223334" for start in "3589")
TARGET = Target(ids={"order": ORDER, "line": TRADE, "dispute": LINE}, words="the dispute")
SCOPE = PermitScope(TARGET, other_ids=frozenset({OTHER}), names=frozenset({TRADE}))
SITE = "http://127.0.0.1:8123"
ORIGINS = SiteOrigins.only(SITE)
CANCEL = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.cancelIt/1.0/"
LIST = f"{SITE}/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"


class Clock:
    """A clock that tests move."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def facts(
    url: str = CANCEL, body: str = "", kind: str = "xhr", method: str = "POST"
) -> RequestFacts:
    """A request of a page."""
    return RequestFacts(url, method, kind, body.encode() or None)


def fits(request: RequestFacts, scope: PermitScope = SCOPE) -> bool:
    """Whether the permit is for this request."""
    table = site_traffic()
    return not why_unfit(request, classify(request, ORIGINS, table), scope, table)


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


RENDER = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer/1.0/"
REVERSE = f"{SITE}/h5/mtop.aliexpress.buyer.reverse."
TREE = {
    "accept_btn": {"tag": "button", "fields": {"text": "Accept", "buttonCode": "ACCEPT"}},
    "receipt_btn": {"tag": "button", "fields": {"code": "CONFIRM_RECEIPT"}},
    "cancel_btn": {"tag": "button", "fields": {"text": "Cancel Request", "buttonCode": "CANCEL"}},
    "terms": {"tag": "text", "agreementUrl": "https://x/agree", "disclaimerAccepted": True},
    "chat": {"tag": "text", "fields": {"reason": "Agreed with the seller"}},
}


@pytest.mark.parametrize(
    "order",
    [
        {"operationType": "CANCEL"},
        {"operator": "cancel_btn"},
        {"operateType": "render", "buttonCode": "cancel_reverse"},
        {"event": "withdrawDispute", "disclaimerAccepted": True, "agreementUrl": "https://x/y"},
        {"actionType": "confirmCancel", "reason": "Agreed with the seller", "accept_btn": {}},
    ],
    ids=text,
)
def test_a_droplet_shaped_cancel_fits_by_its_operator(order: dict[str, object]) -> None:
    """Words in the tree that is sent along do not rule out a cancel on a render call."""
    value = {"reverseOrderLineId": LINE, "data": TREE, **order}
    for name, wrap in ENVELOPES.items():
        if name == "form":  # it has no tree
            continue
        for address in (RENDER, f"{REVERSE}dropletRender/1.0/"):
            assert fits(facts(address, f"data={quote(text(wrap(value)))}")), name


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"operationType": "render"},
        {"operationType": "accept"},
        {"operationType": "CANCEL", "nextStep": "agree"},
        {"operationType": "confirm_receipt"},
        {"operationType": "CONFIRM_RECEIPT", "buttonCode": "CANCEL"},
        {"operator": "accept_btn"},
        {"operator": "receipt_btn", "operationType": "CANCEL"},
        {"operationType": "CANCEL", "acceptSolution": True},
        {"operationType": "cancel_precheck"},
        {"operationType": "cancelRender"},
        {"event": "cancel_click"},
        {"event": "cancel_popup_shown"},
        {"operationType": "MODIFY", "reason": "cancel"},
        {"operationType": "MODIFY", "canCancel": True},
    ],
    ids=text,
)
def test_another_order_in_a_droplet_does_not_fit(order: dict[str, object]) -> None:
    """An operator that accepts, agrees, confirms receipt, only looks or does not withdraw."""
    for value in ({"data": TREE, **order}, {"params": packed({"data": TREE, **order})}):
        body = f"data={quote(text({'reverseOrderLineId': LINE, **value}))}"
        assert not fits(facts(RENDER, body))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("reverseOrderOperate", {"operateType": "CANCEL"}, True),
        ("reverseOrderOperation", {"operateType": "CANCEL"}, True),
        ("reverseOrderConfirmCancel", {}, True),
        ("cancelReverseOrderLineForBuyer", {}, True),
        ("cancel.submit", {}, True),
        ("revokeDispute", {}, True),
        ("reverseOrderOperate", {}, False),
        ("reverseOrderOperate", {"operateType": "ACCEPT"}, False),
        ("reverseOrderConfirmReceipt", {"action": "cancel"}, False),
        ("modifyReverseOrderLine", {}, False),
        ("somethingNew", {}, False),
        ("cancel.precheck", {"action": "cancel"}, False),
        ("cancel.render", {"action": "CANCEL"}, False),
        ("cancelPreviewForBuyer", {"action": "CANCEL"}, False),
        ("reverseCancelPreviewNew", {"action": "CANCEL"}, False),
        ("queryCancelReasons", {"action": "CANCEL"}, False),
        ("canCancel", {"type": "CANCEL"}, False),
        ("checkOperation", {"type": "CANCEL"}, False),
        ("cancelDialogShow", {}, False),
        ("logCancel", {"action": "cancel"}, False),
        ("cancelLog", {"action": "cancel"}, False),
        ("operationRecord", {"action": "cancel"}, False),
        ("cancelClickReport", {"action": "cancel"}, False),
        ("log.cancel", {"action": "cancel"}, False),
        ("operateLog.add", {"action": "cancel"}, False),
        ("cancel", {}, True),
        ("closeDispute", {}, True),
        ("cancelRefundApply", {}, True),
        ("withdrawRequest", {}, True),
        ("reverse.order.cancel", {}, True),
        ("order.reverse.cancel", {}, True),
        ("cancelReverseByBuyer", {}, True),
        ("reverseOrderLineCancelV2", {}, True),
        ("cancelSurveySubmit", {}, False),
        ("survey.cancel", {}, False),
        ("closeGuide", {}, False),
        ("cancelPickup", {}, False),
        ("cancelSomethingElse", {}, False),
        ("withdrawProposal", {}, False),
        ("cancelCancel", {}, False),
        ("cancelPreApply", {}, False),
        ("reverseOrderOperate", {"operateType": "cancelSurvey"}, False),
        ("closeTrade", {}, False),
        ("closeOrder", {}, False),
        ("cancelTradeOrder", {}, False),
        ("terminateProtection", {}, False),
        ("cancelReverseThenRelease", {}, False),
        ("withdrawEvidence", {}, False),
        ("cancelAppealForBuyer", {}, False),
        ("closeAccount", {}, False),
        ("closeNotification", {}, False),
        ("closeWithPartial", {}, False),
        ("undoCancelReverse", {}, False),
        ("takeSettlement", {"cancel": True}, False),
        ("reverseOrderOperate", {"operateType": "close_order"}, False),
        ("reverseOrderOperate", {"operateType": "cancelTrade"}, False),
        ("reverseOrderOperate", {"operateType": "abandon_protection"}, False),
        ("reverseOrderOperate", {"operateType": "close_and_release"}, False),
        ("cancelReverseOrderLine", {"refundType": "PARTIAL_REFUND"}, True),
        ("cancelReverseOrderLine", {"bizType": "ORDER", "operationType": "CANCEL"}, True),
        ("cancelReverseOrderLine", {"operationType": "settle"}, False),
        ("cancelReverseOrderLine", {"operationType": "APPEAL"}, False),
    ],
)
def test_the_name_of_a_call(name: str, value: dict[str, object], *, expected: bool) -> None:
    """Calls about a reverse order may fit; what only looks, tries or counts never uses the permit."""
    body = f"data={text({'reverseOrderLineId': LINE, **value})}"
    assert fits(facts(f"{REVERSE}{name}/1.0/", body)) is expected


NOBODY = "7190001112229999"  # an id that no read has explained


@pytest.mark.parametrize(
    "value",
    [
        {"targetId": NOBODY, "pageUrl": f"https://x.example/?reverseOrderLineId={LINE}"},
        {"id": NOBODY, "referer": f"https://x.example/{LINE}"},
        {"bizId": NOBODY, "spm": LINE},
        {"rid": NOBODY, "pvid": LINE},
        {"spm": LINE},
        {"reverseOrderLineId": LINE, "list": [{"id": NOBODY}]},
    ],
    ids=text,
)
def test_an_id_that_nothing_explains_does_not_fit(value: dict[str, object]) -> None:
    """GIVEN the own id only in an address or a trace, or one of several THEN another is meant."""
    assert not fits(facts(f"{REVERSE}cancelReverseOrderLine/1.0/", f"data={text(value)}"))


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


def test_judge_sends_one() -> None:
    """Of two fitting requests one is sent; a misfit before them does not use the permit."""
    judge = Judge(ORIGINS, site_traffic())
    fitting, misfit = facts(body=f"id={LINE}"), facts(body=f"id={OTHER}")
    assert judge.at_route(fitting, Layer.ROUTE) is Verdict.REFUSE
    judge.permit = Permit(SCOPE, 5)
    found = [judge.at_route(request, Layer.ROUTE) for request in (misfit, fitting, fitting)]
    assert found == [Verdict.REFUSE, Verdict.SEND, Verdict.REFUSE]
    assert judge.report().summary() == "1 write let through, 3 requests refused"
    assert judge.report().refused[-1].reason.endswith("permit already used")


def test_browser_edge_never_lets_a_write() -> None:
    """A fitting request that bypasses the routes is refused: Chromium might repeat it."""
    judge = Judge(ORIGINS, site_traffic())
    judge.permit = Permit(SCOPE, 5)
    assert judge.at_browser(facts(body=f"id={LINE}"), Layer.BROWSER_FETCH) is Verdict.REFUSE
    assert judge.permit.state == "unused"


def test_what_was_held_back_is_kept_without_values() -> None:
    """After the permit: name, page and keys of what was held back, and how it relates."""
    judge = Judge(ORIGINS, site_traffic())
    judge.permit = Permit(SCOPE, 5)
    page = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId={LINE}"

    def ask(name: str, body: str) -> Verdict:
        request = RequestFacts(f"{REVERSE}{name}/1.0/", "POST", "xhr", body.encode(), page=page)
        return judge.at_route(request, Layer.ROUTE)

    asked = [
        ask("cancel.precheck", f"reverseOrderLineId={LINE}&name=Ann"),
        ask("cancelIt", f"reverseOrderLineId={LINE}&t=1"),
        ask("cancelIt", f"reverseOrderLineId={LINE}&t=2"),
        ask("closeIt", f"reverseOrderLineId={LINE}"),
        ask("closeIt", f"reverseOrderLineId={OTHER}"),
    ]
    report = judge.report()

    assert asked == [Verdict.REFUSE, Verdict.SEND, *[Verdict.REFUSE] * 3]
    assert [record.repeats for record in report.held_after_sent] == [True, False]
    assert len(report.held_at_permit) == 4
    held = report.as_json()["held_back"]
    assert isinstance(held, list)
    assert held[0]["name"] == "mtop.aliexpress.buyer.reverse.cancel.precheck"
    assert held[0]["page"] == "/p/reverse-pages/detail.html"
    assert held[0]["keys"] == ["name", "reverseOrderLineId"]
    assert not [secret for secret in (LINE, OTHER, "Ann") if secret in json.dumps(report.as_json())]


def guard_of_a_run() -> Guard:
    """A guard without a browser."""
    return Guard(ORIGINS, site_traffic())


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_permit_that_nothing_can_use_any_more_is_replaced(end: str) -> None:
    """GIVEN a permit withdrawn or expired unused THEN another; the old one never passes a request."""
    guard = guard_of_a_run()
    first = guard.grant(SCOPE, seconds=0.0 if end == "expired" else 60.0)
    first.revoke()
    assert first.state == end

    second = guard.grant(SCOPE)

    assert not first.consume()
    assert second.consume()


@pytest.mark.parametrize("used", [True, False])
def test_a_permit_that_was_or_can_be_used_is_the_only_one(used: bool) -> None:
    """GIVEN a permit that is used, or may be, THEN no second one."""
    guard = guard_of_a_run()
    first = guard.grant(SCOPE)
    assert not used or first.consume()
    with pytest.raises(ToolError) as caught:
        guard.grant(SCOPE)
    assert caught.value.code == "permit_already_granted"


def asked(guard: Guard, line: str) -> Verdict:
    """What becomes of a cancel of this line, as a page asks for it."""
    request = facts(body=f"reverseOrderLineId={line}&tradeOrderId={ORDER}")
    return guard._judge.at_route(request, Layer.ROUTE)  # noqa: SLF001  no browser is needed


def test_the_next_target_has_a_permit_and_a_report_of_its_own() -> None:
    """GIVEN a request that has its answer THEN another target's fits the next permit, and only that."""
    guard = guard_of_a_run()
    first = guard.grant(SCOPE)
    assert asked(guard, LINE) is Verdict.SEND
    first.record(PermitAnswer(200))

    in_own_loop(guard.next_target())
    second = guard.grant(PermitScope(Target(ids={"order": ORDER, "line": OTHER}, words="another")))

    assert [asked(guard, LINE), asked(guard, OTHER), asked(guard, OTHER)] == [
        Verdict.REFUSE, Verdict.SEND, Verdict.REFUSE,
    ]  # fmt: skip
    assert (first.state, second.state) == ("used", "used")
    assert [record.permitted for record in guard.report().allowed] == [True]


@pytest.mark.parametrize("used", [True, False])
def test_nobody_turns_away_from_a_request_that_may_be_under_way(used: bool) -> None:
    """GIVEN a permit that may be used, or has no answer yet THEN there is no next target."""
    guard = guard_of_a_run()
    permit = guard.grant(SCOPE)
    assert not used or permit.consume()
    assert guard.may_have_sent is used

    with pytest.raises(ToolError) as caught:
        in_own_loop(guard.next_target())

    assert caught.value.code == "permit_already_granted"
    with pytest.raises(ToolError):
        guard.grant(SCOPE)


def test_a_withdrawn_permit_is_no_hindrance() -> None:
    """GIVEN no permit, or one that was withdrawn unused THEN the next target can come."""
    guard = guard_of_a_run()
    in_own_loop(guard.next_target())
    guard.grant(SCOPE).revoke()

    in_own_loop(guard.next_target())

    assert guard.grant(SCOPE).consume()
