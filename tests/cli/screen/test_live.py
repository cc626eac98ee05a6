from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

import pytest
from rich.text import Text

from automation.aliexpress.answer import Step
from automation.aliexpress.running import Run
from automation.cli.screen import terminal
from automation.cli.screen.live import LiveLine, words_of
from automation.cli.screen.output import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

ERASE = "\r\x1b[2K"
ENOUGH = 20.0


class Screen(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Whether lines can change."""
        return True


@pytest.fixture(autouse=True)
def _nothing_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees another's last line."""
    monkeypatch.setattr(terminal, "_CHANGING", terminal.Changing())


def a_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """An ordinary terminal on both streams; a fixture would come before pytest's own."""
    shown = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(sys, "stdout", shown)
    return shown


def until(holds: Callable[[], bool]) -> bool:
    """Whether it came to hold before a time that no machine needs."""
    end = time.monotonic() + ENOUGH
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def test_a_step_in_progress_has_its_page_and_seconds() -> None:
    """GIVEN a step THEN its name, page and whole seconds; nothing early, between steps, or at a question."""
    run = Run("list")
    before = words_of(run)
    with run.step(Step.MY_ORDERS) as running:
        running.page = "My Orders\x1b[2J"
        began = run.now.since if run.now else 0.0
        early = words_of(run, lambda: began + 0.1)
        late = words_of(run, lambda: began + 7.9)
        with run.waiting_for_human():
            asked = words_of(run, lambda: began + 7.9)
    failed = pytest.raises(ValueError, match="broke")
    with failed, run.step(Step.DISPUTE_PAGE):
        raise ValueError("broke")

    assert "7 s" in late
    assert late.endswith("my orders        My Orders …")
    assert [before, early, asked, words_of(run, lambda: began + 9)] == ["", "", "", ""]


def test_the_line_is_there_while_it_works_and_gone_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN work at a terminal THEN the line is drawn, makes way for others, and leaves nothing."""
    screen = a_screen(monkeypatch)
    with LiveLine(lambda: "reading"):
        assert until(lambda: screen.getvalue().endswith("reading"))
        terminal.echo("a finished step", err=True)
        assert until(lambda: screen.getvalue().endswith("reading"))

    assert f"reading{ERASE}a finished step\n" in screen.getvalue()
    assert screen.getvalue().endswith(ERASE)


def test_it_never_covers_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a question without its answer THEN the line stays away; the next full line brings it back."""
    screen = a_screen(monkeypatch)
    asked: list[str] = []

    def words() -> str:
        asked.append("")
        return "reading"

    terminal.echo("type yes: ", nl=False, err=True)
    for _ in range(3):
        terminal.redraw(words)
    at_the_question = screen.getvalue()
    terminal.echo("went on", err=True)
    terminal.redraw(words)

    assert at_the_question == "type yes: "
    assert screen.getvalue().endswith("reading")
    assert len(asked) == 1


def test_an_answer_on_stdout_takes_the_line_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a line WHEN a table or a line goes to stdout THEN it is erased first."""
    screen = a_screen(monkeypatch)
    ways: list[Callable[[], None]] = [
        lambda: terminal.echo("done"),
        lambda: terminal.show(Text("done"), width=40),
    ]
    for show in ways:
        terminal.redraw(lambda: "reading")
        show()
        assert screen.getvalue().endswith(f"reading{ERASE}done\n")


@pytest.mark.parametrize("words", ["x" * 60, "漢" * 30, terminal.style("x" * 60, terminal.GOOD)])
def test_a_long_line_is_cut_to_the_screen(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """GIVEN more than fits THEN it never wraps: what wraps cannot be erased."""
    screen = a_screen(monkeypatch)
    terminal.rewrite(words)

    shown = screen.getvalue().removeprefix(ERASE)
    assert 38 <= sum(2 if char == "漢" else 1 for char in shown) <= 39


@pytest.mark.parametrize(("stream", "term"), [(io.StringIO, "xterm"), (Screen, "dumb")])
def test_where_no_line_can_change_there_is_none(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], term: str
) -> None:
    """GIVEN a file or a dumb terminal THEN nothing is drawn, and finished steps stay plain lines."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stderr", shown := stream())
    progress, run = Progress(on=True), None
    run = Run("list", progress=progress.step)
    with progress.of(run), run.step(Step.MY_ORDERS) as running:
        running.page = "My Orders"

    assert shown.getvalue().endswith("s  my orders        My Orders\n")
    assert "\r" not in shown.getvalue()


@pytest.mark.parametrize("on", [True, False])
def test_many_orders_are_counted_and_few_are_not(monkeypatch: pytest.MonkeyPatch, on: bool) -> None:
    """GIVEN eight orders THEN their number in place of steps; a script sees neither."""
    screen = a_screen(monkeypatch)
    progress = Progress(on=on)
    run = Run("list", progress=progress.step)
    with progress.of(run), run.step(Step.ORDER_DETAILS):
        progress.orders(2, 8)
        seen = until(lambda: "order 3 of 8, about" in screen.getvalue()) if on else True
        with run.step(Step.DISPUTE_PAGE):
            pass
        progress.orders(8, 8)

    assert seen
    assert "dispute page" not in screen.getvalue()
    assert ("order details" in screen.getvalue()) == on
