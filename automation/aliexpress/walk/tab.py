"""The tab of a walk: its page, what covers it, and where a click in it leads."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.walk.my_orders import MyOrders
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.aliexpress.walk.wait.watch import Watch
from automation.errors import ToolError

if TYPE_CHECKING:
    from automation.aliexpress.pages import Snapshot
    from automation.aliexpress.site import Addresses, Doubt, SiteMap, WordPack
    from automation.aliexpress.walk.album import Album
    from automation.aliexpress.walk.held_reads import ReadOffers
    from automation.aliexpress.walk.progress import Progress
    from automation.aliexpress.walk.responses import Responses
    from automation.aliexpress.walk.wait.underway import UnderWay
    from automation.engine.session.browser import Session

_LOOK_SECONDS = 0.05
_BLANK = frozenset(("", "about:blank", "chrome-error://chromewebdata/"))

ConfirmWords = Callable[["Doubt"], Awaitable[bool]]
"""Asks the buyer whether unverified labels mean what they are read as."""

AskHuman = Callable[["Tab", ToolError], Awaitable[bool]]
"""Lets a human deal with what stopped the walk; false without one, or if it is not for them."""


async def _opener(page: Page) -> Page | None:
    """The page that opened a window; ``None`` for a tab of the tool or the buyer."""
    try:
        return await page.opener()
    except Error:
        return None  # it is closing


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
        ask_human: lets a human deal with a sign-in or captcha; ``None`` without a window.
        under_way: what the pages still wait for; without it, a page never counts as settled.
        offers: asks the buyer about held-back reads; ``None`` without a terminal.
        my_orders: what was seen of the list.
        album: keeps pictures of the pages; ``None`` if no one wants them.
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
    ask_human: AskHuman | None = None
    under_way: UnderWay | None = None
    offers: ReadOffers | None = None
    my_orders: MyOrders = field(default_factory=MyOrders)
    album: Album | None = None
    # Pages that name the buyer: what they hide is hidden wherever it is shown.
    personal: list[Snapshot] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.site.hooks, self.session.guard)
        self.page = self.session.page

    async def picture(self, caption: str, *, still: Callable[[], bool] | None = None) -> None:
        """Take a picture of what the tab shows, if anyone wants it, and if it stays true."""
        if self.album is not None:
            self.album.personal = tuple(self.personal) or self.album.personal
            await self.album.take(self.page, caption, still=still)

    def develop(self) -> None:
        """Begin to cover the pictures taken so far, in the background."""
        if self.album is not None:
            self.album.develop()

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

    async def led_to(
        self,
        is_it: Callable[[str], bool],
        before: set[Page],
        deadline: Deadline,
        instead: Callable[[], Awaitable[bool]] = _never,
        windows_after: float = math.inf,
    ) -> Page | None:
        """Wait for the page that a click leads to, in this tab or in a new one.

        Args:
            is_it: whether an address is that page's.
            before: the tabs before the click.
            instead: whether something else came, which ends the wait.
            windows_after: seconds after which a refused window counts as where it led. The
                window of an advertisement may come first.

        Returns:
            ``None`` if something else came.

        Raises:
            ToolError: it led to a sign-in, a captcha or another host.
            TimeoutError: it led nowhere.
        """
        late: Deadline | None = None
        while deadline.left > 0:
            for page in self.page.context.pages:
                if page not in before or page is self.page:
                    if is_it(page.url):
                        self.session.guard.follow(page)
                        return page
                    if late is None and self.watch.refused_windows:
                        late = Deadline.after(windows_after)
                    self.watch.check(page, windows=late is not None and late.left <= 0)
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
