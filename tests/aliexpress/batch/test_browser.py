"""The one browser of a batch, when it is gone before the next order."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error

from automation.aliexpress.batch import browser as batch_browser
from automation.aliexpress.batch.browser import BatchBrowser
from automation.aliexpress.request import Request
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, SiteMap
from automation.engine.session.browser import Session
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOST = ToolError("HOST ended the connection", code=ErrorCode.CONNECTION_LOST)


class Gone:
    """A page of a browser that is gone, its context, and what guards it."""

    pages: tuple[Gone, ...] = ()

    def on(self, *_: object) -> None:
        """Tell nobody."""

    def is_closed(self) -> bool:
        """Closed."""
        return True

    async def next_target(self) -> None:
        """Turn to nothing."""

    async def new_page(self) -> None:
        """Fail as Playwright does."""
        raise Error("Target page, context or browser has been closed")


@pytest.mark.parametrize(
    ("lost", "code"), [(LOST, ErrorCode.CONNECTION_LOST), (None, ErrorCode.BROWSER_FAILED)]
)
def test_an_order_without_a_browser_ends_as_any_other(
    monkeypatch: pytest.MonkeyPatch, lost: ToolError | None, code: ErrorCode
) -> None:
    """GIVEN a browser that is gone before an order's first tab THEN a tool's error, by its cause."""

    async def look() -> ToolError | None:
        return lost

    gone: Any = Gone()
    session = Session(gone, gone, gone, lost=look)
    monkeypatch.setattr(session, "new_page", gone.new_page)

    @contextlib.asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[Session]:
        yield session

    monkeypatch.setattr(batch_browser, "open_browser", opened)
    request = Request(
        order_id="8190000000000001", site=SiteMap.load(), addresses=Addresses(),
        session=SessionOptions(state_dir=Path("nowhere")),
    )  # fmt: skip

    async def work() -> None:
        async with (
            contextlib.AsyncExitStack() as stack,
            BatchBrowser(stack).walk(request, Run("cancel")),
        ):
            pytest.fail("an order began without a browser")

    with pytest.raises(ToolError) as caught:
        in_own_loop(work())
    assert caught.value.code is code
