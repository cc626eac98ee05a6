"""Addresses of the site, and what an address says about its page."""

from __future__ import annotations

import pytest

from automation.aliexpress.site import Addresses, DisputeIds
from automation.aliexpress.site.addresses import (
    REAL_SITE,
    dispute_ids_in,
    has_legacy_name_only,
    ids_of_page,
    is_captcha,
    is_dispute_page,
    is_order_details,
    is_sign_in,
    is_site_host,
    numbers_in,
    order_id_in,
    path_and_query,
)
from automation.errors import ErrorCode, ExitCode, ToolError

ORDER, LINE, DISPUTE = "8194370215560042", "8194370215570042", "1100482913300042"
MIMIC = "http://127.0.0.1:8190"


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (DisputeIds("1", "2"), DisputeIds("1", "2"), True),
        (DisputeIds("1", "2"), DisputeIds("1", None), True),
        (DisputeIds("1", None), DisputeIds(None, "2"), False),
        (DisputeIds("1", "2"), DisputeIds("1", "3"), False),
        (DisputeIds("1", "2"), DisputeIds("3", "2"), False),
        (DisputeIds(), DisputeIds(), False),
    ],
)
def test_two_names_of_one_dispute(one: DisputeIds, other: DisputeIds, *, agree: bool) -> None:
    """GIVEN ids THEN they agree if one is in both and none differs."""
    assert one.agrees_with(other) is agree
    assert other.agrees_with(one) is agree


def test_what_item_names_a_dispute() -> None:
    """GIVEN ids THEN the line's before the dispute's; nothing names none."""
    assert [each.name for each in (DisputeIds("1", "2"), DisputeIds("1"), DisputeIds())] == [
        "2",
        "1",
        "",
    ]
    assert [bool(each) for each in (DisputeIds(None, "2"), DisputeIds("1"), DisputeIds())] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("site", "problem"),
    [
        ("https://example.com", "nor a loopback address"),
        ("https://127.0.0.1:8190", "not http"),
        ("http://127.0.0.1:99999", "between 0 and 65535"),
        ("http://me@127.0.0.1", "more than a host and a port"),
        (f"{MIMIC}/p", "more than a host and a port"),
        (f"{MIMIC}/?a=1", "more than a host and a port"),
        (f"{MIMIC}/#a", "more than a host and a port"),
        ("http://[", "nor a loopback address"),
        ("", "nor a loopback address"),
        ("http://127.0.0.1.example.com", "nor a loopback address"),
    ],
)
def test_no_other_site_is_ever_opened(site: str, problem: str) -> None:
    """GIVEN anything but the real site or a loopback origin THEN a usage error with the cause."""
    with pytest.raises(ToolError, match=problem) as caught:
        Addresses.for_site(site)

    assert (caught.value.code, caught.value.exit_code) == (ErrorCode.BAD_SITE, ExitCode.USAGE)


def test_the_real_site_and_a_mimic() -> None:
    """GIVEN no site, the real one or a mimic THEN its origin, without a slash at its end."""
    for site in (None, REAL_SITE, f"{REAL_SITE}/"):
        assert Addresses.for_site(site).is_real
    mimic = Addresses.for_site(f"{MIMIC}/")

    assert (mimic.origin, mimic.is_real, mimic.host) == (MIMIC, False, "127.0.0.1")
    assert mimic.my_orders == f"{MIMIC}/p/order/index.html"
    assert is_order_details(mimic.order_details(ORDER), ORDER)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a?b=1", f"{MIMIC}/a?b=1"),
        ("https://www.aliexpress.com/a?b=1#c", f"{MIMIC}/a?b=1"),
        ("//trade.aliexpress.us/a", f"{MIMIC}/a"),
        ("https://notaliexpress.com/a", "https://notaliexpress.com/a"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("http://[", "http://["),
    ],
)
def test_a_mimic_stands_for_every_host_of_the_site(href: str, address: str) -> None:
    """GIVEN a link on a mimic's page THEN links to the real site lead to the mimic; others stay."""
    assert Addresses(MIMIC).absolute(href, f"{MIMIC}/p/order/index.html") == address


def test_on_the_real_site_a_link_stays_what_it_is() -> None:
    """GIVEN a link to another host of the site THEN that host."""
    href = "//trade.aliexpress.com/a#c"

    assert Addresses().absolute(href, f"{REAL_SITE}/p") == f"https:{href}"


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        (f"/p?reverseOrderLineId={DISPUTE}&tradeOrderLineId={LINE}", DisputeIds(DISPUTE, LINE)),
        (f"/p?issueId={DISPUTE}", DisputeIds(DISPUTE)),
        (f"/p?issueId={DISPUTE}&reverseOrderLineId={DISPUTE}", DisputeIds(DISPUTE)),
        (f"/p?issueId=1&reverseOrderLineId={DISPUTE}", DisputeIds()),
        (f"/p?tradeOrderLineId={LINE}&tradeOrderLineId=2", DisputeIds()),
        ("/p?reverseOrderLineId=a%20b", DisputeIds()),
        (f"/p?reverseorderlineid={DISPUTE}", DisputeIds()),
        (f"/p#reverseOrderLineId={DISPUTE}", DisputeIds()),
        ("http://[", DisputeIds()),
        ("/p?" + "&".join(f"a{n}=1" for n in range(1001)), DisputeIds()),
    ],
)
def test_the_dispute_of_an_address(address: str, ids: DisputeIds) -> None:
    """GIVEN a query THEN its ids; one with two values, or in a malformed address, is none."""
    assert dispute_ids_in(address) == ids


@pytest.mark.parametrize(
    ("address", "order"),
    [
        (f"/p?orderId={ORDER}", ORDER),
        (f"/p?tradeOrderId={ORDER}&orderId={ORDER}", ORDER),
        (f"/p?tradeOrderId={LINE}&orderId={ORDER}", None),
        ("/p?orderId=x1", None),
        ("/p", None),
    ],
)
def test_the_order_of_an_address(address: str, order: str | None) -> None:
    """GIVEN a query THEN the order's id if there is exactly one."""
    assert order_id_in(address) == order
    details = address.replace("/p?", "/p/order/detail.html?")
    assert is_order_details(details, ORDER) is (order == ORDER)
    assert not is_order_details(address, ORDER)


def test_the_ids_that_a_page_is_about() -> None:
    """GIVEN a dispute's page THEN its ids, the reverse order's that they stand for, and the walk's order."""
    address = (
        f"/p?reverseOrderLineId={DISPUTE}&tradeOrderLineId={LINE}&spm=1&x=12345678901234567890"
    )

    assert numbers_in(address) == {DISPUTE, LINE}
    assert ids_of_page(address) == {DISPUTE, LINE, str(int(DISPUTE) - 100_000)}
    assert ids_of_page("/p?reverseOrderLineId=77", ORDER) == {ORDER}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://login.aliexpress.com/", "sign-in"),
        ("/ug-login-page?x", "sign-in"),
        ("/p/SignIn.html", "sign-in"),
        ("/p/login", "sign-in"),
        ("/p/loginhistory", ""),
        ("/_____tmd_____/punish?x", "captcha"),
        ("/p?x5secdata=1", "captcha"),
        ("/p/reverse-pages/detail.html", "dispute"),
        ("/issue/Detail.htm", "dispute"),
        ("/p?next=/issue/", ""),
        ("/p/order/index.html", ""),
    ],
)
def test_what_an_address_says_of_its_page(address: str, kind: str) -> None:
    """GIVEN an address THEN sign-in, captcha and dispute are told by host, path and query."""
    found = (is_sign_in(address), is_captcha(address), is_dispute_page(address))

    assert found == tuple(kind == each for each in ("sign-in", "captcha", "dispute"))


def test_small_parts_of_addresses() -> None:
    """GIVEN hosts, queries and old names THEN what each says."""
    assert [is_site_host(each) for each in ("aliexpress.us", "m.aliexpress.com", "xaliexpress.com")] == [
        True, True, False,
    ]  # fmt: skip
    assert (path_and_query("http://a/b?c=1#d"), path_and_query("http://a/b")) == ("/b?c=1", "/b")
    assert has_legacy_name_only("/p?issueId=1")
    assert not has_legacy_name_only("/p?issueId=1&reverseOrderLineId=1")
    assert not has_legacy_name_only("/p")
