"""The permitted request beside the one that the page itself would have sent, byte by byte."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Error

from automation.engine.guard.transport import fresh_tab
from automation.engine.guard.transport.browser_sender import BrowserSender
from automation.engine.guard.transport.original import Original
from tests.engine.guard.rig.campaign import launch
from tests.engine.guard.transport.sending import (
    CALL,
    WAYS,
    begin,
    calls,
    hold_and_send,
    signed_in,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser, BrowserContext

    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

SAME = ("fetch", "xhr", "script", "form")


@pytest.mark.parametrize(
    ("where", "ways"),
    [
        ("cross", ("fetch", "form")),
        pytest.param("cross", tuple(WAYS), marks=pytest.mark.further),
        pytest.param("same", SAME, marks=pytest.mark.further),
    ],
    ids=["cross-origin", "every way cross-origin", "same-origin"],
)
def test_same_bytes_as_the_page(
    bench: Bench, quiet: Browser, site: Site, gateway: Site, where: str, ways: tuple[str, ...]
) -> None:
    """The request has the page's own headers, in order and case, its cookies and its body."""
    target = gateway if where == "cross" else site
    differing: dict[str, tuple[object, ...]] = {}

    async def work() -> None:
        for way in ways:
            own = await _own(quiet, site, gateway, target, way)
            sent = await _sent(quiet, site, gateway, target, way)
            if own != sent:
                differing[way] = (own, sent)

    bench.run(work())
    assert differing == {}


async def _own(
    browser: Browser, site: Site, gateway: Site, target: Site, way: str, home: str = "cookies=page"
) -> object:
    async with signed_in(browser, site, gateway, home) as page:
        target.clear()
        begin(page, way, target.url + CALL)()
        await asyncio.to_thread(_until_called, target)
        (only,) = calls(target)
        return written(only)


async def _sent(
    browser: Browser, site: Site, gateway: Site, target: Site, way: str, home: str = "cookies=page"
) -> object:
    async with signed_in(browser, site, gateway, home) as page:
        target.clear()
        reply = await hold_and_send(page, begin(page, way, target.url + CALL))
        assert (reply.status, b"SUCCESS" in reply.body, reply.error) == (200, True, ""), way
        (only,) = calls(target)
        return written(only)


@pytest.mark.parametrize("where", ["cross", pytest.param("same", marks=pytest.mark.further)])
def test_client_hints_as_the_page(
    bench: Bench, quiet: Browser, site: Site, gateway: Site, where: str
) -> None:
    """GIVEN a page that asked for client hints THEN the request has the same ones."""
    target = gateway if where == "cross" else site
    found: list[tuple[str, object, object]] = []

    async def work() -> None:
        for way in ("fetch", "xhr", "script"):
            own = await _own(quiet, site, gateway, target, way, "hints=1")
            sent = await _sent(quiet, site, gateway, target, way, "hints=1")
            found.append((way, own, sent))

    bench.run(work())
    for way, own, sent in found:
        assert "sec-ch-ua-arch" in str(own).lower(), way
        assert "'dpr'" in str(own).lower(), way
        assert own == sent, way


def _until_called(site: Site) -> None:
    assert site.wait_for(lambda: bool(calls(site)), 10)


@pytest.fixture(scope="module")
def eager(bench: Bench) -> Iterator[Browser]:
    """A browser as the buyer's own is: it preconnects to whatever a tab is about to open."""
    opened: list[Browser] = []

    async def start() -> None:
        opened.append(await launch(bench.playwright))

    bench.run(start())
    yield opened[0]
    bench.run(opened[0].close())


@pytest.mark.further
@pytest.mark.parametrize("way", ["fetch", "form", "script", "form-in-frame"])
def test_lost_answer_arrives_once(
    bench: Bench, eager: Browser, site: Site, gateway: Site, way: str
) -> None:
    """A connection reset behind the request: it arrived once, and its answer counts as lost."""

    async def work() -> None:
        for target in (site, gateway):
            async with signed_in(eager, site, gateway) as page:
                target.clear()
                address = f"{target.url}{CALL}&lose=1"
                reply = await hold_and_send(page, begin(page, way, address))
                assert (reply.status, reply.sent, reply.client) == (None, True, "browser")
                assert reply.error.startswith("net::ERR_")
                assert len(calls(target)) == 1

    bench.run(work())


@pytest.mark.parametrize("way", ["fetch", pytest.param("form", marks=pytest.mark.further)])
def test_a_tab_that_opens_the_address_itself_sends_twice(
    bench: Bench,
    eager: Browser,
    site: Site,
    gateway: Site,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Positive control: after a preconnect, the lost POST arrives again."""
    monkeypatch.setattr(fresh_tab, "START", f"{site.url}/start")
    monkeypatch.setattr(Original, "begins_at", property(lambda own: own.url))

    async def work() -> None:
        async with signed_in(eager, site, gateway) as page:
            site.clear()
            await hold_and_send(page, begin(page, way, f"{site.url}{CALL}&lose=1"))

    bench.run(work())
    assert len(calls(site)) > 1


def test_cookies_of_the_answer_are_the_sessions(
    bench: Bench, quiet: Browser, site: Site, gateway: Site
) -> None:
    """The answer's cookies are in the session's own jar, partitioned ones too."""

    async def work() -> None:
        async with signed_in(quiet, site, gateway) as page:
            await hold_and_send(page, begin(page, "fetch", f"{gateway.url}{CALL}&cookies=fresh"))
            await _has(
                page.context, {"page", "page_apart", "api", "api_apart", "fresh", "fresh_apart"}
            )

    bench.run(work())


async def _has(context: BrowserContext, names: set[str]) -> None:
    assert {cookie.get("name") for cookie in await context.cookies()} == names


def test_redirect_is_not_followed(bench: Bench, quiet: Browser, site: Site, gateway: Site) -> None:
    """The redirect is the answer; its target is never requested."""

    async def work() -> None:
        for way in ("fetch", "form"):
            async with signed_in(quiet, site, gateway) as page:
                gateway.clear()
                address = f"{gateway.url}{CALL}&to=307-again"
                reply = await hold_and_send(page, begin(page, way, address))
                assert reply.status == 307
                assert len(gateway.log()) == 1

    bench.run(work())


def test_nothing_but_the_one_request(
    bench: Bench, quiet: Browser, site: Site, gateway: Site
) -> None:
    """Neither the blank page nor an icon is requested, and the tab sends no preflight."""

    async def work() -> None:
        async with signed_in(quiet, site, gateway) as page:
            site.clear()
            gateway.clear()
            await hold_and_send(page, begin(page, "fetch-json", gateway.url + CALL))

    bench.run(work())
    assert [e.method for e in (*site.log(), *gateway.log())] == ["POST"]


def test_nothing_is_sent_after_the_end(
    bench: Bench, quiet: Browser, site: Site, gateway: Site
) -> None:
    """A run that ended while the request was held: not sent, and not by Playwright's client either."""

    async def work() -> None:
        async with signed_in(quiet, site, gateway) as page:
            gateway.clear()
            sender = BrowserSender(page.context, {}, lambda _: None)
            await sender.close()
            act = begin(page, "fetch", gateway.url + CALL)
            reply = await hold_and_send(page, act, sender=sender)
            assert (reply.status, reply.sent) == (None, False)

    bench.run(work())
    assert calls(gateway) == []


def test_without_private_windows_playwright_sends(
    bench: Bench, quiet: Browser, site: Site, gateway: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that opens no other context: sent by Playwright's client, once, and so reported."""

    async def refuse(*_: object) -> fresh_tab.FreshTab:
        raise Error("incognito mode is disabled")

    monkeypatch.setattr(fresh_tab.FreshTab, "open", refuse)

    async def work() -> None:
        async with signed_in(quiet, site, gateway) as page:
            gateway.clear()
            reply = await hold_and_send(page, begin(page, "fetch", gateway.url + CALL))
            assert (reply.status, reply.client) == (200, "playwright")

    monkeypatch.setattr(BrowserSender, "ready", _listen_only)
    bench.run(work())
    assert len(calls(gateway)) == 1


async def _listen_only(_: BrowserSender) -> None:
    """Prepare nothing: ``send`` opens the tab."""


def test_a_lost_tab_is_told_at_once(
    bench: Bench, quiet: Browser, site: Site, gateway: Site
) -> None:
    """The tab closes while the server works: the answer is lost, and no request is repeated."""

    async def work() -> None:
        async with signed_in(quiet, site, gateway) as page:
            gateway.clear()
            sender = BrowserSender(page.context, {}, lambda _: None)
            act = begin(page, "fetch", f"{gateway.url}{CALL}&slow=5")
            waiting = asyncio.ensure_future(hold_and_send(page, act, sender=sender))
            assert await asyncio.to_thread(gateway.wait_for, lambda: bool(calls(gateway)), 20)
            (other,) = [c for c in quiet.contexts if c.pages and c is not page.context][-1:]
            await other.close()
            reply = await waiting
            assert (reply.status, reply.error, reply.sent) == (None, "the tab was lost", True)

    bench.run(work())
    assert len(calls(gateway)) == 1
