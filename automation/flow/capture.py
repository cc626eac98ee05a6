"""Keeps an order's pages without personal data, also those that are not recognised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.errors import ExitCode, ToolError
from automation.flow.opening import open_walk
from automation.flow.report import Report, Step
from automation.journal.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)
from automation.pages import take_snapshot
from automation.pages.private_parts import private_parts
from automation.pages.redact import Redactor

if TYPE_CHECKING:
    from pathlib import Path

    from automation.flow.request import Request
    from automation.flow.walk import Walk
    from automation.pages import DisputeEntry
    from automation.pages.snapshot import Snapshot

_README = """\
Pages of one order of a buyer, kept by dispute-guard {version} on {day} for a report.

Each HTML file is what was visible on one page, in the page's own structure:
{files}

Every text was replaced by x and 0 of the same length, except labels of the site that
the tool knows, and the words on buttons, on links to disputes and on status lines.
Numbers, names, addresses, messages, products, prices and the values in links are not in
here; there are no pictures, scripts or cookies. Please read the files before you share them.

{problems}
"""


@dataclass
class Captured:
    """What was kept.

    Args:
        pages: file names with the page's name, in the order of the walk.
        problems: what was not recognised on the way.
    """

    folder: Path
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[ToolError] = field(default_factory=list)


@dataclass
class _Seen:
    """Snapshots by their file name's beginning, until all can be redacted together."""

    pages: list[tuple[str, str, Snapshot]] = field(default_factory=list)
    problems: list[ToolError] = field(default_factory=list)


def check_new_folder(folder: Path) -> None:
    """Refuse a folder that holds something: nothing is ever overwritten or mixed.

    Raises:
        ToolError: exit 2.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise ToolError(
            f"{folder} is not empty; nothing was opened",
            code="folder_not_empty",
            exit_code=ExitCode.USAGE,
            hint="name a folder that is new or empty",
        )


async def capture(
    request: Request, report: Report, folder: Path, version: str
) -> Captured:
    """Walk the pages of an order, reading only, and keep them in ``folder``.

    What was seen is kept on every way out, also where a human is needed or the browser
    fails half way.

    Raises:
        ToolError: the walk was stopped; ``evidence`` names the folder if it holds a page.
    """
    seen = _Seen()
    try:
        async with open_walk(request, report) as walk:
            await _walk(walk, request.order_id, seen)
    except ToolError as error:
        seen.problems.append(error)
        captured = _keep(seen, folder, request, version)
        error.evidence = str(folder) if captured.pages else error.evidence
        raise
    return _keep(seen, folder, request, version)


async def _walk(walk: Walk, order_id: str, seen: _Seen) -> None:
    if not await _tried(walk, seen, "my-orders", "My Orders", _find(walk, order_id)):
        walk.report.stopped_at = Step.ORDER_DETAILS  # its address is known without the list
    entries: list[DisputeEntry] = []
    if not await _tried(walk, seen, "order-details", "Order Details", _open(walk, order_id, entries)):
        return
    for number, entry in enumerate(entries, 1):
        if number > 1:
            await walk.open_order(order_id)
        name = f"dispute-{number}"
        await _tried(walk, seen, name, f"Dispute {number}", _follow(walk, entry))


async def _tried(walk: Walk, seen: _Seen, name: str, title: str, step: _Step) -> bool:
    """Take a step and keep the page that it ended on, recognised or not."""
    problem = None
    try:
        await step
    except ToolError as error:
        problem = error
    # A dispute may open in a tab of its own that is not the walk's page until it is read.
    page = walk.page.context.pages[-1] if problem and walk.page.context.pages else walk.page
    try:
        snapshot = await take_snapshot(page)
    except Error as error:
        problem = problem or ToolError(f"{title} went away: {error.message}", code="page_lost")
    else:
        seen.pages.append((name, title, snapshot))
    if problem is None:
        return True
    if problem.exit_code is not ExitCode.PAGE_NOT_RECOGNISED:
        raise problem
    seen.problems.append(problem)
    return False
