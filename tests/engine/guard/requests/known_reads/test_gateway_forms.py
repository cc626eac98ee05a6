"""Files and calls in the forms that the gateway's own library gives them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from automation.aliexpress.site.traffic import real_origins, site_traffic
from automation.engine.guard.permit import why_unfit
from automation.engine.guard.requests.classify import RequestFacts
from tests.engine.guard.permit.a_permit import LINE, SCOPE, TRADE
from tests.engine.guard.rig.judging import classify

REAL = real_origins()
ASSETS = "https://assets.alicdn.com/g/"
CDN = "https://g.alicdn.com/"
WWW = "https://www.aliexpress.com/"
REVERSE = "mtop.aliexpress.buyer.reverse."
QUERY = (
    "jsv=2.5.1&appKey=12574478&t=1700000000000&sign=0f7a2d9c4b5e6a7788990011aabbccdd&v=1.0"
    "&timeout=15000&type=originaljson&dataType=json&valueType=original&isSec=0&ecode=1"
    "&method=POST&needLogin=true&ignoreLogin=true"
)


def file(address: str, kind: str = "script") -> str:
    """How a file is judged, with a trailing ``!`` if it may be loaded."""
    found = classify(RequestFacts(address, resource_type=kind), REAL)
    return found.kind + ("!" if found.allow else "")


@pytest.mark.parametrize(
    "address",
    [
        f"{CDN}mtb/lib-mtop/2.7.3/mtop.js",
        f"{CDN}??mtb/lib-mtop/2.7.3/mtop.js,ae-fe/order/0.1/index.js",
        f"{CDN}??ae-fe/cancel/0.1/index.js,ae-fe/pay/0.1/confirm.js",
        f"{CDN}code/lib/??react/16.0/react.min.js,react-dom/16.0/react-dom.min.js?t=1",
        f"{ASSETS}ae-fe/order/20261126093012345/index.js",
        f"{ASSETS}api/mtop-api/0.1/index.js",
        f"{ASSETS}x/index.js?locale=en_US&currency=USD&platform=pc",
    ],
)
def test_a_script_of_a_files_host_is_a_file_whatever_its_name(address: str) -> None:
    """GIVEN a host that only serves files THEN its path is a name, not a call."""
    assert file(address) == "asset!"


@pytest.mark.parametrize(
    "address",
    [
        f"{WWW}??api/dispute/cancel.js",
        f"{WWW}mtop/mtop.aliexpress.dispute.cancel.js",
        f"{WWW}??a/cancel.js?callback=x",
        f"{CDN}a.js?operateType=cancel&reverseOrderLineId={LINE}",
        f"{CDN}??a.js&reverseOrderLineId={LINE}",
        f"{CDN}??a.js?operateType=cancel",
        f"{CDN}a.js?callback=done",
        f"https://acs.aliexpress.com/h5/{REVERSE}cancel/1.0/a.js",
    ],
)
def test_a_call_that_looks_like_a_file_is_held_back(address: str) -> None:
    """GIVEN a host that takes calls, or content in the query THEN it is no file."""
    assert not file(address).endswith("!")


def called(name: str, said: dict[str, Any]) -> RequestFacts:
    """A call as the gateway's library sends it."""
    address = f"https://acs.aliexpress.com/h5/{name}/1.0/?{QUERY}&api={name}"
    body = f"data={quote(json.dumps(said))}".encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    return RequestFacts(address, "POST", "xhr", body, headers=form)


def unfit(request: RequestFacts) -> str:
    """Why the permit is not for a request."""
    table = site_traffic()
    return why_unfit(request, classify(request, REAL), SCOPE, table)


def tree(operator: str) -> dict[str, Any]:
    """A page that is sent along, with links that check its own fields."""
    blocks = {
        "cancel_btn": {"fields": {"text": "Cancel Request", "actionType": "cancel"}},
        "accept_btn": {"fields": {"text": "Accept", "agreementUrl": "https://x/agree"}},
    }
    links = {"common": {"submit": True, "validate": True}}
    sent = {"data": blocks, "operator": operator, "reverseOrderLineId": LINE, "linkage": links}
    return {"params": json.dumps(sent)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "tradeOrderLineId": TRADE}),
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "agreeTerms": True}),
        ("reverseOrderOperate", {"reverseOrderLineId": LINE, "operateType": "CANCEL"}),
        ("reverseOrderLineRenderForBuyer", tree("cancel_btn")),
    ],
)
def test_a_cancel_in_the_gateways_own_form_fits(name: str, said: dict[str, Any]) -> None:
    """GIVEN the query that each call has THEN ``method=POST`` and agreed terms are no second act."""
    assert unfit(called(REVERSE + name, said)) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "agreeSolution": True}),
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "acceptProposalTerms": True}),
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "method": "closeOrder"}),
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "_method": "DELETE"}),
        ("cancelReverseOrder", {"reverseOrderLineId": LINE, "validate": True}),
        ("reverseOrderLineRenderForBuyer", tree("accept_btn")),
    ],
)
def test_another_act_in_that_form_does_not(name: str, said: dict[str, Any]) -> None:
    """GIVEN the same query WHEN something else is ordered too THEN the permit is not for it."""
    assert unfit(called(REVERSE + name, said)) != ""


@pytest.mark.parametrize("key", ["mergePayLimit", "canCancel", "supportCancel"])
def test_a_read_in_that_form_stays_a_read(key: str) -> None:
    """GIVEN the list's own paging THEN it may go."""
    found = classify(
        called("mtop.aliexpress.trade.buyer.order.list", {"params": json.dumps({key: 20})}), REAL
    )
    assert (found.kind, found.allow) == ("read", True)
