from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.aliexpress.site.traffic import real_origins
from automation.engine.guard import SiteOrigins
from automation.engine.guard.requests.classify import RequestFacts
from tests.engine.guard.rig.judging import classify

REAL = real_origins()
LOCAL = SiteOrigins.only("http://127.0.0.1:8123")
GATEWAY = "https://acs.aliexpress.com/h5/"
LIST = f"{GATEWAY}mtop.aliexpress.trade.buyer.order.list/1.0/"
REVERSE = f"{GATEWAY}mtop.aliexpress.buyer.reverse."
WWW = "https://www.aliexpress.com"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def kind(url: str, resource_type: str = "fetch", method: str = "GET", body: str = "") -> str:
    """The kind, with a trailing ``!`` if the request may go."""
    facts = RequestFacts(
        url, method, resource_type, body.encode() or None, headers=FORM if body else {}
    )
    found = classify(facts, REAL)
    return found.kind + ("!" if found.allow else "")


@pytest.mark.parametrize(
    ("url", "resource_type", "expected"),
    [
        (f"{WWW}/p/order/index.html", "document", "page!"),
        (
            f"{WWW}/p/order/detail.html?orderId=1234567890123456&spm=a2g.cancel.1",
            "document",
            "page!",
        ),
        ("https://m.aliexpress.com/p/refund-dispute/list.html", "document", "page!"),
        (f"{WWW}/p/reverse-pages/some-detail.html?reverseOrderLineId=1", "document", "page!"),
        ("https://trade.aliexpress.com/issue/fastissue/Detail.htm?issueId=1", "document", "page!"),
        (f"{WWW}/", "document", "page!"),
        ("https://de.aliexpress.com/p/order/index.html", "document", "page!"),
        ("https://www.aliexpress.us/p/order/index.html", "document", "page!"),
        ("https://login.aliexpress.com/login.html?return=%2Fcancel", "document", "page!"),
        ("https://login.aliexpress.com/", "document", "page!"),
        (f"{WWW}/p/ug-login-page/login.html", "document", "page!"),
        (f"{WWW}/p/order/_____tmd_____/punish?x5secdata=abc", "document", "page!"),
        (f"{WWW}/p/order/cancel/_____tmd_____/punish?x5secdata=abc", "document", "page!"),
        (f"{WWW}/p/order/_____tmd_____/cancel?reverseOrderLineId=1", "document", "write"),
        (f"{WWW}/p/order/_____tmd_____/punish?x5step=2&action=captcha", "document", "page!"),
        (
            "https://login.aliexpress.com/?returnUrl=%2Fdetail.html%3ForderId%3D8190",
            "document",
            "page!",
        ),
        ("https://login.aliexpress.com/sso/acceptSolution", "document", "write"),
        (f"{WWW}/login/x.html?operateType=cancel&reverseOrderLineId=1", "document", "write"),
        (f"{WWW}/sso/x?action=acceptProposal&reverseOrderLineId=1", "document", "write"),
        (f"{WWW}/login/x?action=confirmReceive&orderId=1", "document", "write"),
        (f"{WWW}/_____tmd_____/punish?x5secdata=a&operateType=cancel", "document", "write"),
        (f"{WWW}/login/../api/cancel", "document", "write"),
        (f"{WWW}/p/order/cancel.html?orderId=1", "document", "write"),
        (f"{WWW}/p/reverse-pages/acceptSolution", "document", "write"),
        (f"{WWW}/p/reverse-pages/x.html?op=close", "document", "write"),
        (f"{WWW}/p/reverse-pages/x.html?op=%2563lose", "document", "write"),
        (f"{WWW}/p/reverse-pages/%61ccept", "document", "write"),
        (f"{WWW}/p/order/confirmReceipt.html", "document", "write"),
        (f"{WWW}/item/100500.html", "document", "unknown"),
        (f"{WWW}/p/order/..%2f..%2fx", "document", "unknown"),
        (f"{WWW}/p/order/index%2Ehtml", "document", "unknown"),
        (f"{LIST}?data=%7B%7D", "document", "unknown"),
        ("https://assets.alicdn.com/p/order/index.html", "document", "unknown"),
        (f"{WWW}/p/order/index.html?x=cancel", "document", "write"),
        (f"{WWW}/p/order/index.html?x=confirm_receipt", "document", "write"),
        (f"{WWW}/p/order/index.html?x=8f3a9b2c7d1e4f60a9_cancel_7c21d0e9f4b8", "document", "page!"),
    ],
)
def test_documents(url: str, resource_type: str, expected: str) -> None:
    """Only the site's own pages load, and none whose address says that it writes."""
    assert kind(url, resource_type) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://www.aliexpress.com.evil.example/p/order/index.html",
        "https://evilaliexpress.com/p/order/index.html",
        "https://www.aliexpress.com@evil.example/p/order/index.html",
        "https://user:pw@www.aliexpress.com/p/order/index.html",
        "https://www.aliexpress.com:8443/p/order/index.html",
        "http://www.aliexpress.com/p/order/index.html",
        "https://www.aliexpress.com./p/order/index.html",
        "https://www.xn--aliexpres-1ib.com/p/order/index.html",
        "https://www.\u0430liexpress.com/p/order/index.html",
        "https://aliexpress.ru/p/order/index.html",
        "https://www.aliexpress.ru/p/order/index.html",
        "https:\\\\evil.example\\p/order/index.html",
        "ftp://www.aliexpress.com/p/order/index.html",
        "file:///p/order/index.html",
        "https://[::1/p/order/index.html",
        "https://alicdn.com.evil.example/a.js",
        "https://xalicdn.com/a.js",
    ],
)
def test_foreign(url: str) -> None:
    """Look-alikes, other ports and schemes, and the Russian shop are not the site."""
    for resource_type in ("document", "script", "fetch"):
        assert kind(url, resource_type) == "foreign"


def test_russian_site_has_its_own_reason() -> None:
    """The buyer is shown why aliexpress.ru is refused."""
    facts = RequestFacts("https://aliexpress.ru/p/order/index.html", resource_type="document")
    assert "aliexpress.ru" in classify(facts, REAL).reason


def test_upper_case_is_the_same_host() -> None:
    """Host names have no case."""
    assert kind("https://WWW.ALIEXPRESS.COM/p/order/index.html", "document") == "page!"


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        ("http://127.0.0.1:8123/p/order/index.html", True),
        ("http://localhost:8123/p/order/index.html", False),
        ("http://127.0.0.1:8124/p/order/index.html", False),
        ("https://127.0.0.1:8123/p/order/index.html", False),
        ("http://127.0.0.1/p/order/index.html", False),
        ("https://www.aliexpress.com/p/order/index.html", False),
    ],
)
def test_single_origin(url: str, *, allow: bool) -> None:
    """With one origin every other scheme, host and port is foreign."""
    assert classify(RequestFacts(url, resource_type="document"), LOCAL).allow is allow


@pytest.mark.parametrize(
    ("url", "resource_type", "method", "body", "expected"),
    [
        (f"{LIST}?data=%7B%22page%22%3A1%7D", "script", "GET", "", "read!"),
        (LIST, "xhr", "POST", 'data={"statusTab":"To pay"}', "read!"),
        (LIST.lower(), "fetch", "POST", "data=%7B%7D", "read!"),
        (f"{REVERSE}queryReverseOrderPageListForBuyer/1.0/", "xhr", "POST", "data={}", "read!"),
        (f"{REVERSE}queryreverseorderpagelistforbuyer/1.0/", "xhr", "POST", "data={}", "read!"),
        (f"{REVERSE}reverseOrderLineRenderForBuyer/1.0", "fetch", "GET", "", "read!"),
        (LIST, "ping", "POST", "data={}", "unknown"),
        (LIST, "xhr", "DELETE", "", "unknown"),
        (LIST, "xhr", "POST", 'data={"acceptSolution":1}', "write"),
        (LIST, "xhr", "POST", 'data={"a":"{\\"cancelDispute\\":1}"}', "write"),
        (LIST, "xhr", "POST", 'data={"action":"cancel"}', "write"),
        (LIST, "xhr", "POST", "data=%257B%2522op%2522%253A%2522close%2522%257D", "write"),
        (LIST, "xhr", "POST", "_method=DELETE", "write"),
        (
            LIST, "xhr", "POST",
            'data={"api":"mtop.aliexpress.trade.buyer.order.operation"}', "write",
        ),
        (f"{LIST}?api=mtop.aliexpress.buyer.other", "xhr", "GET", "", "unknown"),
        (f"{GATEWAY}mtop.aliexpress.trade.buyer.order.operation/1.0/", "xhr", "POST", "", "write"),
        (f"{REVERSE}cancelReverse/1.0/", "xhr", "GET", "", "write"),
        (f"{REVERSE}acceptsolution/1.0/", "xhr", "GET", "", "write"),
        (f"{REVERSE}somethingNew/1.0/", "xhr", "GET", "", "unknown"),
        (f"{GATEWAY}mtop.aliexpress.user.track/1.0/", "xhr", "POST", "", "telemetry"),
        (f"{WWW}/h5/mtop.aliexpress.trade.buyer.order.list/1.0/", "xhr", "GET", "", "unknown"),
        (f"{WWW}/api/cancel", "fetch", "POST", "orderId=1", "write"),
        (f"{WWW}/api/anything", "fetch", "POST", "", "unknown"),
        (f"{WWW}/api/anything", "fetch", "GET", "", "unknown"),
        (f"{WWW}/aplus/log.gif", "fetch", "GET", "", "telemetry"),
        ("https://gj.mmstat.com/x", "fetch", "POST", "", "telemetry"),
        ("https://evil.example/x", "fetch", "POST", "", "foreign"),
    ],
)  # fmt: skip
def test_calls(url: str, resource_type: str, method: str, body: str, expected: str) -> None:
    """A call's name and content make it a read, never its method."""
    assert kind(url, resource_type, method, body) == expected


@pytest.mark.parametrize(
    ("url", "resource_type", "expected"),
    [
        ("https://assets.alicdn.com/g/x/cancel-order.js", "script", "asset!"),
        ("https://g.alicdn.com/??a/b.js,c/d.js", "script", "asset!"),
        ("https://g.alicdn.com/a.css?v=2", "stylesheet", "asset!"),
        ("https://assets.alicdn.com/lang/en.json", "fetch", "asset!"),
        ("https://assets.alicdn.com/lang/cancel.json", "fetch", "asset!"),
        ("https://www.aliexpress.com/ajax/cancel.json", "fetch", "write"),
        ("https://assets.alicdn.com/a.js?op=cancel", "script", "write"),
        ("https://assets.alicdn.com/a.js?id=1234567890123456", "script", "write"),
        (f"{WWW}/api/withdraw/1234567890123456/x.js", "script", "write"),
        (f"{WWW}/api/withdraw/1234567890123456.css", "stylesheet", "write"),
        (f"{WWW}/api/dispute/1234567890123456.json", "fetch", "unknown"),
        ("https://assets.alicdn.com/g/1234567890123/a1234567890123456b.js", "script", "asset!"),
        ("https://assets.alicdn.com/a", "script", "unknown"),
        ("https://acs.aliexpress.com/static/a.js", "script", "unknown"),
        ("https://login.aliexpress.com/a.css", "stylesheet", "unknown"),
        ("https://assets.alicdn.com/a.png", "image", "asset"),
        ("https://assets.alicdn.com/a.woff2", "font", "asset"),
        (f"{WWW}/favicon.ico", "other", "asset"),
        (f"{WWW}/icons/cancel.png", "image", "asset"),
        (f"{WWW}/dispute/cancel", "image", "write"),
        (f"{WWW}/log/pixel.gif", "image", "telemetry"),
        ("data:text/plain,x", "fetch", "asset!"),
        ("blob:https://x/1", "script", "asset!"),
    ],
)
def test_assets(url: str, resource_type: str, expected: str) -> None:
    """Scripts, styles and data files load; pictures and files that carry an order do not."""
    assert kind(url, resource_type) == expected


@pytest.mark.parametrize("harmless", ["disagree", "payload", "detailPayload", "I_disagree"])
def test_words_inside_other_words(harmless: str) -> None:
    """``disagree`` is not agree and ``payload`` is not pay."""
    assert kind(LIST, "xhr", "POST", f"data={json.dumps({harmless: 1})}") == "read!"


def test_unreadable_body() -> None:
    """A read whose body cannot be read or decoded is not let through."""
    hidden = RequestFacts(LIST, "POST", "xhr", body_unreadable=True)
    binary = RequestFacts(LIST, "POST", "xhr", b"\xff\xfe\x00")
    deep = RequestFacts(LIST, "POST", "xhr", b"[" * 3000 + b"]" * 3000)
    often = RequestFacts(f"{LIST}?a=%{'25' * 9}41", "GET", "xhr")
    for facts in (hidden, binary, deep, often):
        assert not classify(facts, REAL).allow


def test_multipart_body_is_read() -> None:
    """A multipart part counts like any other pair; a cut-off body is refused."""
    part = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\nx\r\n--b--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=b"}

    def allowed(body: str) -> bool:
        return classify(
            RequestFacts(LIST, "POST", "xhr", body.encode(), headers=headers), REAL
        ).allow

    assert allowed(part.format("page"))
    assert not allowed(part.format("cancelDispute"))
    assert not allowed(part.format("page").removesuffix("--b--\r\n"))


def test_method_override_header() -> None:
    """A header that turns a read into another method makes it a write."""
    facts = RequestFacts(LIST, "POST", "xhr", b"data={}", headers={"x-http-method-override": "PUT"})
    assert not classify(facts, REAL).allow


TYPES = st.sampled_from(
    ["document", "script", "stylesheet", "image", "font", "xhr", "fetch", "ping", "other", "media"]
)
METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "get", ""])
NEVER = st.sampled_from(
    ["acceptSolution", "agree", "confirmReceipt", "confirm_goods", "pay", "order.operation",
     "ACCEPT", "Agree-Plan", "confirm%20receipt", "confirmreceive", "buyeraccept"]
)  # fmt: skip


@given(
    url=st.one_of(st.text(), st.text().map(lambda text: f"{LIST}?{text}")),
    body=st.binary(),
    resource_type=TYPES,
    method=METHODS,
    declared=st.text(),
)
def test_total(url: str, body: bytes, resource_type: str, method: str, declared: str) -> None:
    """No address, body or header raises an error."""
    for origins in (REAL, LOCAL):
        facts = RequestFacts(url, method, resource_type, body, headers={"content-type": declared})
        assert classify(facts, origins).reason


@given(
    never=NEVER,
    resource_type=TYPES,
    method=METHODS,
    rounds=st.integers(0, 3),
    where=st.integers(0, 4),
)
def test_never_words_never_pass(
    never: str, resource_type: str, method: str, rounds: int, where: int
) -> None:
    """A never-word in path, API name, key or action is refused in any encoding."""
    text = never
    for _ in range(rounds):
        text = "".join(f"%{ord(char):02X}" if char.isalpha() else quote(char) for char in text)
    places = [
        (f"{WWW}/p/reverse-pages/{text}", b""),
        (f"{REVERSE}{text}/1.0/", b""),
        (f"{LIST}?{text}=1", b""),
        (LIST, f"data={quote(json.dumps({text: 1}))}".encode()),
        (LIST, json.dumps({"x": [{"action": text}]}).encode()),
    ]
    url, body = places[where]
    assert not classify(RequestFacts(url, method, resource_type, body or None), REAL).allow


@given(
    name=st.from_regex(r"[a-zA-Z.]{1,30}", fullmatch=True),
    resource_type=TYPES,
    method=METHODS,
)
def test_unlisted_calls_never_pass(name: str, resource_type: str, method: str) -> None:
    """A call that the table does not list never passes."""
    api = f"mtop.aliexpress.buyer.x{name}"
    assert not classify(RequestFacts(f"{GATEWAY}{api}/1.0/", method, resource_type), REAL).allow


@pytest.mark.parametrize(
    ("url", "resource_type"),
    [
        (f"{WWW}/p/order/index.html", "document"),
        (f"{WWW}/assets/app.js", "script"),
        (f"{WWW}/favicon.ico", "other"),
    ],
)
@pytest.mark.parametrize(("method", "body"), [("POST", ""), ("GET", "a=1"), ("POST", "a=1")])
def test_a_page_or_file_is_fetched_without_a_body(
    url: str, resource_type: str, method: str, body: str
) -> None:
    """GIVEN the address of a page or file, but posted or with a body THEN it is not let through."""
    assert not kind(url, resource_type, method, body).endswith("!")
    assert kind(url, resource_type) not in {"write", "unknown"}  # control


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/log/collect", "telemetry"),
        ("/track/dispute/cancel", "write"),
        ("/dispute/cancel/track", "telemetry"),
        ("/cancel-dispute-log-now", "write"),
        ("/cancel-track-click", "telemetry"),
        ("/order-log-now", "telemetry"),
        ("/now-log-cancel-it", "write"),
    ],
)
def test_statistics_are_told_by_the_end_of_a_path(path: str, expected: str) -> None:
    """GIVEN words of statistics in a path THEN they count only where no word of a write is nearer its end."""
    assert kind(f"{WWW}{path}", "fetch", "POST", "a=1") == expected
