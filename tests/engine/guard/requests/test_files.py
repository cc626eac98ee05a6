"""An address that ends like a file's: a file, or a call."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import real_origins
from automation.engine.guard import SiteOrigins
from automation.engine.guard.requests.classify import RequestFacts
from tests.engine.guard.rig.judging import classify

SITE = "http://127.0.0.1:8123"
ORIGINS = SiteOrigins.only(SITE)


def facts(url: str, kind: str, method: str = "GET", body: bytes | None = None) -> bool:
    """Whether a request to the site's own host passes."""
    return classify(RequestFacts(url, method, kind, body), ORIGINS).allow


@pytest.mark.parametrize("ending", [".js", ".mjs", ".css"])
def test_an_address_alone_makes_no_file(ending: str) -> None:
    """Only what the browser fetches as a script or style is one."""
    url = f"{SITE}/static/app{ending}"
    own = "stylesheet" if ending == ".css" else "script"
    assert facts(url, own)
    assert not facts(url, "xhr")
    assert not facts(url, "fetch")
    assert not facts(url, "ping")
    assert not facts(url, own, "POST")
    assert not facts(url, own, "GET", b"x=1")
    assert not facts(url, own, "DELETE")


@pytest.mark.parametrize(
    ("address", "allow"),
    [
        ("/static/cancel-dispute.js", True),
        ("/static/cancel.js?v=77&t=1700000000", True),
        ("/static/cancel.js?id=77", False),
        ("/static/cancel.js?issueId=77", False),
        ("/static/a.js?do=cancel&orderId=7", False),
        ("/static/a.js?x=cancel&id=7", False),
        ("/static/a.js?action=stop", False),
        ("/static/a.js?operationType=3", False),
        ("/static/a.js?callback=jsonp1", False),
        ("/static/a.js?jsonp=f", False),
        ("/static/cancel.js?cb=f&reverse=1", False),
        ("/static/a.js?id=77", True),
        ("/static/a.js?v=1.2.3", True),
        ("/js/app.js?hash=abc123&lang=en&region=US", True),
        ("/x/??cancel-dialog.js,confirm/b.js", True),
        ("/api/reverse/end.js", False),
        ("/gw/x.js?a=1", False),
        ("/ajax/end.json", False),
        ("/dispute/77/stop.js", False),
        ("/2024/1.2.3/app.js", True),
        ("/x/stop.js?data=%7B%22line%22%3A%22123%22%7D", False),
        ("/a.js?payload=x", False),
        ("/a.js?list=%5B1%5D", False),
        ("/a.js?dispute=77", False),
        ("/cancel;a.js", False),
        ("/dispute/cancel/a.js?n=77", False),
    ],
)
def test_a_file_that_orders_is_a_call(address: str, *, allow: bool) -> None:
    """A write word with an id, an unknown order or a callback makes a script's address a call."""
    assert facts(SITE + address, "script") is allow


def test_a_picture_that_orders_is_a_write() -> None:
    """Pictures are never loaded; one that orders is named as a write."""
    names = {"/x/cancel.png": "asset", "/x/cancel.png?issueId=7": "write", "/x/cancel": "write"}
    for address, kind in names.items():
        found = classify(RequestFacts(SITE + address, "GET", "image"), ORIGINS)
        assert (found.kind, found.allow) == (kind, False)


def test_hosts_of_files_have_files_alone() -> None:
    """GIVEN the real hosts THEN a host of files may name its folders as it likes; the gateway has none."""
    for address, kind, allow in (
        ("https://g.alicdn.com/api/cancel/1.2.3/app.js", "script", True),
        ("https://g.alicdn.com/x/stop.js?data=1", "fetch", False),
        ("https://www.aliexpress.com/api/cancel/app.js", "script", False),
        ("https://acs.aliexpress.com/x/stop.js", "script", False),
    ):
        request = RequestFacts(address, "GET", kind)
        assert classify(request, real_origins()).allow is allow, address
