"""The dialog of Cancel Request: opened once, with a yes; nothing in it is pressed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.pages.landmarks import Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.running import Run
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.teach import dialog_lesson
from automation.aliexpress.teach.dialog_lesson import DialogLesson
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.teach.pointing import ORDER, Pointing, element, person, pointer
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.engine.session.picker import Element

PAGE = "<div class='reminder--statusStr--1'>Waiting for the seller</div><button>Cancel Request</button>"
KNOWN = "<div role='dialog'><h3>Cancel this request?</h3><button>Confirm</button><button>Not now</button></div>"
ODD = "<div class='ask-box'><p class='ask-words'>Pull it all back?</p><button>Go on</button></div>"
ODD_KNOWN = ODD.replace("class='ask-box'", "role='dialog'")
NATIVE = ("confirm", "Pull it all back?", False)


class World:
    """A dispute page, and what opens when its one control is pressed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, opens: str = "", page: str = PAGE, native: tuple[str, str, bool] | None = None) -> None:  # fmt: skip
        self.page, self.opens, self.native, self.pressed = page, opens, native, 0
        self.run = Run("teach")
        self.problem: ToolError | None = None
        self.guard = SimpleNamespace(dialogs=[("confirm", "An earlier one", False)])
        for name in ("cancel_control", "reach", "press", "take_snapshot"):
            monkeypatch.setattr(dialog_lesson, name, getattr(self, f"_{name}"))

    async def _cancel_control(self, *_: object) -> object:
        if self.problem is not None:
            raise self.problem
        return object()

    async def _reach(self, *_: object, **__: object) -> None:
        assert self.pressed == 0

    async def _press(self, *_: object, **__: object) -> None:
        self.pressed += 1
        self.page += self.opens
        if self.native:
            self.guard.dialogs.append(self.native)

    async def _take_snapshot(self, _page: object) -> Snapshot:
        return Snapshot("", self.page, "en")

    def learn(self, *clicks: tuple[tuple[Element, str], ...], **says: Any) -> Pointing:  # noqa: ANN401  answers
        """The lesson, with these clicks and answers."""
        pointing = pointer(**{"agrees_to_open_dialog": True, **says})
        pointing.clicks = list(clicks)
        visit: Any = pointing.visit
        walk = visit.walk
        walk.page.there = {each.place: each for around in clicks for each, _ in around}
        walk.progress, walk.timeout = self.run, 5.0
        walk.session = SimpleNamespace(guard=self.guard, touch=False)

        async def seen() -> Seen:
            return Seen(await self._take_snapshot(None), walk.site, ORDER)

        async def quiet() -> None:
            pass

        visit.seen, visit.quiet = seen, quiet
        in_own_loop(DialogLesson(pointing).learn())
        return pointing


def found(pointing: Pointing) -> dict[str, tuple[str, bool]]:
    """What is noted of each part: its words, and whether it was taught."""
    return {each.landmark.name: (each.shown, each.taught) for each in pointing.lessons.findings}


def asked(pointing: Pointing) -> list[str]:
    """Which questions the human got."""
    return [str(each[0]) for each in person(pointing).asked]  # type: ignore[index]


def test_a_known_dialog_is_noted_and_nothing_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a dialog that the readers know THEN its parts, one press, and one question before it."""
    world = World(monkeypatch, KNOWN)

    pointing = world.learn()

    assert found(pointing) == {
        "the dialog itself": ("Cancel this request? Confirm Not now", False),
        "the question": ("Cancel this request?", False),
        "the button that confirms": ("Confirm", False),
    }
    assert asked(pointing) == ["agrees_to_open_dialog"]
    assert (world.pressed, pointing.lessons.anything) == (1, False)
    assert world.run.steps[-1].note == "the dialog is open; nothing in it was pressed"


@pytest.mark.parametrize("agrees", [False, None])
def test_without_a_yes_nothing_is_pressed(monkeypatch: pytest.MonkeyPatch, agrees: object) -> None:
    """GIVEN a no, or no answer THEN the control is not pressed, and nothing is noted."""
    world = World(monkeypatch, KNOWN)

    pointing = world.learn(agrees_to_open_dialog=agrees)

    assert (world.pressed, found(pointing)) == (0, {})


@pytest.mark.parametrize(
    "html",
    [PAGE.replace("Cancel Request", "x"), PAGE + "<button>Cancel dispute</button>"],
)
def test_a_page_without_exactly_one_control_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, html: str
) -> None:
    """GIVEN no control, or two THEN nothing is asked and nothing pressed."""
    world = World(monkeypatch, KNOWN, html)

    assert (asked(world.learn()), world.pressed) == ([], 0)


def test_a_control_that_is_gone_by_then_is_not_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a page that changed while they were asked THEN its error, and no press."""
    world = World(monkeypatch, KNOWN)
    world.problem = ToolError("gone", code=ErrorCode.NO_SINGLE_TARGET, exit_code=ExitCode.PAGE_NOT_RECOGNISED)  # fmt: skip

    with pytest.raises(ToolError, match="gone"):
        world.learn()
    assert world.pressed == 0


@pytest.mark.parametrize(
    ("dialog", "told"),
    [
        (KNOWN.replace("Not now", "Accept the offer"), "never confirmed"),
        (KNOWN.replace("<h3>", "<select><option>Why?</option></select><h3>"), "asks for a reason"),
    ],
)
def test_a_dialog_that_is_never_confirmed_teaches_nothing(
    monkeypatch: pytest.MonkeyPatch, dialog: str, told: str
) -> None:
    """GIVEN a dialog of accepting, or one that wants a reason THEN it is said, and no click is asked for."""
    pointing = World(monkeypatch, dialog).learn()

    assert told in person(pointing).heard[-1]
    assert set(found(pointing)) == {"the dialog itself"}
    assert (asked(pointing), pointing.lessons.anything) == (["agrees_to_open_dialog"], False)


# What is unknown of it


def test_an_unknown_question_counts_once_a_human_has_read_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a known dialog with an odd question THEN a human says what it asks, and shows the button."""
    button = (element("button", "Go on"),)

    pointing = World(monkeypatch, ODD_KNOWN).learn(button, agrees_on_question=True)

    assert asked(pointing) == ["agrees_to_open_dialog", "agrees_on_question"]
    assert pointing.lessons.additions == Additions(
        words={"en": {"dialog_questions": ("Pull it all back?",), "labels.confirm": ("Go on",)}}
    )
    assert found(pointing)["the question"] == ("Pull it all back?", True)
    assert found(pointing)["the button that confirms"] == ("Go on", True)


def test_an_unconfirmed_question_makes_no_button_safe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a human who does not say what the dialog asks THEN neither question nor button is learned."""
    button = (element("button", "Go on"),)

    pointing = World(monkeypatch, ODD_KNOWN).learn(button, agrees_on_question=False)

    assert not pointing.lessons.anything
    assert "you did not say what it asks" in "".join(person(pointing).heard)
    assert found(pointing)["the button that confirms"] == ("", False)


def test_a_dialog_that_no_hook_finds_is_shown_by_a_click(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a click in a dialog in unknown markup THEN its widest name that was not there before."""
    words, box = element("p", "Pull it all back?", class_="ask-words"), element("div", "Pull it all back? Go on", class_="ask-box")  # fmt: skip
    clicks = (words, box), (element("button", "Go on"),)

    pointing = World(monkeypatch, ODD).learn(*clicks)

    assert asked(pointing) == ["agrees_to_open_dialog"], "who clicked the question has read it"
    assert pointing.lessons.additions == Additions(
        words={"en": {"dialog_questions": ("Pull it all back?",), "labels.confirm": ("Go on",)}},
        hooks={"modal": (".ask-box",)},
    )


def test_what_stood_there_before_is_no_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN clicks on the page itself THEN they are refused, and the dialog stays unknown."""
    page = PAGE + "<div class='help-box'>Help <button>Ask</button></div>"
    click = (element("div", "Help", class_="help-box"),)

    pointing = World(monkeypatch, ODD, page).learn(click, click, click, click)

    assert person(pointing).heard == ["  That is not part of a dialog that opened."] * 3
    assert found(pointing) == {"the dialog itself": ("", False)}
    assert not pointing.lessons.anything


def test_a_button_of_accepting_is_never_the_one_that_confirms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a click on another button of the page THEN it is refused: it is not the dialog's, or is never pressed."""
    pointing = World(monkeypatch, KNOWN.replace("Confirm", "Go on")).learn(
        (element("button", "Accept"),), (element("button", "Cancel Request"),), (element("button", "Go on"),),
    )  # fmt: skip

    heard = person(pointing).heard
    assert "that is never pressed" in heard[0]
    assert heard[1] == "  That is not a button of the dialog."
    assert pointing.lessons.additions == Additions(words={"en": {"labels.confirm": ("Go on",)}})


# The browser's own dialog


def test_the_browsers_own_dialog_teaches_its_question_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN a native dialog, which is answered with no THEN its question, if a human vouches for it."""
    world = World(monkeypatch, native=NATIVE)

    pointing = world.learn(agrees_on_question=True)

    assert pointing.lessons.additions == Additions(
        words={"en": {"dialog_questions": ("Pull it all back?",)}}
    )
    assert set(found(pointing)) == {"the question"}
    assert world.run.steps[-1].note == "the browser's own dialog; it was closed with No"


@pytest.mark.parametrize(
    ("words", "told"), [("Accept the refund?", "never pressed"), ("", "no words"), (" \u200b…", "no words")]
)  # fmt: skip
def test_a_question_of_accepting_or_of_nothing_is_never_learned(
    monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    """GIVEN a native dialog about accepting, or without words THEN a human's yes does not count."""
    pointing = World(monkeypatch, native=("confirm", words, False)).learn(agrees_on_question=True)

    assert told in person(pointing).heard[-1]
    assert not pointing.lessons.anything
    assert "agrees_on_question" not in asked(pointing)
