"""Words that a page shows only between the press of the mouse button and the click."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel import confirm
from automation.aliexpress.cancel.confirm import Confirm
from automation.aliexpress.cancel.dialogs import DialogWatch
from automation.aliexpress.cancel.last_words import LastWords
from automation.aliexpress.plan.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.progress import Untold
from automation.engine.guard import Guard, GuardReport, Permit, SiteOrigins
from automation.errors import ToolError
from tests.aliexpress.plan.a_plan import PLAN
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import Page

LOSS = "Your protection will end."
# What the page does at the press of the button, in the dialog with the id "d".
WAYS = {
    "nothing": "",
    "a countdown": "d.querySelector('i').textContent = 8",
    "a sentence": f"d.querySelector('p').textContent = 'Do you want to cancel your request? {LOSS}'",
    "a notice": f"n.hidden = false; n.textContent = '{LOSS}'",
    "a moment": (
        f"d.querySelector('p').append(' {LOSS}');"
        f"addEventListener('mouseup', () => setTimeout(() => d.querySelector('p').lastChild.remove()), {{once: true}})"
    ),
    "another label": "c.textContent = 'Accept'",
}
PAGE = """<html lang=en><body><button onclick="d.hidden = false; d.style.display = 'block'">Cancel Request</button>
<div id=d role=dialog style="display: none"><div class=comet-v2-confirm-title>Cancel this request?</div>
<div class=comet-v2-confirm-content><p>Do you want to cancel your request?</p><span>ID: <i>9</i></span></div>
<button id=c>Confirm</button></div><div id=n role=alert hidden></div>
<script>c.addEventListener('mousedown', () => { %s });
c.addEventListener('click', () => { window.clicks = (window.clicks || 0) + 1; window.sent(); })</script>"""


class Sending:
    """Stands in for the guard: the page's click on the confirm uses the permit."""

    def __init__(self) -> None:
        self.dialogs: list[object] = []
        self.permit: Permit | None = None

    def report(self) -> GuardReport:
        """Nothing was held back."""
        return GuardReport((), ())

    def grant(self, scope: Any, seconds: float) -> Permit:  # noqa: ANN401  a scope
        """The run's permit."""
        self.permit = Permit(scope, seconds)
        return self.permit

    def send(self) -> None:
        """The page sends its request."""
        if self.permit is None or not self.permit.consume():
            raise AssertionError("sent without a permit")


async def pressed(page: Page, way: str, accepted: frozenset[str]) -> str:
    """What became of one confirm: "sent", or why not."""
    guard, log = Sending(), SimpleNamespace(record=lambda *_, **__: None)
    await page.expose_function("sent", guard.send)
    await page.set_content(PAGE % WAYS[way])
    real = Guard(SiteOrigins.only("http://127.0.0.1:1"), site_traffic())
    session: Any = SimpleNamespace(page=page, guard=real, touch=False)
    walk = Walk(session, SiteMap.load(), Addresses("http://127.0.0.1:1"), Untold(), 5.0)
    session.guard = guard
    commit = Confirm(walk, PLAN, log, frozenset(), accepted=accepted)  # type: ignore[arg-type]
    commit._opened = DialogWatch(walk, ())  # noqa: SLF001  the part between two clicks
    target = page.get_by_role("button", name="Cancel Request")
    await commit._opened.start(target)  # noqa: SLF001
    await target.click()
    (dialog,) = await commit._opened.fresh()  # noqa: SLF001
    assert dialog.is_safe, dialog
    try:
        await commit._confirm(dialog)  # noqa: SLF001
    except UnseenWarningsError as unseen:
        return " ".join(each.words for each in unseen.warnings)
    except ToolError as error:
        return error.message
    await page.wait_for_function("window.clicks === 1")
    return "sent" if guard.permit and guard.permit.state == "used" else "not sent"


def ends(bench: Bench, accepted: frozenset[str] = frozenset()) -> dict[str, str]:
    """What became of a confirm in each way."""
    found: dict[str, str] = {}

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        for way in WAYS:
            page = await browser.new_page()
            found[way] = await pressed(page, way, accepted)
            await page.close()
        await browser.close()

    bench.run(work())
    return found


def test_words_of_loss_that_come_with_the_press_are_asked_about(bench: Bench) -> None:
    """GIVEN words that appear at the press THEN nothing is sent, and they are warnings; a countdown is not."""
    assert ends(bench) == {
        "nothing": "sent",
        "a countdown": "sent",
        "a sentence": LOSS,
        "a notice": LOSS,
        "a moment": LOSS,
        "another label": "the dialog becomes another one while its button is pressed",
    }


@pytest.mark.further
def test_accepted_words_let_it_be_sent_once(bench: Bench) -> None:
    """GIVEN the same words, accepted before THEN the request is sent; another label is never pressed."""
    (warning,) = site_warnings([LOSS], PLAN, SiteMap.load().pack("en"))

    found = ends(bench, frozenset({warning.digest}))

    other = found.pop("another label")
    assert set(found.values()) == {"sent"}
    assert other.startswith("the dialog becomes another one")


@pytest.mark.further
def test_without_the_watch_they_would_be_confirmed_unseen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: GIVEN no watch THEN each way sends."""

    async def unwatched(*_: object) -> object:
        async def never() -> None:
            return None

        return SimpleNamespace(stopped=never)

    monkeypatch.setattr(confirm, "LastWords", SimpleNamespace(watch=unwatched))

    assert set(ends(bench).values()) == {"sent"}
    assert LastWords.watch is not unwatched
