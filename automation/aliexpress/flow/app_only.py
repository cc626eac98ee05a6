"""Detect pages that only offer the app (F2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site.words import WordList
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.pages import Snapshot
    from automation.aliexpress.site import SiteMap

_LONGEST = 600


def refuse_app_only(snapshot: Snapshot, site: SiteMap) -> None:
    """Stop at a short page without landmarks that offers the app.

    Working pages mention the app too, in their header or a bar at the top. So call this only
    if a landmark did not appear; long pages never count.

    Raises:
        ToolError: the page only offers the app (exit 5).
    """
    page = snapshot.without(site.hooks.css("furniture"))
    app = WordList(site.pack(snapshot.lang).install_app)
    if len(page.text) > _LONGEST or not (
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
