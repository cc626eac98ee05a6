"""A browser on another machine: the same guard, the saved session, and nothing that stays there."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import Session, open_session
from automation.engine.session.choice import Mode
from automation.engine.session.options import SessionOptions
from automation.engine.session.state import SavedSession, save_session
from automation.errors import ErrorCode, ToolError
from tests.engine.guard.rig.firing import SILENT, fire, needs_own_page
from tests.engine.guard.rig.vectors import HOME, OF_PAGE
from tests.engine.session.proxy import WithoutDevTools, running
from tests.engine.session.remote import playwright_server, shared_server
from tests.own_loop import in_own_loop
from tests.sources import killed_once_ready

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from playwright.async_api import BrowserContext

    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site
    from tests.engine.guard.rig.vectors import Vector
    from tests.engine.session.proxy import Grid

pytestmark = pytest.mark.usefixtures("shared_driver")

GRACE = 0.6
# What the browser itself fetches has tests of its own; the guard of a tab is the same everywhere.
WAYS = OF_PAGE
SOME = WAYS[::4]
COOKIE: Any = {
    "name": "session", "value": "mine", "domain": "127.0.0.1", "path": "/", "expires": -1,
    "httpOnly": True, "secure": False, "sameSite": "Lax",
}  # fmt: skip


def options_of(state: Path, endpoint: str, timeout: float = 30) -> SessionOptions:
    """A session elsewhere, with its own saved session."""
    return SessionOptions(state, timeout, connect=endpoint, mode=Mode.CONNECT)


@asynccontextmanager
async def connected(endpoint: str, site: Site, state: Path) -> AsyncIterator[Session]:
    """A session of the tool in a browser elsewhere."""
    guard = Guard(SiteOrigins.only(site.url), site_traffic())
    async with open_session(options_of(state, endpoint), guard) as session:
        yield session


def problem_of(endpoint: str, site: Site, state: Path, timeout: float = 30) -> ToolError:
    """Why a page cannot be opened there."""

    async def visit() -> None:
        guard = Guard(SiteOrigins.only(site.url), site_traffic())
        async with open_session(options_of(state, endpoint, timeout), guard) as session:
            await session.page.goto(site.url + HOME)

    with pytest.raises(ToolError) as caught:
        in_own_loop(visit())
    return caught.value


@pytest.fixture(params=["server", "cdp"])
def endpoint(request: pytest.FixtureRequest) -> str:
    """A Playwright server, and a Grid session's CDP address."""
    if request.param == "server":
        return str(request.getfixturevalue("server"))
    its_grid: Grid = request.getfixturevalue("its_grid")
    return its_grid.cdp


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Playwright server with one browser for all of its clients."""
    with shared_server(tmp_path_factory.mktemp("shared")) as endpoint:
        yield endpoint


async def tried(context: BrowserContext, site: Site, ways: Sequence[Vector]) -> None:
    """Try every way out of a page without a guard."""
    shared = await context.new_page()
    for vector in ways:
        page = await context.new_page() if needs_own_page(vector) else shared
        await fire(page, site, vector)


@pytest.mark.parametrize(
    "ways",
    [
        # The guard of a tab is that of the tool's own browser, where the suite tries every way.
        pytest.param(SOME, id="some"),
        pytest.param(WAYS, id="all", marks=pytest.mark.further),
    ],
)
def test_no_way_out_of_a_page_in_a_browser_elsewhere(
    endpoint: str, site: Site, tmp_path: Path, ways: Sequence[Vector]
) -> None:
    """GIVEN ways out WHEN tried there under the guard THEN none arrives."""

    async def guarded() -> None:
        async with connected(endpoint, site, tmp_path) as session:
            for vector in ways:
                page = await session.new_page() if needs_own_page(vector) else session.page
                await fire(page, site, vector)
            await asyncio.sleep(GRACE)

    site.clear()
    in_own_loop(guarded())

    assert site.leaks() == set()
    assert any(entry.path == HOME for entry in site.log())


def test_without_the_guard_they_arrive(bench: Bench, server: str, site: Site) -> None:
    """Control: some of the same ways in a browser there; all of them are tried in an attached one."""
    names = {vector.name for vector in SOME} - SILENT

    async def unguarded() -> None:
        browser = await bench.playwright.chromium.connect(server)
        await tried(await browser.new_context(), site, SOME)
        await asyncio.to_thread(site.wait_for_leaks, names, 9.0)
        await browser.close()

    site.clear()
    bench.run(unguarded())

    assert site.leaks() >= names


def test_the_saved_session_goes_there_and_back(endpoint: str, site: Site, tmp_path: Path) -> None:
    """GIVEN a saved session WHEN used elsewhere THEN its cookies and storage are there, and renewed."""
    origin = site.url
    kept = SavedSession(
        cookies=[COOKIE],
        origins=[{"origin": origin, "localStorage": [{"name": "where", "value": "local"}]}],
        session_storage={origin: {"where": "session"}},
    )
    save_session(tmp_path, kept)
    seen: list[object] = []

    async def look() -> None:
        async with connected(endpoint, site, tmp_path) as session:
            await session.page.goto(origin + HOME)
            seen.append(await session.page.evaluate("[localStorage.where, sessionStorage.where]"))
            await session.page.evaluate("localStorage.where = 'renewed'")
            await session.context.add_cookies([COOKIE | {"value": "renewed"}])
            session.signed_in = True

    site.clear()
    in_own_loop(look())

    assert seen == [["local", "session"]]
    assert "session=mine" in next(e for e in site.log() if e.path == HOME).headers["cookie"]
    renewed = json.loads((tmp_path / "session.json").read_text("utf-8"))
    assert [each["value"] for each in renewed["cookies"]] == ["renewed"]
    assert renewed["origins"][0]["localStorage"] == [{"name": "where", "value": "renewed"}]


def test_nothing_of_a_run_stays_in_the_browser(
    bench: Bench, theirs: str, its_grid: Grid, site: Site, tmp_path: Path
) -> None:
    """GIVEN others' tabs in the browser WHEN a run has ended THEN these are there, and no other."""
    seen: list[list[str]] = []

    async def work() -> None:
        browser = await bench.playwright.chromium.connect_over_cdp(theirs)
        mine = await browser.contexts[0].new_page()
        await mine.goto(site.url + HOME)
        look = await browser.new_browser_cdp_session()

        async def tabs() -> list[str]:
            found = (await look.send("Target.getTargets"))["targetInfos"]
            return sorted(str(each["targetId"]) for each in found if each["type"] == "page")

        seen.append(await tabs())
        async with connected(its_grid.cdp, site, tmp_path) as session:
            await session.page.goto(site.url + HOME)
            seen.append(await tabs())
            assert await mine.evaluate(
                "fetch('/reverse/cancel/theirs', {method: 'POST'}).then(() => 1)"
            )
        seen.append(await tabs())
        await mine.close()
        await browser.close()

    site.clear()
    bench.run(work())
    before, during, after = seen
    assert len(during) == len(before) + 1
    assert after == before
    assert site.leaks() == {"theirs"}  # the others' own requests are theirs


KILLED = """
import asyncio, sys
from pathlib import Path
from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import open_session
from automation.engine.session.options import SessionOptions
endpoint, state, site = sys.argv[1:]
async def run():
    options = SessionOptions(Path(state), 30, connect=endpoint)
    async with open_session(options, Guard(SiteOrigins.only(site), site_traffic())) as session:
        await session.page.goto(site + "/p/order/index.html")
        print("ready", flush=True)
        await asyncio.sleep(600)
asyncio.run(run())
"""


@pytest.mark.further
def test_a_killed_run_leaves_a_shared_browser_usable(
    shared: str, site: Site, tmp_path: Path
) -> None:
    """GIVEN a browser that goes on WHEN a run is killed THEN the next one works in it."""
    killed_once_ready(KILLED, shared, str(tmp_path), site.url)

    async def next_run() -> str:
        async with connected(shared, site, tmp_path) as session:
            await session.page.goto(site.url + HOME)
            return session.page.url

    assert in_own_loop(next_run()) == site.url + HOME


@pytest.mark.parametrize(
    "closes",
    [
        pytest.param(True, id="told"),
        pytest.param(False, id="silent", marks=pytest.mark.further),  # it waits for its time-outs
    ],
)
def test_a_session_that_ends_is_named(
    its_grid: Grid, site: Site, tmp_path: Path, *, closes: bool
) -> None:
    """GIVEN a Grid that ends the session in a run THEN that is the cause, told or not."""
    its_grid.end_session_after(60, closes=closes)

    error = problem_of(its_grid.cdp, site, tmp_path, timeout=4)

    assert error.code is ErrorCode.CONNECTION_LOST
    assert ("upstream error" if closes else "no longer answers") in error.message
    assert "session time-out" in error.hint


def test_a_server_that_ends_is_named(site: Site, tmp_path: Path) -> None:
    """GIVEN a Playwright server that ends in a run THEN that is the cause."""

    async def run() -> None:
        with ExitStack() as stack:
            own = stack.enter_context(playwright_server())
            async with connected(own, site, tmp_path) as session:
                stack.close()
                await session.page.goto(site.url + HOME)

    with pytest.raises(ToolError) as caught:
        in_own_loop(run())
    assert caught.value.code is ErrorCode.CONNECTION_LOST


def test_an_unknown_session_of_a_grid_is_named(its_grid: Grid, site: Site, tmp_path: Path) -> None:
    """GIVEN the address of a session that is over THEN the Grid has no such session."""
    error = problem_of(f"{its_grid.url}/session/over/se/cdp", site, tmp_path)

    assert "has no such session (400)" in error.message
    assert error.code is ErrorCode.NO_BROWSER


def test_without_devtools_there_is_no_guard_and_no_run(
    server: str, site: Site, tmp_path: Path
) -> None:
    """GIVEN a server that passes on no DevTools session THEN the guard says so before any page."""
    site.clear()
    with running(WithoutDevTools(f"{server}&browser=chromium")) as less:
        error = problem_of(less.url, site, tmp_path)

    assert error.code is ErrorCode.GUARD_SELF_TEST
    assert error.message.startswith("the guard does not work in this browser: ")
    assert site.log() == []


def test_a_server_without_a_browser_is_named(site: Site, tmp_path: Path) -> None:
    """GIVEN a Playwright server whose Chromium is missing THEN that, and how to install it there."""
    with playwright_server(tmp_path / "chromium") as endpoint:
        error = problem_of(endpoint, site, tmp_path)

    assert "has no Chromium" in error.message
    assert "install chromium" in error.hint
