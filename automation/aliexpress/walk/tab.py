"""The tab of a walk: load, wait, look for what stops the run, hide what covers the page."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.site.addresses import is_captcha, is_sign_in, split_address
from automation.aliexpress.site.words import WordList
from automation.aliexpress.walk.arrival import End
from automation.aliexpress.walk.held_reads import held_on
from automation.aliexpress.walk.my_orders import MyOrders
from automation.aliexpress.walk.sight import take_sight
from automation.engine.guard.report import redacted
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.pages import Snapshot
    from automation.aliexpress.site import Addresses, Doubt, Hooks, SiteMap, WordPack
    from automation.aliexpress.walk.album import Album
    from automation.aliexpress.walk.arrival import Settling
    from automation.aliexpress.walk.held_reads import ReadOffers
    from automation.aliexpress.walk.progress import Progress
    from automation.aliexpress.walk.response_names import Responses
    from automation.aliexpress.walk.underway import UnderWay
    from automation.engine.guard import Guard, RequestRecord
    from automation.engine.session.browser import Session

_SLICE_MS = 500.0
_LOOK_SECONDS = 0.05
_LONGEST_APP_PAGE = 600
_RETRY_SECONDS = 0.25
_LONGEST_PAUSE = 2.0
_SERVER_ERROR = 500
_CLIENT_ERROR = 400
_NOT_THERE = frozenset({404, 410})
# Chromium's names for the most common errors.
_NETWORK = {
    "ERR_NAME_NOT_RESOLVED": "could not resolve its name; you may be offline",
    "ERR_INTERNET_DISCONNECTED": "you are offline",
    "ERR_CONNECTION_REFUSED": "connection refused",
    "ERR_CONNECTION_RESET": "connection reset",
    "ERR_EMPTY_RESPONSE": "connection closed without an answer",
}

# Resolves to "captcha" or "ready"; addresses are judged in Python.
_LOOK = """
({ ready, atLeast, loading, captcha }) => {
  const shown = (el) => el.checkVisibility
    ? el.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    : el.getClientRects().length > 0;
  const any = (css) => css && [...document.querySelectorAll(css)].some(shown);
  if (any(captcha)) return "captcha";
  // A small spinner further down, as of recommendations, covers nothing.
  const covers = (el) => [el, ...el.children].some((part) => {
    const { width, height } = part.getBoundingClientRect();
    return width * height >= innerWidth * innerHeight / 2;
  });
  if ([...document.querySelectorAll(loading)].some((el) => shown(el) && covers(el))) return false;
  let seen = 0;
  for (const el of document.querySelectorAll(ready)) if (shown(el) && ++seen >= atLeast) return "ready";
  return false;
}
"""


@dataclass(frozen=True)
class Deadline:
    """A moment on the loop's clock after which a step has failed."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment this many seconds from now."""
        return cls(asyncio.get_running_loop().time() + seconds)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - asyncio.get_running_loop().time())


@dataclass
class Watch:
    """Detects, during every wait, pages that stop the run.

    Args:
        alone: another page of the tool stays open, and where that one wants to go is no part
            of this page's way.
    """

    hooks: Hooks
    guard: Guard
    alone: bool = False
    _past: int = field(init=False)

    def __post_init__(self) -> None:
        self._past = len(self.guard.refused_navigations())

    def forget_earlier(self) -> None:
        """Refusals on the way to an earlier page do not count for the next one."""
        self._past = len(self.guard.refused_navigations())

    async def load(self, page: Page, address: str, deadline: Deadline) -> None:
        """Open an address, retrying while time is left.

        Raises:
            ToolError: the address was refused, needs a human, or did not load in time.
        """
        problem, pause = "", _RETRY_SECONDS
        self.forget_earlier()
        while deadline.left > 0:
            try:
                answer = await page.goto(
                    address, wait_until="domcontentloaded", timeout=deadline.left * 1000 + 1
                )
            except PlaywrightTimeout:
                problem = problem or "no answer in time"
                break
            except Error as error:
                self.check(page)
                problem = _first_line(error)
            else:
                self.check(page)
                status = answer.status if answer else 200
                if status < _CLIENT_ERROR:
                    return
                problem = f"HTTP {status}"
                if status in _NOT_THERE:
                    raise _not_there(address, problem)
                if status < _SERVER_ERROR:
                    break
            await asyncio.sleep(min(pause, deadline.left))
            pause = min(2 * pause, _LONGEST_PAUSE)
        self.check(page)  # a redirect explains more than a timeout
        parts = split_address(address)
        raise ToolError(
            f"could not load {parts.scheme}://{parts.netloc}{parts.path}: {problem}",
            code=ErrorCode.PAGE_NOT_LOADED,
            hint="check the connection and try again",
        )

    async def appears(self, page: Page, css: str, deadline: Deadline, *, at_least: int = 1) -> bool:
        """Wait until at least so many elements are visible and no loading layer covers them.

        Returns:
            False if the time ran out.

        Raises:
            ToolError: a sign-in, captcha or foreign page came instead (exit 4 or 5).
        """
        while not await self._sees(page, css, deadline, at_least):
            if deadline.left <= 0:
                return False
        return True

    async def arrives(
        self, page: Page, css: str, deadline: Deadline, settling: Settling, under_way: UnderWay
    ) -> End:
        """Wait for a landmark, but no longer than until the page has settled without it.

        Raises:
            ToolError: as ``appears``.
        """
        while not await self._sees(page, css, deadline, 1):
            if deadline.left <= 0:
                return End.LOADING
            if end := await self.settled(page, settling, under_way):
                return end
        return End.THERE

    async def settled(self, page: Page, settling: Settling, under_way: UnderWay) -> End | None:
        """Look once more at a page, and say how the wait for something on it ends, if it does."""
        waiting, answered = under_way.of(page)
        sight = await take_sight(
            page, self.hooks, under_way=waiting, answered=answered, starved=self._lacks(page)
        )
        return settling.see(sight, asyncio.get_running_loop().time())

    def _lacks(self, page: Page) -> bool:
        """True if a call of this page was held back that may have brought what it shows."""
        return any(each.asks for each in held_on(page.url, self.guard.report().refused))

    async def _sees(self, page: Page, css: str, deadline: Deadline, at_least: int) -> bool:
        """Look for the elements for a moment."""
        look = {
            "ready": css,
            "atLeast": at_least,
            "loading": self.hooks.css("loading"),
            "captcha": self.hooks.css("captcha"),
        }
        self.check(page)
        try:
            handle = await page.wait_for_function(
                _LOOK, arg=look, timeout=min(_SLICE_MS, deadline.left * 1000 + 1)
            )
            if await handle.json_value() == "captcha":
                raise human_needed(ErrorCode.CAPTCHA, page.url)
        except PlaywrightTimeout:
            return False
        except Error as error:
            # A navigation only ends this look; a closed page ends the run.
            if page.is_closed() or deadline.left <= 0:
                raise ToolError(
                    f"the page was lost: {_first_line(error)}", code=ErrorCode.PAGE_LOST
                ) from error
            await asyncio.sleep(min(0.05, deadline.left))
            return False
        return True

    def check(self, page: Page, *, windows: bool = False) -> None:
        """Check where a page is, and where it wanted to go.

        Args:
            windows: where the windows that pages opened wanted to go counts too; of any
                other step they are no part.

        Raises:
            ToolError: a sign-in or captcha (exit 4), or a page or host that the guard refused (exit 5).
        """
        if is_captcha(page.url):
            raise human_needed(ErrorCode.CAPTCHA, page.url)
        if is_sign_in(page.url):
            raise human_needed(ErrorCode.SIGNED_OUT, page.url)
        own = redacted(split_address(page.url).path)
        for refused in self.guard.refused_navigations()[self._past :]:
            by_another = self.alone and refused.page not in {"", "/", own}
            if (windows or not refused.new_window) and not by_another:
                raise _led_away(refused)

    @property
    def refused_windows(self) -> tuple[str, ...]:
        """Where the windows that pages opened wanted to go since the last load."""
        refused = self.guard.refused_navigations()[self._past :]
        return tuple(dict.fromkeys(r.host + r.what for r in refused if r.new_window))


def _not_there(address: str, problem: str) -> ToolError:
    return ToolError(
        f"no page at {split_address(address).path}: {problem}",
        code=ErrorCode.PAGE_NOT_THERE,
        hint="check the address in your own browser; the site may have moved its pages",
    )


def _led_away(refused: RequestRecord) -> ToolError:
    """The error for a navigation that the guard refused."""
    address = f"https://{refused.host}{refused.what}"
    if is_sign_in(address):
        return human_needed(ErrorCode.SIGNED_OUT, address)
    if is_captcha(address):
        return human_needed(ErrorCode.CAPTCHA, address)
    foreign = refused.kind == "foreign"
    where = refused.host if foreign else refused.what
    why = "it is not part of the site" if foreign else "it is not a known page"
    if foreign and "another shop" in refused.reason:
        why = "it is another shop with other pages, which this tool cannot read"
    return ToolError(
        f"refused to open {where}: {why}",
        code=ErrorCode.FOREIGN_HOST if foreign else ErrorCode.PAGE_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the page in your own browser",
    )


def human_needed(code: ErrorCode, address: str) -> ToolError:
    """The error for a site that wants a human; the tool never retries by itself."""
    hint = (
        "run 'dispute-guard login' and sign in yourself, then repeat the command"
        if code is ErrorCode.SIGNED_OUT
        else "repeat the command with --headed, and solve it in the window"
    )
    return ToolError(
        f"the site asks for {'a sign-in' if code is ErrorCode.SIGNED_OUT else 'a captcha'}",
        code=code,
        exit_code=ExitCode.HUMAN_NEEDED,
        hint=hint,
        evidence=split_address(address).path,
    )


def _first_line(error: Error) -> str:
    """The error without the name of the call and its address."""
    line = str(error.message).splitlines()[0][:200]
    code = next((code for code in _NETWORK if f"net::{code}" in line), None)
    return _NETWORK[code] if code else line.removeprefix("Page.goto: ").partition(" at http")[0]


ConfirmWords = Callable[["Doubt"], Awaitable[bool]]
"""Asks the buyer whether unverified labels mean what they are read as."""


AskHuman = Callable[["Tab", ToolError], Awaitable[bool]]
"""Lets a human deal with what stopped the walk; false if there is nobody, or it is not for one."""


_BLANK = frozenset(("", "about:blank", "chrome-error://chromewebdata/"))


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


def refuse_app_only(snapshot: Snapshot, site: SiteMap) -> None:
    """Stop at a short page without landmarks that offers the app.

    Working pages mention the app too, in their header or a bar at the top. So call this only
    if a landmark did not appear; long pages never count.

    Raises:
        ToolError: the page only offers the app (exit 5).
    """
    page = snapshot.without(site.hooks.css("furniture"))
    app = WordList(site.pack(snapshot.lang).install_app)
    if len(page.text) > _LONGEST_APP_PAGE or not (
        page.select(site.hooks.css("app_only")) or app.found_in(page.text)
    ):
        return
    raise ToolError(
        "this page only offers the app",
        code=ErrorCode.APP_ONLY,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="use --surface web, or cancel in the app yourself",
        evidence=snapshot.address.split("?")[0],
    )
