"""Which browser is started, and what is said if none starts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.engine.session.launch import launcher as launching
from automation.engine.session.launch.launcher import Empty, open_profile, with_browser
from automation.engine.session.options import SessionOptions
from automation.engine.session.profile.owned import FOLDER, mark_arguments
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Playwright

    from automation.engine.session.launch.launcher import Program

FOUND = [Path("/usr/bin/chromium"), Path("/usr/bin/google-chrome")]
MISSING = "Executable doesn't exist at /x"
CRASH = "Target closed\n[pid=1][err] first\n[pid=1][err] cannot open display\n[pid=1][err]\n"


class Starts:
    """A machine on which these programs fail, with these words."""

    def __init__(self, **fails: str) -> None:
        self.tried: list[str] = []
        self._fails = fails

    async def __call__(self, program: Program) -> str:
        """Start one."""
        name = Path(program.name).name
        self.tried.append(name)
        words = self._fails.get(name.split("'")[0].replace("-", "_"), "")
        if words:
            raise Error(words)
        return f"started {name}"


def tried(starts: Starts, options: SessionOptions) -> tuple[str, str]:
    """What was started."""
    return in_own_loop(launching._try_each(starts, options, FOUND))  # noqa: SLF001  its only user needs a driver


@pytest.fixture
def options(tmp_path: Path) -> SessionOptions:
    """Headless, in a folder of this test."""
    return SessionOptions(state_dir=tmp_path, headless=True)


def test_playwrights_own_browser_comes_first(options: SessionOptions) -> None:
    """GIVEN all of them THEN the first one, and no other is tried."""
    starts = Starts()
    assert tried(starts, options)[1] == "Playwright's Chromium"
    assert len(starts.tried) == 1


def test_a_missing_or_broken_browser_is_passed_over(options: SessionOptions) -> None:
    """GIVEN one that is missing and one that crashes THEN the next one."""
    starts = Starts(Playwright=MISSING, chromium=CRASH)
    assert tried(starts, options)[1] == "/usr/bin/google-chrome"


def test_a_named_browser_is_tried_alone(tmp_path: Path) -> None:
    """GIVEN --browser THEN no other one is started in its place, and its own words are shown."""
    named = SessionOptions(state_dir=tmp_path, headless=True, browser=Path("/opt/named"))
    starts = Starts(named=CRASH)
    with pytest.raises(ToolError, match="named did not start: cannot open display") as caught:
        tried(starts, named)
    assert (starts.tried, caught.value.code) == (["named"], "browser_not_started")
    assert "--browser" in caught.value.hint


def test_a_window_that_does_not_open_may_have_no_display(tmp_path: Path) -> None:
    """GIVEN --headed THEN the hint names the display."""
    named = SessionOptions(state_dir=tmp_path, headless=False, browser=Path("/opt/named"))
    with pytest.raises(ToolError) as caught:
        tried(Starts(named="no words of the browser"), named)
    assert "display" in caught.value.hint
    assert "no words of the browser" in str(caught.value)


def test_a_machine_without_any_browser_is_told_so(options: SessionOptions) -> None:
    """GIVEN only missing ones THEN the way to get one, not the last failure."""

    async def missing(program: Program) -> str:
        raise Error(f"{MISSING}{program.name}")

    with pytest.raises(ToolError) as caught:
        in_own_loop(launching._try_each(missing, options, FOUND))  # noqa: SLF001
    assert caught.value.code == "no_browser"


@pytest.mark.parametrize("sign", ["ProcessSingleton", "Opening in existing browser session."])
def test_a_profile_that_is_open_is_told_as_such(tmp_path: Path, sign: str) -> None:
    """GIVEN a profile that another browser has THEN that, and not a browser that is broken."""
    words = f"Target closed\n[pid=1][err] {sign}"
    taken = SessionOptions(state_dir=tmp_path, profile=tmp_path / "mine")
    with pytest.raises(ToolError) as caught:
        tried(Starts(chromium=words, google_chrome=words, Playwright=words, chrome=words, msedge=words), taken)  # fmt: skip
    assert caught.value.code is ErrorCode.PROFILE_IN_USE
    assert "mine is in use by a running browser" in caught.value.message


def test_a_named_browser_is_looked_for_only_where_one_is_started(tmp_path: Path) -> None:
    """GIVEN --browser that does not exist THEN an error, except where a browser runs already."""
    named = SessionOptions(state_dir=tmp_path, browser=tmp_path / "none")
    with pytest.raises(ToolError):
        with_browser(named)
    for running in (replace(named, attach="chrome"), replace(named, connect="ws://127.0.0.1:1")):
        assert with_browser(running) == running


class Chromium:
    """A stand-in for Playwright: Chromium starts or fails, and each request is kept."""

    def __init__(self, error: str = "") -> None:
        self.executable_path = "/nowhere/chromium"
        self.asked: list[dict[str, Any]] = []
        self.closed = 0
        self._error = error

    @property
    def chromium(self) -> Chromium:
        """Itself."""
        return self

    async def launch_persistent_context(self, profile: str, **how: object) -> Chromium:
        """Start with a profile."""
        self.asked.append({"profile": profile, **how})
        if self._error:
            raise Error(self._error)
        return self

    async def close(self) -> None:
        """End it."""
        self.closed += 1


def test_a_browser_that_was_started_for_nothing_leaves_nothing(tmp_path: Path) -> None:
    """GIVEN a browser that nobody used WHEN discarded THEN closed, and its record is gone."""
    _, record = mark_arguments(tmp_path)
    browser = Chromium()
    assert record.exists()  # control
    in_own_loop(Empty(cast("BrowserContext", browser), "x", record).discard())
    assert (browser.closed, record.exists()) == (1, False)


def test_a_new_profile_is_made_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a profile to sign in with WHEN it is opened and left THEN it stays, and no record."""
    monkeypatch.setattr(launching, "find_browsers", lambda: FOUND)
    browser, profile = Chromium(), tmp_path / "mine"
    options = SessionOptions(state_dir=tmp_path, profile=profile, new_profile=True)

    opened = in_own_loop(open_profile(cast("Playwright", browser), options, {"no_viewport": True}))

    (asked,) = browser.asked
    assert (asked["profile"], asked["no_viewport"]) == (str(profile), True)
    assert not Path(asked["artifacts_dir"]).is_relative_to(profile)
    assert len(list((tmp_path / FOLDER).iterdir())) == 1  # control: a kill would be seen
    opened.forget()
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert profile.is_dir()


def test_a_profile_that_does_not_open_leaves_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a browser that crashes THEN its error, and no record of a browser that never was."""
    monkeypatch.setattr(launching, "find_browsers", lambda: FOUND)
    options = SessionOptions(state_dir=tmp_path, profile=tmp_path / "mine", new_profile=True)
    with pytest.raises(ToolError) as caught:
        in_own_loop(open_profile(cast("Playwright", Chromium(CRASH)), options, {}))
    assert caught.value.code is ErrorCode.BROWSER_NOT_STARTED
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_profile_that_is_not_there_is_made_only_to_sign_in(tmp_path: Path) -> None:
    """GIVEN a run that is no sign-in THEN a missing profile is an error, and is not made."""
    browser, profile = Chromium(), tmp_path / "mine"
    options = SessionOptions(state_dir=tmp_path, profile=profile)
    with pytest.raises(ToolError):
        in_own_loop(open_profile(cast("Playwright", browser), options, {}))
    assert (browser.asked, profile.exists()) == ([], False)
