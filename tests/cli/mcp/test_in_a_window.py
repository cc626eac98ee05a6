"""An agent's run in a real window, with a captcha or a sign-in in the way, and a human at its mouse."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.async_api import Error, async_playwright

from tests.cli.headed import browser_with_port, display, needs_a_display
from tests.cli.mcp.agent import DECLINES, LEGACY, MODERN, Human, as_agent, sdk_transport, types
from tests.conftest import CALM, disputed_order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import Browser, Page, Playwright

    from fixtures.pytest_plugin import Mimic
    from tests.cli.mcp.agent import Agent
    from tests.conftest import Tool

pytestmark = [
    needs_a_display,
    pytest.mark.further,
    pytest.mark.timeout(600),  # only ends a run that hangs
]
SLID: Final = "captcha passed"
KNOB: Final = "#nc_1_n1z"
WORDS: Final = "the site asks for a captcha: your turn, in the browser window"
_LOOK_SECONDS: Final = 0.2


@pytest.fixture
def window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The options for a window on a hidden display, and the port by which a hand moves its mouse."""
    program, port = browser_with_port(tmp_path)
    with display() as name:
        monkeypatch.setenv("DISPLAY", name)
        yield ("--headed", "--browser", str(program)), port


async def slide(port: int) -> None:
    """Wait for the slider in whichever window comes, and move it to its end with the mouse."""
    async with async_playwright() as playwright:
        browser = await _opened(playwright, port)
        page = await _with_slider(browser)
        knob = await page.locator(KNOB).bounding_box()
        assert knob is not None
        await page.mouse.move(knob["x"] + 5, knob["y"] + 5)
        await page.mouse.down()
        await page.mouse.move(knob["x"] + 400, knob["y"] + 5, steps=8)
        await page.mouse.up()
        await browser.close()


async def _opened(playwright: Playwright, port: int) -> Browser:
    while True:
        try:
            return await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        except Error:
            await asyncio.sleep(_LOOK_SECONDS)


async def _with_slider(browser: Browser) -> Page:
    while True:
        for page in (each for context in browser.contexts for each in context.pages):
            if await page.locator(KNOB).count():
                return page
        await asyncio.sleep(_LOOK_SECONDS)


def captcha(*, at_the_cancel: bool = False) -> list[dict[str, Any]]:
    """A captcha at the dispute's page, until a human slides it; at once, or after the plan."""
    skip = 1 if at_the_cancel else 0
    return [{"at": "dispute", "kind": "captcha", "until_solved": True, "skip": skip}]


@pytest.mark.parametrize(
    ("mode", "at_the_cancel", "agrees"),
    [(LEGACY, False, True), (MODERN, False, False), (MODERN, True, True)],
    ids=["at the plan", "at the plan, and no", "at the cancel"],
)
def test_the_human_slides_and_types_and_one_write_is_sent(
    mimic: Mimic,
    tool: Tool,
    window: tuple[tuple[str, ...], int],
    mode: str,
    *,
    at_the_cancel: bool,
    agrees: bool,
) -> None:
    """GIVEN a captcha WHEN it is slid in the window THEN the run goes on, and only digits send a write."""
    words, port = window
    site = mimic("quick", **CALM, fault=captcha(at_the_cancel=at_the_cancel))
    order = disputed_order(site)
    human, told = Human([types(order[-8:-4]) if agrees else DECLINES]), list[str]()

    async def work(agent: Agent) -> None:
        hand = None if at_the_cancel else asyncio.create_task(slide(port))
        digest = await agent.plan(order)
        told.extend(line for _, line in agent.told)
        assert site.ledger.effects() == (() if at_the_cancel else (SLID,))
        hand = hand or asyncio.create_task(slide(port))
        ended = await agent.call("cancel", order=order, plan=digest)
        told.extend(line for _, line in agent.told)
        await hand
        end = (ended["exit_code"], ended["outcome"])
        assert end == ((0, "done") if agrees else (6, "not_done")), ended

    as_agent(tool, site, work, human=human, mode=mode, options=words, transport=sdk_transport)

    assert site.ledger.effects()[0] == SLID
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) - 1 == int(agrees)
    called = next(number for number, line in enumerate(told) if line.startswith(WORDS))
    assert told[called + 1].startswith(("hand over, captcha", WORDS))
    assert len(human.read) == 1


@pytest.mark.parametrize("kind", ["captcha", "signed-out"])
def test_a_human_who_does_not_come_is_waited_for_no_longer_than_asked(
    mimic: Mimic, tool: Tool, window: tuple[tuple[str, ...], int], kind: str
) -> None:
    """GIVEN a captcha or sign-in and no human at the window THEN the tool ends with exit 4, and no plan."""
    words, _ = window
    site = mimic("quick", **CALM, fault=[{**captcha()[0], "kind": kind}])

    async def work(agent: Agent) -> None:
        said = {"because": "package-arrived", "received": True, "checked": True}
        ended = await agent.call("plan", order=disputed_order(site), **said)
        assert (ended["exit_code"], ended["plan"]) == (4, None), ended
        assert "was not dealt with within 2 s" in ended["error"]["message"]
        what = "a captcha" if kind == "captcha" else "a sign-in"
        assert [line for _, line in agent.told if f"{what}: your turn" in line]

    options = (*words, "--wait-for-human", "2")
    as_agent(tool, site, work, options=options, mode=MODERN, transport=sdk_transport)

    site.ledger.assert_no_writes()
