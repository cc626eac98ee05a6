"""Each check of the setup: what it finds, and what to do about it."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error

from automation.aliexpress.doctor import doctor as checks
from automation.aliexpress.doctor.doctor import (
    Check,
    check_browser_and_guard,
    check_config,
    check_leftovers,
    check_records,
    check_sandbox,
    check_session_file,
    check_state_folder,
    run_checks,
)
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.site import DisputeIds
from automation.engine.journal import Event, Journal
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, Hint, ToolError
from tests.own_loop import in_own_thread

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Iterable

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORDER = "8190000000000001"


def named(found: Iterable[Check], name: str) -> Check:
    """The check of this name."""
    return next(each for each in found if each.name == name)


def verify(order: str) -> str:
    """The call that settles an order."""
    return f"dispute-guard verify {order}"


# The state folder


@pytest.mark.parametrize(
    "name", ["session.json", "journal.sqlite3-wal", "receipts/a/receipt.json", "drift"]
)
def test_what_others_can_read_is_named_with_the_command_that_helps(
    tmp_path: Path, name: str
) -> None:
    """GIVEN a file of the tool with a wide mode THEN its name, and a command that a shell takes."""
    state = tmp_path / "Dana's state"
    file = state / name
    file.parent.mkdir(mode=0o700, parents=True)
    file.write_text("{}", "utf-8")
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o700)
    assert named(check_state_folder(state), "private").ok
    file.chmod(0o640)

    writable, private = check_state_folder(state)

    assert (writable.ok, writable.found) == (True, str(state))
    assert (private.ok, private.found) == (False, f"others can read: {file}")
    assert shlex.split(private.todo) == ["chmod", "-R", "go-rwx", str(state)]


def test_the_buyers_own_files_and_links_are_none_of_its_business(tmp_path: Path) -> None:
    """GIVEN a file that is not the tool's, and a link THEN neither counts."""
    tmp_path.chmod(0o700)
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "notes.txt").chmod(0o666)
    (tmp_path / "session.json").symlink_to(tmp_path / "notes.txt")

    assert named(check_state_folder(tmp_path), "private").ok


def test_many_wide_files_are_named_in_short(tmp_path: Path) -> None:
    """GIVEN seven of them THEN five are named."""
    folder = tmp_path / "receipts"
    folder.mkdir()
    tmp_path.chmod(0o700)
    folder.chmod(0o700)
    for number in range(7):
        (folder / f"{number}").write_text("", "utf-8")
        (folder / f"{number}").chmod(0o644)

    found = named(check_state_folder(tmp_path), "private").found

    assert found.count(str(folder)) == 5


def test_a_file_that_another_run_removes_meanwhile_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a file that is gone between two looks THEN the others are still looked at."""
    tmp_path.chmod(0o700)
    (tmp_path / "session.json").write_text("{}", "utf-8")
    (tmp_path / "session.json").chmod(0o644)
    real = type(tmp_path).glob

    def glob(folder: Path, pattern: str) -> list[Path]:
        return [*real(folder, pattern), folder / "journal.gone"]

    monkeypatch.setattr(type(tmp_path), "glob", glob)

    assert named(check_state_folder(tmp_path), "private").found.endswith("session.json")


def test_a_folder_that_cannot_be_looked_into_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a folder whose files the system does not let it look at THEN its path, and what helps."""
    tmp_path.chmod(0o700)
    file = tmp_path / "receipts" / "a"
    file.parent.mkdir(mode=0o700)
    file.write_text("", "utf-8")
    real = type(tmp_path).lstat

    def lstat(path: Path) -> os.stat_result:
        if path == file:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(type(tmp_path), "lstat", lstat)

    private = named(check_state_folder(tmp_path), "private")

    assert (private.ok, private.found) == (False, f"cannot look at {file}: Permission denied")
    assert shlex.split(private.todo) == ["chmod", "-R", "u+rwX", str(tmp_path)]


def test_a_folder_that_cannot_be_used_is_told_once(tmp_path: Path) -> None:
    """GIVEN a file in its place THEN one problem; whether others can read it is not asked."""
    (tmp_path / "state").write_text("", "utf-8")

    [only] = check_state_folder(tmp_path / "state")

    assert (only.name, only.ok, bool(only.todo)) == ("state folder", False, True)


# The journal


def test_a_whole_journal_without_open_attempts_is_well(tmp_path: Path) -> None:
    """GIVEN an attempt that ended THEN three good checks."""
    with Journal.open(tmp_path) as journal:
        number = journal.begin(
            dispute_target(ORDER, DisputeIds("D1")), "cancel", "x", "web", "1", NOW
        )
        journal.finish(number, "not_done", 3, "refused", NOW)

    found = list(check_records(tmp_path, verify))

    assert [(each.name, each.ok, each.found, each.todo) for each in found] == [
        ("journal", True, "1 attempt(s), intact", ""),
        ("may send", True, "yes", ""),
        ("unsettled", True, "none", ""),
    ]


def test_open_attempts_are_named_and_each_call_that_settles_them_once(tmp_path: Path) -> None:
    """GIVEN two open attempts on one order, and one on another site THEN two calls, each with its site."""
    with Journal.open(tmp_path) as journal:
        for order, site, line in (
            (ORDER, "https://s.example", "1"), (ORDER, "https://s.example", "2"), ("8190000000000002", "https://t.example", "3"),
        ):  # fmt: skip
            target = dispute_target(order, DisputeIds(f"D{line}", f"L{line}"))
            number = journal.begin(target, "cancel", site, "web", "1", NOW)
            for event in list(Event)[1:6]:
                journal.record(number, event, NOW)

    found = named(check_records(tmp_path, verify), "unsettled")

    assert (found.ok, found.found) == (False, "attempt 1, 2, 3 may have sent its request")
    assert found.todo == (
        f"run 'dispute-guard verify {ORDER} --site https://s.example'; "
        "run 'dispute-guard verify 8190000000000002 --site https://t.example'"
    )


def test_a_journal_that_cannot_be_read_is_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a journal that does not open THEN its error and what to do, and the checks go on."""

    def fails(_path: Path) -> Journal:
        raise ToolError("it is locked", code=ErrorCode.INTERNAL_ERROR, hint="wait")

    monkeypatch.setattr(Journal, "open", fails)

    assert list(check_records(tmp_path, verify)) == [Check("journal", ok=False, found="it is locked", todo="wait")]  # fmt: skip


def test_an_accepted_loss_is_named_later(tmp_path: Path) -> None:
    """GIVEN the receipt of a request without a journal THEN it is a problem until it is accepted.

    After that the check says what was accepted; a folder that lost nothing says no such thing.
    """

    def may_send(folder: Path) -> Check:
        return next(each for each in check_records(folder, str) if each.name == "may send")

    lost, whole = tmp_path / "lost", tmp_path / "whole"
    (lost / "receipts" / "20261126T120000Z-0042-1").mkdir(parents=True)

    before = may_send(lost)
    [kept] = Journal.acknowledge_damage(lost)
    after = may_send(lost)

    assert (before.ok, "was missing" in before.found) == (False, True)
    assert (after.ok, kept.name in after.found) == (True, True)
    assert may_send(whole).found == "yes"


# The browser, and what is left of others


NOT_HERE, NONE, ENDED, STUCK = (
    Check("leftovers", ok=True, found="not supported on this platform"),
    Check("leftovers", ok=True, found="none"),
    Check("leftovers", ok=True, found="closed 2 browser(s) of a killed run"),
    Check("leftovers", ok=False, found="process 7 9 did not end", todo="run 'kill 7 9'"),
)


@pytest.mark.parametrize(
    ("can", "found", "stuck", "told"),
    [
        (False, 0, (), NOT_HERE),
        (True, 0, (), NONE),
        (True, 2, (), ENDED),
        (True, 2, (7, 9), STUCK),
    ],
)
def test_what_a_killed_run_left_is_ended_and_told(
    monkeypatch: pytest.MonkeyPatch, found: int, stuck: tuple[int, ...], told: Check, *, can: bool
) -> None:
    """GIVEN browsers of killed runs THEN they are ended; those that do not end have a command."""
    monkeypatch.setattr(checks, "can_be_found", lambda: can)
    monkeypatch.setattr(checks, "leftovers", lambda _: (SimpleNamespace(),) * found)
    monkeypatch.setattr(
        checks, "end_leftovers", lambda _: tuple(SimpleNamespace(pid=each) for each in stuck)
    )

    assert check_leftovers(Path()) == told


def test_a_folder_of_browsers_that_cannot_be_looked_into_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an error of the system without a path THEN the state folder is named."""

    def denied(_state_dir: Path) -> tuple[()]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(checks, "can_be_found", lambda: True)
    monkeypatch.setattr(checks, "leftovers", denied)

    found = check_leftovers(tmp_path)

    assert (found.ok, found.found) == (False, f"cannot look at {tmp_path}: Permission denied")
    assert found.todo == f"chmod -R u+rwX {tmp_path}"


@pytest.mark.parametrize(
    ("arguments", "told"), [((), "on"), (("--no-sandbox",), "off because you are root")]
)
def test_a_sandbox_that_is_off_is_no_problem_and_is_told(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    """GIVEN root, for whom Chromium has none THEN a note."""
    monkeypatch.setattr(checks, "sandbox_arguments", lambda: arguments)

    assert check_sandbox().ok
    assert check_sandbox().found.startswith(told)


def browser_check(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, session: Callable[[], Any]
) -> Check:
    """The check of a browser that opens so."""

    @contextlib.asynccontextmanager
    async def open_session(*_: object) -> AsyncIterator[Any]:
        yield session()

    monkeypatch.setattr(checks, "open_session", open_session)
    options = SessionOptions(state_dir=tmp_path)
    # Ctrl-C is for the main thread.
    monkeypatch.setattr(checks, "run_in_browser", lambda work, *_: asyncio.run(work))
    return in_own_thread(lambda: check_browser_and_guard(options))


@pytest.mark.parametrize(
    ("browser", "version"), [(SimpleNamespace(version="144.0"), "144.0"), (None, "unknown version")]
)
def test_a_browser_that_opens_is_named_with_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser: object, version: str
) -> None:
    """GIVEN a browser under the guard THEN what it is, and that the guard was tested in it."""
    session = SimpleNamespace(browser_name="Chromium", context=SimpleNamespace(browser=browser))

    found = browser_check(monkeypatch, tmp_path, lambda: session)

    assert found.ok
    assert found.found.startswith(f"Chromium, {version}; test requests")


@pytest.mark.parametrize(
    ("error", "told", "todo"),
    [
        (Error("no such file\nCall log"), "no such file", Hint.GET_BROWSER),
        (Error(""), "it does not start", Hint.GET_BROWSER),
        (ToolError("a layer lets requests pass", code=ErrorCode.GUARD_SELF_TEST, hint="stop"), "a layer lets requests pass", "stop"),
    ],
)  # fmt: skip
def test_a_browser_that_does_not_open_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, told: str, todo: str
) -> None:
    """GIVEN a browser that fails, or a guard that does not hold THEN the first line, and what to do."""

    def fails() -> None:
        raise error

    found = browser_check(monkeypatch, tmp_path, fails)

    assert (found.ok, found.found, found.todo) == (False, told, todo)


# Files


def test_a_saved_session_is_named_and_a_broken_one_is_a_problem(tmp_path: Path) -> None:
    """GIVEN no session, a saved one, and one that is no JSON THEN each is told."""
    tmp_path.chmod(0o700)
    none = check_session_file(tmp_path)
    file = tmp_path / "session.json"
    file.write_text('{"cookies": [], "origins": []}', "utf-8")
    file.chmod(0o600)
    saved = check_session_file(tmp_path)
    file.write_text("{", "utf-8")
    broken = check_session_file(tmp_path)

    assert (none.ok, "dispute-guard login" in none.found) == (True, True)
    assert (saved.ok, saved.found) == (True, "saved")
    assert (broken.ok, bool(broken.todo)) == (False, True)


def test_the_config_file_is_named_whether_it_is_there_or_not(tmp_path: Path) -> None:
    """GIVEN a path THEN that path, and that nothing is there if so."""
    file = tmp_path / "config.toml"
    assert check_config(file).found == f"{file} (does not exist)"
    file.write_text("", "utf-8")
    assert check_config(file).found == str(file)


def test_a_failed_check_hides_no_later_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a state folder, a browser and site data that are all wrong THEN each is told, and the rest."""
    (tmp_path / "state").write_text("", "utf-8")
    data = tmp_path / "site.toml"
    data.write_text("lang = 3", "utf-8")

    def no_browser(options: SessionOptions) -> Check:
        return Check("browser and guard", ok=False, found=str(options.state_dir), todo="x")

    monkeypatch.setattr(checks, "check_browser_and_guard", no_browser)
    options = SessionOptions(state_dir=tmp_path / "state")

    found = list(run_checks(options, tmp_path / "config.toml", data, verify))

    bad = [each.name for each in found if not each.ok]
    assert {"state folder", "journal", "browser and guard", "words"} <= set(bad)
    assert found[-1].name == "words"
    assert all(each.todo for each in found if not each.ok)


def test_a_check_in_json_has_plain_values() -> None:
    """GIVEN a check THEN its four fields."""
    check = Check("words", ok=False, found="odd", todo="mend it")

    assert check.as_json() == {"name": "words", "ok": False, "found": "odd", "todo": "mend it"}
