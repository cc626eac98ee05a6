"""``cancel --by-hand --headed``: the page with Cancel Request is what its buyer sees on the screen."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest

from tests.cli.headed import (
    LateWindow,
    browser_with_port,
    display,
    needs_a_display,
    pixels_of,
    used_profile,
)
from tests.cli.person import Answer, at_the_window
from tests.conftest import CALM, GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Playwright

    from fixtures.pytest_plugin import Mimic

_BAR: Final = "#14324f"
"""The colour of the bar that says that one may press now."""
_ENOUGH: Final = 20_000
_SEES_SECONDS: Final = 20.0


@dataclass
class OnScreen:
    """A window as a person sees it: before each act they wait for the bar to be on the screen.

    Args:
        saw: how many pixels of the bar there were.
    """

    window: LateWindow
    screen: Path
    saw: list[int] = field(default_factory=list)

    @property
    def contexts(self) -> list[BrowserContext]:
        """Its contexts, with their pages."""
        end = time.monotonic() + _SEES_SECONDS
        while (shown := pixels_of(self.screen, _BAR)) < _ENOUGH and time.monotonic() < end:
            time.sleep(0.1)
        self.saw.append(shown)
        return self.window.contexts


@needs_a_display
@pytest.mark.further
@pytest.mark.timeout(600)  # only ends a run that hangs
@pytest.mark.parametrize("profile", [False, True], ids=["plain", "profile"])
def test_no_other_window_covers_the_page_to_press_on(
    mimic: Mimic,
    playwright: Playwright,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    profile: bool,
) -> None:
    """GIVEN the tab that will send, in a window of its own WHEN one is to press THEN the page is on top."""
    site = mimic("quick", **CALM)
    order = disputed_order(site)
    program, port = browser_with_port(tmp_path)
    used = ("--profile", str(used_profile(playwright, tmp_path / "used"))) if profile else ()
    consent = Answer("the group before the last one (four digits):", types=order[-8:-4])
    acts = [
        consent,
        Answer("and confirm: ", clicks="Cancel Request", on="reverse-pages", until="Confirm"),
        Answer("and confirm: ", clicks="Confirm", on="reverse-pages"),
    ]
    screen = tmp_path / "screen"
    screen.mkdir()
    with display(screen) as name:
        monkeypatch.setenv("DISPLAY", name)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        person = OnScreen(LateWindow(playwright, port), screen)
        ran, unasked = at_the_window(
            [
                sys.executable, "-m", "automation", "cancel", order, *GOOD_REASON, "--by-hand",
                "--headed", "--browser", str(program), *used, "--site", site.url,
                "--gateway", site.gateway_url, "--state-dir", str(tmp_path / "state"),
            ],
            person,
            acts,
        )  # fmt: skip

    assert (ran.code, unasked) == (0, []), ran.screen
    site.ledger.assert_one_write()
    assert min(person.saw) >= _ENOUGH, person.saw
