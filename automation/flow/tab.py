"""The tab in which a walk is, and what every step needs to wait, read and touch there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.flow.waiting import Watch

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.flow.hearing import Hearing
    from automation.flow.report import Report
    from automation.flow.request import ConfirmWords
    from automation.flow.waiting import Deadline
    from automation.session.browser import Session
    from automation.site import Addresses, SiteMap, WordPack


@dataclass
class Tab:
    """The page that is open, what is known of the site, and how long a step may take.

    Args:
        timeout: seconds that each step may take.
        confirm_words: asks the buyer about words that nobody has seen; ``None`` if he cannot be.
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
        """Wait until the page's elements change, or the time is over."""
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

    async def clear_layers(self) -> None:
        """Hide layers that lie over the page and are no dialogs: cookie bar, promotions."""
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
        """The word pack of a document's language."""
        return self.site.pack(lang)
