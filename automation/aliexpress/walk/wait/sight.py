"""One look at a page that has not shown its landmark yet."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from playwright.async_api import Error

from automation.aliexpress.pages.snapshot import LONG_NUMBER

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.site import Hooks

# Characters of text: a page with so many has its content, one with fewer may only say "Loading".
_ENOUGH: Final = 200
_FEW: Final = 25
_DIGITS: Final = re.compile(r"[0-9]+")
_SCRIPT: Final = """
({ furniture, busy, most }) => {
  const body = document.body;
  const complete = document.readyState === "complete";
  if (!body) return { text: "", parts: 0, named: false, busy: false, complete };
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const counts = (el) => !el.closest(furniture) && shown(el);
  const sized = (el) => { const { width, height } = el.getBoundingClientRect(); return width * height > 0; };
  const every = (css) => [...body.querySelectorAll(css)].filter(counts);
  const texts = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let length = 0; length < most && walker.nextNode();) {
    const text = walker.currentNode.data.replace(/\\s+/g, " ").trim();
    const el = walker.currentNode.parentElement;
    if (!text || /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(el.tagName) || !counts(el)) continue;
    length += texts.push(text) && text.length;
  }
  return {
    text: texts.join(" "),
    parts: every("h1, h2, h3, h4, [role='heading'], button, [role='button'], a[href]").length,
    named: every("a[href*='orderId='], a[href*='OrderLineId=']").length > 0,
    busy: every(busy).some(sized),
    complete,
  };
}
"""
_MOST: Final = 4000


class Content(Enum):
    """How much a page shows beside its header, footer and recommendations."""

    NOTHING = "nothing"
    LITTLE = "little"
    FULL = "a page"


class Sight(Struct, frozen=True):
    """What a page shows at one moment, and what it still waits for.

    Args:
        text: visible words beside header, footer and recommendations.
        parts: how many headings, buttons and links they have.
        named: a link names an order or a dispute.
        complete: the document and its files have loaded.
        busy: something on the page says that it is loading.
        under_way: requests without an answer.
        answered: requests with one.
        starved: a call whose answer the page may want to show was held back.
        refused: the site refused a call of the page, such as one whose token had expired.
    """

    text: str = ""
    parts: int = 0
    named: bool = False
    complete: bool = True
    busy: bool = False
    under_way: int = 0
    answered: int = 0
    starved: bool = False
    refused: bool = False

    @property
    def content(self) -> Content:
        """How much there is to read; a few words without heading or button may be 'Loading'."""
        if self.shows_order or len(self.text) >= _ENOUGH:
            return Content.FULL
        return Content.LITTLE if self.parts or len(self.text) >= _FEW else Content.NOTHING

    @property
    def shows_order(self) -> bool:
        """True if a number of an order or dispute is on the page, or a link to one."""
        return self.named or bool(LONG_NUMBER.search(self.text))

    @property
    def mark(self) -> tuple[str, int, int]:
        """Another value after each change that matters; the digits of a countdown do not."""
        return (_DIGITS.sub("0", self.text), self.parts, self.answered)


async def take_sight(
    page: Page,
    hooks: Hooks,
    *,
    under_way: int,
    answered: int,
    starved: bool,
    refused: bool = False,
) -> Sight:
    """Look at a page; one that is navigating is not complete."""
    css = {
        "furniture": hooks.css("furniture"),
        "busy": f"{hooks.css('loading')}, {hooks.css('busy')}",
    }
    try:
        seen = await page.evaluate(_SCRIPT, css | {"most": _MOST})
    except Error:
        return Sight(complete=False)
    return Sight(**seen, under_way=under_way, answered=answered, starved=starved, refused=refused)
