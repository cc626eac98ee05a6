"""A page that offers nothing but the site's app is told from one that is only late (F2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.errors import ExitCode, ToolError
from automation.site.words import WordList

if TYPE_CHECKING:
    from automation.pages import Snapshot
    from automation.site import SiteMap

_LONGEST = 600


def refuse_app_only(snapshot: Snapshot, site: SiteMap) -> None:
    """Stop at a page without landmarks whose few words are about the app.

    Pages that work speak of the app too, in their frame or in a bar at the top: that is
    why this is asked only where a landmark did not come, and a long page is none of these.

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
        "the site offers nothing but its app here",
        code="app_only",
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="nothing was clicked; use --surface web, or cancel in the app yourself",
        evidence=snapshot.address.split("?")[0],
    )
