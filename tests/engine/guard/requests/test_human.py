"""A human at work: what a sign-in or captcha needs passes, and no write about an order."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from automation.aliexpress.site.traffic import real_origins, site_traffic
from automation.engine.guard import Permit, PermitScope, SiteOrigins
from automation.engine.guard.judge import Judge
from automation.engine.guard.layers import Layer
from automation.engine.guard.requests.classify import RequestFacts, classify
from automation.engine.target import Target

MIMIC, GATEWAY = "http://127.0.0.1:8123", "http://127.0.0.1:8124"
LOGIN = "https://login.aliexpress.com"
SITE = "https://www.aliexpress.com"
CANCEL = "mtop.aliexpress.buyer.reverse.cancelReverseOrderLine"
LIST = "mtop.aliexpress.trade.buyer.order.list"
SLIDE = "_____tmd_____/slide"
ID = "1100482913300042"
FORM = {"content-type": "application/x-www-form-urlencoded"}
BACK = b"return_url=%2Fp%2Forder%2Fdetail.html%3ForderId%3D8194370215560042"


def post(url: str, body: bytes = BACK, kind: str = "document", override: str = "") -> RequestFacts:
    """A form that is posted."""
    more = {"x-http-method-override": override} if override else {}
    return RequestFacts(url, "POST", kind, body, headers=FORM | more)


NEEDED = [
    post(f"{MIMIC}/login"),
    post(f"{MIMIC}/login/submit"),
    post(f"{MIMIC}/{SLIDE}"),
    post(f"{MIMIC}/p/order/index.html/_____tmd_____/verify", kind="xhr"),
    post(f"{MIMIC}/{SLIDE}", f"return_url=/h5/{LIST}/1.0/".encode()),
    post(f"{GATEWAY}/h5/{LIST}/1.0/{SLIDE}", kind="xhr"),
    RequestFacts(f"{MIMIC}/h5/{LIST}/1.0/_____tmd_____/punish?x5secdata=a", resource_type="document"),
    RequestFacts(f"{MIMIC}/code.png", resource_type="image"),
    post(f"{LOGIN}/newlogin/login.do?appName=aebuyer", kind="xhr"),
    post(f"{SITE}/p/ug-login-page/login.html"),
]  # fmt: skip

NEVER = [
    post(f"{GATEWAY}/h5/{CANCEL}/1.0/", b'data={"reverseOrderLineId":"1100482913300042"}', "xhr"),
    post(f"{GATEWAY}/h5/{CANCEL}/1.0/{SLIDE}", kind="xhr"),
    post(f"{MIMIC}/p/reverse-pages/cancel.do", b"reverseOrderLineId=1100482913300042"),
    post(f"{MIMIC}/login?api={CANCEL}"),
    post(f"{MIMIC}/login", b"tradeOrderLineId=1100482913300042"),
    post(f"{MIMIC}/login/cancelDispute"),
    post(f"{MIMIC}/login/acceptSolution"),
    post(f"{MIMIC}/login/../leak/x"),
    post(f"{MIMIC}/leak/x"),
    post(f"{MIMIC}/login", override="DELETE"),
    post(f"{SITE}/p/order/index.html"),
    post(f"{SITE}/session", kind="xhr"),
    post("https://elsewhere.example/login"),
    # A page of this kind that writes by itself, in every disguise that was tried.
    post(f"{MIMIC}/p/order/confirmReceived/_____tmd_____/x"),
    post(f"{MIMIC}/p/reverse-pages/acceptSolution/_____tmd_____/report"),
    post(f"{MIMIC}/p/other/_____tmd_____/x"),
    post(f"{MIMIC}/sso/act", b'data={"reverseOrderLineId":"1100482913300042","operation":"SEND"}'),
    post(f"{MIMIC}/sso/act", b'data={"x":"1100482913300042"}'),
    post(f"{MIMIC}/login/do", b"op=ACCEPT"),
    post(f"{MIMIC}/newlogin/x", b"action=confirmReceipt"),
    post(f"{MIMIC}/login/submit", b'{"form":{"x":1,"action":"acceptSolution"}}', "xhr"),
    post(f"{MIMIC}/login", b"return_url=/p/x.html?action=cancelReverse"),
    RequestFacts(f"{MIMIC}/p/cancel.do?reverseOrderLineId={ID}", resource_type="image"),
    RequestFacts(f"{GATEWAY}/h5/{CANCEL}/1.0/?data=%7B%7D", resource_type="image"),
]  # fmt: skip


def allowed(request: RequestFacts, *, human: bool) -> bool:
    """The verdict, on the mimic or on the real hosts."""
    mimic = request.url.startswith("http://127")
    origins = SiteOrigins.only(MIMIC, GATEWAY) if mimic else real_origins()
    return classify(request, origins, site_traffic(), human=human).allow


@pytest.mark.parametrize("request_", NEEDED, ids=lambda each: each.url)
def test_what_the_human_does_passes_while_they_are_at_work(request_: RequestFacts) -> None:
    """GIVEN what a sign-in or captcha sends THEN it passes with a human, and without one never."""
    assert allowed(request_, human=True)
    assert not allowed(request_, human=False)


@pytest.mark.parametrize("request_", NEVER, ids=lambda each: each.url)
def test_nothing_else_does(request_: RequestFacts) -> None:
    """GIVEN a write about an order, also to a sign-in page or below it THEN it is refused."""
    assert not allowed(request_, human=True)


def test_nothing_more_passes_while_a_permit_may_be_used() -> None:
    """GIVEN a human at work WHEN there is an unused permit THEN the guard is as strict as before."""
    judge = Judge(SiteOrigins.only(MIMIC, GATEWAY), site_traffic())
    login = NEEDED[0]
    judge.human_at_work = True
    assert judge.at_route(login, Layer.ROUTE).name == "LET"

    target = Target(ids={"order": "1", "dispute": ID}, words="a dispute")
    judge.permit = Permit(PermitScope(target), 5.0)
    assert judge.at_route(login, Layer.ROUTE).name == "REFUSE"

    judge.permit.revoke()
    assert judge.at_route(replace(login, url=f"{MIMIC}/login"), Layer.ROUTE).name == "LET"
