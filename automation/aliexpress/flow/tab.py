"""The tab of a walk, and what every step needs to wait, read and click there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.flow.waiting import Watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

    from automation.aliexpress.flow.progress import Progress
    from automation.aliexpress.flow.request import ConfirmWords
    from automation.aliexpress.flow.response_names import Responses
    from automation.aliexpress.flow.waiting import Deadline
    from automation.aliexpress.site import Addresses, SiteMap, WordPack
    from automation.engine.session.browser import Session

_LOOK_SECONDS = 0.05


async def _never() -> bool:
    return False


@dataclass
class Tab:
    """The open page, what is known about the site, and the time limit of a step.

    Args:
        progress: follows the steps.
        timeout: time limit of each step, in seconds.
        responses: what the pages read about disputes; ``None`` if no one asks for it.
        confirm_words: asks the buyer about unverified labels; ``None`` without a terminal.
    """

    session: Session
    site: SiteMap
    addresses: Addresses
    progress: Progress
    timeout: float
    watch: Watch = field(init=False)
    page: Page = field(init=False)
    responses: Responses | None = None
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

    async def led_to(
        self,
        is_it: Callable[[str], bool],
        before: set[Page],
        deadline: Deadline,
        instead: Callable[[], Awaitable[bool]] = _never,
    ) -> Page | None:
        """Wait for the page that a click leads to, in this tab or in a new one.

        Args:
            is_it: whether an address is that page's.
            before: the tabs before the click.
            instead: whether something else came, which ends the wait.

        Returns:
            ``None`` if something else came.

        Raises:
            ToolError: it led to a sign-in, a captcha or another host.
            TimeoutError: it led nowhere.
        """
        while deadline.left > 0:
            for page in self.page.context.pages:
                if page not in before or page is self.page:
                    if is_it(page.url):
                        return page
                    self.watch.check(page)
            if await instead():
                return None
            try:
                await self.page.wait_for_url(is_it, timeout=_LOOK_SECONDS * 1000)
            except PlaywrightTimeout:
                continue
        raise TimeoutError

    def words(self, lang: str) -> WordPack:
        """The word pack for a document's language."""
        return self.site.pack(lang)
