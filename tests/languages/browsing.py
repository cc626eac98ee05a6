"""The mimic site's pages in every language, as snapshots from one browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from automation.aliexpress.pages import Snapshot
from fixtures import MimicSite, load_scenario

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = resources.files("automation.aliexpress.pages").joinpath("snapshot.js").read_text("utf-8")
DIALOG = ".comet-v2-modal"
CANCEL = "[class*='bottomAction--wrap'] button"


@dataclass(frozen=True)
class Pages:
    """What an account in one language shows of one order and its dispute."""

    order: Snapshot
    dispute: Snapshot
    dialog: Snapshot


def snapshot_of(page: Page) -> Snapshot:
    """The visible page, taken by the reader's own script."""
    data = json.loads(page.evaluate(SCRIPT, {"scope": "", "from": 0, "textLimit": 4000}))
    return Snapshot(data["address"], data["html"], data["lang"])


def walk(page: Page, language: str, **order: str) -> Pages:
    """Order Details, its dispute, and the dialog behind Cancel Request, not confirmed."""
    scenario = load_scenario("quick", language=language, order=order)
    with MimicSite(scenario) as site:
        target = next(o for o in site.state.orders if o.lines[0].dispute)
        page.goto(f"{site.url}/p/order/detail.html?orderId={target.id}")
        page.locator(".running-case").wait_for()
        shown = snapshot_of(page)
        line, dispute = target.lines[0], site.state.dispute()
        query = f"tradeOrderLineId={line.id}&reverseOrderLineId={dispute.id}"
        page.goto(f"{site.url}/p/reverse-pages/detail.html?{query}")
        page.locator(CANCEL).wait_for()
        before = snapshot_of(page)
        page.locator(CANCEL).click()
        page.locator(DIALOG).wait_for()
        asked = snapshot_of(page)
        assert site.ledger.writes() == ()
        page.goto("about:blank")
        return Pages(shown, before, asked)
