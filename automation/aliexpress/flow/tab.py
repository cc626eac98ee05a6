"""The tab of a walk, and what every step needs to wait, read and click there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.aliexpress.flow.waiting import Watch

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.flow.hearing import Hearing
    from automation.aliexpress.flow.report import Report
    from automation.aliexpress.flow.request import ConfirmWords
    from automation.aliexpress.flow.waiting import Deadline
    from automation.aliexpress.site import Addresses, SiteMap, WordPack
    from automation.engine.session.browser import Session


_BLANK = frozenset(("", "about:blank", "chrome-error://chromewebdata/"))


async def _opener(page: Page) -> Page | None:
    """The page that opened a window; ``None`` for a tab of the tool or the buyer."""
    try:
        return await page.opener()
    except Error:
        return None  # it is closing


@dataclass
class Tab:
    """The open page, what is known about the site, and the time limit of a step.

    Args:
        timeout: time limit of each step, in seconds.
        confirm_words: asks the buyer about unverified labels; ``None`` without a terminal.
    """

    session: Session
    site: SiteMap
    addresses: Addresses
    report: Report
    timeout: float
    watch: Watch = field(init=False)
    page: Page = field(init=False)
    hearing: Hearing | None = None
    confirm_words: ConfirmWords | None = None

    def __post_init__(self) -> None:
        self.watch = Watch(self.site.hooks, self.session.guard)
        self.page = self.session.page

    async def changes(self, deadline: Deadline) -> None:
        """Wait until the page's elements change, for at most a second."""
        await self.page.evaluate(
            """(ms) => new Promise((done) => {
                 const stop = () => { watcher.disconnect(); done(); };
                 const watcher = new MutationObserver(stop);
                 watcher.observe(document, { childList: true, subtree: true, characterData: true,
                                             attributes: true });
                 setTimeout(stop, ms);
               })""",
            max(1, int(min(deadline.left, 1.0) * 1000)),
        )

    async def close_windows(self) -> str:
        """Close the windows that the pages opened by themselves, such as advertisements.

        Returns:
            For the note of a step: where they wanted to go, empty if there were none.
        """
        guard, names = self.session.guard, list(self.watch.refused_windows)
        for page in self.page.context.pages:
            if guard.is_followed(page) or page is self.page or await _opener(page) is None:
                continue
            names += [] if page.url in _BLANK else [page.url.partition("?")[0]]
            await page.close()
        return f"; closed a window of the page ({', '.join(names)})" if names else ""

    async def clear_layers(self) -> None:
        """Hide layers that cover the page, such as cookie bars, but not dialogs."""
        await self.page.evaluate(
            """({ furniture, modal }) => {
                 for (const el of document.querySelectorAll(furniture)) {
                   const fixed = (node) => ["fixed", "sticky"].includes(getComputedStyle(node).position);
                   const layers = [el, ...el.querySelectorAll("*")].filter(fixed);
                   for (const layer of layers)
                     if (!layer.querySelector(modal) && !layer.matches(modal))
                       layer.style.setProperty("display", "none", "important");
                 }
               }""",
            {"furniture": self.site.hooks.css("furniture"), "modal": self.site.hooks.css("modal")},
        )

    def words(self, lang: str) -> WordPack:
        """The word pack for a document's language."""
        return self.site.pack(lang)
