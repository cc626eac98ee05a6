"""A request on a mimic site, its tab, and what stops its walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.aliexpress.request import Request
from automation.aliexpress.site import SiteMap
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.site import Addresses

SITE = SiteMap.load()
MIMIC, API = "http://127.0.0.1:8190", "http://127.0.0.1:8191"


def stop(code: ErrorCode, exit_code: ExitCode = ExitCode.PAGE_NOT_RECOGNISED) -> ToolError:
    """What stops a walk."""
    return ToolError("odd", code=code, exit_code=exit_code, hint="look", evidence="")


class Page:
    """A tab."""

    url = f"{MIMIC}/p/order/index.html"

    def __init__(self, *, closed: bool = False) -> None:
        self.closed = closed

    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.closed

    async def close(self) -> None:
        """Close it."""
        self.closed = True


def request_for(addresses: Addresses, tmp_path: Path, **session: Any) -> Request:  # noqa: ANN401  options
    """A request on this site."""
    return Request(
        order_id="8190000000000001", site=SITE, addresses=addresses, allowed_reads=("mtop.x.pageQuery",),
        session=SessionOptions(state_dir=tmp_path, **session),
    )  # fmt: skip
