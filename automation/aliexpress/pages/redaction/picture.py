"""A picture of a page without personal data, in the page's own layout."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import Page

_TALLEST: Final = 2400
_SECONDS: Final = 6.0
# Shows a cleaned copy in place of the page's body. The copy has no scripts, so nothing writes
# the page's words back into it, and the page itself stays as it was.
_SHOW: Final = """
(texts) => {
  const masked = (text) => text.replace(/\\p{N}/gu, "0").replace(/[\\p{L}\\p{M}]/gu, "x");
  const cleaned = (text) => texts[text.split(/\\s+/).filter(Boolean).join(" ")] ?? masked(text);
  const original = document.body;
  const copy = original.cloneNode(true);
  for (const el of copy.querySelectorAll("script, template, noscript, iframe, object, embed, canvas, video, audio"))
    el.remove();
  for (const el of copy.querySelectorAll("img, svg, picture, input[type=image]")) el.style.visibility = "hidden";
  // A custom element would write its own words again, and so would a shadow root that was cloned.
  for (const el of copy.querySelectorAll("*")) {
    if (!el.localName.includes("-") && !el.hasAttribute("is") && !el.shadowRoot) continue;
    const plain = document.createElement("div");
    plain.className = el.className;
    plain.append(...el.childNodes);
    el.replaceWith(plain);
  }
  // What an element itself calls important outweighs the sheet below.
  for (const el of [copy, ...copy.querySelectorAll("[style]")])
    for (const name of ["background-image", "border-image", "list-style", "content"]) el.style?.removeProperty(name);
  for (const el of copy.querySelectorAll("*")) {
    // What was typed is no attribute, and a clone has it.
    if (el.matches("input, textarea") && el.type !== "file") el.value = masked(el.value);
    for (const name of ["value", "placeholder", "alt", "title", "label"])
      if (el.hasAttribute(name)) el.setAttribute(name, masked(el.getAttribute(name)));
  }
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement && node.parentElement.tagName !== "STYLE") node.data = cleaned(node.data);
  }
  const style = document.createElement("style");
  // The first layer of a page outweighs whatever the page's own sheets call important.
  style.textContent = "@layer dispute-guard { *::before, *::after, *::marker { content: none !important; }" +
    " * { animation: none !important; transition: none !important; background-image: none !important;" +
    " border-image: none !important; list-style: none !important; content: normal !important; }" +
    " html > :not(head, body) { display: none !important; } }";
  document.documentElement.prepend(style);
  window.__copied = { original, style };
  original.replaceWith(copy);
  return document.documentElement.scrollHeight;
}
"""
_BACK: Final = """
() => {
  if (!window.__copied) return;
  window.__copied.style.remove();
  document.body.replaceWith(window.__copied.original);
  delete window.__copied;
}
"""


async def take_redacted_picture(page: Page, texts: Mapping[str, str]) -> bytes:
    """A PNG of the page in which every text is redacted.

    Args:
        texts: what to show for a text, with single spaces; letters and digits of any other
            are masked.

    Returns:
        Nothing if the page could not be shown without its words.
    """
    try:
        async with asyncio.timeout(_SECONDS):
            return await _taken(page, texts)
    except (Error, TimeoutError):
        return b""
    finally:
        await _put_back(page)


async def _taken(page: Page, texts: Mapping[str, str]) -> bytes:
    height = await page.evaluate(_SHOW, dict(texts))
    size = await page.evaluate("[innerWidth, innerHeight]")
    tall = min(max(height, size[1]), _TALLEST)
    return await page.screenshot(
        type="png",
        full_page=True,
        clip={"x": 0, "y": 0, "width": size[0], "height": tall},
        scale="css",
    )


async def _put_back(page: Page) -> None:
    """Show the page itself again, even if it is slow and its copy comes only now."""
    with contextlib.suppress(Error, TimeoutError):
        async with asyncio.timeout(_SECONDS):
            await page.evaluate(_BACK)
