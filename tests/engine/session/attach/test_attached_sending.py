"""The one request in the buyer's own browser: sent by that browser, once, and nothing stays."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from automation.engine.guard.transport.browser_sender import BrowserSender
from automation.engine.session.attach.attachment import attach
from automation.engine.session.attach.endpoint import find_endpoint
from automation.engine.session.attach.relay import RelayThread
from automation.engine.session.driver import driver
from automation.engine.session.options import SessionOptions
from tests.engine.guard.rig.vectors import HOME
from tests.engine.guard.transport.sending import CALL, begin, calls, hold_and_send, written
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

    from automation.engine.context import ContextOptions
    from automation.engine.guard.reply import Reply
    from tests.engine.guard.rig.loopback import Site

pytestmark = pytest.mark.usefixtures("shared_driver")

OPTIONS: ContextOptions = {
    "service_workers": "block",
    "accept_downloads": False,
    "no_viewport": True,
}
WAITS_WITH_A_FRESH_TAB = """
import asyncio, sys, time
from pathlib import Path
from automation.engine.guard.transport.fresh_tab import FreshTab
from automation.engine.session.attach.attachment import attach
from automation.engine.session.driver import driver
from automation.engine.session.options import SessionOptions

async def run():
    port, state = sys.argv[1:]
    options = SessionOptions(state_dir=Path(state), timeout=20, attach=port)
    async with driver() as playwright:
        opened = await attach(playwright, options, port)
        await FreshTab.open(opened.context.browser, {}, lambda _: None)
        print("ready", flush=True)
        time.sleep(60)

asyncio.run(run())
"""


@asynccontextmanager
async def attached(
    port: str, state: Path, site: Site, gateway: Site, *, device: str | None = None
) -> AsyncIterator[Page]:
    """A tab of the tool in the buyer's browser, on a page of the site that set its cookies."""
    options = SessionOptions(state_dir=state, timeout=10, attach=port, device=device)
    async with driver() as playwright:
        opened = await attach(playwright, options, port)
        page = await opened.context.new_page()
        await page.goto(f"{site.url}{HOME}?cookies=page")
        await page.evaluate(
            "url => fetch(url, {credentials: 'include'})", f"{gateway.url}/?cookies=api"
        )
        try:
            yield page
        finally:
            # As a session closes: Playwright may wait for ever for a tab that just navigates.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(opened.close(), 5)
            opened.forget()


async def send(page: Page, way: str, address: str) -> Reply:
    """Hold the page's call, and send it as the session does."""
    sender = BrowserSender(page.context, OPTIONS, lambda _: None)
    reply = await hold_and_send(page, begin(page, way, address), sender=sender)
    await page.context.unroute_all()
    return reply


async def targets(port: str) -> set[tuple[str, str]]:
    """The browser's tabs, each with the profile that it is in."""
    thread = RelayThread()
    relay = await thread.start((await find_endpoint(port, 20)).address, lambda _: None, 20)
    infos = (await thread.run(relay.ask("Target.getTargets")))["targetInfos"]
    await thread.stop()
    pages = [each for each in infos if each["type"] == "page"]
    return {(str(each["targetId"]), str(each["browserContextId"])) for each in pages}


def test_the_buyers_browser_sends_it_as_the_page_would(
    theirs: str, site: Site, gateway: Site, tmp_path: Path
) -> None:
    """GIVEN an attached browser WHEN the request is sent THEN byte by byte as the page's own."""

    async def work() -> None:
        for way in ("fetch", "form"):
            async with attached(theirs, tmp_path, site, gateway) as page:
                gateway.clear()
                begin(page, way, gateway.url + CALL)()
                await asyncio.to_thread(gateway.wait_for, lambda: bool(calls(gateway)), 20)
                (own,) = calls(gateway)
            async with attached(theirs, tmp_path, site, gateway) as page:
                gateway.clear()
                reply = await send(page, way, gateway.url + CALL)
                (sent,) = calls(gateway)
            assert (reply.status, reply.client) == (200, "browser")
            assert written(sent) == written(own)
            assert sent.connection != own.connection

    in_own_loop(work())


@pytest.mark.further
def test_on_a_phones_surface_only_the_tools_tabs_are_a_phones(
    theirs: str, site: Site, gateway: Site, tmp_path: Path
) -> None:
    """GIVEN a phone's surface THEN each tab of the tool and the one request are a phone's.

    The control: a tab of the same browser that is not the tool's.
    """

    async def work() -> None:
        async with attached(theirs, tmp_path, site, gateway, device="Pixel 7") as page:
            shape = await page.evaluate("[screen.width, navigator.maxTouchPoints > 0]")
            async with page.context.expect_page() as opening:
                await page.evaluate("window.open('/?window=1')")
            await (await opening.value).wait_for_load_state()
            begin(page, "fetch", gateway.url + CALL)()
            await asyncio.to_thread(gateway.wait_for, lambda: bool(calls(gateway)), 20)
            (own,) = calls(gateway)
            gateway.clear()
            await send(page, "fetch", gateway.url + CALL)
            (sent,) = calls(gateway)
            async with async_playwright() as another:
                mine = await another.chromium.connect_over_cdp(theirs)
                tab = await mine.contexts[0].new_page()
                await tab.goto(f"{site.url}/?mine=1")
                await tab.close()
                version = mine.version.partition(".")[0]
        assert shape == [412, True]
        assert written(sent) == written(own)
        told = {entry.query: entry.headers["user-agent"] for entry in site.log()}
        names = (told["cookies=page"], told["window=1"], sent.headers["user-agent"])
        assert len(set(names)) == 1
        assert "Mobile" in names[0]
        assert f"Chrome/{version}." in names[0]
        assert sent.headers.get("sec-ch-ua-mobile", "?1") == "?1"
        assert "Mobile" not in told["mine=1"]

    site.clear()
    gateway.clear()
    in_own_loop(work())


def test_it_arrives_once_and_leaves_nothing(
    theirs: str, site: Site, gateway: Site, tmp_path: Path
) -> None:
    """GIVEN a lost answer THEN it arrived once; the answer's cookies stay, and nothing else."""

    async def work() -> None:
        before = await targets(theirs)
        async with attached(theirs, tmp_path, site, gateway) as page:
            for way in ("fetch", "form"):
                for target in (site, gateway):
                    await page.goto(f"{site.url}{HOME}")
                    target.clear()
                    reply = await send(page, way, f"{target.url}{CALL}&lose=1")
                    assert (reply.status, reply.sent, reply.client) == (None, True, "browser")
                    assert len(calls(target)) == 1, (way, target)
            await page.goto(f"{site.url}{HOME}")
            await send(page, "fetch", f"{gateway.url}{CALL}&cookies=fresh")
            kept = {str(cookie.get("name")) for cookie in await page.context.cookies()}
            assert kept >= {"page", "page_apart", "api", "api_apart", "fresh", "fresh_apart"}
            assert len(await targets(theirs)) == len(before) + 1
        assert await targets(theirs) == before

    in_own_loop(work())


@pytest.mark.further
def test_a_killed_run_leaves_no_fresh_tab(theirs: str, tmp_path: Path) -> None:
    """GIVEN a run ended by kill -9 beside its fresh tab THEN the browser closed that itself."""
    before = in_own_loop(targets(theirs))
    command = [sys.executable, "-c", WAITS_WITH_A_FRESH_TAB, theirs, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == "ready"
        meanwhile = in_own_loop(targets(theirs))
        os.killpg(run.pid, signal.SIGKILL)
    assert len({profile for _, profile in meanwhile}) == 2  # control: it was there
    assert {profile for _, profile in in_own_loop(targets(theirs))} == {p for _, p in before}
