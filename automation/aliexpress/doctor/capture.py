"""Save an order's pages without personal data, including unrecognised ones.

Besides being a report, the folder is a scenario of the mimic site: its pages as they were seen,
and the shapes of the calls that they made.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct
from playwright.async_api import Error

from automation.aliexpress.doctor.call_shapes import CallShapes, let_through
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.redaction.markup import written
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Keep, Redactor
from automation.aliexpress.pages.text.amounts import amount_spans
from automation.aliexpress.session.opening import walked
from automation.aliexpress.site.addresses import path_and_query
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.walk.order.read_order import open_each
from automation.aliexpress.walk.order.reading import Found
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.private_files import (
    make_private_folder,
    unwritable_as_tool_error,
    write_private,
)
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from datetime import date
    from pathlib import Path

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.guard import GuardReport

Page = TypeVar("Page")

SCENARIO: Final = "scenario.toml"
_ID: Final = re.compile(r"[0-9]{15,19}")
_MANY_DIGITS: Final = re.compile(r"(?=0*[1-9])[0-9]{5,}")
_README: Final = """\
Pages of one order, saved by dispute-guard {version} on {day}.

Each HTML file shows what was visible on one page, in the page's own structure:
{files}

Text was replaced with x and 0 of the same length, except known words of the site, dates, amounts,
and the words on buttons, on links to disputes and on status lines. Numbers of orders, lines and
disputes are made up. The files contain no names, addresses, messages or products, no values of
links or calls, and no pictures, scripts or cookies. Read the files before you share them.

{scenario} makes a scenario of the mimic site out of them:

  dispute-guard serve {folder}

{problems}
"""


class CapturedPage(Struct, frozen=True):
    """A page of the walk, as it was seen.

    Args:
        opened_by: the words of the control that led to it, if it was no link.
    """

    title: str
    snapshot: Snapshot
    opened_by: str = ""

    @property
    def path(self) -> str:
        """The path of its address."""
        return urlsplit(self.snapshot.address).path


@dataclass
class Captured:
    """What was saved; filled during the walk.

    Args:
        order: the made-up number of the order in the files.
        pages: file names with the names of their pages, in the order of the walk.
        problems: what was not recognised.
        lines: the disputes that were found, each with the id of its line and its own.
    """

    folder: Path
    order: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[ToolError] = field(default_factory=list)
    seen: list[CapturedPage] = field(default_factory=list, repr=False)
    lines: list[tuple[str, str]] = field(default_factory=list, repr=False)
    calls: CallShapes | None = field(default=None, repr=False)


def check_new_folder(folder: Path) -> None:
    """Refuse a folder with something in it, so that nothing is overwritten or mixed.

    Raises:
        ToolError: the folder is not new or empty (exit 2), or cannot be looked at.
    """
    with unwritable_as_tool_error(folder, name="folder", hint="name another one"):
        taken = folder.is_symlink() or (
            folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        )
    if taken:
        raise ToolError(
            f"{folder} is not a new or empty folder",
            code=ErrorCode.FOLDER_NOT_EMPTY,
            exit_code=ExitCode.USAGE,
            hint="name a folder that is new or empty",
        )


async def walk_pages(walk: Walk, order_id: str, captured: Captured) -> None:
    """Visit each page of an order; if My Orders fails, go on: Order Details has a known address."""
    captured.seen.clear()
    captured.problems.clear()
    captured.lines.clear()
    await _tried(walk, captured, "My Orders", walk.find_order(order_id))
    order = await _tried(walk, captured, "Order Details", walk.open_order(order_id))
    number = 0
    async for each in open_each(walk, order_id, order.entries if order else ()):
        number += 1
        problem = None if isinstance(each, Found) else each.problem
        if isinstance(each, Found):
            captured.lines.append((each.names[0] or "", each.names[1] or ""))
        opened_by = "" if each.entry.href else each.entry.label
        await _saw(walk, captured, f"Dispute {number}", problem, opened_by)


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
    walk: Walk,
    captured: Captured,
    title: str,
    problem: ToolError | Error | None = None,
    opened_by: str = "",
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
        tabs = walk.page.context.pages if problem else ()
        page = tabs[-1] if tabs else walk.page
        captured.seen.append(CapturedPage(title, await take_snapshot(page), opened_by))
    if problem is None:
        return
    if problem.exit_code is not ExitCode.PAGE_NOT_RECOGNISED:
        raise problem
    captured.problems.append(problem)


def keep(
    captured: Captured, request: Request, version: str, found: GuardReport | None = None
) -> None:
    """Redact all pages together, since one may show what another hides, and write them.

    Args:
        found: what the guard did with the calls of the pages.
    """
    if not captured.seen:
        return
    site, day = request.site, request.now().date()
    redactor = Redactor(site, private_parts([each.snapshot for each in captured.seen], site))
    captured.order = redactor.numbers.of(request.order_id)
    kept = []
    with unwritable_as_tool_error(captured.folder, name="folder", hint="name another one"):
        make_private_folder(captured.folder, ours=True)
        for number, seen in enumerate(captured.seen, 1):
            text = written(seen.snapshot, redactor).html
            name = f"{number}-{seen.title.lower().replace(' ', '-')}.html"
            if _has_number(text, redactor):
                captured.problems.append(_unsafe(seen.title))
                continue
            write_private(captured.folder / name, text.encode("utf-8", "replace"))
            captured.pages[name] = seen.title
            kept.append(_page_lines(name, seen, redactor, captured.calls, found))
        scenario = "\n".join((*_scenario_head(captured, redactor, day), *kept))
        write_private(captured.folder / SCENARIO, scenario.encode("utf-8", "replace"))
        readme = _readme(captured, day, version)
        write_private(captured.folder / "README.txt", readme.encode("utf-8", "replace"))


def _has_number(text: str, redactor: Redactor) -> bool:
    """True if a long number is left that is neither made up nor an amount."""
    for number in redactor.numbers.known.values():
        text = text.replace(number, "")
    spans = amount_spans(text)
    return any(
        not any(start <= found.start() and found.end() <= end for start, end in spans)
        for found in _MANY_DIGITS.finditer(text)
    )


def _scenario_head(captured: Captured, redactor: Redactor, day: date) -> Iterator[str]:
    """The lines of the scenario about the account."""
    yield f'about = "Pages of one order, captured on {day:%Y-%m-%d}."'
    yield "telemetry = false"
    yield f'\n[[order]]\nid = "{captured.order}"'
    for line, dispute in captured.lines:
        yield "\n[[order.line]]"
        yield from (f'id = "{redactor.numbers.of(line)}"' for _ in [line] if _ID.fullmatch(line))
        known = f' id = "{redactor.numbers.of(dispute)}" ' if _ID.fullmatch(dispute) else ""
        yield f"dispute = {{{known}}}"


def _page_lines(
    name: str,
    seen: CapturedPage,
    redactor: Redactor,
    calls: CallShapes | None,
    found: GuardReport | None,
) -> str:
    """The lines of the scenario about one page."""
    address = path_and_query(redactor.address(seen.snapshot.address))
    told = ["", "[[captured]]", f"file = {json.dumps(name)}", f"address = {json.dumps(address)}"]
    if seen.opened_by:
        words = redactor.text(seen.opened_by, Keep.WORDS)
        told.append(f"opened_by = {json.dumps(clean_text(words), ensure_ascii=False)}")
    for call in calls.of(seen.path) if calls else ():
        read = found is None or let_through(call, found)
        told += ["", "[[captured.call]]", f"name = {json.dumps(call.name)}"]
        told += [f"method = {json.dumps(call.method)}", f"way = {json.dumps(call.way)}"]
        told += [f"keys = {json.dumps(call.keys)}", f"read = {json.dumps(read)}"]
    return "\n".join(told) + "\n"


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
        scenario=SCENARIO,
        folder=quote(captured.folder.resolve().name),
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

    async def work(walk: Walk) -> None:
        captured.calls = CallShapes(walk.session.context, traffic_of(request.site.traffic))
        await walk_pages(walk, request.order_id, captured)

    try:
        await walked(request, run, work)
    except ToolError as error:
        captured.problems.insert(0, error)
    keep(captured, request, version, run.guard.report() if run.guard else None)
    if problem := first_problem(captured):
        raise problem
