"""What the guard reports of its requests."""

from __future__ import annotations

import json

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Layer, SiteOrigins
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.report import GuardReport
from automation.engine.guard.requests.classify import RequestFacts

SITE = "http://127.0.0.1:8123"
SECRET = "3050001112223334"  # noqa: S105  an order id that must not be in the report


def test_report_has_no_private_values() -> None:
    """Ids, query values, bodies and user names are left out; equal requests are counted."""
    judge = Judge(SiteOrigins.only(SITE), site_traffic())
    urls = [
        f"{SITE}/p/order/detail.html?orderId={SECRET}&name=Ann",
        f"{SITE}/dispute/{SECRET}/x?name=Ann",
        f"https://Ann:pw@evil.example/{SECRET}",
        f"{SITE}/a.js",
        f"{SITE}/b.js",
    ]
    for url in urls:
        kind = "script" if url.endswith(".js") else "document"
        judge.at_route(RequestFacts(url, resource_type=kind, frame_is_main=True), Layer.ROUTE)
    text = json.dumps(judge.report().as_json())
    assert not [word for word in (SECRET, "Ann", "pw", "?") if word in text]
    allowed = judge.report().as_json()["allowed"]
    assert isinstance(allowed, list)
    assert [(one["request"], one["count"]) for one in allowed] == [
        ("/p/order/detail.html", 1),
        ("(files)", 2),
    ]


def test_summary_counts_by_meaning() -> None:
    """Dropped pictures raise no alarm; telemetry and refusals are counted separately."""
    judge = Judge(SiteOrigins.only(SITE), site_traffic())
    for url, kind in (("/a.png", "image"), ("/log/x", "fetch"), ("/x/cancel", "fetch")):
        verdict = judge.at_route(RequestFacts(SITE + url, resource_type=kind), Layer.ROUTE)
        assert verdict is Verdict.REFUSE
    found = judge.report().summary()
    assert found == "0 writes let through, 1 telemetry dropped, 1 request refused"


def test_what_passed_the_routes_is_counted_once() -> None:
    """A request seen by both layers counts once; one that only the edge saw counts too."""
    judge = Judge(SiteOrigins.only(SITE), site_traffic())
    page = RequestFacts(f"{SITE}/p/order/index.html", resource_type="document")
    judge.at_route(page, Layer.ROUTE)
    judge.at_browser(page, Layer.BROWSER_FETCH)
    assert len(judge.report().allowed) == 1
    judge.at_browser(page, Layer.BROWSER_FETCH)
    assert [record.layer for record in judge.report().allowed] == ["route", "browser_fetch"]


def test_the_summary_says_when_the_browser_did_not_send() -> None:
    """GIVEN a request that Playwright's client sent THEN the summary and the JSON say so."""
    assert "client" not in GuardReport((), (), "browser").summary()
    by_driver = GuardReport((), (), "playwright")
    assert "0 writes let through (by Playwright's own client)" in by_driver.summary()
    assert by_driver.as_json()["sent_by"] == "playwright"
