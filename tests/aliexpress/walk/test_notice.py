"""What the window says while the terminal asks something."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.walk.notice import asking_at_terminal
from tests.engine.guard.rig.campaign import Bench, open_quiet
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext

    from automation.engine.human import HumanWatch, Notice

ASKS = "Please answer the question in the terminal"
GOES_ON = "Thank you. Going on with what you answered"


class Watch:
    """Takes down what is shown."""

    def __init__(self) -> None:
        self.shown: list[Notice] = []

    async def show(self, notice: Notice) -> None:
        """Take it down."""
        self.shown.append(notice)


def asked(*, fails: bool = False) -> list[Notice]:
    """What a watch that is there already shows, the answer among them."""
    watch = Watch()

    async def work() -> None:
        # The watch of the pages is used as it is: it has no context here.
        async with asking_at_terminal(cast("BrowserContext", None), cast("HumanWatch", watch)):
            assert [each.title for each in watch.shown] == [ASKS]
            if fails:
                raise RuntimeError("Ctrl-C")

    if fails:
        with pytest.raises(RuntimeError):
            in_own_loop(work())
    else:
        in_own_loop(work())
    return watch.shown


def test_the_window_points_to_the_terminal_and_then_says_that_it_goes_on() -> None:
    """GIVEN a question THEN the window says so, and afterwards that it was answered."""
    first, last = asked()

    assert (first.title, last.title) == (ASKS, GOES_ON)
    assert "Nothing is sent" in first.lines[0]
    assert first.over, "nothing follows if the run is killed meanwhile"
    assert last.over


def test_a_question_that_was_not_answered_is_not_thanked_for() -> None:
    """GIVEN a question that is broken off THEN nothing says that it was answered."""
    assert [each.title for each in asked(fails=True)] == [ASKS]


def test_without_a_watch_the_pages_get_one_for_the_question(bench: Bench) -> None:
    """GIVEN pages that nothing watches THEN they show it too, and the page takes no part in it."""
    told: list[str] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        context = await browser.new_context()
        page = await context.new_page()
        await page.set_content("<p>Your case</p>")
        async with asking_at_terminal(context):
            told.append(
                await page.locator("html > [popover]").evaluate_all("(all) => `${all.length}`")
            )
            told.append(await page.locator("body").inner_text())
        await browser.close()

    bench.run(work())

    assert told == ["1", "Your case"]
