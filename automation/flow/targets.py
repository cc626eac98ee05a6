"""From words to exactly one element that may be clicked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Locator, Page

from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from automation.site import Hooks


def exact(label: str) -> re.Pattern[str]:
    """A pattern for a whole label: case and white space folded, never a part of a longer text."""
    words = r"\s+".join(re.escape(word) for word in label.split())
    return re.compile(rf"^\s*{words}\s*$", re.IGNORECASE)


def clickables(scope: Page | Locator, hooks: Hooks, label: str) -> Locator:
    """Visible clickable elements with these exact words; the innermost of nested ones."""
    css = hooks.css("clickable")
    page = scope if isinstance(scope, Page) else scope.page
    return (
        scope.locator(css)
        .filter(has_text=exact(label))
        .filter(has_not=page.locator(css))
        .filter(visible=True)
    )


async def only_one(found: Locator, what: str) -> Locator:
    """The element itself, if there is exactly one.

    Raises:
        ToolError: there is none or more than one (exit 5).
    """
    count = await found.count()
    if count == 1:
        return found
    raise ToolError(
        f"{what}: {'none is there' if count == 0 else f'{count} are there'}, so none was clicked",
        code="no_single_target",
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the page in your own browser",
    )


async def press(target: Locator, seconds: float, *, touch: bool = False) -> None:
    """Click, or tap on a phone's layout, once.

    Raises:
        playwright.async_api.Error: it could not be done; it may still have taken effect.
    """
    if touch:
        await target.tap(timeout=seconds * 1000 + 1, no_wait_after=True)
    else:
        await target.click(timeout=seconds * 1000 + 1, no_wait_after=True)
