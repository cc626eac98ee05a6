"""While the terminal asks something, the window says so: the buyer may be looking there."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from automation.engine.human import HumanWatch, Notice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext

_ASKING: Final = Notice(
    "Please answer the question in the terminal",
    ("Nothing is sent while you do that. You can read this page meanwhile.",),
    over=True,
)
_ANSWERED: Final = Notice("Thank you. Going on with what you answered", tone="sent", over=True)


@contextlib.asynccontextmanager
async def asking_at_terminal(
    context: BrowserContext, watch: HumanWatch | None = None
) -> AsyncIterator[None]:
    """Show on every page that the terminal asks something, while the body does.

    Args:
        watch: the one of the pages, if there is one already.
    """
    async with contextlib.AsyncExitStack() as stack:
        if watch is None:
            watch = await stack.enter_async_context(HumanWatch(context))
        await watch.show(_ASKING)
        yield
        await watch.show(_ANSWERED)
