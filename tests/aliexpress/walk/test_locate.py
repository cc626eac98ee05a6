"""One element by its words: exactly one that a person sees, and a click that reaches it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.answer import Step
from automation.aliexpress.pages import Snapshot, read_dispute
from automation.aliexpress.running import Run
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.locate import (
    cancel_control,
    controls,
    exact,
    only_one,
    press,
    reach,
    try_cancel_request,
)
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ExitCode, ToolError
from tests.engine.guard.rig.campaign import Bench, open_quiet
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.walk.tab import Tab

SITE = SiteMap.load()
HOOKS = SITE.hooks
LABEL = "Cancel Request"
HAND = "style=cursor:pointer"
# Fragments, and the id of the one control; none, or how many there are.
FOUND = {
    f"<button id=it>{LABEL}</button>": "it",
    f"<button id=it>  CANCEL\n request </button><p>{LABEL}</p>": "it",
    f"<div {HAND}><b id=it>{LABEL}</b></div>": "it",
    f"<button id=no><a id=it href=#>{LABEL}</a></button>": "it",
    f"<input id=it type=submit value='{LABEL}'>": "it",
    f"<div class=apart><button>{LABEL}</button></div>": "none",
    f"<div class=apart><p>{LABEL}</p></div><button id=it>{LABEL}</button>": "it",
    f"<button>Do not {LABEL}</button>": "none",
    f"<button>{LABEL}</button><button>{LABEL}</button>": "2",
    f"<button hidden>{LABEL}</button>": "none",
    # What a person sees may have these words only for those who hear it.
    f"<button aria-label='{LABEL}'>x</button><button style=opacity:0>{LABEL}</button>": "none that can be seen",
    f"<button aria-label='{LABEL}'>x</button><div style='width:1px;height:1px;overflow:hidden'><p>{LABEL}</p></div>": "none that can be seen",
    f"<p style='position:absolute;left:-999em'>{LABEL}</p>": "none that can be seen",
    f"<button style=opacity:0>{LABEL}</button><button style=opacity:0>{LABEL}</button>": "none that can be seen",
    f"<button style=opacity:0>{LABEL}</button><button id=it>{LABEL}</button>": "it",
    # Boxes of no height that cut off nothing.
    f"<style>body {{ height: 0; overflow: hidden }}</style><button id=it>{LABEL}</button>": "it",
    f"<div style='display:contents;overflow:hidden'><button id=it>{LABEL}</button></div>": "it",
    f"<a style=overflow:hidden><div><button id=it>{LABEL}</button></div></a>": "it",
}  # fmt: skip
BUTTON = "<button id=yes>Cancel Request</button>"
LAYER = "<div style='position:fixed;inset:0;background:#fff'>{}</div>"
DRAWING = "<svg style='{}width:100vw;height:100vh'><rect width=100% height=100% /></svg>"
FIELD = "<input placeholder='Your e-mail'>"
# What lies over the control, and what of it is said; nothing where the click gets through.
COVERS = {
    "": "",
    LAYER.format("<p>US $5 coupon for you</p>"): "",
    LAYER.format("a") + LAYER.format("b") + LAYER.format("c"): "",
    DRAWING.format("position:fixed;inset:0;"): "",
    LAYER.format(f"<p>US $5 coupon for you</p>{FIELD}"): "'US $5 coupon for you' covers it",
    LAYER.format(f"<p hidden>x</p>{FIELD}{DRAWING.format('')}"): "'a <div> without words' covers it",
    LAYER.format("<iframe></iframe>"): "'a <div> without words' covers it",
    LAYER.format("<div class=nc_wrapper id=nocaptcha>Slide</div>"): "'Slide' covers it",
    DRAWING.format("margin-top:-40px;display:block;"): "'a <svg> without words' covers it",
    "<style>#yes { pointer-events: none }</style>": "it moves or is disabled",
    "<script>yes.disabled = true</script>": "it moves or is disabled",
}  # fmt: skip


def test_a_label_is_whole_whatever_its_case_and_spaces() -> None:
    """GIVEN a label THEN only the whole of it matches, also with signs that patterns use."""
    pattern = exact("Cancel (1)  request?")

    assert pattern.match(" cancel(1)\n REQUEST? ")
    assert not any(map(pattern.match, ("cancel 1 request?", "Cancel (1) request", "x Cancel (1) request?")))  # fmt: skip


ERRORS: list[ToolError] = []


async def found_in(page: Page, html: str) -> str:
    """The id of the one control of a fragment, or how many there are."""
    await page.set_content(html)
    try:
        target = only_one(await controls(page, HOOKS, LABEL, ".apart"), "it")
    except ToolError as error:
        ERRORS.append(error)
        return error.message.removeprefix("expected exactly one it, found ")
    return await target.get_attribute("id") or ""


async def over(page: Page, cover: str) -> str:
    """What keeps a click from a button below a cover; nothing if it gets through."""
    await page.set_content(f"<style>svg {{ fill: #eee }}</style>{BUTTON}{cover}")
    target = page.locator("#yes")
    try:
        await reach(target, Deadline.after(4.0 if not COVERS[cover] else 0.4), HOOKS)
    except ToolError as error:
        ERRORS.append(error)
        return error.message.removeprefix("cannot click the control: ")
    await page.evaluate("void (yes.onclick = () => { document.title = 'pressed'; })")
    assert await page.title() == "", "the proof presses nothing"
    await press(target, 20)
    assert await page.title() == "pressed"
    return ""


def test_one_element_and_a_way_to_it(bench: Bench) -> None:
    """GIVEN pages THEN the one element that a person sees, and a click that reaches it, or why not."""
    found, covered = dict[str, str](), dict[str, str]()

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for html in FOUND:
            found[html] = await found_in(page, html)
        for html in COVERS:
            covered[html] = await over(page, html)
        await browser.close()

    bench.run(work())

    assert found == FOUND
    assert covered == COVERS
    assert {each.exit_code for each in ERRORS} == {ExitCode.PAGE_NOT_RECOGNISED}
    hints = {each.message for each in ERRORS if "--attach" in each.hint}
    assert hints == {each.message for each in ERRORS if "covers it" in each.message} != set()


DISPUTE = replace(
    read_dispute(Snapshot("https://www.aliexpress.com/p/reverse-pages/detail.html", "", "en"), HOOKS,
                 SITE.pack("en")),
    cancel_labels=(LABEL,),
)  # fmt: skip
# A page without the control and one with it in a dialog, which is another question.
BARS = {
    f"{BUTTON}<dialog open class=comet-v2-modal>{BUTTON}</dialog>": "pressed",
    f"<footer>{BUTTON}</footer>": "pressed",
    f"<dialog open class=comet-v2-modal>{BUTTON}</dialog>": "found none",
    f"{BUTTON}<footer>{BUTTON}</footer>": "pressed",
    f"{BUTTON}{BUTTON}": "found 2",
    "": "found none",
}


def test_the_trial_presses_nothing_and_needs_exactly_one(bench: Bench) -> None:
    """GIVEN a dispute page THEN its one control is proven, beside dialogs, and not pressed."""
    ends, notes = dict[str, str](), list[str]()

    async def tried(page: Page, html: str) -> str:
        await page.set_content(html)
        await page.evaluate("void (onclick = () => { document.title += 'pressed'; })")
        run = Run("cancel")
        tab = SimpleNamespace(
            page=page, site=SITE, words=SITE.pack, progress=run, confirm_words=None, timeout=20.0,
            session=SimpleNamespace(touch=False),
        )  # fmt: skip
        try:
            target = await try_cancel_request(cast("Tab", tab), DISPUTE)
        except ToolError as error:
            return error.message.removeprefix(f"expected exactly one '{LABEL}', ")
        assert await page.title() == ""
        assert run.step_now is Step.TRIAL_CLICK
        notes.append(run.steps[0].note)
        await press(target, 20)
        return await page.title()

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        for html in BARS:
            page = await browser.new_page()
            ends[html] = await tried(page, html)
            await page.close()
        await browser.close()

    bench.run(work())

    assert ends == BARS
    assert set(notes) == {f"one '{LABEL}', visible and enabled"}


@pytest.mark.parametrize(
    ("labels", "clash", "why"),
    [
        ((), "", "expected exactly one Cancel Request on the dispute page, found none"),
        ((LABEL, "Withdraw"), "", "expected exactly one Cancel Request on the dispute page, found 2"),
        ((LABEL,), "the page has two of them", "the page has two of them"),
    ],
)  # fmt: skip
def test_a_page_that_was_read_without_one_control_is_not_touched(
    labels: tuple[str, ...], clash: str, why: str
) -> None:
    """GIVEN no label, two, or a clash THEN exit 5, and the page is not asked for anything."""
    dispute = replace(DISPUTE, cancel_labels=labels, clash=clash)

    with pytest.raises(ToolError) as caught:
        in_own_loop(cancel_control(cast("Tab", SimpleNamespace()), dispute))

    assert (caught.value.message, caught.value.exit_code) == (why, ExitCode.PAGE_NOT_RECOGNISED)
