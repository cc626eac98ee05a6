"""Why the buyer's own browser cannot be attached to, by what its connection says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never, cast

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidHandshake, InvalidStatus
from websockets.http11 import Response

from automation.engine.session.attach import attachment
from automation.engine.session.attach.endpoint import Endpoint
from automation.engine.session.attach.left_tabs import FOLDER, TabRecord
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from playwright.async_api import Playwright

ADDRESS = "ws://127.0.0.1:9222/devtools/browser/secret"


class Browser:
    """Stands for the relay and the browser behind it; with an error, nothing can be reached."""

    def __init__(self, error: Exception | None = None, profiles: list[list[str]] | None = None) -> None:  # fmt: skip
        self._error = error
        self._profiles = profiles or [["Orders"]]
        self.stopped = False
        self.shown = False
        self.phone: object = None

    async def start(self, *_: object) -> Browser:
        """Connect."""
        if self._error:
            raise self._error
        return self

    async def run(self, work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  as the relay's thread
        """Run in the relay's thread."""
        return await work

    async def profiles(self) -> list[list[str]]:
        """The tabs of each profile."""
        return self._profiles

    async def ask(self, method: str) -> dict[str, str]:
        """Its version."""
        assert method == "Browser.getVersion"
        return {"userAgent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0"}

    async def open_for_guest(self, _: object) -> str:
        """Show the tool its own tabs."""
        self.shown = True
        return "ws://127.0.0.1:1/guest"

    async def stop(self) -> None:
        """End the connection."""
        self.stopped = True


class Driver:
    """Playwright, whose connection to the relay never comes to be."""

    devices: dict[str, Any] = {}  # noqa: RUF012  as Playwright's own

    @property
    def chromium(self) -> Driver:
        """Its Chromium."""
        return self

    async def connect_over_cdp(self, *_: object, **__: object) -> Never:
        """Connect to the relay."""
        raise TimeoutError


def problem(
    browser: Browser, state: Path, patch: pytest.MonkeyPatch, said: list[str] | None = None
) -> ToolError:
    """Why it cannot be attached to; whatever the cause, the relay has ended and no record stays."""

    async def found(where: str, _: float) -> Endpoint:
        return Endpoint(where, "your chrome", asks=True)

    patch.setattr(attachment, "find_endpoint", found)
    patch.setattr(attachment, "RelayThread", lambda: browser)
    say = said.append if said is not None else lambda _: None
    options = SessionOptions(state_dir=state, timeout=4, say=say)
    driver = cast("Playwright", Driver())
    with pytest.raises(ToolError) as caught:
        in_own_loop(attachment.attach(driver, options, ADDRESS))
    assert browser.stopped
    assert list((state / FOLDER).iterdir()) == []
    return caught.value


def status(code: int) -> InvalidStatus:
    """An HTTP answer in place of a websocket."""
    return InvalidStatus(Response(code, "", Headers(), b""))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (status(401), "your chrome did not allow the connection"),
        (status(403), "your chrome did not allow the connection"),
        (status(404), "ws://127.0.0.1:9222"),
        (InvalidHandshake("no websocket"), "ws://127.0.0.1:9222"),
        (TimeoutError(), "4 s"),
        (ConnectionRefusedError(111, "Connection refused"), "ws://127.0.0.1:9222"),
    ],
    ids=["401", "403", "404", "no websocket", "silent", "refused"],
)
def test_each_cause_is_told_apart(
    error: Exception, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a browser that refuses, is silent or not there THEN no browser; its secret path is not shown."""
    found = problem(Browser(error), tmp_path, monkeypatch)
    assert told in found.message
    assert found.code is ErrorCode.NO_BROWSER
    assert "secret" not in f"{found.message} {found.hint}"


def test_only_a_refusal_is_one_that_the_buyer_can_allow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN 403 and 404 THEN only the first says to allow it; a channel asks before it connects."""
    said: list[str] = []
    assert "allow it" in problem(Browser(status(403)), tmp_path, monkeypatch, said).hint
    assert "allow it" not in problem(Browser(status(404)), tmp_path, monkeypatch).hint
    assert said == ["connecting to your chrome; allow it there if asked"]


def test_several_profiles_are_named_and_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN two profiles THEN exit 5, each with its number of tabs and a title cut short."""
    browser = Browser(profiles=[["Orders", "News"], ["x" * 200]])
    found = problem(browser, tmp_path, monkeypatch)
    assert (found.code, found.exit_code) == (
        ErrorCode.SEVERAL_PROFILES,
        ExitCode.PAGE_NOT_RECOGNISED,
    )
    assert "1. 2 tab(s), such as 'Orders'; 2. 1 tab(s), such as 'xxx" in found.message
    assert "x" * 41 not in found.message
    assert "secret" not in found.evidence
    assert not browser.shown


def test_a_browser_that_accepts_and_then_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN one profile and no answer to Playwright THEN it hangs; the control got as far as that."""
    browser = Browser()
    assert problem(browser, tmp_path, monkeypatch).code is ErrorCode.BROWSER_HANGS
    assert browser.shown


def test_tabs_of_a_killed_run_are_closed_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a record of a run that is gone THEN its tabs are closed, and the buyer is told."""
    closed: list[str] = []

    class WithTabs(Browser):
        async def close_tabs(self, tabs: list[str]) -> int:
            """Close those that are still there."""
            closed.extend(tabs)
            return len(tabs)

    left = TabRecord.begin(tmp_path)
    left.note(["tab-1", "tab-2"])
    text = left.path.read_text("utf-8")
    left.path.write_text(text.replace('"owner": ', '"owner": 9'), "utf-8")  # no such process
    said: list[str] = []

    problem(WithTabs(), tmp_path, monkeypatch, said)

    assert sorted(closed) == ["tab-1", "tab-2"]
    assert "closed 2 tab(s) of a killed run in your chrome" in said
