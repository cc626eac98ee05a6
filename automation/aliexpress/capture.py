"""Save an order's pages without personal data, including unrecognised ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from playwright.async_api import Error

from automation.aliexpress.opening import walked
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.private_parts import private_parts
from automation.aliexpress.pages.redact import Redactor
from automation.aliexpress.walk.read_order import Found, open_each
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import date
    from pathlib import Path

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.walk.browse import Walk

Page = TypeVar("Page")

# After redaction, numbers are all zeroes.
_LONG_NUMBER = re.compile(r"(?=0*[1-9])[0-9]{5,}")
_README = """\
Pages of one order, saved by dispute-guard {version} on {day} for a report.

Each HTML file shows what was visible on one page, in the page's own structure:
{files}

All text was replaced with x and 0 of the same length, except known labels of the site
and the words on buttons, on links to disputes and on status lines. The files contain no
numbers, names, addresses, messages, products, prices or values of links, and no pictures,
scripts or cookies. Read the files before you share them.

{problems}
"""


@dataclass
class Captured:
    """What was saved; filled during the walk.

    Args:
        pages: file names with the names of their pages, in the order of the walk.
        problems: what was not recognised.
    """

    folder: Path
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[ToolError] = field(default_factory=list)
    seen: list[tuple[str, Snapshot]] = field(default_factory=list, repr=False)


def check_new_folder(folder: Path) -> None:
    """Refuse a folder with something in it, so that nothing is overwritten or mixed.

    Raises:
        ToolError: the folder is not new or empty (exit 2).
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise ToolError(
            f"{folder} is not a new or empty folder",
            code=ErrorCode.FOLDER_NOT_EMPTY,
            exit_code=ExitCode.USAGE,
            hint="name a folder that is new or empty",
        )


async def walk_pages(walk: Walk, order_id: str, captured: Captured) -> None:
    """Go on if My Orders fails: the address of Order Details is known."""
    captured.seen.clear()
    captured.problems.clear()
    await _tried(walk, captured, "My Orders", walk.find_order(order_id))
    order = await _tried(walk, captured, "Order Details", walk.open_order(order_id))
    number = 0
    async for each in open_each(walk, order_id, order.entries if order else ()):
        number += 1
        problem = None if isinstance(each, Found) else each.problem
        await _saw(walk, captured, f"Dispute {number}", problem)


async def _tried(
    walk: Walk, captured: Captured, title: str, step: Coroutine[None, None, Page]
) -> Page | None:
    """Take a step and keep the page that it ended on, recognised or not.

    Raises:
        ToolError: anything except an unrecognised page.
    """
    try:
        found = await step
    except ToolError as error:
        await _saw(walk, captured, title, error)
        return None
    await _saw(walk, captured, title)
    return found


async def _saw(
    walk: Walk, captured: Captured, title: str, problem: ToolError | Error | None = None
) -> None:
    """Keep a page, except one that asks for a human.

    Raises:
        ToolError: the problem, if it is more than an unrecognised page.
        Error: the browser failed.
    """
    if isinstance(problem, Error):
        raise problem
    if problem is None or problem.exit_code is not ExitCode.HUMAN_NEEDED:
        # A dispute in an unknown place may have opened in a tab of its own.
        page = walk.page.context.pages[-1] if problem else walk.page
        captured.seen.append((title, await take_snapshot(page)))
    if problem is None:
        return
    if problem.exit_code is not ExitCode.PAGE_NOT_RECOGNISED:
        raise problem
    captured.problems.append(problem)


def keep(captured: Captured, site: SiteMap, day: date, version: str) -> None:
    """Redact all pages together, since one may show what another hides, and write them."""
    if not captured.seen:
        return
    private = private_parts([snapshot for _, snapshot in captured.seen], site)
    redactor = Redactor(site.hooks, private)
    with unwritable_as_tool_error(captured.folder, name="folder", hint="name another one"):
        make_private_folder(captured.folder, ours=True)
        for number, (title, snapshot) in enumerate(captured.seen, 1):
            text = redactor.page(snapshot)
            name = f"{number}-{title.lower().replace(' ', '-')}.html"
            if _LONG_NUMBER.search(text):
                captured.problems.append(_unsafe(title))
                continue
            write_private(captured.folder / name, text.encode("utf-8", "replace"))
            captured.pages[name] = title
        readme = _readme(captured, day, version)
        write_private(captured.folder / "README.txt", readme.encode("utf-8"))


def first_problem(captured: Captured) -> ToolError | None:
    """The first problem, and what was saved in spite of it."""
    if not captured.problems:
        return None
    problem = captured.problems[0]
    kept = f"saved {len(captured.pages)} page(s)" if captured.pages else "no page was saved"
    return ToolError(
        f"{problem.message.rstrip('.')}; {kept}",
        code=problem.code,
        exit_code=problem.exit_code,
        hint="read the files, then attach them to a report" if captured.pages else problem.hint,
        evidence=str(captured.folder) if captured.pages else problem.evidence,
    )


def _unsafe(title: str) -> ToolError:
    return ToolError(
        f"{title} was not saved: a long number was left after redaction",
        code=ErrorCode.PAGE_NOT_SAFE,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="report this, without any data",
    )


def _readme(captured: Captured, day: date, version: str) -> str:
    codes = ", ".join(dict.fromkeys(problem.code for problem in captured.problems))
    return _README.format(
        version=version,
        day=f"{day:%Y-%m-%d}",
        files="\n".join(f"  {name:<24} {title}" for name, title in captured.pages.items()),
        problems=f"Not recognised: {codes}" if codes else "Every page was recognised.",
    )


async def capture(request: Request, run: Run, captured: Captured, version: str) -> None:
    """Walk the pages of an order, reading only, and save them.

    Saves the pages it has seen on every exit path, even if a human is needed or the
    browser fails half way.

    Raises:
        ToolError: the walk was stopped, or a page was not recognised (exit 5);
            ``evidence`` names the folder if a page was saved.
    """
    try:
        await walked(request, run, lambda walk: walk_pages(walk, request.order_id, captured))
    except ToolError as error:
        captured.problems.insert(0, error)
    keep(captured, request.site, request.now().date(), version)
    if problem := first_problem(captured):
        raise problem
