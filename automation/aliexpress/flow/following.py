"""Go from Order Details to a dispute page by its link, its box or a line's button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Error, Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.flow.targets import outside, press, reach, worded
from automation.aliexpress.flow.waiting import Deadline
from automation.aliexpress.flow.words import be_sure
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.addresses import is_dispute_page
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.flow.tab import Tab
    from automation.aliexpress.pages import DisputeEntry
    from automation.aliexpress.site import Hooks

_LOOK_SECONDS = 0.05
_LATE_SECONDS = 4.0


async def follow_entry(tab: Tab, entry: DisputeEntry, deadline: Deadline) -> Page | None:
    """Open the dispute behind an entry, in the same tab or a new one.

    Returns:
        The page that shows the dispute, ``None`` if a dialog opened instead: a line's
        button without an open dispute asks whether the package came (site facts,
        section 3). That question is never answered.

    Raises:
        ToolError: the entry is gone or leads nowhere (exit 5).
    """
    if entry.href:
        await tab.watch.load(tab.page, tab.addresses.absolute(entry.href, tab.page.url), deadline)
        return tab.page
    before = set(tab.page.context.pages)
    await _know(tab, entry)
    target = await entry_target(tab.page, tab.site.hooks, entry)
    dialogs = tab.page.locator(tab.site.hooks.css("modal")).filter(visible=True)
    await tab.clear_layers()
    await reach(target, deadline, tab.site.hooks, touch=tab.session.touch)
    known = await dialogs.count()
    tab.watch.check(tab.page)
    tab.watch.forget_earlier()
    try:
        await press(target, deadline.left, touch=tab.session.touch)
    except Error as error:
        raise _leads_nowhere(entry) from error
    soon: Deadline | None = None
    while deadline.left > 0:
        for page in tab.page.context.pages:
            if page not in before or page is tab.page:
                if is_dispute_page(page.url):
                    tab.session.guard.follow(page)
                    return page
                # The window of an advertisement may come first, or this entry leads away.
                soon = soon or (
                    Deadline.after(_LATE_SECONDS) if tab.watch.refused_windows else None
                )
                tab.watch.check(page, windows=soon is not None and soon.left <= 0)
        if entry.kind == "button" and await dialogs.count() > known:
            return None
        try:
            await tab.page.wait_for_url(is_dispute_page, timeout=_LOOK_SECONDS * 1000)
        except PlaywrightTimeout:
            continue
    raise _leads_nowhere(entry)


async def _know(tab: Tab, entry: DisputeEntry) -> None:
    """Require verified words, since they decide this click."""
    lang = (await take_snapshot(tab.page, scope="title")).lang
    kind = LabelKind.DISPUTE_BUTTON
    if entry.kind == "box":
        beside = entry.label in tab.words(lang).label(LabelKind.BOX_BUTTON)
        kind = LabelKind.BOX_BUTTON if beside else LabelKind.DISPUTE_ENTRY
    await be_sure(tab, lang, "the way to your dispute", {f"labels.{kind}": (entry.label,)})


async def entry_target(page: Page, hooks: Hooks, entry: DisputeEntry) -> Locator:
    """The element that an entry was read from, by its position among the same elements.

    Raises:
        ToolError: it is no longer there (exit 5).
    """
    apart = f"{hooks.css('furniture')}, {hooks.css('modal')}"
    found = outside(worded(page, entry.label), page, apart)
    if entry.nth >= await found.count():
        raise _leads_nowhere(entry)
    return found.nth(entry.nth)


def _leads_nowhere(entry: DisputeEntry) -> ToolError:
    return ToolError(
        f"'{entry.label[:60]}' on Order Details does not lead to a dispute page",
        code=ErrorCode.DISPUTE_NOT_REACHED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the order in your own browser",
    )
