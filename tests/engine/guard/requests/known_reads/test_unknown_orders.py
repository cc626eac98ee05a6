"""What a known read may order: only what is known to read (site facts, section 9)."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Layer, SiteOrigins
from automation.engine.guard.judge import Judge
from automation.engine.guard.requests.classify import RequestFacts
from automation.engine.guard.requests.meaning import Meaning
from automation.engine.guard.requests.payload_reader import read_payload
from tests.engine.guard.requests.envelopes import ENVELOPES, SENDINGS, base64_of, packed, text
from tests.engine.guard.rig.judging import classify

if TYPE_CHECKING:
    from automation.engine.guard.requests.decision import Decision

SITE = "http://127.0.0.1:8123"
ORIGINS = SiteOrigins.only(SITE)
RENDER = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer/1.0/"
LIST = f"{SITE}/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"
LINE = "8190001112223334"
NOISE = base64_of(bytes(7 * i * i % 251 for i in range(180)))


def decide(value: object, sending: str = "form", url: str = RENDER, **headers: str) -> Decision:
    """The verdict on a call of a known read."""
    address, method, kind, body = SENDINGS[sending](url, value)
    sent = {name.replace("_", "-"): words for name, words in headers.items()}
    return classify(RequestFacts(address, method, kind, body, headers=sent), ORIGINS)


UNKNOWN: list[dict[str, Any]] = [
    {"operationType": 3},
    {"operationType": "3"},
    {"operateType": "STOP"},
    {"opType": "RESOLVE"},
    {"action": "END"},
    {"action": "END_DETAIL"},
    {"operator": "STOP_PAGE_7X"},
    {"buttonCode": "AUFHEBEN"},
    {"buttonCode": "parar_solicitud"},
    {"operation": "\u786e\u5b9a"},
    {"operation": "\u0437\u0430\u043a\u0440\u044b\u0442\u044c"},
    {"\u043eperationType": "STOP"},  # the first letter is Cyrillic
    {"\u0430\u0441tion": 3},  # the first two are
    {"butt\u043enCode": "STOP"},
    {"\u043e\u0440": 3},  # all are
    {"\u03bfperation": 3},  # Greek
    {"\u0585peration": 3},  # Armenian
    {"\u1d0fperation": "STOP"},  # a small capital
    {"operat\u0131onType": "STOP"},
    {"confirmed": 1},
    {"isConfirmed": "true"},
    {"userConfirmed": True},
    {"accepted": "yes"},
    {"received": 1},
    {"consent": True},
    {"update": {"status": "closed"}},
    {"change": {"x": 1}},
    {"set": {"a": {"b": "x7"}}},
    {"\u64cd\u4f5c\u7c7b\u578b": "\u505c\u6b62"},
    {"decision": "go_ahead"},
    {"step": "last"},
    {"command": "x1"},
    {"cmd": "SELECT_SOLUTION"},
    {"submit": True},
    {"submit": 1},
    {"event": {"type": "FINALIZE"}},
    {"button": {"code": 7}},
    {"actions": ["query", "STOP"]},
    {"userAction": "proceed"},
    {"reverseOperate": "yes"},
    {"cancelButton": "pressed"},
    {"cancel_btn": "down"},
    {"method": "STOP"},
    {"Aktion": "weiter"},
    {"acci\u00f3n": "x"},
    {"\u64cd\u4f5c": "\u786e\u5b9a"},
    {"buttonId": "b_17"},
    {"action": {"x": "STOP"}},
    {"operation": {"target": {"what": 3}}},
    {"actionname": "stop"},
    {"userop": "y"},
    {"toStatus": "CANCELLED"},
    {"newState": "closed"},
    {"operationType": "query;stop"},
    {"operationType": "getStop"},
    {"OPERATION_TYPE": "LIST&op=STOP"},
    {"items": [{"key": "operationType", "value": "stop"}]},
]


@pytest.mark.parametrize("value", UNKNOWN, ids=text)
def test_an_unknown_order_is_held_back(value: dict[str, Any]) -> None:
    """GIVEN an order in words that the table lacks THEN no read; no write word would tell."""
    table = site_traffic()
    for sending in SENDINGS:
        found = decide(value | {"reverseOrderLineId": LINE}, sending)
        assert (found.kind, found.allow) == ("unknown", False), sending
        assert "not known to read" in found.reason
    payload = read_payload(RENDER, text(value).encode(), "application/json", table)
    assert Meaning(payload, table).write() == ""  # control: a deny-list lets it pass


@pytest.mark.parametrize(
    "value",
    [
        {"operationType": "WITHDRAW_REQUEST"},
        {"decision": "accept"},
        {"choiceOfBuyer": "accept"},
        {"was": "CANCEL"},
        {"todo": "withdraw_reverse"},
    ],
    ids=text,
)
def test_a_write_word_under_any_key_is_no_read(value: dict[str, Any]) -> None:
    """A bare order is held back under a key of which nothing is known, too."""
    for sending in SENDINGS:
        assert not decide(value, sending).allow, sending


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_an_unknown_order_is_seen_in_every_envelope(envelope: str) -> None:
    """GIVEN any wrapping THEN an unknown order is held back, and a reading one passes."""
    wrap = ENVELOPES[envelope]
    orders = ({"operationType": 3, "page": 1}, {"buttonCode": "STOP", "page": 1})
    reads = ({"operationType": "loadMore", "pageIndex": 2}, {"operator": "page", "pageIndex": 2})
    for sending in SENDINGS:
        assert not [each for each in orders if decide(wrap(each), sending).allow], sending
        assert not [each for each in reads if not decide(wrap(each), sending, LIST).allow], sending


@pytest.mark.parametrize(
    "value",
    [
        {"mode": "quxiao"}, {"type": "chexiao"}, {"mode": "otmena"}, {"scene": "torikeshi"}, {"code": "aceptar"},
        {"mode": "\u0441\u0430ncel"}, {"type": "\u0421\u0410NCEL"}, {"\u0441\u0430n\u0441el": 1},
        {"type": "c\u0251ncel"}, {"mode": "cance\u029f"},
    ],
    ids=text,
)  # fmt: skip
def test_a_write_word_in_other_letters_is_a_write(value: dict[str, Any]) -> None:
    """GIVEN a word in look-alike letters, or one of another script in Latin ones THEN a write."""
    for sending in SENDINGS:
        assert decide(value, sending).kind == "write", sending


ORDER = b'{"operationType":"CANCEL"}'
CODED = [
    f"0x{ORDER.hex()}",
    f"{ORDER.hex()}0",
    ORDER.hex()[::-1],
    " ".join(f"{byte:02x}" for byte in ORDER),
    ",".join(map(str, ORDER)),
    list(ORDER),
    "".join(f"\\x{byte:02x}" for byte in ORDER),
    "".join(f"%u{byte:04x}" for byte in ORDER),
    "".join(f"&#{byte};" for byte in ORDER),
    base64.b32encode(ORDER).decode(),
    base64.b85encode(ORDER).decode(),
    ORDER.decode()[::-1],
]


@pytest.mark.parametrize("key", ["params", "data", "bizParam"])
@pytest.mark.parametrize("coded", CODED, ids=lambda coded: str(coded)[:20])
def test_content_in_an_unknown_code_is_no_read(coded: object, key: str) -> None:
    """No list can have all codes, so content that looks like one and was not decoded is held back."""
    for sending in SENDINGS:
        assert not decide({key: coded, "page": 1}, sending, LIST).allow, sending


@pytest.mark.parametrize(
    "value",
    [
        {"params": "buyer_order_list"}, {"params": "aliexpressBuyerReverseOrder"}, {"params": "pc,h5"},
        {"data": "reverseorderlinerenderforbuyer"}, {"data": "1700000000000"}, {"data": [20, 40, 60]},
        {"content": "Where is my parcel? Thanks!!"}, {"content": "\u0413\u0434\u0435 \u0437\u0430\u043a\u0430\u0437?"},
        {"keyword": "\u0441\u043e\u0441\u043d\u0430"}, {"input": "red shoes 42"}, {"request": "ok"},
        {"closed": True}, {"disclaimerAccepted": True}, {"mode": "pc"}, {"mode": "detail"}, {"type": "quick"},
    ],
    ids=text,
)  # fmt: skip
def test_plain_content_passes(value: dict[str, Any]) -> None:
    """Names, numbers, sentences, filters and accepted papers are neither codes nor consent."""
    for sending in SENDINGS:
        found = decide(value, sending, LIST)
        assert found.allow, (sending, found)


ORDINARY: list[dict[str, Any]] = [
    *({"operator": word, "pageIndex": 2} for word in (
        "page", "nextPage", "NEXT_PAGE", "loadMore", "viewMore", "pager_1", "list_body_1",
        "pc_om_list_body_109702", "root", "scroll", "switchTab", "searchOrders", "tab_list",
    ) if word != "root"),
    *({"operationType": word} for word in (
        "query", "render", "asyncRender", "init", "initRender", "reload", "refresh", "queryOrderList",
        "getDetail", "fetchReverseOrderDetail", "view", "sort", "filter", "preview",
    )),
    *({"action": word, "event": word} for word in ("asyncUpdatePage", "scrollToBottom", "tabClick", "changeTab")),
    {"operation": {"pageIndex": 2, "orderId": LINE, "canCancel": True, "text": "Stop"}},
    {"actionType": "init", "eventType": "pageShow", "buttonCode": ""},
    {"type": "jsonp", "dataType": "originaljsonp", "api": "mtop.aliexpress.trade.buyer.order.list"},
    {"pageType": "REVERSE", "code": "US", "status": "PROCESSING", "sort": "gmtCreate", "tab": "ended"},
    {"scene": "buyerOrderList", "bizType": "AE", "mode": "pc", "statusTab": None, "kind": "dispute"},
    {"eventTime": 1700000000, "stepIndex": 2, "clickSource": "spm.1", "actionFrom": "list"},
    {"eventId": "231bXk9aQ3vP8eZ1yLw07RtUc5", "nextToken": "8a", "next": None, "button": False},
    {"method": "POST", "timeout": 20000},
    {"cancelButton": "hidden", "cancelBtn": None, "buttonText": "Cancel Request"},
    {"filterType": "CLOSED", "timeOption": "LAST_90_DAYS", "orderTab": "processing"},
    {"status": "CANCEL", "fromStatus": "close", "source": "cancel_page"},
]  # fmt: skip


@pytest.mark.parametrize("value", ORDINARY, ids=lambda value: text(value)[:70])
def test_ordinary_reads_pass(value: dict[str, Any]) -> None:
    """Reading operators, filters, types and codes with the values that a reading page sends."""
    for sending in SENDINGS:
        found = decide(value, sending, LIST)
        assert found.allow, (sending, found)


def droplet_page(operator: str, **more: object) -> dict[str, Any]:
    """More orders, as a page of blocks asks for them: the whole tree goes back."""
    button = {"tag": "button", "fields": {"text": "Stop", "buttonCode": "STOP", "step": 3}}
    body = {
        "tag": "list",
        "fields": {"pageIndex": 2, "mergePayLimit": 20, "hasMore": True, "statusTab": "all"},
        "events": {"onLoad": [{"type": "userTrack", "fields": {"action": "x"}}]},
        "submit": True,
    }
    return {
        "data": {"pc_list_body_7": body, "stop_btn": button, "unknown_3": button},
        "hierarchy": {"structure": {"root": ["pc_list_body_7", "stop_btn"]}},
        "operator": operator,
        **more,
    }


@pytest.mark.parametrize("envelope", ["plain", "json in json", "gzip", "base64", "percent"])
def test_a_page_of_blocks_passes_by_its_reading_block(envelope: str) -> None:
    """Only a block that lists or pages is a reading operator; an unknown button is not."""
    wrap = ENVELOPES[envelope]
    for sending in SENDINGS:
        assert decide(wrap(droplet_page("pc_list_body_7")), sending, LIST).allow
        assert decide(wrap(droplet_page("page")), sending, LIST).allow
        for operator in ("stop_btn", "unknown_3", "17", "anhalten"):
            assert not decide(wrap(droplet_page(operator)), sending, LIST).allow, operator
        both = droplet_page("pc_list_body_7", operationType=3)
        assert not decide(wrap(both), sending, LIST).allow


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Action", "STOP"),
        ("X-Action", "cancel"),
        ("x-operation-type", "3"),
        ("X-Button-Code", "ABBRECHEN"),
        ("X-Cancel", "1"),
        ("X-Verb", "PUT"),
        ("X-Method", "DELETE"),
        ("x-original-url", "/h5/x/1.0/"),
        ("X-Rewrite-URL", "/x"),
        ("X-Original-URI", "/x"),
        ("X-Forwarded-Uri", "/x"),
        ("X-Override-Url", "/x"),
        ("X-Params", '{"buttonCode": "STOP"}'),
        ("X-Sign", base64_of(b'{"operationType": "CANCEL"}')),
        ("X-Biz", packed({"event": "cancel"})),
        ("X-Api", "mtop.aliexpress.trade.buyer.order.operation"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
    ],
)
@pytest.mark.parametrize(
    ("url", "kind"),
    [(LIST, "xhr"), (f"{SITE}/p/order/index.html", "document"), (f"{SITE}/a.js", "script")],
)
def test_a_header_may_order_too(url: str, kind: str, name: str, value: str) -> None:
    """GIVEN an allowed request THEN a header that orders, reroutes or fetches ahead holds it back."""
    plain = RequestFacts(url, "GET", kind)
    assert classify(plain, ORIGINS).allow
    assert not classify(RequestFacts(url, "GET", kind, headers={name: value}), ORIGINS).allow
    lower = RequestFacts(url, "GET", kind, headers={name.lower(): value})
    assert not classify(lower, ORIGINS).allow


def test_ordinary_headers_pass() -> None:
    """What browsers and mtop's library send."""
    headers = {
        "accept": "application/json", "accept-language": "en-US,en;q=0.9", "user-agent": "Mozilla/5.0",
        "content-type": "application/x-www-form-urlencoded", "cookie": "x=cancel; action=stop",
        "referer": f"{SITE}/p/order/index.html?action=x", "origin": SITE, "x-requested-with": "XMLHttpRequest",
        "sec-fetch-mode": "cors", "sec-fetch-dest": "empty", "sec-ch-ua": '"Chromium";v="156"',
        "bx-ua": f"231!{NOISE}", "bx-v": "2.5.31", "x-csrf-token": NOISE[:32], "x-request-id": "7f3a",
        "eagleeye-traceid": "2101e9d517000000001234567e0001", "x-action": "query", "dnt": "1",
        "save-data": "on", "rtt": "50", "ect": "4g", "range": "bytes=0-", "if-none-match": '"abc"',
    }  # fmt: skip
    assert classify(RequestFacts(LIST, "POST", "xhr", b"data={}", headers=headers), ORIGINS).allow


TOKEN_KEYS = ["ua", "bx-ua", "sign", "x-sign", "umidToken", "x5secdata", "t", "spm", "anything"]


@pytest.mark.parametrize("key", TOKEN_KEYS)
def test_a_token_that_wraps_an_order_is_judged(key: str) -> None:
    """GIVEN JSON or a form in base64 or gzip under an opaque key THEN it counts; noise never does."""
    orders = ({"buttonCode": "CANCEL"}, {"operationType": 3}, {"decision": "accept"})
    for order in orders:
        plain = text(order).encode()
        form = "&".join(f"{k}={v}" for k, v in order.items()) + "&a=1"
        wrapped = (
            packed(order), base64_of(plain), base64_of(base64_of(plain).encode()), plain.hex(),
            f"231!x|{packed(order)}", base64_of(form.encode()),
        )  # fmt: skip
        for value in wrapped:
            for sending in SENDINGS:
                assert not decide({key: value}, sending).allow, (value, sending)


@pytest.mark.parametrize("key", TOKEN_KEYS)
def test_noise_in_a_token_never_decides(key: str) -> None:
    """Fingerprints, signatures, broken base64 and gzip under a token's key pass."""
    values = [
        NOISE, f"231!{NOISE}CANCEL{NOISE}", "d41d8cd98f00b204e9800998ecf8427e", "1700000000000",
        "a2g0o.order_list.0.0", base64_of(b'{"w": 1920, "h": 1080, "lang": "en"}'), "140#Ab+c/d==",
    ]  # fmt: skip
    if key != "anything":
        values += [packed({"a": 1})[:-9], base64_of(b"\x1f\x8b\x08rest")]
    for value in values:
        for sending in SENDINGS:
            assert decide({key: value, "page": 1}, sending, LIST).allow or key == "x-sign", value


@pytest.mark.parametrize(
    "value", [{"mode": "x7"}, {"type": "ende"}, {"params": '{"bcrengvbaGlcr":"PNAPRY"}'}], ids=text
)
def test_the_limit_of_judging_by_words(value: dict[str, Any]) -> None:
    """The README's limit: an order under a filter's key, or in a cipher, looks like any filter."""
    assert decide(value).allow
    assert not decide({"operationType": next(iter(value.values()))}).allow


def test_what_was_held_back_is_named() -> None:
    """The report has the call and the key, never the value."""
    judge = Judge(ORIGINS, site_traffic())
    address, method, kind, body = SENDINGS["form"](RENDER, {"operationType": "GEHEIM"})
    judge.at_route(RequestFacts(address, method, kind, body), Layer.ROUTE)
    (held,) = judge.report().refused
    assert held.is_held_back
    assert held.what == "mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer"
    assert held.reason == "a read whose 'operationType' is not known to read"
    assert "GEHEIM" not in json.dumps(judge.report().as_json())
