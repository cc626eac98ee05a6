"""One permit, one act: what else comes with a cancel, and a cancel that only tries."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import permit
from automation.engine.guard.permit import why_unfit
from automation.engine.guard.requests.classify import RequestFacts, classify
from tests.engine.guard.permit.a_permit import LINE, ORDER, ORIGINS, SCOPE, SITE, facts, fits
from tests.engine.guard.requests.envelopes import ENVELOPES, text

REVERSE = f"{SITE}/h5/mtop.aliexpress.buyer.reverse."
NAMED = f"{REVERSE}cancelReverseOrderLine/1.0/"
OPERATED = f"{REVERSE}reverseOrderOperate/1.0/"


def cancels(value: dict[str, Any], wrap: str = "plain") -> list[RequestFacts]:
    """The same cancel twice, by its name and by its operator, with further keys."""
    said = {"reverseOrderLineId": LINE, **value}
    bodies = {NAMED: said, OPERATED: {"operateType": "CANCEL", **said}}
    return [
        facts(address, f"data={quote(text(ENVELOPES[wrap](body)))}")
        for address, body in bodies.items()
    ]


RIDING: list[dict[str, Any]] = [
    {"closeOrder": True}, {"close_order": 1}, {"closeOrder": "Y"}, {"closeOrder": {"reason": 1}},
    {"cancelType": "ORDER"}, {"cancelTarget": "TRADE"}, {"cancelScope": "all"}, {"cancelAll": True},
    {"scope": "ALL"}, {"batch": True}, {"order": {"close": True}}, {"order": {"action": "close"}},
    {"nextAction": "finishOrder"}, {"then": "finishOrder"}, {"onSuccess": "close_order"},
    {"afterCancel": "closeOrder"}, {"followUp": "waive"}, {"nextStep": "complete"},
    {"nextAction": "abschliessen"}, {"operations": ["cancel", "closeOrder"]}, {"ops": "cancel,waive"},
    {"actions": [{"type": "cancel"}, {"type": "finishTrade"}]}, {"alsoClose": "order"},
    {"waiveProtection": True}, {"skipProtection": True}, {"forfeitProtection": True}, {"endOrder": True},
    {"received": True}, {"isReceived": True}, {"goodsSigned": "true"}, {"finish": True}, {"finished": 1},
    {"withCloseOrder": True}, {"orderClosed": True}, {"releaseMoney": True}, {"settle": 1}, {"paid": True},
    {"keepProtection": False}, {"keepOrder": 0}, {"undo": True}, {"agreed": True}, {"features": "closeOrder:true"},
    {"\u0441loseOrder": True}, {"options": ["closeOrder"]}, {"action": "cancelAndFinish"}, {"buyerReceived": 1},
    {"solutionAccepted": True}, {"refundWaived": True}, {"resolve": "yes"}, {"deleteOrder": True},
]  # fmt: skip
TRIALS: list[dict[str, Any]] = [
    {"dryRun": True}, {"dry_run": 1}, {"dryrun": True}, {"isDryRun": "true"}, {"step": "precheck"},
    {"mode": "preview"}, {"preview": True}, {"checkOnly": True}, {"simulate": 1}, {"phase": "validate"},
    {"action": "check"}, {"testMode": 1}, {"confirmed": False}, {"confirm": 0},
]  # fmt: skip
HARMLESS: list[dict[str, Any]] = [
    {"disclaimerAccepted": True}, {"agreementUrl": "https://x/agree"}, {"accept_btn": {}},
    {"agreementChecked": True}, {"reason": "Agreed with the seller"}, {"note": "please close order"},
    {"cancelReason": "order_arrived"}, {"reasonCode": "ORDER_CLOSED"}, {"cancelRemark": "received"},
    {"confirm": True}, {"confirmed": 1}, {"cancel": True}, {"submit": True}, {"cancelDispute": True},
    {"confirmCancel": True}, {"buttonCode": "cancel_reverse"}, {"action": "confirmCancel"},
    {"step": "confirm"}, {"step": 2}, {"operationType": 3}, {"event": "submitCancel"}, {"cancelType": "BUYER"},
    {"cancelType": 1}, {"source": "order_close_page"}, {"cancelSource": "order"}, {"bizType": "ORDER"},
    {"closeOrder": False}, {"received": False}, {"dryRun": False}, {"isOrderFinished": False},
    {"keepProtection": True}, {"keepLogin": False},
    {"closeDialog": True}, {"canCloseOrder": True}, {"needCheck": True}, {"closeTime": 1}, {"checked": True},
    {"compress": True, "isNewVersion": True, "fromOrderDetail": True, "needRefresh": True},
    {"issueType": "NOT_RECEIVED", "refundType": "PARTIAL_REFUND", "status": "PROCESSING", "orderStatus": "finish"},
    {"operator": "buyer", "operatorType": "BUYER", "buttonType": "primary", "eventName": "onClick"},
    {"AntiCreep": True, "H5Request": True, "type": "originaljsonp", "timeout": 20000, "needLogin": True},
    {"channel": "pc", "platform": "h5", "lang": "en_US", "country": "DE", "orderId": ORDER},
]  # fmt: skip


@pytest.mark.parametrize("value", RIDING, ids=text)
def test_a_second_act_does_not_ride_on_a_cancel(value: dict[str, Any]) -> None:
    """GIVEN a cancel that also closes, waives, confirms or goes on THEN no permit is for it."""
    for wrap in ("plain", "json in json", "gzip"):
        assert not any(map(fits, cancels(value, wrap))), wrap


@pytest.mark.parametrize("value", TRIALS, ids=text)
def test_a_trial_leaves_the_permit(value: dict[str, Any]) -> None:
    """GIVEN a cancel that only tries THEN the permit stays for the real one."""
    assert not any(map(fits, cancels(value)))


@pytest.mark.parametrize("value", HARMLESS, ids=lambda value: text(value)[:60])
def test_what_a_cancel_may_carry(value: dict[str, Any]) -> None:
    """Consent to papers, states, sources, denials and the page's own flags speak against nothing."""
    assert all(map(fits, cancels(value)))


@pytest.mark.parametrize(
    "value",
    [
        {"closeOrder": True}, {"cancelType": "ORDER"}, {"nextAction": "finishOrder"},
        {"waiveProtection": True}, {"received": True}, {"dryRun": True}, {"step": "precheck"},
    ],
    ids=text,
)  # fmt: skip
def test_only_this_rule_holds_them(value: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: without it, a permit fits a cancel with each of them."""
    monkeypatch.setattr(permit, "_more_than_permitted", lambda *_: "")
    assert fits(cancels(value)[0])


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-http-method-override": "DELETE"}, False),
        ({"x-original-url": "/h5/x"}, False),
        ({"x-action": "closeOrder"}, False),
        ({"x-close-order": "1"}, False),
        ({"x-dry-run": "1"}, False),
        ({"x-next": json.dumps({"action": "accept"})}, False),
        ({"x-action": "cancel"}, True),
        ({"x-requested-with": "XMLHttpRequest", "bx-v": "2.5.1", "x-csrf-token": "abc"}, True),
        ({"content-type": "application/x-www-form-urlencoded"}, True),
    ],
)
def test_headers_may_carry_a_second_act(headers: dict[str, str], *, expected: bool) -> None:
    """A header that a script set is judged as a key of the body is."""
    for request in cancels({}):
        assert fits(replace(request, headers=headers)) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"nextAction": "abschliessen"}, True),
        ({"endOrder": True}, True),
        ({"nextAction": "finishOrder"}, False),
        ({"closeOrder": True}, False),
        ({"dryRun": True}, False),
        ({"operationType": "turnBack"}, True),
        ({"operationType": "SUBMIT"}, True),
        ({"operationType": "9"}, True),
        ({"operateType": "BUYER_CANCEL_UPDATE"}, True),
        ({"bizType": "ORDER"}, True),
        ({"reason": "I want to change it", "changeReason": "update"}, True),  # no commands
        ({"operationType": "MODIFY"}, False),  # the same call, for another button
        ({"operationType": "modify_dispute"}, False),
        ({"op": "update"}, False),
        ({"action": "submitEvidence"}, False),
        ({"operate": "uploadFile"}, False),
        ({"operationType": "UNDO_CANCEL"}, False),
        ({"operationType": "CANCEL,MODIFY"}, False),  # one permitted word excuses no second act
        ({"operationType": "UPDATE|CANCEL"}, False),
        ({"operationType": "MODIFY REASON"}, False),
        ({"operationType": "MODIFY/REFUND"}, False),
        ({"operationType": "edit:1"}, False),
        ({"operationType": "CANCEL,CLOSE"}, True),
        ({"operationType": "cancel: 1"}, True),
    ],
    ids=text,
)
def test_a_named_call_may_say_unknown_words_but_no_second_act(
    value: dict[str, Any], *, expected: bool
) -> None:
    """GIVEN site data that names the call THEN unknown operators pass, known acts do not."""
    name = "mtop.aliexpress.buyer.reverse.somethingNew"
    table = site_traffic().with_overlay({"permitted_apis": [name]})
    body = f"data={text({'reverseOrderLineId': LINE, **value})}"
    request = facts(f"{SITE}/h5/{name}/1.0/", body)
    why = why_unfit(request, classify(request, ORIGINS, table), SCOPE, table)
    assert (not why) is expected


def test_a_pressed_block_may_say_how_it_looks() -> None:
    """GIVEN the pressed button's own fields THEN states pass, an act on the order does not."""
    for more, expected in (
        ({"finished": True, "closeDialog": 1}, True),
        ({"closeOrder": True}, False),
    ):
        fields = {"text": "Cancel Request", "buttonCode": "CANCEL", **more}
        tree = {
            "cancel_btn": {"tag": "button", "fields": fields},
            "info": {"tag": "text", "fields": {"received": True, "closeOrder": True}},
        }
        value = {"data": tree, "operator": "cancel_btn"}
        assert fits(cancels(value)[1]) is expected, more
