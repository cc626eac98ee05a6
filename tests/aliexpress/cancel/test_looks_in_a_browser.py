"""A result that a page shows for a moment is no result: its page stays open and is read again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel import verify
from automation.aliexpress.cancel.verify import Subject, conclude
from automation.aliexpress.site import Addresses, DisputeIds, SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.progress import Untold
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.looking import Concluded, Pace
from automation.engine.outcome import Case, Outcome, Past, Reply
from automation.engine.session.launch.launcher import never_lost
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Route

SITE = "http://127.0.0.1:1"
ORDER, DISPUTE = "8194370215560042", "1100482913300042"
PAGE = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId={DISPUTE}"
SENT = Case(Past.SENDING, Reply.SUCCESS)
STATUS = '<div class="reminder--statusStr--x">{}</div><p>Order ID: ' + ORDER + "</p>"
DETAILS = (
    f'<div class="order-detail-order-info"><div class="info-row">Order ID: {ORDER}</div></div>'
    '<div class="order-detail-item-content">A lamp</div><script>localStorage.read = Math.random()</script>'
)
# What the dispute's page does once Order Details was read.
THEN = {
    "stays": "",
    "goes back": "document.querySelector('div').textContent = 'Waiting for the seller to respond'",
    "another end": "document.querySelector('div').textContent = 'Refund complete'",
    "blank": "document.body.textContent = ''",
    "translated": "document.documentElement.classList.add('translated-ltr')",
}


async def concluded(context: BrowserContext, then: str) -> tuple[Concluded, int]:
    """The verdict on a page that says "cancelled" and then does something; how many tabs stay."""
    dispute = STATUS.format("Request cancelled") + (
        f"<script>addEventListener('storage', () => {{ {then} }})</script>"
    )

    async def answer(route: Route) -> None:
        body = dispute if "/reverse-pages/" in route.request.url else DETAILS
        await route.fulfill(body=f"<html lang=en><body>{body}", content_type="text/html")

    await context.route("**", answer)
    guard = Guard(SiteOrigins.only(SITE), site_traffic())
    session: Any = SimpleNamespace(
        context=context, page=await context.new_page(), guard=guard, fresh_page=context.new_page,
        touch=False, signed_in=True, lost=never_lost,
    )  # fmt: skip
    walk = Walk(session, SiteMap.load(), Addresses(SITE), Untold(), 10.0)
    subject = Subject(ORDER, DisputeIds(DISPUTE), PAGE)
    found = await conclude(walk, subject, SENT, 0.0, Pace(hold=0.3, backoff=(0.1,)))
    return found, len(context.pages)


def outcomes(bench: Bench) -> dict[str, tuple[Outcome, str]]:
    """What is concluded from each page."""
    found: dict[str, tuple[Outcome, str]] = {}

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        for name, then in THEN.items():
            context = await browser.new_context()
            said, tabs = await concluded(context, then)
            found[name] = (said.outcome, said.verdict.reason)
            assert tabs == 1, "its tabs are closed"
            await context.close()
        await browser.close()

    bench.run(work())
    return found


def test_a_page_that_takes_its_result_back_proves_nothing(bench: Bench) -> None:
    """GIVEN a page that shows "cancelled" after each load, and something else soon after THEN unknown."""
    assert outcomes(bench) == {
        "stays": (Outcome.DONE, "shown_done"),
        "goes back": (Outcome.UNKNOWN, "pages_went_back"),
        "another end": (Outcome.UNKNOWN, "pages_went_back"),
        "blank": (Outcome.DONE, "shown_done"),
        "translated": (Outcome.UNKNOWN, "not_decided"),
    }


@pytest.mark.further
def test_fresh_loads_alone_do_not_see_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: GIVEN no second reading of the open page THEN each load looks like a cancel."""

    async def never(*_: object) -> None:
        return None

    monkeypatch.setattr(verify, "taken_back", never)

    assert {outcome for outcome, _ in outcomes(bench).values()} == {Outcome.DONE}
