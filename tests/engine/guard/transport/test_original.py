"""The held request, and what another page needs to send the same one."""

from __future__ import annotations

from typing import Any, cast

import pytest

from automation.engine.guard.transport.original import (
    Original,
    origin_text,
    page_of_origin,
    same_but_boundary,
)

PAGE, GATEWAY = "https://www.shop.example/p/detail.html", "https://acs.shop.example/h5/x/1.0/"
ORIGIN = ("Origin", "https://www.shop.example")
COOKIE = ("Cookie", "a=b")


def original(*headers: tuple[str, str], url: str = GATEWAY, **more: object) -> Original:
    """A request of the page."""
    given: dict[str, Any] = {"method": "POST", "how": "xhr", "page": PAGE, **more}
    return Original(url=url, headers=headers, **given)


@pytest.mark.parametrize(
    ("headers", "url", "has_cookies", "credentials"),
    [
        ((COOKIE,), GATEWAY, True, "include"),
        ((), GATEWAY, True, "same-origin"),  # it sends none of those that there are
        ((), PAGE, True, "omit"),
        ((), GATEWAY, False, "include"),  # there are none to send
        ((), PAGE, False, "include"),
    ],
)
def test_cookies_go_along_as_they_would_have_gone(
    headers: tuple[tuple[str, str], ...], url: str, *, has_cookies: bool, credentials: str
) -> None:
    """GIVEN a request with or without cookies THEN the option of fetch that sends the same."""
    assert original(*headers, url=url, has_cookies=has_cookies).credentials == credentials


@pytest.mark.parametrize(
    ("headers", "url", "mode", "reads"),
    [
        ((ORIGIN,), GATEWAY, "cors", True),
        ((), GATEWAY, "no-cors", False),
        ((), PAGE, "cors", True),
    ],
)
def test_the_mode_follows_from_origin(
    headers: tuple[tuple[str, str], ...], url: str, mode: str, *, reads: bool
) -> None:
    """GIVEN a call to another origin without Origin THEN no-cors, and no script reads the answer."""
    one = original(*headers, url=url)

    assert (one.mode, one.reads_answer) == (mode, reads)
    assert not original(*headers, url=url, how="script").reads_answer


@pytest.mark.parametrize(
    ("headers", "attribute"),
    [
        ((), None),
        ((COOKIE,), None),
        ((ORIGIN,), "anonymous"),
        ((ORIGIN, COOKIE), "use-credentials"),
    ],
)
def test_a_script_tag_asks_as_its_page_did(
    headers: tuple[tuple[str, str], ...], attribute: str | None
) -> None:
    """GIVEN the headers of a script's request THEN the attribute that makes them."""
    assert original(*headers, how="script").cross_origin == attribute


@pytest.mark.parametrize(
    ("referer", "policy"),
    [
        (None, "no-referrer"),
        (PAGE, "unsafe-url"),
        ("https://www.shop.example/", "origin"),
        ("https://www.shop.example", "origin"),
    ],
)
def test_the_blank_page_makes_the_same_referer(referer: str | None, policy: str) -> None:
    """GIVEN a Referer THEN the policy by which a page at the same address sends it."""
    headers = () if referer is None else (("Referer", referer),)

    assert original(*headers).page_headers["Referrer-Policy"] == policy


def test_the_blank_page_asks_for_the_same_client_hints() -> None:
    """GIVEN hints that a page asks for THEN they are asked for and shared; the usual ones need no word."""
    usual = (("sec-ch-ua", "x"), ("Sec-CH-UA-Mobile", "?0"), ("sec-ch-ua-platform", "x"))
    asked = (("sec-ch-ua-model", "x"), ("DPR", "2"))

    made = original(*usual, *asked).page_headers

    assert made["Accept-CH"] == "sec-ch-ua-model, DPR"
    assert made["Permissions-Policy"] == "ch-ua-model=*, ch-dpr=*"
    assert "Accept-CH" not in original(*usual).page_headers


@pytest.mark.parametrize(
    ("kind", "body", "form"),
    [
        (None, b"a=1&b=&a=2", ("application/x-www-form-urlencoded", [("a", "1"), ("b", ""), ("a", "2")])),
        ("Application/X-WWW-Form-Urlencoded; charset=utf-8", None, ("application/x-www-form-urlencoded", [])),
        ("multipart/form-data; boundary=x", b"...", ("multipart/form-data", [("x", "x")])),
    ],
)  # fmt: skip
def test_a_form_is_made_of_the_same_fields(
    kind: str | None, body: bytes | None, form: tuple[str, list[tuple[str, str]]]
) -> None:
    """GIVEN a form THEN its encoding and fields; the bytes of another encoding are replaced later."""
    headers = () if kind is None else (("Content-Type", kind),)

    assert original(*headers, body=body).form == form


def test_a_form_gets_the_boundary_of_the_browser() -> None:
    """GIVEN a multipart body THEN only its boundary changes; without one nothing does."""
    one = original(
        ("Content-Type", 'multipart/form-data; boundary="old"'), body=b"--old\r\nx\r\n--old--"
    )

    assert same_but_boundary(one, "multipart/form-data; boundary=new") == b"--new\r\nx\r\n--new--"
    assert same_but_boundary(one, "text/plain") == one.body
    assert same_but_boundary(original(body=b"a"), "multipart/form-data; boundary=n") == b"a"
    assert same_but_boundary(original(), "multipart/form-data; boundary=n") == b""


@pytest.mark.parametrize(
    ("url", "how", "begins"),
    [
        (GATEWAY, "xhr", GATEWAY),
        (f"{PAGE}?a=1", "document", "https://www.shop.example:1/p/detail.html?a=1"),
        ("http://[::1]:8123/p", "document", "http://[::1]:1/p"),
    ],
)
def test_a_navigation_begins_at_a_closed_door(url: str, how: str, begins: str) -> None:
    """GIVEN a navigation THEN it begins where nothing can be sent; a call begins at its address."""
    one = original(url=url, how=how)

    assert one.begins_at == begins
    assert one.is_same("POST", f"{begins}#x")
    assert not one.is_same("GET", begins)
    assert one.is_same("POST", url) is (begins == url)


@pytest.mark.parametrize(
    ("how", "in_frame", "own"),
    [("document", False, True), ("document", True, False), ("xhr", False, False)],
)
def test_whose_partition_counts(how: str, *, in_frame: bool, own: bool) -> None:
    """GIVEN a navigation of the page THEN the new address has its own cookies; else those of the page."""
    assert original(how=how, in_frame=in_frame).partition == (GATEWAY if own else PAGE)


def test_only_its_own_preflight_is_answered() -> None:
    """GIVEN a preflight of the same address THEN it allows what was asked, and this method."""
    asked: Any = {"url": f"{GATEWAY}#x", "headers": {"Access-Control-Request-Headers": "x-lang"}}
    one = original(ORIGIN)

    assert one.is_preflight(asked)
    assert not one.is_preflight(cast("Any", {"url": f"{GATEWAY}?x", "headers": {}}))
    assert one.preflight_headers(asked) == {
        "Access-Control-Allow-Origin": "https://www.shop.example",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "x-lang",
    }


@pytest.mark.parametrize(
    ("frame", "headers", "page"),
    [
        (f"{PAGE}#top", {}, PAGE),
        ("about:blank", {"referer": f"{PAGE}?a=1#top"}, f"{PAGE}?a=1"),
        (PAGE, {"referer": "https://other.example/x"}, "https://other.example/x"),
        (PAGE, {"referer": "https://www.shop.example/"}, PAGE),
        (PAGE, {"origin": "https://www.shop.example"}, PAGE),
        (PAGE, {"origin": "null"}, PAGE),
        (PAGE, {"origin": "https://other.example"}, "https://other.example/"),
        ("about:blank", {"referer": "https://x.example/", "origin": "y"}, "https://x.example/"),
        ("about:blank", {"origin": "https://x.example"}, "https://x.example/"),
    ],
)
def test_the_page_of_a_request(frame: str, headers: dict[str, str], page: str) -> None:
    """GIVEN a frame and headers THEN the Referer if it names a page, else the frame if its origin fits."""
    assert page_of_origin(frame, headers) == page


def test_own_headers_are_those_of_the_script() -> None:
    """GIVEN all headers THEN the script's; a header is found by its lower-case name."""
    one = original(COOKIE, ORIGIN, ("X-Lang", "en"))

    assert one.own_headers == [("X-Lang", "en")]
    assert (one.header("x-lang"), one.header("x-none")) == ("en", None)
    assert origin_text("http://127.0.0.1:8123/p?a#b") == "http://127.0.0.1:8123"
