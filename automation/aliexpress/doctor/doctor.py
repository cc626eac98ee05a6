"""The checks of ``doctor``: what each found and, if something is wrong, what to do."""

from __future__ import annotations

import os
import stat
from shlex import quote
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict
from playwright.async_api import Error

from automation.aliexpress.cancel.attempts import verify_on
from automation.aliexpress.plan.targets import order_of
from automation.aliexpress.site import Hooks, SiteMap
from automation.aliexpress.site.traffic import real_origins, site_traffic, traffic_of
from automation.aliexpress.site.user_file import check_user_file, read_text
from automation.aliexpress.work import run_in_browser
from automation.engine.guard import Guard
from automation.engine.interrupts import Place
from automation.engine.journal import Journal, check_journal
from automation.engine.journal.opening import NAME, accepted_damage
from automation.engine.session.browser import open_session
from automation.engine.session.launch.discovery import sandbox_arguments
from automation.engine.session.profile.owned import FOLDER, can_be_found, end_leftovers, leftovers
from automation.engine.session.state import SESSION_FILE, private_folder, saved_session
from automation.errors import ErrorCode, Hint, ToolError
from automation.text import pasted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from automation.engine.session.options import SessionOptions

_OTHERS = 0o077
_OURS = (f"{NAME}*", SESSION_FILE, "receipts", "locks", "faults", "drift", FOLDER)


class Check(Struct, frozen=True):
    """The result of one check.

    Args:
        found: what was found, in one line.
        todo: what to do about it; empty if nothing.
    """

    name: str
    ok: bool
    found: str
    todo: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)


def run_checks(
    options: SessionOptions, config: Path, words: Path | None, verify: Callable[[str], str]
) -> Iterator[Check]:
    """Run all checks; a failed one never hides a later one.

    Args:
        verify: the call of ``verify`` for an order, with this state folder.
    """
    yield from check_state_folder(options.state_dir)
    yield from check_records(options.state_dir, verify)
    yield check_leftovers(options.state_dir)
    yield check_sandbox()
    yield check_browser_and_guard(options)
    yield check_session_file(options.state_dir)
    yield check_config(config)
    yield _caught("words", lambda: _words(words))


def check_state_folder(state_dir: Path) -> Iterator[Check]:
    """Check that the folder is writable, and readable only by its owner."""
    writable = _caught("state folder", lambda: str(private_folder(state_dir)))
    yield writable
    if writable.ok:
        yield _check_private(state_dir)


def _check_private(state_dir: Path) -> Check:
    try:
        wide = _readable_by_others(state_dir)
    except OSError as error:
        return _unreadable("private", state_dir, error)
    return Check(
        "private",
        ok=not wide,
        found=f"others can read: {', '.join(wide[:5])}" if wide else "only you can read it",
        todo=f"chmod -R go-rwx {quote(str(state_dir))}" if wide else "",
    )


def _readable_by_others(state_dir: Path) -> list[str]:
    """The tool's own files that others can read; the folder may contain other files too."""
    if os.name != "posix":
        return []
    mine = [path for pattern in _OURS for path in state_dir.glob(pattern)]
    inside = [path for folder in mine if folder.is_dir() for path in folder.rglob("*")]
    return [str(path) for path in (state_dir, *mine, *inside) if _mode(path) & _OTHERS]


def _mode(path: Path) -> int:
    """The mode of a file; none if it is a link, or another run has removed it meanwhile."""
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return 0
    return 0 if stat.S_ISLNK(found) else stat.S_IMODE(found)


def check_records(state_dir: Path, verify: Callable[[str], str]) -> Iterator[Check]:
    """Check that the journal is intact, allows sending, and has nothing unsettled."""
    try:
        with Journal.open(state_dir) as journal:
            yield from _journal(journal, verify)
    except ToolError as error:
        yield Check("journal", ok=False, found=error.message, todo=error.hint)


def _journal(journal: Journal, verify: Callable[[str], str]) -> Iterator[Check]:
    problems = check_journal(journal)
    yield Check(
        "journal",
        ok=not problems,
        found="; ".join(problems[:3]) or f"{len(journal.attempts())} attempt(s), intact",
        todo="keep a copy of the state folder and report it" if problems else "",
    )
    lost = journal.must_not_send()
    yield Check(
        "may send",
        ok=not lost,
        found=lost or f"yes{_accepted(journal.state_dir)}",
        todo=Hint.ACCEPT_LOSS if lost else "",
    )
    still_open = journal.open_intents()
    settling = dict.fromkeys(
        verify_on(verify(order_of(attempt)), attempt) for attempt in still_open
    )
    numbers = ", ".join(str(attempt.id) for attempt in still_open)
    yield Check(
        "unsettled",
        ok=not still_open,
        found=f"attempt {numbers} may have sent its request" if still_open else "none",
        todo="; ".join(f"run {pasted(each)}" for each in settling),
    )


def _accepted(state_dir: Path) -> str:
    """Which losses of a journal the buyer has accepted; empty if there was none."""
    names = ", ".join(path.name for path in accepted_damage(state_dir))
    return f"; you accepted the loss of an earlier journal ({names})" if names else ""


def check_leftovers(state_dir: Path) -> Check:
    """End browsers of killed runs; never touch other browsers."""
    if not can_be_found():
        return Check("leftovers", ok=True, found="not supported on this platform")
    try:
        found = leftovers(state_dir)
        stuck = end_leftovers(state_dir)
    except OSError as error:
        return _unreadable("leftovers", state_dir, error)
    if stuck:
        pids = " ".join(str(each.pid) for each in stuck)
        return Check(
            "leftovers", ok=False, found=f"process {pids} did not end", todo=f"run 'kill {pids}'"
        )
    ended = f"closed {len(found)} browser(s) of a killed run" if found else "none"
    return Check("leftovers", ok=True, found=ended)


def check_sandbox() -> Check:
    """Note if Chromium's sandbox is off, as it is for root; that is not a problem."""
    if not sandbox_arguments():
        return Check("sandbox", ok=True, found="on")
    return Check("sandbox", ok=True, found="off because you are root; a normal user is safer")


def check_browser_and_guard(options: SessionOptions) -> Check:
    """Start the browser on a blank page, which tests every layer of the guard."""

    def look() -> str:
        return run_in_browser(_opened(options), options, lambda: Place("open browser"))

    return _caught("browser and guard", look)


async def _opened(options: SessionOptions) -> str:
    try:
        async with open_session(options, Guard(real_origins(), site_traffic())) as session:
            browser = session.context.browser
            version = browser.version if browser else "unknown version"
            return f"{session.browser_name}, {version}; test requests that change something were stopped"
    except Error as error:
        raise ToolError(
            next(iter(error.message.splitlines()), "it does not start")[:160],
            code=ErrorCode.BROWSER_FAILED,
            hint=Hint.GET_BROWSER,
        ) from error


def check_session_file(state_dir: Path) -> Check:
    """Check that the saved session is readable; ``session`` checks whether it is signed in."""

    def look() -> str:
        kept = saved_session(state_dir)
        return "none saved; sign in with 'dispute-guard login'" if kept is None else "saved"

    return _caught("session", look)


def check_config(config: Path) -> Check:
    """Name the config file; it was read before any command runs."""
    there = config.is_file()
    return Check("config", ok=True, found=str(config) if there else f"{config} (does not exist)")


def _words(words: Path | None) -> str:
    site = SiteMap.load(words)
    known = f"built-in ({', '.join(sorted(site.packs))})"
    if words is None:
        return known
    traffic_of(site.traffic)
    return f"{known}; {words} adds {_added_by(words)}"


def _added_by(path: Path) -> str:
    """What a valid file adds, in numbers."""
    mine = check_user_file(path, read_text(path), Hooks.model_fields)
    words = {
        str(table.get("lang")): sum(map(_count, (v for k, v in table.items() if k != "lang")))
        for table in mine.packs
    }
    parts = [f"{number} words ({lang})" for lang, number in words.items()]
    parts += [
        f"{number} {name}"
        for lists, name in ((mine.hooks, "selectors"), (mine.traffic, "calls and pages"))
        if (number := sum(map(len, lists.values())))
    ]
    return ", ".join(parts)


def _count(value: object) -> int:
    """How many texts a list, or the lists of a table, have."""
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return len(value) if isinstance(value, list) else 0


def _caught(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, found=look())
    except ToolError as error:
        return Check(name, ok=False, found=error.message, todo=error.hint)


def _unreadable(name: str, state_dir: Path, error: OSError) -> Check:
    found = f"cannot look at {error.filename or state_dir}: {error.strerror or error}"
    return Check(name, ok=False, found=found, todo=f"chmod -R u+rwX {quote(str(state_dir))}")
