"""Load a page and wait for what it shows; meanwhile, notice what stops the run."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.site.addresses import is_captcha, is_sign_in, split_address
from automation.aliexpress.walk.held_reads import still_held
from automation.aliexpress.walk.wait.arrival import End
from automation.aliexpress.walk.wait.sight import take_sight
from automation.engine.guard.report import redacted
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import NO_REASON, browser_reason

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.site import Hooks
    from automation.aliexpress.walk.wait.arrival import Settling
    from automation.aliexpress.walk.wait.deadline import Deadline
    from automation.aliexpress.walk.wait.underway import UnderWay
    from automation.engine.guard import Guard, RequestRecord

_SLICE_MS = 500.0
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
                problem = _reason(error)
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
            refused = bool(await under_way.refused(page, settling.gives_up_without))
            if end := await self.settled(page, settling, under_way, refused=refused):
                return end
        return End.THERE

    async def settled(
        self, page: Page, settling: Settling, under_way: UnderWay, *, refused: bool = False
    ) -> End | None:
        """Look once more at a page, and say how the wait for something on it ends, if it does.

        Args:
            refused: the site refused a call without which the page may show little.
        """
        waiting, answered = under_way.of(page)
        sight = await take_sight(
            page,
            self.hooks,
            under_way=waiting,
            answered=answered,
            starved=self._lacks(page),
            refused=refused,
        )
        return settling.see(sight, asyncio.get_running_loop().time())

    def _lacks(self, page: Page) -> bool:
        """True if a call of this page was held back that may have brought what it shows."""
        return any(each.asks for each in still_held(page.url, self.guard))

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
                    f"the page was lost: {_reason(error)}", code=ErrorCode.PAGE_LOST
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


def _reason(error: Error) -> str:
    """The error without the name of the call and its address."""
    line = browser_reason(error.message)[:200]
    code = next((code for code in _NETWORK if f"net::{code}" in line), None)
    if code:
        return _NETWORK[code]
    words = line.removeprefix("Page.goto:").partition(" at http")[0]
    return words.strip() or NO_REASON
