"""Whether a page shows that the buyer is signed in, and by which name they know it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.session import signed_in
from automation.aliexpress.session.signed_in import greeted_name, masked, shows_signed_in
from automation.aliexpress.site import SiteMap
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HOOKS = SiteMap.load().hooks
ORDERS = "http://127.0.0.1:1/p/order/index.html"
CARD = '<div class="order-item">x</div>'


@pytest.mark.parametrize(
    ("html", "address", "signed_in"),
    [
        (CARD, ORDERS, True),
        ("<p>Sign in</p>", ORDERS, False),
        (f"<p>Sign in</p>{CARD}", ORDERS, True),
        (CARD, "https://login.aliexpress.com/", False),
        (CARD, "http://127.0.0.1:1/_____tmd_____/punish", False),
        ("<main>Hi, Dana</main>", ORDERS, False),
        ("<header><b>Hi, Dana</b></header>", ORDERS, True),
        ("<header><b>Hi, sign in</b></header>", ORDERS, False),
        ("", ORDERS, False),
    ],
)
def test_only_orders_and_a_greeting_count(html: str, address: str, *, signed_in: bool) -> None:
    """GIVEN a page THEN orders count, except on the page that asks to sign in or for a captcha."""
    assert shows_signed_in(Snapshot(address, html, "en"), HOOKS) is signed_in


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Robin", "R…n"),
        ("Jo", "J…"),
        ("J", "J…"),
        (" Robin!", "R…n"),
        ("Robin\nSign out", "R…n"),
        ("", ""),
        (" ., ", ""),
    ],
)
def test_only_its_owner_knows_the_name(name: str, shown: str) -> None:
    """GIVEN a name THEN its first letter, and its last if that tells little."""
    assert masked(name) == shown


def test_a_page_without_a_greeting_has_no_name() -> None:
    """GIVEN orders alone THEN no name; beside a greeting, that name (control)."""
    named = f"<header><b>Hi, Dana</b></header>{CARD}"

    assert greeted_name(Snapshot(ORDERS, named, "en"), HOOKS) == "Dana"
    assert greeted_name(Snapshot(ORDERS, CARD, "en"), HOOKS) == ""


@pytest.mark.parametrize(
    ("found", "refused", "loads"),
    [
        ([True], [], 1),
        ([False], [], 1),
        ([False, True], ["a call"], 2),
        ([False] * 2, ["a call"], 2),
    ],
    ids=["there", "not there", "there after a refusal", "refused twice"],
)
def test_my_orders_is_loaded_once_more_if_the_site_refused_a_call_of_it(
    monkeypatch: pytest.MonkeyPatch, found: list[bool], refused: list[str], loads: int
) -> None:
    """GIVEN neither orders nor a greeting WHEN a call was refused THEN one more load, and no guess."""
    did, left = list[str](), [*found]

    async def load(_page: object, address: str, _deadline: object) -> None:
        did.append(address)

    async def refused_calls() -> tuple[str, ...]:
        return tuple(refused)

    async def look(_walk: object, _deadline: object) -> bool:
        return left.pop(0)

    monkeypatch.setattr(signed_in, "_orders_or_greeting", look)
    walk: Any = SimpleNamespace(
        timeout=5.0, page=None, watch=SimpleNamespace(load=load), refused_calls=refused_calls,
        addresses=SimpleNamespace(my_orders="orders"),
    )  # fmt: skip

    there = in_own_loop(signed_in._loads_orders_or_greeting(walk))  # noqa: SLF001

    assert (there, did) == (found[-1], ["orders"] * loads)


@pytest.mark.parametrize(
    ("message", "reason"),
    [("net::ERR_X\nCall log:", "net::ERR_X"), ("", "the browser gave no reason")],
)
def test_a_window_that_cannot_open_my_orders_says_why(
    monkeypatch: pytest.MonkeyPatch, message: str, reason: str
) -> None:
    """GIVEN an error of the browser, with words or without THEN the error has a reason."""

    async def goto(_address: str, **_: object) -> None:
        raise Error(message)

    @asynccontextmanager
    async def window(_options: object) -> AsyncIterator[Any]:
        yield SimpleNamespace(pages=[SimpleNamespace(goto=goto)])

    monkeypatch.setattr(signed_in, "open_for_human", window)
    options: Any = SimpleNamespace(timeout=5.0)
    addresses: Any = SimpleNamespace(my_orders=ORDERS)
    origins: Any = None

    with pytest.raises(ToolError) as stopped:
        in_own_loop(signed_in.sign_in(options, addresses, origins, HOOKS))

    assert stopped.value.code is ErrorCode.PAGE_NOT_LOADED
    assert stopped.value.message == f"could not open My Orders: {reason}"
