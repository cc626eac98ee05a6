"""Where a click leads: to the page, to another tab, to a dialog or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.progress import Untold
from automation.aliexpress.walk.tab import Tab
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import Session
from automation.errors import ToolError
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

SITE = "http://127.0.0.1:1"
DISPUTE = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId=1100482913307001"
WAYS = {
    "same tab": (f"location.href = '{DISPUTE}'", "own"),
    "script": (f"setTimeout(() => history.pushState(0, '', '{DISPUTE}'), 80)", "own"),
    "new tab": (f"open('{DISPUTE}')", "new"),
    "dialog": ("setTimeout(() => document.body.append(document.createElement('dialog')), 80)", ""),
    "nowhere": (f"open('{SITE}/p/other.html')", "TimeoutError"),
    "sign-in": ("location.href = '/login'", "signed_out"),
}


async def answer(route: Route) -> None:
    """An empty page at every address; ``/login`` leads to the sign-in page."""
    script = ""
    if route.request.url.endswith("/login"):
        script = "<script>history.replaceState(0, '', '/login.htm')</script>"
    await route.fulfill(body=f"<body>{script}</body>", content_type="text/html")


async def led_to(page: Page, script: str, seconds: float) -> str:
    """What a script on a page leads to, as a word."""
    await page.goto(f"{SITE}/p/order/detail.html")
    guard = Guard(SiteOrigins.only(SITE), site_traffic())
    session = Session(page.context, page, guard)
    tab = Tab(session, SiteMap.load(), Addresses(SITE), Untold(), 2.0)

    async def dialog() -> bool:
        return await page.locator("dialog").count() > 0

    before = set(page.context.pages)
    await page.evaluate(script)
    try:
        found = await tab.led_to(is_dispute_page, before, Deadline.after(seconds), dialog)
    except TimeoutError:
        return "TimeoutError"
    except ToolError as error:
        return error.code
    return "" if found is None else "own" if found is page else "new"


def test_a_click_is_followed_wherever_it_leads(bench: Bench) -> None:
    """GIVEN a click THEN the page of that address in either tab, a dialog, or a clear end."""
    ends: dict[str, str] = {}

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        for name, (script, _) in WAYS.items():
            context = await browser.new_context()
            await context.route("**", answer)
            seconds = 0.5 if name == "nowhere" else 20.0
            ends[name] = await led_to(await context.new_page(), script, seconds)
            await context.close()
        await browser.close()

    bench.run(work())

    assert ends == {name: end for name, (_, end) in WAYS.items()}
