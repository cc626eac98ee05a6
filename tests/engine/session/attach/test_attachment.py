"""``--attach``: the real commands in the buyer's own browser, which stays as it was."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.attach.endpoint import find_endpoint
from automation.engine.session.attach.left_tabs import FOLDER
from automation.engine.session.browser import open_session
from automation.engine.session.options import SessionOptions
from fixtures.pages import leaks, ways_out
from tests.conftest import CALM, GOOD_REASON, disputed_order
from tests.own_loop import in_own_loop
from tests.sources import killed_once_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Ran, Tool
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site


OPENS_A_TAB_AND_WAITS = """
import asyncio, sys
from pathlib import Path
from automation.engine.guard import Guard, SiteOrigins
from automation.aliexpress.site.traffic import site_traffic
from automation.engine.session.browser import open_session
from automation.engine.session.options import SessionOptions
port, state, site = sys.argv[1:]
async def run():
    guard = Guard(SiteOrigins.only(site), site_traffic(), own_pages_only=True)
    options = SessionOptions(state_dir=Path(state), timeout=20, attach=port)
    async with open_session(options, guard) as session:
        await session.page.goto(site + "/p/order/index.html")
        await session.new_page()
        print("ready", flush=True)
        await asyncio.sleep(60)
asyncio.run(run())
"""


async def _connected(bench: Bench, port: str) -> Browser:
    return await bench.playwright.chromium.connect_over_cdp(port)


def tabs(bench: Bench, port: str) -> list[str]:
    """Addresses of all tabs, as the browser itself lists them."""
    found: list[str] = []

    async def look() -> None:
        browser = await _connected(bench, port)
        found.extend(sorted(page.url for page in browser.contexts[0].pages))
        await browser.close()

    bench.run(look())
    return found


def attached(tool: Tool, site: MimicSite, port: str, *words: str) -> Ran:
    """One command in the buyer's browser."""
    return tool.run(*words, "--json", "--attach", port, site=site)


def test_reading_commands_leave_the_browser_as_it_was(
    bench: Bench, mimic: Mimic, tool: Tool, theirs: str
) -> None:
    """GIVEN the buyer's browser WHEN reading commands run THEN no write, and no tab stays."""
    site = mimic("quick")
    order = disputed_order(site)
    before = tabs(bench, theirs)

    listed = attached(tool, site, theirs, "list")
    verified = attached(tool, site, theirs, "verify", order)

    assert listed.code == 0, listed.out
    assert verified.json["outcome"] != "done", verified.out
    assert site.ledger.writes() == ()
    assert tabs(bench, theirs) == before


@pytest.mark.further
def test_no_page_confirms_receipt_while_the_tool_verifies(
    bench: Bench, mimic: Mimic, tool: Tool, theirs: str
) -> None:
    """GIVEN pages that try every way out WHEN a cancel is verified THEN the cancel alone arrives."""
    ways = [*ways_out.natures()["commands"], "iframe_sandboxed"]
    pages = ("detail", "dispute")
    site = mimic("quick", leaks=ways, leaks_on=pages)
    order = disputed_order(site)
    dry = attached(tool, site, theirs, "cancel", order, *GOOD_REASON, "--dry-run")
    assert dry.code == 0, dry.out

    digest = dry.json["plan"]["digest"]
    done = attached(tool, site, theirs, "cancel", order, *GOOD_REASON, "--plan", digest)

    assert done.json["outcome"] == "done", done.out
    assert len(leaks.fired(site.ledger.entries)) >= len(pages)  # control: the pages tried
    assert leaks.arrived(site.ledger.entries) == {}
    assert len(site.ledger.cancels()) == 1

    async def unguarded() -> None:
        browser = await _connected(bench, theirs)
        page = await browser.contexts[0].new_page()
        await page.goto(f"{site.url}/p/order/detail.html?orderId={order}")
        await asyncio.to_thread(site.ledger.wait_for, lambda e: bool(leaks.trace(e)[0]))
        await page.close()
        await browser.close()

    bench.run(unguarded())  # control: without the guard they arrive


async def _a_tab_of_theirs(browser: Browser, site: Site) -> Page:
    page = await browser.contexts[0].new_page()
    await page.goto(site.url + "/p/order/index.html")
    return page


def test_the_buyers_tabs_and_dialogs_are_their_own(
    bench: Bench, theirs: str, site: Site, tmp_path: Path
) -> None:
    """GIVEN a run WHEN the buyer posts into a new tab and ponders a confirm() THEN both are theirs."""
    seen: dict[str, Any] = {}

    async def work() -> None:
        browser = await _connected(bench, theirs)
        mine = await _a_tab_of_theirs(browser, site)
        answered = asyncio.Event()
        mine.on("dialog", lambda dialog: asyncio.create_task(_ponder(dialog, answered)))
        options = SessionOptions(state_dir=tmp_path, timeout=10, attach=theirs)
        async with open_session(
            options, Guard(SiteOrigins.only(site.url), site_traffic(), own_pages_only=True)
        ):
            asking = asyncio.create_task(mine.evaluate("() => confirm('Sure?')"))
            await answered.wait()
            seen["confirm"] = await asking
            async with browser.contexts[0].expect_page() as opened:
                await mine.evaluate(
                    """() => { const f = document.createElement("form");
                    f.method = "post"; f.target = "_blank"; f.action = "/reverse/cancel/users";
                    document.body.append(f); f.submit(); }"""
                )
            during = await opened.value
            await during.wait_for_load_state()
            seen["worker"] = await mine.evaluate(
                """() => new Promise((done) => {
                    const code = `fetch("${location.origin}/reverse/cancel/worker", {method: "POST"})
                        .then(() => postMessage(1), () => postMessage(0))`;
                    new Worker(URL.createObjectURL(new Blob([code]))).onmessage =
                        (event) => done(event.data);
                })"""
            )
        seen["stays"] = not during.is_closed() and not mine.is_closed()
        await during.close()
        await mine.close()
        await browser.close()

    site.clear()
    bench.run(work())
    assert seen == {"confirm": True, "worker": 1, "stays": True}
    assert site.leaks() == {"users", "worker"}


async def _ponder(dialog: Any, answered: asyncio.Event) -> None:  # noqa: ANN401  a Playwright dialog
    """A human takes longer than this: 12 ms."""
    await asyncio.sleep(0.5)
    await dialog.accept()
    answered.set()


@pytest.mark.further
@pytest.mark.parametrize(
    "trouble",
    ["alert('Hello')", pytest.param("while (true) {}", marks=pytest.mark.further)],
    ids=["alert", "frozen"],
)
def test_a_tab_that_hangs_is_in_nobodys_way(
    bench: Bench, mimic: Mimic, tool: Tool, theirs: str, trouble: str
) -> None:
    """GIVEN a buyer's tab, frozen or with an open alert WHEN listed THEN it works; it stays."""
    site = mimic("waiting-seller", **CALM)
    ran: list[Ran] = []

    async def work() -> None:
        browser = await _connected(bench, theirs)
        mine = await browser.contexts[0].new_page()
        mine.on("dialog", lambda _: None)  # it stays open
        look = await browser.contexts[0].new_cdp_session(mine)
        their_id = (await look.send("Target.getTargetInfo"))["targetInfo"]["targetId"]
        await mine.evaluate(f"() => {{ setTimeout(() => {{ {trouble} }}, 0); }}")
        try:
            ran.append(await asyncio.to_thread(attached, tool, site, theirs, "list"))
            assert not mine.is_closed()
        finally:
            session = await browser.new_browser_cdp_session()
            await session.send("Target.closeTarget", {"targetId": their_id})
            await browser.close()

    bench.run(work())
    assert ran[0].code == 0, ran[0].out + ran[0].err


@pytest.mark.further
def test_tabs_of_a_killed_run_are_closed_by_the_next_one_and_no_other(
    bench: Bench, mimic: Mimic, tool: Tool, theirs: str
) -> None:
    """GIVEN a run ended by kill -9 WHEN the next one attaches THEN its tabs go, the buyer's stay."""
    site = mimic("waiting-seller", **CALM)
    before = tabs(bench, theirs)
    killed_once_ready(OPENS_A_TAB_AND_WAITS, theirs, str(tool.state_dir), site.url)
    left = tabs(bench, theirs)
    assert len(left) == len(before) + 2  # control: they were still there
    assert len(list((tool.state_dir / FOLDER).iterdir())) == 1

    ran = tool.run("list", "--attach", theirs, site=site)

    assert ran.code == 0, ran.err
    assert "closed 2 tab" in ran.err
    assert tabs(bench, theirs) == before
    assert list((tool.state_dir / FOLDER).iterdir()) == []


def test_several_profiles_stop_the_run_and_are_named(
    bench: Bench, mimic: Mimic, tool: Tool, theirs: str
) -> None:
    """GIVEN two profiles behind one port WHEN attached THEN it stops and names what it sees."""
    site = mimic("waiting-seller", **CALM)
    ran: list[Ran] = []

    async def work() -> None:
        browser = await _connected(bench, theirs)
        other = await browser.new_context()
        page = await other.new_page()
        await page.set_content("<title>Second profile's tab</title>")
        ran.append(await asyncio.to_thread(attached, tool, site, theirs, "list"))
        await other.close()
        await browser.close()

    bench.run(work())
    assert ran[0].error == "several_profiles"
    assert "Second profile's tab" in ran[0].json["error"]["message"]
    assert site.ledger.entries == ()


def test_a_proxy_is_never_asked_for_a_browser_of_this_machine(
    mimic: Mimic, tool: Tool, theirs: str
) -> None:
    """GIVEN a dead proxy in the environment WHEN attached THEN it works all the same."""
    site = mimic("waiting-seller", **CALM)
    nowhere = dict.fromkeys(
        ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "WS_PROXY"), "http://127.0.0.1:9"
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in nowhere.items():
            patch.setenv(name, value)
        patch.delenv("NO_PROXY", raising=False)
        patch.delenv("no_proxy", raising=False)
        ran = attached(tool, site, theirs, "session")
    assert ran.code == 0, ran.out + ran.err


def test_a_channel_is_found_by_its_own_switch(
    mimic: Mimic, tool: Tool, theirs: str, tmp_path: Path
) -> None:
    """GIVEN the file of Chrome's own switch WHEN attached to "chrome" THEN that browser is used."""
    site = mimic("waiting-seller", **CALM)
    folder = tmp_path / "google-chrome"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        patch.delenv("CHROME_CONFIG_HOME", raising=False)
        patch.delenv("CHROME_USER_DATA_DIR", raising=False)
        off = attached(tool, site, "chrome", "session")
        (folder / "DevToolsActivePort").write_text(_port_file(theirs), "utf-8")
        on = attached(tool, site, "chrome", "session")

    assert (off.code, off.error) == (1, "no_browser")
    assert "chrome://inspect/#remote-debugging" in off.json["error"]["hint"]
    assert on.code == 0, on.out + on.err


def _port_file(port: str) -> str:
    """What Chromium writes: the port, and the path of its websocket."""
    address = in_own_loop(find_endpoint(port, 5)).address
    return f"{port.rpartition(':')[2]}\n{address[address.index('/devtools') :]}"


@pytest.fixture(autouse=True)
def _nothing_stays(bench: Bench, theirs: str) -> Iterator[None]:
    """Every test has to leave the browser as it found it."""
    before = tabs(bench, theirs)
    yield
    assert tabs(bench, theirs) == before
