"""Held-back calls that site data could list as reads: only ids of the run's own target speak against them."""

from __future__ import annotations

import json

import pytest

from automation.aliexpress.site.addresses import ids_of_page
from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import SiteOrigins
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.layers import Layer
from automation.engine.guard.requests.classify import RequestFacts

SITE, GATEWAY = "http://127.0.0.1:8123", "http://127.0.0.1:8124"
NAME = "mtop.ae.matter.boardView"
ORDER, LINE, DISPUTE = "8194370215560042", "8194370215570042", "1100482913300042"
ANOTHER = "8194370215990042"
PAGE = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId={DISPUTE}&tradeOrderLineId={LINE}"
OWN = {"reverseOrderLineId": DISPUTE, "tradeOrderLineId": LINE, "tradeOrderId": ORDER}


def asked(name: str, data: object, *, page: str = PAGE, about: str = PAGE) -> Judge:
    """A judge that was asked for one call of a page."""
    judge = Judge(SiteOrigins.only(SITE, GATEWAY), site_traffic())
    judge.own_ids = ids_of_page(about, ORDER) if about else frozenset()
    verdict = judge.at_route(facts(name, data, page), Layer.ROUTE)
    assert verdict is Verdict.REFUSE, "nothing is let through by being teachable"
    return judge


def facts(name: str, data: object, page: str = PAGE) -> RequestFacts:
    """The call."""
    body = f"data={json.dumps(data)}".encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    return RequestFacts(
        f"{GATEWAY}/h5/{name}/1.0/?jsv=2.7", "POST", "xhr", body, headers=form, page=page
    )


def teachable(judge: Judge) -> bool:
    """Whether the refused call is marked."""
    (record,) = judge.report().refused
    assert not record.negotiable
    return record.teachable


def test_a_read_of_its_own_page_can_be_listed_and_passes_then() -> None:
    """GIVEN a reading call with the page's own ids THEN it is held back, and site data may list it."""
    judge = asked(NAME, {**OWN, "reverseOrderId": str(int(DISPUTE) - 100_000)})
    assert teachable(judge)

    judge.traffic = judge.traffic.with_overlay({"reads": (NAME,)})
    assert judge.at_route(facts(NAME, OWN), Layer.ROUTE) is Verdict.LET
    stolen = {**OWN, "buttonCode": "CANCEL"}
    assert judge.at_route(facts(NAME, stolen), Layer.ROUTE) is Verdict.REFUSE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (NAME, {**OWN, "orderId": ANOTHER}),
        (NAME, {**OWN, "scene": "cancel"}),
        (NAME, {**OWN, "cancelOrderId": ORDER}),
        (NAME, {**OWN, "code": "accept_solution"}),
        (NAME, {**OWN, "operationType": 3}),
        (NAME, {**OWN, "next": "mtop.ae.matter.turnBack"}),
        ("mtop.ae.matter.turnBack", OWN),
        ("mtop.ae.matter.cancelView", OWN),
        ("mtop.ae.order.confirmReceiptView", OWN),
    ],
)
def test_nothing_else_can(name: str, data: object) -> None:
    """GIVEN another order, a word of writing or a name that asks nothing THEN it is not offered."""
    assert not teachable(asked(name, data))


def test_only_a_run_about_an_order_marks_them() -> None:
    """GIVEN a run about no order THEN no call is marked."""
    assert not teachable(asked(NAME, OWN, about=""))
    assert teachable(asked(NAME, {"tradeOrderId": ORDER}, page=f"{SITE}/p/order/index.html"))
