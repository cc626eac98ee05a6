"""A person at a terminal and at a browser window: reads, types and clicks as one would.

The mouse is the browser's own, moved by a second client of its debugging port: the clicks are as
trusted as a hand's.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004  the one that a wait raises

from tests.terminal import console, shown_next

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.terminal import Seen

_LOOK_SECONDS: Final = 0.1
_BAR: Final = "html > div[style*='2147483647']"
# Generous: they only end a run that hangs.
_SECONDS: Final = 600.0
_END_SECONDS: Final = 120.0
_BAR_SECONDS: Final = 120.0
_CLICKS: Final = 8
_COMES_MS: Final = 4000


class Window(Protocol):
    """What the person sees of a browser."""

    @property
    def contexts(self) -> list[BrowserContext]:
        """Its contexts, with their pages."""


@dataclass(frozen=True)
class Answer:
    """What the person does when the screen says something.

    Args:
        when: words of the screen.
        types: a line to type …
        clicks: … or the words of a page's element to click, in the window …
        on: a part of the address of the page to click on; else the one with the tool's bar.
        until: words that show that the click arrived; a person would click again.
        presses: … or a key to press there.
    """

    when: str
    types: str | None = None
    clicks: str | None = None
    presses: str | None = None
    on: str | None = None
    until: str | None = None


def at_the_window(
    command: Sequence[str], browser: Window, answers: Sequence[Answer]
) -> tuple[Seen, list[Answer]]:
    """Run a command at a terminal; give one answer after the other, when the screen asks for it.

    Returns:
        What the run showed and returned, and the answers that nothing asked for.
    """
    left = list(answers)
    with console(command) as terminal:
        screen = _follow(terminal.leader, browser, left)
        return terminal.seen(screen, _END_SECONDS), left


def _follow(leader: int, browser: Window, left: list[Answer]) -> str:
    shown, read_to = b"", 0
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        if (more := shown_next(leader, _LOOK_SECONDS)) is None:
            break
        shown += more
        fresh = _plain(shown)[read_to:]
        # In their order: a countdown comes again and again, and would be the one of a later turn.
        if left and left[0].when in fresh:
            due = left.pop(0)
            read_to += fresh.index(due.when) + len(due.when)
            _give(due, leader, browser)
    return _plain(shown)


def _give(answer: Answer, leader: int, browser: Window) -> None:
    if answer.types is not None:
        os.write(leader, f"{answer.types}\n".encode())
        return
    page = _asking(browser) if answer.on is None else _at(browser, answer.on)
    if answer.presses is not None:
        page.keyboard.press(answer.presses)
        return
    part = page.get_by_text(answer.clicks or "").filter(visible=True).last
    if answer.on is not None:
        _click(page, part, answer.until)
        return
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box is not None, answer.clicks
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _click(page: Page, part: Locator, until: str | None) -> None:
    """Click with trusted input, once nothing lies over the part; again while nothing comes of it."""
    part.click()
    if until is None:
        return
    shown = page.get_by_text(until).filter(visible=True)
    for _ in range(_CLICKS):
        try:
            shown.last.wait_for(timeout=_COMES_MS)
        except TimeoutError:
            part.click()
        else:
            return
    pytest.fail(f"{until!r} did not come")


def _asking(browser: Window) -> Page:
    """The page that shows the tool's bar."""
    end = time.monotonic() + _BAR_SECONDS
    while time.monotonic() < end:
        for page in (page for context in browser.contexts for page in context.pages):
            if page.locator(_BAR).count():
                return page
        browser.contexts[0].pages[0].wait_for_timeout(50)
    pytest.fail("no page asks for a click")


def _at(browser: Window, part: str) -> Page:
    """The newest page at an address."""
    end = time.monotonic() + _BAR_SECONDS
    while time.monotonic() < end:
        pages = [page for context in browser.contexts for page in context.pages]
        for page in reversed(pages):
            if part in page.url:
                return page
        pages[0].wait_for_timeout(50)
    pytest.fail(f"no page at {part}")


def _plain(screen: bytes) -> str:
    """The screen's words on one line."""
    text = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", screen).decode("utf-8", "replace")
    return " ".join(text.split())
