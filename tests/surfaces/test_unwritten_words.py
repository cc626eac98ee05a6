"""Words of a page that are not its text, read in a real browser, one page for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.pages import read_dispute, take_snapshot
from automation.aliexpress.pages.dialog import Dialog, appeared, read_dialogs
from automation.aliexpress.site import SiteMap
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import Page

SITE = SiteMap.load()
EN = SITE.pack("en")
WARNING = "Your buyer protection may end."
QUESTION = "<h3>Cancel Request</h3><p>Are you sure you want to cancel this request?</p>"
PLAIN = "<button>Not now</button><button>Confirm</button>"
HALF = len(WARNING) // 2

# What is in a dialog besides its question and buttons.
UNSEEN = {
    "before": "<style>#w::before { content: '%s' }</style><p id='w'></p>",
    "after": "<style>#w::after { content: '%s' }</style><p id='w'></p>",
    "two strings": f"<style>#w::after {{ content: '{WARNING[:HALF]}' '{WARNING[HALF:]}' }}</style>"
    "<p id='w'></p>",
    "an attribute in a style sheet": (
        "<style>#w::after { content: attr(data-said) }</style><p id='w' data-said='%s'></p>"
    ),
    "a list's marker": "<style>#w::marker { content: '%s' }</style><ul><li id='w'></li></ul>",
    "aria-label": "<i aria-label='%s'></i>",
    "aria-labelledby": "<i aria-labelledby='w'></i>",
    "title": "<span title='%s'>?</span>",
    "alt": "<img alt='%s' width='9' height='9'>",
    "drawing": "<svg width='50' height='20'><text y='10'>%s</text></svg>",
    "shadow": "<div id='host'></div>",
    "the name of a button": "<button aria-label='%s'>i</button>",
}
BETWEEN = f"<p id='w' hidden>{WARNING}</p>"
SHADOW = f"""<script>{{ const host = document.getElementById('host');
  if (host) host.attachShadow({{ mode: 'open' }}).innerHTML = '<p>{WARNING}</p>'; }}</script>"""
SILENT = {
    "nothing": "",
    "an icon": "<style>i::before { content: '\\e900' }</style><i></i><img width='24' height='24'>",
    "a hidden style": "<style>p::after { content: 'Lost'; display: none }</style>",
    "what the text says too": "<p aria-label='Cancel request'>Cancel Request</p>",
    "a counter": "<style>p { counter-increment: n } p::before { content: counter(n) }</style>",
}
# The buttons of a dialog of which none may be pressed.
TWICE_NAMED = {
    "another name": "<button aria-label='Accept'>Confirm</button>",
    "another text": "<button aria-label='Confirm'>Accept</button>",
    "named by another element": "<i id='n' hidden>Accept</i><button aria-labelledby='n'>Confirm</button>",
    "a tooltip": "<button title='Accept the proposal'>Confirm</button>",
    "a picture": "<button>Confirm<img alt='Accept'></button>",
    "a style sheet": "<style>b::after { content: ' receipt' }</style><button>Confirm<b></b></button>",
    "a drawing": "<button>Confirm<svg><title>Accept</title></svg></button>",
}


async def dialog_with(page: Page, inside: str, buttons: str = PLAIN) -> Dialog:
    """The one dialog of a page."""
    await page.set_content(f"{BETWEEN}<div role='dialog'>{QUESTION}{inside}{buttons}</div>{SHADOW}")
    [dialog] = read_dialogs(await take_snapshot(page), SITE.hooks, EN)
    return dialog


async def appears(page: Page, html: str, before: str = "<p>3 days 04:05:06 left</p>") -> list[str]:
    """What the page says beyond its dialog once this has appeared."""
    await page.set_content(f"<main>{before}</main>")
    old = await take_snapshot(page)
    await page.set_content(f"{html}<div role='dialog'>{QUESTION}{PLAIN}</div>")
    return list(appeared(old, await take_snapshot(page), SITE.hooks, EN))


def test_words_that_are_no_text_are_read(bench: Bench) -> None:
    """GIVEN words by style sheet, name, tooltip, picture or beside the dialog THEN they warn.

    GIVEN icons, hidden words or a clock that ticks THEN nothing does: the controls.
    """

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for name, inside in UNSEEN.items():
            dialog = await dialog_with(page, inside.replace("%s", WARNING))
            assert dialog.warnings == (WARNING,), (name, dialog)
        for name, inside in SILENT.items():
            dialog = await dialog_with(page, inside)
            assert (dialog.warnings, dialog.is_safe) == ((), True), (name, dialog)
        dialog = await dialog_with(page, "<canvas width='300' height='60'></canvas>")
        assert dialog.warnings == ("(a picture of 300x60 pixels that cannot be read)",)
        for name, buttons in TWICE_NAMED.items():
            dialog = await dialog_with(page, "", buttons)
            assert not dialog.is_safe, (name, dialog)
        assert (
            await dialog_with(page, "", "<button aria-label='Confirm'>Confirm</button>")
        ).is_safe
        await browser.close()

    bench.run(work())


def test_what_appeared_beside_the_dialog_is_read(bench: Bench) -> None:
    """GIVEN a box, toast, tooltip or banner that came with the dialog THEN its words are read.

    GIVEN a part of the page that is filled late THEN only words of loss in it count.
    """
    clock = "<main><p>3 days 04:05:07 left</p></main>"

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for box in (
            "<div>%s</div>",
            "<header>%s</header>",
            "<div role='tooltip' title='%s'></div>",
        ):
            assert await appears(page, clock + box.replace("%s", WARNING)) == [WARNING], box
        assert await appears(page, clock) == []
        said = "A line that no list has."
        for box in ("<div role='alert'>%s</div>", "<div class='comet-toast'>%s</div>"):
            assert await appears(page, clock + box.replace("%s", said)) == [said], box
        assert await appears(page, clock + f"<section>{said}</section>") == []
        cards = "<div class='more-to-love'><p>Only today: mug, US $3.00</p></div>"
        assert await appears(page, clock + cards) == []
        assert await appears(page, clock + "<div class='comet-loading-wrap'>Wait</div>") == []
        await browser.close()

    bench.run(work())


def test_cancel_request_with_another_name_is_none(bench: Bench) -> None:
    """GIVEN Cancel Request that is named Accept as well THEN it is no cancel control."""

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for name in ("Cancel request", "Accept", "Cancel order"):
            await page.set_content(
                f"<main><button aria-label='{name}'>Cancel Request</button></main>"
            )
            read = read_dispute(await take_snapshot(page), SITE.hooks, EN)
            fits = name == "Cancel request"
            assert (len(read.cancel_labels), bool(read.clash)) == (fits, not fits), name
        await browser.close()

    bench.run(work())
