"""The first day in a real window that the tool opens itself, on a hidden display."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.headed import LateWindow, browser_with_port, display, needs_a_display, used_profile
from tests.cli.stranger import by_hand_alone
from tests.cli.taught_stranger import teach_then_cancel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright

    from fixtures.pytest_plugin import Mimic

# The suite does the same in hidden windows: a stranger by hand in commands/test_by_hand_stranger.py,
# the tool's own window in test_session_modes.py.
pytestmark = [
    needs_a_display,
    pytest.mark.further,
    pytest.mark.timeout(900),  # only ends a run that hangs
]
CASES = [(mode, surface) for mode in ("profile", "plain") for surface in ("mobile", "web")]


@pytest.fixture
def where(
    tmp_path: Path,
    playwright: Playwright,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[tuple[tuple[str, ...], LateWindow]]:
    """The options for a window in a display of its own, and a person who sees it."""
    program, port = browser_with_port(tmp_path)
    words: tuple[str, ...] = ("--headed", "--browser", str(program))
    if request.param == "profile":
        words = (*words, "--profile", str(used_profile(playwright, tmp_path / "profile")))
    with display() as name:
        monkeypatch.setenv("DISPLAY", name)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        yield words, LateWindow(playwright, port)


@pytest.mark.parametrize(("where", "surface"), CASES, indirect=["where"])
def test_a_stranger_is_cancelled_by_hand_in_a_real_window(
    mimic: Mimic, where: tuple[tuple[str, ...], LateWindow], tmp_path: Path, surface: str
) -> None:
    """GIVEN nothing known of a site WHEN its buyer presses in the tool's own window THEN it is done."""
    site, (words, person) = mimic("stranger"), where

    day = by_hand_alone(site, (*words, "--surface", surface), person, tmp_path)

    assert day.unasked == (), day.ran.screen
    site.ledger.assert_one_write()
    assert (day.ran.code, " DONE " in day.ran.out) == (0, True), day.ran.screen + day.ran.out


@pytest.mark.parametrize(("where", "surface"), CASES, indirect=["where"])
def test_a_stranger_is_taught_and_cancelled_in_a_real_window(
    mimic: Mimic, where: tuple[tuple[str, ...], LateWindow], tmp_path: Path, surface: str
) -> None:
    """GIVEN the same WHEN its buyer points first THEN the ordinary command cancels it."""
    site, (words, person) = mimic("stranger"), where

    _, last = teach_then_cancel(site, words, person, tmp_path, surface=surface)

    site.ledger.assert_one_write()
    assert last.code == 0, last.screen + last.out
