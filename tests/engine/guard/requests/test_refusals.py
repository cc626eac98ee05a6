"""What a refusal says, and calls that a person or site data has named."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import real_origins, site_traffic
from automation.engine.guard.requests.classify import RequestFacts
from tests.engine.guard.rig.judging import classify

REAL = real_origins()
GATEWAY = "https://acs.aliexpress.com/h5/"
LIST = f"{GATEWAY}mtop.aliexpress.trade.buyer.order.list/1.0/"
WWW = "https://www.aliexpress.com"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_header_that_cannot_be_read_holds_a_read_back() -> None:
    """GIVEN a header of the page that is encoded more often than can be read THEN it may say anything."""
    plain, often = ({"x-biz": f"%{'25' * rounds}41"} for rounds in (1, 9))
    assert classify(RequestFacts(LIST, "POST", "xhr", b"data={}", headers=plain), REAL).allow
    found = classify(RequestFacts(LIST, "POST", "xhr", b"data={}", headers=often), REAL)
    assert (found.kind, found.allow) == ("unknown", False)


@pytest.mark.parametrize(
    ("url", "resource_type", "body", "words"),
    [
        (LIST, "xhr", "operationType=3", "a read whose 'operationType' is"),
        (LIST, "xhr", "operation+type%21=3", "a read whose 'a key' is"),
        (f"{WWW}/api/withdraw/1234567890123456/x.js", "script", "", "says 'withdraw'"),
        (f"{WWW}/api/dispute/1234567890123456/x.js", "script", "", "that has an id"),
    ],
)
def test_a_reason_names_what_was_seen(url: str, resource_type: str, body: str, words: str) -> None:
    """GIVEN a refusal THEN its reason has the word or key of it, and never a key that is a text."""
    facts = RequestFacts(url, "POST" if body else "GET", resource_type, body.encode() or None, headers=FORM)  # fmt: skip
    assert words in classify(facts, REAL).reason


def test_of_several_unlisted_calls_the_first_by_name_is_told() -> None:
    """GIVEN a request outside the gateway that names two calls THEN always the same one is shown."""
    body = "api=mtop.aliexpress.x.later&api=mtop.aliexpress.x.early"
    facts = RequestFacts(f"{WWW}/x", "POST", "xhr", body.encode(), headers=FORM)
    assert classify(facts, REAL).api == "mtop.aliexpress.x.early"


def test_a_call_that_is_to_be_permitted_passes_only_with_the_permit() -> None:
    """GIVEN a call that site data names as one that cancels THEN it is a write, also if it is a read too."""
    name = "mtop.aliexpress.buyer.reverse.somethingNew"
    call = RequestFacts(f"{GATEWAY}{name}/1.0/", "POST", "xhr", b'{"page": 1}')
    for lists in ({"permitted_apis": [name]}, {"permitted_apis": [name], "reads": [name]}):
        found = classify(call, REAL, site_traffic().with_overlay(lists))
        assert (found.kind, found.allow) == ("write", False)
    assert classify(call, REAL, site_traffic().with_overlay({"reads": [name]})).allow  # control


def test_an_allowed_call_that_may_change_something_says_so() -> None:
    """GIVEN a call that the buyer let through by name WHEN it carries an id THEN it is held back, and why."""
    name = "mtop.aliexpress.buyer.reverse.queryList"
    named = site_traffic().with_overlay({"allowed_reads": [name]})
    body = b'{"page": 1, "reverseOrderLineId": "1234567890123456"}'
    call = RequestFacts(f"{GATEWAY}{name}/1.0/", "POST", "xhr", body)
    plain = RequestFacts(f"{GATEWAY}{name}/1.0/", "POST", "xhr", b'{"page": 1}')
    assert classify(plain, REAL, named).allow  # control
    assert "you allowed it, but" in classify(call, REAL, named).reason
    assert "you allowed it" not in classify(call, REAL).reason
