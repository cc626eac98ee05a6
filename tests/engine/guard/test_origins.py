"""The origins of a mimic whose API has one of its own."""

from __future__ import annotations

import pytest

from automation.aliexpress.site import Addresses
from automation.engine.guard import SiteOrigins
from automation.engine.guard.requests.classify import RequestFacts
from automation.errors import ToolError
from tests.engine.guard.rig.judging import classify

PAGES, GATEWAY = "http://127.0.0.1:8190", "http://127.0.0.1:8191"
READ = "/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"
BOTH = SiteOrigins.only(PAGES, GATEWAY)


@pytest.mark.parametrize(
    ("url", "kind", "allowed"),
    [
        (GATEWAY + READ, "fetch", True),
        (PAGES + READ, "fetch", True),
        (GATEWAY + "/p/order/index.html", "document", False),
        (GATEWAY + "/assets/orders.js", "script", False),
        (GATEWAY + "/login", "document", False),
        (PAGES + "/p/order/index.html", "document", True),
        ("http://127.0.0.1:8192" + READ, "fetch", False),
        ("http://localhost:8191" + READ, "fetch", False),
    ],
)
def test_gateway_takes_calls_and_nothing_else(url: str, kind: str, allowed: bool) -> None:
    """GIVEN a gateway of its own THEN calls go there, pages and files do not, nor to a third."""
    assert classify(RequestFacts(url, resource_type=kind), BOTH).allow is allowed


def test_without_a_gateway_the_other_port_is_foreign() -> None:
    """Control: ``--site`` alone means exactly that origin."""
    alone = SiteOrigins.only(PAGES)
    assert classify(RequestFacts(GATEWAY + READ), alone).kind == "foreign"
    assert classify(RequestFacts(PAGES + READ), alone).allow


def test_addresses_keep_the_gateway() -> None:
    """The option's origin, without a slash."""
    assert Addresses.for_site(PAGES, GATEWAY + "/").gateway == GATEWAY
    assert Addresses.for_site(PAGES).gateway is None


@pytest.mark.parametrize(
    ("site", "gateway"),
    [(None, GATEWAY), ("https://www.aliexpress.com", GATEWAY), (PAGES, "https://127.0.0.1:8191"),
     (PAGES, "http://acs.example"), (PAGES, ""), (PAGES, GATEWAY + "/h5/")],
)  # fmt: skip
def test_gateway_is_a_mimics_and_on_loopback(site: str | None, gateway: str) -> None:
    """The real site has its own gateway; otherwise only loopback is ever used."""
    with pytest.raises(ToolError) as caught:
        Addresses.for_site(site, gateway)
    assert caught.value.code == "bad_gateway"


@pytest.mark.parametrize("host", ["aliexpress.ru", "www.aliexpress.ru"])
def test_the_other_shop_has_words_of_its_own(host: str) -> None:
    """GIVEN the Russian shop THEN the error says that it is another one; others get the rule."""
    with pytest.raises(ToolError, match="is another shop with other pages"):
        Addresses.for_site(f"https://{host}")
    with pytest.raises(ToolError, match="nor a loopback address"):
        Addresses.for_site("https://notaliexpress.ru")


@pytest.mark.parametrize("url", ["", "127.0.0.1:8123", "file:///x", "http://me@127.0.0.1"])
def test_unusable_site(url: str) -> None:
    """A site address that is not a plain web address is a usage error."""
    with pytest.raises(ToolError, match="invalid site address"):
        SiteOrigins.only(url)
