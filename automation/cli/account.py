"""Read the open disputes of the account, as ``list`` and ``cancel`` without ORDER show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.listing.dispute_row import Listing
from automation.aliexpress.request import utc_now
from automation.aliexpress.running import Run
from automation.cli.loading import load_with_browser
from automation.cli.runs import answering, list_answer, make_request
from automation.cli.screen.tables import show_list
from automation.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.aliexpress.list_answer import ListAnswer
    from automation.cli.options.options import BrowserOptions
    from automation.cli.screen.output import Progress


def read_account(
    browser: BrowserOptions, progress: Progress, *, every_order: bool, for_people: bool
) -> ListAnswer:
    """The open disputes; a person sees what was found also if the run fails.

    Raises:
        ToolError: the run failed; its document has what was found so far.
    """
    listing = Listing()
    run = Run("list", progress=progress.step)

    def document(_: ToolError) -> Mapping[str, object]:
        return list_answer(listing, run, ended=False).as_json()

    try:
        with answering(document, browser.state_dir), progress.of(run):
            request = make_request("", browser, say=progress.say, asks=for_people)
            load_with_browser(
                request.session,
                "automation.aliexpress.listing.listing",
                "automation.aliexpress.work",
            )
            from automation.aliexpress.listing.listing import list_account
            from automation.aliexpress.work import run_work

            work = list_account(
                request, run, listing, every_order=every_order, tell=progress.orders
            )
            run_work(work, request, run, lambda: (listing.orders_seen, len(listing.rows)))
    except ToolError:
        if listing.rows and for_people:
            show_list(list_answer(listing, run, ended=False), utc_now())
        raise
    return list_answer(listing, run)
