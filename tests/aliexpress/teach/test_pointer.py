"""A human's clicks: asked for, tried again, refused where they look, and what they say."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.pages.landmarks import LANDMARKS
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.teach import pointer as pointers
from automation.aliexpress.teach.pointer import MOVED, TRIES, Pointer, selectors_around
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.teach.pointing import ORDER, Places, Pointing, element, person, pointer
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.engine.session.picker import Bar, Element

CARD, TITLE = LANDMARKS[0], next(each for each in LANDMARKS if each.name == "the title of an item")
CLICK = element("a", "Go", class_="go")


class Window(Places):
    """A window that may be closed."""

    closed = False

    async def bring_to_front(self) -> None:
        """Show it."""

    def is_closed(self) -> bool:
        """Whether they did."""
        return self.closed


def asked(monkeypatch: pytest.MonkeyPatch, window: Window) -> tuple[Pointer, list[Bar], list[str]]:
    """One who really asks in the window, the bars that it shows, and when no clock ran."""
    pointing = pointer()
    bars: list[Bar] = []
    stopped: list[str] = []
    walk: Any = pointing.visit.walk
    walk.page = window

    @contextmanager
    def waiting() -> Iterator[None]:
        stopped.append("stopped")
        yield
        stopped.append("goes on")

    async def pick(_page: object, bar: Bar, _seconds: float) -> tuple[Element, ...]:
        bars.append(bar)
        return (CLICK[0],)

    walk.progress = type("Progress", (), {"waiting_for_human": staticmethod(waiting)})
    monkeypatch.setattr(pointers, "pick", pick)
    return Pointer(pointing.visit, pointing.human, pointing.lessons), bars, stopped


def test_a_part_is_asked_for_in_the_window_and_at_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a part THEN what to click, with the order's number, that no click is passed on, and no clock."""
    real, bars, stopped = asked(monkeypatch, Window())

    assert in_own_loop(real.at(CARD)) == (CLICK[0],)

    [bar] = bars
    assert ORDER in bar.words
    assert "does not pass your click on" in bar.note
    assert "can do without" not in bar.note
    assert bar.refused == ""
    assert real.human.heard == [  # type: ignore[attr-defined]
        f"{CARD.page}: {CARD.name} is unknown.", f"  in the window: {bar.words}",
    ]  # fmt: skip
    assert stopped == ["stopped", "goes on"]
    in_own_loop(real.at(TITLE))
    assert "A cancel can do without it." in bars[1].note


def test_why_a_click_did_not_count_is_said_once_with_the_next_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a refused click THEN the window says why, and not again after that."""
    real, bars, _ = asked(monkeypatch, Window())

    real.refuse("That is no card.")
    for _ in range(2):
        in_own_loop(real.at(CARD))

    assert [bar.refused for bar in bars] == ["That is no card.", ""]
    heard: list[str] = real.human.heard  # type: ignore[attr-defined]
    assert heard.count("  That is no card.") == 1
    assert heard[1].startswith("  in the window"), "it is known by now that the part is unknown"


def test_a_closed_window_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a human who closes the window THEN they declined (exit 6)."""
    window = Window()
    window.closed = True
    real, _, _ = asked(monkeypatch, window)

    with pytest.raises(ToolError) as caught:
        in_own_loop(real.at(CARD))

    assert (caught.value.code, caught.value.exit_code) == (ErrorCode.DECLINED, ExitCode.DECLINED)


# Tries


def tries(pointing: Pointing, *clicks: tuple[Element, str], moved: bool = False) -> int:
    """How many of these clicks are tried; each of them is refused."""
    page: Any = pointing.visit.walk.page
    pointing.clicks = [(each,) for each in clicks]
    page.there = {each.place: each for each, _ in clicks}
    page.moved = {each.place for each, _ in clicks} if moved else set()

    async def work() -> int:
        count = 0
        async for _ in pointing.tries(CARD):
            count += 1
            pointing.refuse("no")
        return count

    return in_own_loop(work())


def test_a_click_is_tried_a_few_times_and_escape_ends_it() -> None:
    """GIVEN clicks that do not count THEN three of them; GIVEN no click THEN none."""
    assert tries(pointer(), *[CLICK] * 9) == TRIES == 3
    assert tries(pointer(), CLICK) == 1
    assert tries(pointer()) == 0


def test_an_element_that_moved_meanwhile_is_not_tried() -> None:
    """GIVEN a page that changed while they pointed THEN it is said, and they may point again."""
    pointing = pointer()

    assert tries(pointing, CLICK, CLICK, moved=True) == 0
    assert person(pointing).heard == [f"  {MOVED}"] * 2


# What a click says


def test_the_whole_words_come_before_single_ones_in_elements_of_their_own() -> None:
    """GIVEN a label in pieces THEN the whole of it first; a long text, or one that is far away, is none."""
    pointing = pointer()
    around = pointing.points_at(
        element("b", "Pull", class_="1"), element("span", "it back", class_="2"),
        element("button", "Pull it back", class_="3"), element("div", "Pull it back", class_="4"),
        element("section", "x" * 81, class_="5"), element("i", "", class_="6"),
        element("main", "too far", class_="7"),
    )  # fmt: skip

    assert in_own_loop(pointing.words(around)) == ["it back", "Pull it back", "Pull"]


def test_what_is_never_pressed_is_said_with_its_word() -> None:
    """GIVEN the words of a click THEN why they are never pressed; nothing for others, or none."""
    pointing = pointer()

    assert pointing.never(["Accept \x1b[2Jthe offer"]).startswith("'Accept the offer' is about '")
    assert pointing.never(["Pull it back"]) == ""
    assert pointing.never([]) == ""


def test_what_was_taught_counts_from_then_on() -> None:
    """GIVEN two lessons THEN both are kept, read with, and told as lines of a file."""
    pointing = pointer()

    pointing.keep(Additions(hooks={"card": (".mine",)}))
    pointing.keep(Additions(words={"en": {"labels.confirm": ("Pull it back",)}}))

    assert pointing.site.hooks.card[0] == ".mine"
    assert pointing.site.pack("en").may_act_on("Pull it back")
    assert pointing.lessons.additions.lines == [
        'words.en.labels.confirm = ["Pull it back"]', 'hooks.card = [".mine"]',
    ]  # fmt: skip
    assert person(pointing).heard == [
        '  learned: hooks.card = [".mine"]', '  learned: words.en.labels.confirm = ["Pull it back"]',
    ]  # fmt: skip


def test_selectors_begin_with_the_innermost_or_the_widest_that_has_the_number() -> None:
    """GIVEN elements around a click THEN their selectors in turn; those without the number are left out."""
    around = tuple(
        each
        for each, _ in (
            element("b", "", class_="inner-part"),
            element("div", "", ORDER, class_="card-part", data_pl="order_item"),
            element("main", "", ORDER, "8194370215560999", class_="page-part"),
        )
    )

    assert list(selectors_around(around, widest=False)) == [
        ".inner-part", "[data-pl='order_item']", ".card-part", ".page-part",
    ]  # fmt: skip
    assert list(selectors_around(around, widest=True, number=ORDER)) == [
        ".page-part", "[data-pl='order_item']", ".card-part",
    ]  # fmt: skip
    assert list(selectors_around((), widest=True)) == []
