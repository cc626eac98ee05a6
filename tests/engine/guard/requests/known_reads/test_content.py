"""What the content of a known read says: an order, paging, or nothing that can be read."""

from __future__ import annotations

import random
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.aliexpress.site.traffic import real_origins, site_traffic
from automation.engine.guard import Layer
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.requests.classify import RequestFacts
from automation.engine.guard.requests.encodings import is_blob
from tests.engine.guard.requests.envelopes import ENVELOPES, SENDINGS, base64_of, packed, text
from tests.engine.guard.requests.known_reads.calls import LIST, ORIGINS, judged
from tests.engine.guard.rig.judging import classify

LINE = "8190001112223334"
RANDOM = random.Random(9)  # noqa: S311  no secret, the same in each run
TOKEN = "".join(RANDOM.choice(string.ascii_letters + string.digits + "+/") for _ in range(400))
UA = f"231!Pay{TOKEN}CANCEL+accept{TOKEN[::-1]}/Agree=="


WRITES: list[dict[str, Any]] = [
    {"operationType": "render", "buttonCode": "CANCEL"},
    {"operationType": "query", "code": "cancel_reverse"},
    {"operateType": "render", "type": "CANCEL"},
    {"actionType": "page", "event": "CANCEL"},
    {"operator": "render", "buttonType": "CONFIRM_RECEIPT"},
    {"operationType": "query", "nextStep": "confirmCancel"},
    {"operationType": "query", "eventType": "acceptSolution"},
    {"operateType": "cancelReverseOrder"},
    {"opType": "AGREE"},
    {"optype": "agree"},
    {"buttoncode": "cancel"},
    {"cmd": "close"},
    {"action": ["query", "withdraw"]},
    {"actions": [{"name": "CANCEL"}]},
    {"button": {"id": "CANCEL"}},
    {"event": {"name": "confirm_receipt"}},
    {"operator": {"key": "cancel_btn_1"}},
    {"items": [{"name": "buttonCode", "value": "CANCEL"}]},
    {"items": [{"key": "operationType", "value": "accept"}]},
    {"button.code": "CANCEL"},
    {"data[buttonCode]": "CANCEL"},
    {"stepCode": "CANCELLATION"},
    {"buttonCode": "CANCEL_8f3a9b2c7d1e4f60a9"},
    {"buttonCode": base64_of(b"CANCEL")},
    {"buttonCode": "\uff23\uff21\uff2e\uff23\uff25\uff2c"},
    {"buttonCode": "SUBMIT"},
    {"action": "update"},
    {"acceptSolution": 1},
    {"cancelDispute": True},
    {"pay": 1},
    {"buttonCode": "CaNcEl"},
    {"event": "DISPUTE_CANCELLED"},
    {"service": "cancelReverseOrder"},
    {"features": "operationType:cancel"},
    {"attributes": ";channel:pc;buttonCode:CANCEL;"},
    {"token": "eyJhbGciOiJub25lIn0.eyJidXR0b25Db2RlIjoiQ0FOQ0VMIn0.x9"},  # it says buttonCode
    {"query": "mutation { withdrawIt(id: 1) { ok } }"},
    {"filterAction": "cancel"},
    {"type": "\u53d6\u6d88"},
    {"buttonType": "\u53d6\u6d88\u7ea0\u7eb7"},
    {"code": "STORNO"},
    {"event": "annuler"},
    {"a": "b=c", "buttonCode": "CANCEL"},
    {"params": [{"buttonCode": "CANCEL"}]},
    {"params": "a?buttonCode=CANCEL"},
    {"PARAMS": {"ButtonCode": "CANCEL"}},
    {"button-code": "CANCEL"},
    {"buttonCode": {"value": ["CANCEL"]}},
    {"buttonCode": "CAN\u200bCEL"},
    {"clickedButton": "CANCEL"},
    {"_method": "DELETE"},
]


@pytest.mark.parametrize("value", WRITES, ids=text)
def test_an_order_makes_a_known_read_a_write(value: dict[str, Any]) -> None:
    """A button, code, type, event, step or operator that says it writes is a write."""
    for sending in SENDINGS:
        assert judged(value | {"reverseOrderLineId": LINE}, sending=sending) == "write", sending


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_an_order_is_seen_in_every_envelope(envelope: str) -> None:
    """GIVEN a cancel in any wrapping THEN not a read; GIVEN paging in the same one THEN a read."""
    wrap = ENVELOPES[envelope]
    cancel = wrap({"operationType": "render", "buttonCode": "CANCEL", "reverseOrderLineId": LINE})
    paging = wrap({"operationType": "query", "pageIndex": 2, "pageSize": 10, "mergePayLimit": 20})
    for sending in SENDINGS:
        assert judged(cancel, sending=sending) == "write", sending
        assert judged(paging, LIST, sending) == "read", sending


READS: list[dict[str, Any]] = [
    {"pageIndex": 2, "pageSize": 10, "mergePayLimit": 20},
    {"mergepaylimit": 20},
    {"canCancel": True, "supportCancel": "true", "cancelable": False},
    {"operation": "query", "operationType": "render"},
    {"operation": "", "operations": [], "operate": None},
    {"statusTab": "To pay", "renderType": "init", "clientPlatform": "pc"},
    {"tabType": "TO_PAY", "filterType": "closed"},
    {"type": "CANCELLED", "code": "canceled_issue"},
    {"type": "originaljson", "dataType": "originaljsonp"},
    {"action": "changePage", "eventType": "tabChange", "type": "openUrl"},
    {"errorCode": "PAY", "countryCode": "DO", "currencyCode": "SET"},
    {"search": "cancel", "keyword": "confirm receipt"},
    {"acceptLanguage": "en-US", "agreementVersion": 3, "disclaimerAccepted": True},
    {"confirmReceiptDeadline": 1700000000, "payTimeout": 20, "cancel": False},
    {"bx-ua": UA, "bx-umidtoken": TOKEN, "x": UA, "deviceToken": TOKEN},
    {"compress": True, "params": packed({"page": 2}), "deviceToken": TOKEN},
    {"compress": False, "params": "{}", "note": "Agreed with the seller"},
    {"traceId": "1f8b3c9d2e4f5a6b7c8d9e0f1a2b3c4d", "sign": "d41d8cd98f00b204e9800998ecf8427e"},
    {"params": "", "data": None},
    {"params": "2026-11-25T19:46:14.123Z"},
    {"payload": {"disagree": True}, "display": "replay"},
    {
        "title": "[Hello] {x}",
        "text": "[object Object]",
        "left": "{count} left: {days}",
        "m": "{{x}}",
    },
    {"encoding": "UTF-8", "data": "plain words"},
    {"supportOperations": ["CANCEL", "CONFIRM"], "allowedActions": "cancel"},
    {"orderStatus": "WAIT_BUYER_ACCEPT_GOODS", "payStatus": 2},
    {"operation": {"canCancel": True}, "query": {"tab": "closed", "sort": "payTime"}},
    {"cursor": base64_of(b'{"last":"8190001112223334","type":"page"}')},
    {"token": base64_of(bytes(range(200))), "eventTime": 123, "stepIndex": 1},
]


@pytest.mark.parametrize("value", READS, ids=lambda value: text(value)[:60])
def test_odd_keys_stay_reads(value: dict[str, Any]) -> None:
    """Informative keys, tabs, filters, texts and tokens of a known read change nothing."""
    for sending in SENDINGS:
        assert judged(value, LIST, sending) == "read", sending


UNREADABLE: list[dict[str, Any]] = [
    {"compress": True, "params": TOKEN},
    {"params": TOKEN},
    {"data": {"params": base64_of(bytes(range(256)))}},
    {"compress": True, "params": packed({"page": 2})[:-9]},
    {"params": packed({"page": 2})[:-9]},
    {"compress": True, "x": TOKEN},
    {"params": "{operationType:'cancel'}"},
    {"gzip": 1, "body": "abc"},
    {"params": base64_of(b"{broken")},
]


@pytest.mark.parametrize("value", UNREADABLE, ids=lambda value: text(value)[:40])
def test_what_cannot_be_decoded_is_no_read(value: dict[str, Any]) -> None:
    """Content that cannot be read may say anything."""
    for sending in SENDINGS:
        assert judged(value, LIST, sending) == "unknown", sending


def test_a_body_that_is_no_text_is_no_read() -> None:
    """A lone blob, a truncated gzip and a zip bomb are not reads."""
    bomb = packed("x" * 9_000_000)
    bodies = (TOKEN.encode(), b"\x1f\x8b\x08rest", f"params={bomb}".encode())
    for body in bodies:
        assert not classify(RequestFacts(LIST, "POST", "xhr", body), ORIGINS).allow


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "x-http-method", "X-Method-Override"])
def test_every_override_header_is_seen_each_time(name: str) -> None:
    """Each request is judged on its own: an allowed GET says nothing about the next one."""
    judge = Judge(ORIGINS, site_traffic())
    plain = RequestFacts(LIST, "GET", "xhr")
    other = RequestFacts(LIST, "GET", "xhr", headers={name: "DELETE"})
    found = [judge.at_route(request, Layer.ROUTE) for request in (plain, other, plain)]
    assert found == [Verdict.LET, Verdict.REFUSE, Verdict.LET]
    assert judge.at_browser(other, Layer.BROWSER_FETCH) is Verdict.REFUSE


@pytest.mark.parametrize(
    ("url", "kind", "allow"),
    [
        ("https://assets.alicdn.com/lang/cancel.json", "fetch", True),
        ("https://assets.alicdn.com/g/confirm/accept-order.js", "xhr", True),
        ("https://www.aliexpress.com/assets/cancel/confirm.css", "stylesheet", True),
        ("https://www.aliexpress.com/assets/cancel/confirm.css", "fetch", False),
        ("https://www.aliexpress.com/static/i18n/confirm-receipt.json", "fetch", True),
        ("https://www.aliexpress.com/x/cancel.js?v=8f3a9b2c7d1e4f60a1b2", "script", True),
        ("https://www.aliexpress.com/dispute/cancel.json", "fetch", False),
        ("https://www.aliexpress.com/static/a.js?op=cancel", "script", False),
        (f"https://www.aliexpress.com/static/cancel.js?id={LINE}", "script", False),
    ],
)
def test_files_are_files(url: str, kind: str, *, allow: bool) -> None:
    """A file's path may contain cancel or confirm; its query may not."""
    assert classify(RequestFacts(url, "GET", kind), real_origins()).allow is allow


@given(st.text(string.ascii_letters + string.digits + "+/", min_size=80, max_size=400))
def test_blobs_never_decide(blob: str) -> None:
    """A long token changes nothing, whatever words it contains by chance."""
    if is_blob(blob):
        assert judged({"deviceToken": blob, "page": 2}, LIST) == "read"


@given(
    key=st.sampled_from(
        ["buttonCode", "code", "type", "event", "nextStep", "eventType", "operateType", "buttonType",
         "operationType", "actionType", "opType", "step", "action", "operator", "stepCode", "command"]
    ),
    word=st.sampled_from(
        ["CANCEL", "cancel_reverse", "confirmReceipt", "CONFIRM_RECEIPT", "accept", "AGREE", "close",
         "withdraw", "revoke", "pay", "delete", "reject", "appeal", "cancelReverseOrder", "submit"]
    ),
    envelopes=st.lists(st.sampled_from(sorted(ENVELOPES.keys() - {"form"})), max_size=3),
    sending=st.sampled_from(sorted(SENDINGS)),
)  # fmt: skip
def test_no_wrapping_hides_an_order(
    key: str, word: str, envelopes: list[str], sending: str
) -> None:
    """Any write word under any such key, in any nesting of wrappings, is held back."""
    value: dict[str, Any] = {"operationType": "query", "page": 1, key: word}
    for envelope in envelopes:
        value = ENVELOPES[envelope](value)
    assert judged(value, sending=sending) != "read"


@given(
    numbers=st.dictionaries(
        st.sampled_from(["pageIndex", "pageSize", "mergePayLimit", "start", "limit", "tabIndex"]),
        st.integers(0, 10**15),
    ),
    envelopes=st.lists(st.sampled_from(sorted(ENVELOPES.keys() - {"form"})), max_size=2),
    sending=st.sampled_from(sorted(SENDINGS)),
)
def test_paging_passes_in_any_wrapping(
    numbers: dict[str, int], envelopes: list[str], sending: str
) -> None:
    """The same wrappings around ordinary paging do not make it a write."""
    value: dict[str, Any] = {"operationType": "query", **numbers}
    for envelope in envelopes:
        value = ENVELOPES[envelope](value)
    assert judged(value, LIST, sending) == "read"
