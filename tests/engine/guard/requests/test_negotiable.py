"""Unknown calls that a person may allow, and those that no one may."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import SiteOrigins
from automation.engine.guard.judge import Judge
from automation.engine.guard.layers import Layer
from automation.engine.guard.requests.classify import RequestFacts
from automation.engine.guard.requests.negotiable import why_never
from tests.engine.guard.requests.envelopes import ENVELOPES
from tests.engine.guard.rig.judging import classify

if TYPE_CHECKING:
    from automation.engine.guard.requests.decision import Decision

SITE = "http://127.0.0.1:8123"
GATEWAY = "http://127.0.0.1:8124"
ORIGINS = SiteOrigins.only(SITE, GATEWAY)
NAME = "mtop.aliexpress.buyer.account.layoutQuery"
FORM = {"content-type": "application/x-www-form-urlencoded"}
ORDER = "8194370215560042"


def call(
    name: str = NAME, data: object = None, *, method: str = "POST", kind: str = "xhr",
    origin: str = GATEWAY, allowed: bool = False,
) -> Decision:  # fmt: skip
    """The decision on a call of the gateway."""
    body = f"data={json.dumps(data or {'lang': 'en_US', 'pageIndex': 1})}&sign=9f1c".encode()
    facts = RequestFacts(f"{origin}/h5/{name}/1.0/?jsv=2.7", method, kind, body, headers=FORM)
    table = site_traffic().with_overlay({"allowed_reads": [name]}) if allowed else None
    return classify(facts, ORIGINS, table)


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "mtop.aliexpress.buyer.getMenu",
        "mtop.global.site.config.load",
        "mtop.x.listOfPages",
        "mtop.x.getUserAndBasketCount",
        "mtop.x.queryOrderAndItem",
        "mtop.x.getConfigAndRefresh",
    ],
)
def test_a_call_that_can_only_read_may_be_allowed(name: str) -> None:
    """GIVEN an unlisted call whose name reads THEN it is held back, and passes once allowed."""
    found = call(name)
    assert (found.allow, found.negotiable) == (False, True), found
    passed = call(name, allowed=True)
    assert (passed.allow, passed.kind) == (True, "read"), passed


NEVER = {
    "a name that writes": ("mtop.aliexpress.buyer.address.deleteQuery", None),
    "a name with a second verb": ("mtop.x.config.getAndSettle", None),
    "a second verb in small letters": ("mtop.x.query_then_release", None),
    "a name that says nothing": ("mtop.aliexpress.buyer.account.layout", None),
    "a never-word in its name": ("mtop.aliexpress.order.confirmReceiptQuery", None),
    "an order's id": (NAME, {"orderId": ORDER}),
    "an id under any key": (NAME, {"x": ORDER}),
    "a short id under the key of one": (NAME, {"disputeId": "4711"}),
    "a word of writing": (NAME, {"scene": "cancel"}),
    "a word of writing as a key": (NAME, {"cancelReason": "1"}),
    "a soft word of writing": (NAME, {"then": "submit"}),
    "an operator that nobody knows": (NAME, {"operationType": 3}),
    "another API inside": (NAME, {"next": "mtop.aliexpress.buyer.reverse.cancelIt"}),
    "JSON in JSON": (NAME, {"params": json.dumps({"button": "CANCEL"})}),
}


@pytest.mark.parametrize(("name", "data"), NEVER.values(), ids=NEVER)
def test_nothing_else_is_ever_negotiable(name: str, data: object) -> None:
    """GIVEN an id or a write word anywhere THEN it is held back, also if its name was allowed."""
    for allowed in (False, True):
        found = call(name, data, allowed=allowed)
        assert (found.allow, found.negotiable) == (False, False), found


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (NAME, ""),
        ("getMenu", ""),
        ("mtop.aliexpress.trade.buyer.order.list", ""),  # known already
        ("mtop.x.config.getAndSettle", "it does more: 'settle'"),
        ("mtop.aliexpress.buyer.reverse.queryAndCancel", "says 'cancel'"),
        ("mtop.aliexpress.order.confirmReceiptQuery", "says 'confirm receipt'"),
        ("mtop.x.layout", "does not say that it reads"),
        ("mtop.x.getMenu/1.0/", "not the name of a call"),
        ("*", "not the name of a call"),
        ("", "not the name of a call"),
    ],
)
def test_why_no_call_of_a_name_passes(name: str, why: str) -> None:
    """GIVEN a name that lets nothing through THEN the reason can be told before a run."""
    found = why_never(name, site_traffic())

    assert why in found if why else not found


def test_a_name_that_was_allowed_in_vain_says_so() -> None:
    """GIVEN an id in a call that was allowed by name THEN the reason is not that it is unknown."""
    assert "carries an id" in call(NAME, {"orderId": ORDER}, allowed=True).reason
    assert "carries an id" not in call(NAME, {"orderId": ORDER}).reason


@pytest.mark.parametrize("envelope", ENVELOPES, ids=str)
def test_packed_content_is_judged_too(envelope: str) -> None:
    """GIVEN a cancel in any packing THEN an allowed name does not help it; paging passes."""
    pack = ENVELOPES[envelope]
    assert not call(NAME, pack({"button": "CANCEL_DISPUTE"}), allowed=True).allow
    assert not call(NAME, pack({"reverseOrderLineId": "1100482913307001"}), allowed=True).allow


@pytest.mark.parametrize(
    ("method", "kind", "origin"),
    [
        ("PUT", "xhr", GATEWAY),
        ("POST", "ping", GATEWAY),
        ("POST", "document", GATEWAY),
        ("POST", "xhr", "http://127.0.0.1:9999"),
    ],
)
def test_only_an_ordinary_call_of_the_gateway_counts(method: str, kind: str, origin: str) -> None:
    """GIVEN another method, kind or origin THEN it stays refused, allowed or not."""
    found = call(method=method, kind=kind, origin=origin, allowed=True)
    assert (found.allow, found.negotiable) == (False, False), found


def test_the_report_names_what_may_be_allowed() -> None:
    """GIVEN held-back calls THEN the report tells those that a person may allow from the others."""
    judge = Judge(ORIGINS, site_traffic())
    for name in (NAME, "mtop.aliexpress.buyer.account.layout"):
        judge.at_route(RequestFacts(f"{GATEWAY}/h5/{name}/1.0/", "POST", "xhr"), Layer.ROUTE)

    report = judge.report()
    assert report.negotiable == (NAME,)
    held = report.as_json()["held_back"]
    assert isinstance(held, list)
    assert [(each["name"], each["negotiable"]) for each in held] == [
        (NAME, True),
        ("mtop.aliexpress.buyer.account.layout", False),
    ]


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        (NAME, True),
        ("mtop.aliexpress.buyer.reverse.queryCancelTips", True),
        ("mtop.aliexpress.buyer.account.layout", True),
        ("mtop.aliexpress.buyer.reverse.cancelIt", False),
        ("mtop.aliexpress.buyer.reverse.acceptSolution", False),
    ],
)
def test_held_back_calls_that_a_page_may_want_to_show(name: str, asks: bool) -> None:
    """GIVEN a held-back call THEN it asks something unless its name says that it only writes."""
    judge = Judge(ORIGINS, site_traffic())
    judge.at_route(RequestFacts(f"{GATEWAY}/h5/{name}/1.0/", "POST", "xhr"), Layer.ROUTE)

    (record,) = judge.report().refused
    assert (record.is_held_back, record.asks) == (True, asks)


OWN = {"orderId": ORDER}
TEACHABLE = {
    "the order of this run": (NAME, OWN, True),
    "the ids in the page's address": (NAME, {"reverseOrderLineId": "1100482913300042"}, True),
    "another order": (NAME, {"orderId": "8194370215569999"}, False),
    "a word of writing beside it": (NAME, {**OWN, "scene": "cancel"}, False),
    "a write word in the key": (NAME, {"cancelOrderId": ORDER}, False),
    "an operator that nobody knows": (NAME, {**OWN, "operationType": 3}, False),
    "a name that writes": ("mtop.aliexpress.buyer.order.cancelQuery", OWN, False),
    "a name that says nothing": ("mtop.aliexpress.buyer.order.layout", OWN, False),
    "no id at all, so a person may allow it": (NAME, None, False),
}


@pytest.mark.parametrize(("name", "data", "teachable"), TEACHABLE.values(), ids=TEACHABLE)
def test_site_data_could_name_a_read_that_only_own_ids_hold_back(
    name: str, data: object, *, teachable: bool
) -> None:
    """GIVEN a run that may teach reads THEN only one of its own target is marked, and still held back."""
    body = f"data={json.dumps(data or {'lang': 'en_US'})}&sign=9f1c".encode()
    page = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
    facts = RequestFacts(
        f"{GATEWAY}/h5/{name}/1.0/?jsv=2.7", "POST", "xhr", body, headers=FORM, page=page
    )
    judge, unasked = (Judge(ORIGINS, site_traffic()) for _ in range(2))
    judge.own_ids = frozenset({ORDER})

    for each in (judge, unasked):
        each.at_route(facts, Layer.ROUTE)

    [held] = judge.report().refused
    assert (held.teachable, unasked.report().refused[0].teachable) == (teachable, False)
    if teachable:
        assert not held.negotiable
        judge.traffic = judge.traffic.with_overlay({"reads": [name]})
        assert judge.decide(facts).allow
