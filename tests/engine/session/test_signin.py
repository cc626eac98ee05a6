"""A window for signing in: it needs a display, has no guard, and is always left."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.engine.session import signin
from automation.engine.session.launch.launcher import Opened
from automation.engine.session.options import SessionOptions
from automation.engine.session.signin import check_display, open_for_human
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import BrowserContext


@pytest.mark.parametrize(
    ("system", "variables"),
    [
        ("linux", {"DISPLAY": ":0"}),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("darwin", {}),
        ("win32", {}),
    ],
)
def test_a_desktop_has_one(
    system: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN X, Wayland, or a system that has no such variables THEN there is no error."""
    monkeypatch.setattr("sys.platform", system)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    check_display()


def test_a_server_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN neither THEN exit 4: a human is needed, at a desktop."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(ToolError) as caught:
        check_display()
    assert caught.value.exit_code == ExitCode.HUMAN_NEEDED
    assert "--attach" in caught.value.hint


class Machine:
    """A machine on which browsers start: what was started and what ended, in order."""

    def __init__(self, patch: pytest.MonkeyPatch, closing: Exception | None = None) -> None:
        self.told: list[str] = []
        self.settings: dict[str, Any] = {}
        self.options: SessionOptions | None = None
        self._closing = closing
        patch.setattr(signin, "driver", self._driver)
        patch.setattr(signin, "launch", self._start("saved session"))
        patch.setattr(signin, "open_profile", self._start("profile"))
        patch.setattr(signin, "sandbox_arguments", lambda: ["--no-sandbox"])

    @asynccontextmanager
    async def _driver(self) -> AsyncIterator[str]:
        yield "the driver"
        self.told.append("driver ended")

    def _start(self, kind: str) -> Any:  # noqa: ANN401  stands for a function
        async def start(_: object, options: SessionOptions, settings: dict[str, Any]) -> Opened:
            self.told.append(kind)
            self.options, self.settings = options, settings
            return Opened(cast("BrowserContext", "a window"), "x", self._close, self._forget)

        return start

    async def _close(self) -> None:
        self.told.append("closed")
        if self._closing:
            raise self._closing

    def _forget(self) -> None:
        self.told.append("record gone")


def human(options: SessionOptions, *, cut_off: bool = False) -> None:
    """A human who signs in, or whom something interrupts."""

    async def work() -> None:
        async with open_for_human(options) as context:
            assert cast("str", context) == "a window"
            if cut_off:
                raise KeyError("cut off")

    in_own_loop(work())


@pytest.mark.parametrize("closing", [None, Error("gone"), TimeoutError()], ids=repr)
def test_the_window_is_left_even_if_it_does_not_close(
    closing: Exception | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a window that closes, or that is gone or hangs THEN no record of it stays, and no error."""
    machine = Machine(monkeypatch, closing)
    human(SessionOptions(state_dir=tmp_path, headless=True))
    assert machine.told == ["saved session", "closed", "record gone", "driver ended"]


def test_the_window_is_left_when_the_sign_in_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an interrupt THEN the same end, and the interrupt goes on."""
    machine = Machine(monkeypatch)
    with pytest.raises(KeyError):
        human(SessionOptions(state_dir=tmp_path, headless=True), cut_off=True)
    assert machine.told[:3] == ["saved session", "closed", "record gone"]


def test_a_profile_may_be_new_and_its_window_has_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a profile THEN that is opened, made if it must be, in a window that the buyer resizes."""
    machine = Machine(monkeypatch)
    said: list[str] = []
    human(
        SessionOptions(state_dir=tmp_path, headless=True, profile=tmp_path / "p", say=said.append)
    )
    assert machine.told[0] == "profile"
    assert machine.options is not None
    assert machine.options.new_profile
    assert machine.settings == {"no_viewport": True}
    assert said == ["running as root, so Chromium runs without its sandbox"]


def test_without_a_display_nothing_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a window that nobody could see THEN exit 4 before a browser was looked for."""
    machine = Machine(monkeypatch)
    monkeypatch.setattr(signin, "has_display", lambda: False)
    with pytest.raises(ToolError) as caught:
        human(SessionOptions(state_dir=tmp_path, headless=False))
    assert (caught.value.code, machine.told) == (ErrorCode.NO_DISPLAY, [])
