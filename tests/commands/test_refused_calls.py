"""Calls that the site itself refuses, as with a gateway token that an older visit left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from fixtures.gateway.gateway import COOKIE
from tests.conftest import GOOD_REASON, disputed_order
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Playwright

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

# Slow: make further and the gate run it.
pytestmark = pytest.mark.further

LIST: Final = "mtop.aliexpress.trade.buyer.order.list"
COUNT: Final = "mtop.aliexpress.trade.buyer.order.count"
EXPIRED: Final = "FAIL_SYS_TOKEN_EXOIRED"
UNKNOWN: Final = {"names": {COUNT: "mtop.ae.shelf.tabView"}}


def refusing(at: str, times: int) -> list[dict[str, Any]]:
    """The site refuses the token of so many calls of this step; a page repeats each once."""
    return [{"at": at, "kind": "stale-sign", "times": times}]


@pytest.mark.parametrize("times", [2, -1])
def test_a_dispute_list_that_failed_is_no_empty_one(mimic: Mimic, tool: Tool, times: int) -> None:
    """GIVEN the site refuses what fills its dispute list THEN it is loaded again, and never read as empty."""
    site = mimic("quick", fault=refusing("dispute-list", times))

    listed = tool.run("list", "--json", site=site).json

    cured = times > 0
    assert listed["complete"] is cured, listed
    assert ("dispute_list" in listed["sources"]) is cured
    assert len(listed["disputes"]) == 1
    notes = " ".join(listed["notes"])
    assert "not in the site's dispute list" not in notes
    assert (f"the site refused its call ({EXPIRED})" in notes) is not cured
    loads = [each for each in site.ledger.entries if "refund-dispute/list" in each.path]
    assert len(loads) == 2
    site.ledger.assert_no_writes()


@pytest.mark.parametrize(
    ("more", "times"),
    [({}, 2), ({"gateway": UNKNOWN}, 2), ({}, -1)],
    ids=["once", "beside a call that was held back", "always"],
)
def test_my_orders_that_failed_is_loaded_once_more(
    mimic: Mimic, tool: Tool, more: dict[str, Any], times: int
) -> None:
    """GIVEN the site refuses My Orders its list THEN one reload; if that fails too, exit 5 says so."""
    site = mimic("quick", fault=refusing("list", times), **more)

    ran = tool.run("list", "--json", site=site)

    loads = [each for each in site.ledger.entries if each.path == "/p/order/index.html"]
    assert len(loads) == 2
    site.ledger.assert_no_writes()
    if times > 0:
        assert ran.code == 0, ran.out
        assert [each["order"] for each in ran.json["disputes"]] == [disputed_order(site)]
        return
    assert (ran.code, ran.error) == (5, "no_orders"), ran.out
    assert "even after a reload" in ran.json["error"]["message"]
    assert (
        f"the site refused a call of the page: {LIST} ({EXPIRED})" in ran.json["error"]["message"]
    )
    assert (
        "load My Orders in the same browser until it shows your orders" in ran.json["error"]["hint"]
    )
    # What the site's own dispute list still has is shown, and not as all.
    assert (ran.json["sources"], ran.json["complete"]) == (["dispute_list"], False)


def test_a_refused_count_beside_late_cards_hides_none(mimic: Mimic, tool: Tool) -> None:
    """GIVEN cards that come late, and a refusal that has nothing to do with them THEN they are waited for."""
    site = mimic("late-cards", cards_late_ms=5000, fault=refusing("count", -1))

    ran = tool.run("list", "--json", site=site)

    assert ran.code == 0, ran.out
    assert [each["order"] for each in ran.json["disputes"]] == [disputed_order(site)]
    loads = [each for each in site.ledger.entries if each.path == "/p/order/index.html"]
    assert len(loads) == 1
    assert [each for each in site.ledger.entries if COUNT in each.path]
    site.ledger.assert_no_writes()


def test_an_empty_list_beside_a_refused_count_is_empty(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an account without orders, and a refused count of them THEN an empty list, after one load."""
    site = mimic("empty-list", fault=refusing("count", -1))

    ran = tool.run("list", "--json", site=site)

    assert ran.code == 0, ran.out
    assert ran.json["disputes"] == []
    loads = [each for each in site.ledger.entries if each.path == "/p/order/index.html"]
    assert len(loads) == 1
    assert [each for each in site.ledger.entries if COUNT in each.path]
    site.ledger.assert_no_writes()


@pytest.mark.parametrize("at", ["detail", "dispute"])
def test_a_page_of_an_order_that_failed_says_why(mimic: Mimic, tool: Tool, at: str) -> None:
    """GIVEN the site refuses a later page what it shows THEN one reload, exit 5 and the refusal's name."""
    site = mimic("quick", fault=refusing(at, -1))

    ran = tool.dry_run(disputed_order(site), site, *GOOD_REASON)

    assert (ran.code, ran.json["outcome"]) == (5, "not_done"), ran.out
    assert f"({EXPIRED})" in ran.json["error"]["message"]
    assert "load the page in the same browser" in ran.json["error"]["hint"]
    path = "/p/order/detail.html" if at == "detail" else "/p/reverse-pages/detail.html"
    assert len([each for each in site.ledger.entries if each.path == path]) == 2
    site.ledger.assert_no_writes()


def test_an_old_token_in_the_buyers_browser_hides_nothing(
    mimic: Mimic, tool: Tool, playwright: Playwright, tmp_path: Path
) -> None:
    """GIVEN a browser with the token of another visit WHEN it is attached to THEN each command reads all."""
    site = mimic("quick")
    order, says = disputed_order(site), ("--because", "changed-mind", "--received", "--checked")
    with chromium(tmp_path / "theirs") as port:
        for command in (("session",), ("list",), ("advise", order, *says), ("doctor", order)):
            browser = playwright.chromium.connect_over_cdp(port)
            browser.contexts[0].add_cookies(
                [{"name": COOKIE, "value": "an-old-token_1", "url": site.url}]
            )
            browser.close()

            ran = tool.run(*command, "--json", "--attach", port, site=site)

            assert ran.code == 0, (command, ran.out)
            if command == ("list",):
                assert [each["order"] for each in ran.json["disputes"]] == [order]
                assert ran.json["complete"]
    site.ledger.assert_no_writes()
