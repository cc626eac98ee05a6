"""Find exactly one element by its words, prove that a click would reach it, and click it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from playwright.async_api import Error, Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from automation.aliexpress.answer import Step
from automation.aliexpress.walk.confirm_labels import be_sure
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.site import Hooks
    from automation.aliexpress.walk.tab import Tab

_COVERED_SECONDS = 1.5
_LONGEST_SHOWN = 120
# Indexes of the elements that a person sees; for Playwright, transparent ones are visible too.
_IN_SIGHT = """
(elements) => {
  const seen = (el) => {
    if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    // What the outermost two cut off, the window still shows; others without a box cut off nothing.
    for (let at = el; at && at !== document.body; at = at.parentElement) {
      const { display, overflow } = getComputedStyle(at);
      if (overflow === "visible" || display === "inline" || display === "contents") continue;
      const { width, height } = at.getBoundingClientRect();
      if (width < 2 || height < 2) return false;
    }
    return true;
  };
  return [elements.length, elements.flatMap((el, index) => (seen(el) ? [index] : []))];
}
"""
# Hides layers that cover the element's middle, but never one that asks for something.
_UNCOVER = """
(el, keep) => {
  const box = el.getBoundingClientRect();
  const asks = `iframe, input:not([type=hidden]), textarea, select, ${keep}`;
  for (let tries = 0; tries < 5; tries += 1) {
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!top || el.contains(top) || top.contains(el)) return;
    let layer = null;
    for (let at = top; at && at !== document.body && !at.contains(el); at = at.parentElement)
      if (getComputedStyle(at).position !== "static") layer = at;
    if (!layer || layer.matches(asks) || layer.querySelector(asks)) return;
    layer.style.setProperty("display", "none", "important");
  }
}
"""


# The words of what lies over the element's middle.
_OVER = """
(el) => {
  const box = el.getBoundingClientRect();
  let top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!top || el.contains(top) || top.contains(el)) return "";
  for (let at = top; at && at !== document.body && !at.contains(el); at = at.parentElement) top = at;
  const named = top.getAttribute("aria-label") || top.getAttribute("title") || "";
  return (top.innerText || "").trim() || named || `a <${top.tagName.toLowerCase()}> without words`;
}
"""


def exact(label: str) -> re.Pattern[str]:
    """A pattern for a whole label, ignoring case and white space."""
    words = r"\s*".join(re.escape(word) for word in label.split())
    return re.compile(rf"^\s*{words}\s*$", re.IGNORECASE)


def clickables(scope: Page | Locator, hooks: Hooks, label: str) -> Locator:
    """Visible clickable elements with exactly these words; innermost if nested."""
    css = hooks.css("clickable")
    page = scope if isinstance(scope, Page) else scope.page
    return (
        scope.locator(css)
        .filter(has_text=exact(label))
        .filter(has_not=page.locator(css))
        .filter(visible=True)
    )


def worded(scope: Page | Locator, label: str) -> Locator:
    """Visible elements of any kind with exactly these words; innermost if nested."""
    return scope.get_by_text(exact(label)).filter(visible=True)


def outside(found: Locator, page: Page, css: str) -> Locator:
    """The elements that neither match ``css`` nor are inside a match."""
    return found.and_(page.locator(f":not({css}, :is({css}) *)")) if css else found


class Matches(NamedTuple):
    """Elements that may be the one that is looked for, counted once.

    Args:
        seen: positions of those that a person sees.
    """

    found: Locator
    number: int
    seen: tuple[int, ...]


async def controls(scope: Page | Locator, hooks: Hooks, label: str, apart: str = "") -> Matches:
    """Buttons and links with these words or, if there are none, other elements with them.

    The markup of dispute pages is unknown, so a control may be any element (site facts,
    section 4).

    Args:
        apart: CSS of the parts of the page to ignore.
    """
    page = scope if isinstance(scope, Page) else scope.page
    matches = await _matches(outside(clickables(scope, hooks, label), page, apart))
    return matches if matches.number else await _matches(outside(worded(scope, label), page, apart))


async def _matches(found: Locator) -> Matches:
    # Also of a single one: what has its words in sight may be another element, such as an icon.
    number, seen = await found.evaluate_all(_IN_SIGHT)
    return Matches(found, number, tuple(seen))


def only_one(matches: Matches, what: str) -> Locator:
    """The element itself, if a person sees exactly one.

    Raises:
        ToolError: there is none or more than one (exit 5).
    """
    found, count, seen = matches
    if len(seen) == 1:
        return found.nth(seen[0]) if count > 1 else found
    number = len(seen) or ("none that can be seen" if count else "none")
    raise ToolError(
        f"expected exactly one {what}, found {number}",
        code=ErrorCode.NO_SINGLE_TARGET,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the page in your own browser",
    )


async def reach(target: Locator, deadline: Deadline, hooks: Hooks, *, touch: bool = False) -> None:
    """Prove that a click would reach the element, hiding layers that cover it.

    A layer that needs a human, such as a captcha, stays.

    Raises:
        ToolError: it moves, is disabled or stays covered (exit 5).
    """
    first = min(_COVERED_SECONDS, deadline.left / 2)
    try:
        await _try(target, first, touch=touch)
    except PlaywrightTimeout:
        pass
    else:
        return
    try:
        await target.evaluate(_UNCOVER, hooks.css("captcha"), timeout=deadline.left * 1000 + 1)
        await _try(target, deadline.left, touch=touch)
    except Error as error:
        raise _out_of_reach(await _over(target)) from error


async def _over(target: Locator) -> str:
    """The words of what lies over the element; empty if nothing does or it is gone."""
    try:
        words = str(await target.evaluate(_OVER, timeout=_COVERED_SECONDS * 1000))
    except Error:
        return ""
    return clean_text(words, _LONGEST_SHOWN)


def _out_of_reach(over: str) -> ToolError:
    hint = "look at the page in your own browser"
    why = "it moves or is disabled"
    if over:
        hint = "close that in your own browser, and run with --attach"
        why = f"'{over}' covers it"
    return ToolError(
        f"cannot click the control: {why}",
        code=ErrorCode.TARGET_COVERED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint=hint,
    )


async def _try(target: Locator, seconds: float, *, touch: bool) -> None:
    if touch:
        await target.tap(trial=True, timeout=seconds * 1000 + 1)
    else:
        await target.click(trial=True, timeout=seconds * 1000 + 1)


async def press(target: Locator, seconds: float, *, touch: bool = False) -> None:
    """Click, or tap on a phone's layout, once.

    Raises:
        playwright.async_api.Error: it failed, but may still have had an effect.
    """
    if touch:
        await target.tap(timeout=seconds * 1000 + 1, no_wait_after=True)
    else:
        await target.click(timeout=seconds * 1000 + 1, no_wait_after=True)


async def try_cancel_request(tab: Tab, dispute: DisputePage) -> Locator:
    """Prove that the control can be clicked, without clicking it (only hovering).

    Raises:
        ToolError: not exactly one control, or something covers it (exit 5).
    """
    with tab.progress.step(Step.TRIAL_CLICK) as running:
        running.page = "Dispute"
        target = await cancel_control(tab, dispute)
        await uncovered(tab, target)
        running.note = f"one '{dispute.cancel_labels[0]}', visible and enabled"
        return target


async def cancel_control(tab: Tab, dispute: DisputePage) -> Locator:
    """The one control that withdraws the claim.

    Raises:
        ToolError: there is not exactly one, or its label is unverified (exit 5 or 6).
    """
    labels = set(dispute.cancel_labels)
    if len(dispute.cancel_labels) != 1 or dispute.clash:
        raise ToolError(
            dispute.clash
            or f"expected exactly one Cancel Request on the dispute page, found "
            f"{len(dispute.cancel_labels) or 'none'}",
            code=ErrorCode.NO_SINGLE_TARGET,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="look at the dispute in your own browser",
        )
    label = labels.pop()
    await be_sure(
        tab,
        dispute.lang,
        "the control that withdraws your claim",
        {"labels.cancel_request": (label,)},
    )
    hooks = tab.site.hooks
    apart = hooks.css("modal")
    found = await controls(tab.page, hooks, label, f"{hooks.css('furniture')}, {apart}")
    if not found.number:
        # A page may have its buttons in a bar at the bottom.
        found = await controls(tab.page, hooks, label, f"{hooks.css('foreign')}, {apart}")
    return only_one(found, f"'{label}'")


async def uncovered(tab: Tab, target: Locator) -> None:
    """Wait until a click would reach the element, hiding layers that cover it."""
    deadline = Deadline.after(tab.timeout)
    await reach(target, deadline, tab.site.hooks, touch=tab.session.touch)
