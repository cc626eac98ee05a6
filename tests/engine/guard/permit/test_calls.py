"""Which call is the permitted one, by its name, its operator and the headers of its page."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.permit import why_unfit
from automation.engine.guard.requests.classify import RequestFacts
from automation.engine.guard.requests.decision import Decision
from tests.engine.guard.permit.a_permit import CANCEL, LINE, SCOPE, SITE, facts, fits
from tests.engine.guard.requests.envelopes import ENVELOPES, packed, text

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
        ("cancelPageRequest", {}, True),  # reads neither at its beginning nor at its end
        ("cancelViewConfirm", {}, True),
        ("undoDispute", {}, True),  # what the permit is for; undoing a cancel is not
        ("closeDispute", {}, True),
        ("cancelRefundApply", {}, True),
        ("withdrawRequest", {}, True),
        ("reverse.order.cancel", {}, True),
        ("x.reverse.cancel", {}, True),  # the matter is named: what stands before it is a folder
        ("x.order.cancel", {}, False),
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
        ("cancelReverseOrderLine", {"nextAction": "abschliessen"}, False),  # who knows what it does
    ],
)
def test_the_name_of_a_call(name: str, value: dict[str, object], *, expected: bool) -> None:
    """Calls about a reverse order may fit; what only looks, tries or counts never uses the permit."""
    body = f"data={text({'reverseOrderLineId': LINE, **value})}"
    assert fits(facts(f"{REVERSE}{name}/1.0/", body)) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-lang": "en"}, True),
        ({"x-action": "accept"}, False),
        ({"x-biz": "mtop.aliexpress.trade.buyer.order.list"}, False),
        ({"x-biz": f"%{'25' * 9}41"}, False),
        ({"x-http-method-override": "PUT"}, False),
    ],
)
def test_a_header_of_the_page_must_not_order_besides(
    headers: dict[str, str], *, expected: bool
) -> None:
    """GIVEN the permitted request with a header of its page THEN one that orders or hides makes it unfit."""
    body = f"reverseOrderLineId={LINE}".encode()
    assert fits(RequestFacts(CANCEL, "POST", "xhr", body, headers=headers)) is expected


@pytest.mark.parametrize(
    ("address", "method", "told"),
    [
        (f"{REVERSE}somethingNew/1.0/", "POST", "nothing in it says what the permit is for"),
        (f"{REVERSE}disputeDetail/1.0/", "POST", "its name only reads ('detail')"),
        (f"{SITE}/p/reverse-pages/detail.html", "GET", "its name only reads ('detail')"),
        (
            f"{SITE}/p/reverse-pages/detail.html",
            "POST",
            "nothing in it says what the permit is for",
        ),
    ],
)
def test_why_a_call_is_not_the_permitted_one(address: str, method: str, told: str) -> None:
    """GIVEN a call without a word of withdrawing THEN a reading one is told apart from an unknown one.

    A form that is posted to a page's own address may change something, whatever the page shows.
    """
    request = facts(f"{address}?reverseOrderLineId={LINE}", method=method)
    write = Decision("write", allow=False, reason="")
    assert why_unfit(request, write, SCOPE, site_traffic()) == told


@pytest.mark.parametrize(
    ("operation", "matter"), [("close_order", "order"), ("abandon_protection", "protection")]
)
def test_the_other_matter_is_named(operation: str, matter: str) -> None:
    """GIVEN an operator that withdraws something else THEN the refusal says what."""
    body = f"data={text({'reverseOrderLineId': LINE, 'operateType': operation})}"
    request = facts(f"{REVERSE}reverseOrderOperate/1.0/", body)
    write = Decision("write", allow=False, reason="")
    assert repr(matter) in why_unfit(request, write, SCOPE, site_traffic())
