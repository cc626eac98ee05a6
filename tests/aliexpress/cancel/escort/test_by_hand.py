"""The buyer's turn: how it ends, what is said, and which run points to it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from automation.aliexpress.answer import HeldByHandAnswer
from automation.aliexpress.cancel.escort.by_hand import ByHand, Turn
from automation.aliexpress.cancel.escort.hand_hint import point_to_a_hand
from automation.aliexpress.request import Escort
from automation.aliexpress.walk.album import DIALOG
from automation.engine.guard import Permit, PermitScope, RequestRecord
from automation.engine.human import Press
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.plan.a_plan import PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

SAID: list[str] = []


class Window:
    """The tab that the buyer was given."""

    url = "http://127.0.0.1:1/p/reverse-pages/detail.html"

    def __init__(self, *, closed: bool = False) -> None:
        self.closed = closed
        self.context = SimpleNamespace(pages=[])

    def is_closed(self) -> bool:
        """Whether they closed it."""
        return self.closed


class Watch:
    """What they pressed, and what they were shown."""

    def __init__(self) -> None:
        self.presses: list[Any] = []
        self.shown: list[Any] = []

    async def show(self, words: object) -> None:
        """Keep the words."""
        self.shown.append(words)


def by_hand(window: Window, seconds: float) -> ByHand:
    """A turn of so many seconds in a window."""
    guard = SimpleNamespace(tell_refused=lambda _: None)
    walk: Any = SimpleNamespace(
        page=window,
        session=SimpleNamespace(guard=guard),
        watch=SimpleNamespace(check=lambda _: None),
    )
    plan = PLAN.until(PLAN.expires.replace(year=2999))
    return ByHand(walk, plan, SimpleNamespace(), frozenset(), Escort(SAID.append, seconds=seconds))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("closed", "turn", "code", "exit_code"),
    [
        (False, Turn.TIME, ErrorCode.NOTHING_SENT, ExitCode.FAILED),
        (True, Turn.CLOSED, ErrorCode.DECLINED, ExitCode.DECLINED),
    ],
)
def test_a_turn_without_a_request_takes_the_permit_back_first(
    *, closed: bool, turn: Turn, code: ErrorCode, exit_code: ExitCode
) -> None:
    """GIVEN no press in time, or a closed tab THEN the permit is over, and the end says why."""
    mine, watch = by_hand(Window(closed=closed), 0.05), Watch()

    async def work() -> tuple[Turn, str]:
        permit = Permit(PermitScope(PLAN.target), 0.05)
        ended = await mine._turn(permit, watch)  # type: ignore[arg-type]  # noqa: SLF001
        assert not permit.consume()
        return ended, permit.state

    assert in_own_loop(work())[0] is turn
    error = mine._nothing(turn)  # noqa: SLF001
    assert (error.code, error.exit_code) == (code, exit_code)
    assert bool(watch.shown) is not closed


def test_a_request_that_the_permit_would_fit_by_name_is_the_next_step() -> None:
    """GIVEN such a request before they closed the tab THEN its line comes first, not the closing."""
    mine = by_hand(Window(closed=True), 1)
    held = HeldByHandAnswer(pressed="Go on", request="POST x", why="y", line="a line")
    mine._held.kinds["POST x", "y"] = held  # noqa: SLF001

    error = mine._nothing(Turn.CLOSED)  # noqa: SLF001

    assert (error.code, error.exit_code) == (ErrorCode.NOTHING_SENT, ExitCode.FAILED)
    assert "a line" in error.hint


def pictured(mine: ByHand, *steps: tuple[int, str]) -> list[str]:
    """Captions of the pictures after these ticks: so many presses, and the state of the permit."""
    captions: list[str] = []
    watch, permit = Watch(), SimpleNamespace(state="unused")

    async def picture(caption: str, *, still: Callable[[], bool]) -> None:
        if still():
            captions.append(caption)

    mine.walk.picture = picture  # type: ignore[method-assign,assignment]

    async def work() -> None:
        for presses, state in steps:
            watch.presses, permit.state = [object()] * presses, state
            await mine._picture(permit, watch)  # type: ignore[arg-type]  # noqa: SLF001

    in_own_loop(work())
    return captions


def by_hand_with(*asked: tuple[str, str, bool]) -> ByHand:
    """A turn in which the page asked so by itself."""
    mine = by_hand(Window(), 1)
    mine.walk.session.guard.dialogs = list(asked)
    return mine


def test_what_a_press_leads_to_has_a_picture() -> None:
    """GIVEN a press THEN a picture at the next ticks, for a moment; none before, and none afterwards."""
    steps = [(0, "unused")] * 3 + [(1, "unused")] * 9

    assert pictured(by_hand_with(), *steps) == [DIALOG] * 4
    assert pictured(by_hand_with(), *steps, (2, "unused")) == [DIALOG] * 5
    assert pictured(by_hand_with(), (2, "used")) == []


def test_a_page_that_is_stopped_by_its_own_question_is_not_pictured() -> None:
    """GIVEN a native dialog after the press THEN none is tried: the page draws nothing meanwhile."""
    assert pictured(by_hand_with(("confirm", "Really?", True)), (1, "unused")) == []


RECORD = RequestRecord("/h5/x", "h", "POST", "write", "no", page="/p", under_permit=True)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (RECORD, 1),
        (replace(RECORD, kind="unknown", negotiable=True), 0),
        (replace(RECORD, kind="foreign", main_frame=True), 1),
    ],
)
def test_only_what_a_press_may_have_caused_is_said(record: RequestRecord, said: int) -> None:
    """GIVEN held-back requests THEN a page's own reads and logs are not blamed on the buyer."""
    SAID.clear()
    mine, watch = by_hand(Window(), 1), Watch()

    for _ in range(2):
        mine._say_held(record, watch)  # type: ignore[arg-type]  # noqa: SLF001

    assert len(SAID) == said


ACCEPT = Press(tag="button", words="Accept")


class Knows:
    """A buyer at a terminal who says that it was their cancel, or not."""

    def __init__(self, *, theirs: bool) -> None:
        self.theirs, self.asked = theirs, list[str]()

    async def was_their_cancel(self, call: str, pressed: str) -> bool:
        """Answer."""
        self.asked.append(f"{pressed}: {call}")
        return self.theirs


@pytest.mark.parametrize("theirs", [True, False])
def test_a_call_that_they_name_is_permitted_and_asked_about_once(*, theirs: bool) -> None:
    """GIVEN a held-back call that only lacks its name WHEN they say it was their cancel THEN it fits."""
    mine, buyer, known = by_hand(Window(), 1), Knows(theirs=theirs), list[Any]()
    mine.escort = replace(mine.escort, questions=buyer)
    mine.walk.session.guard.know = known.append  # type: ignore[assignment,method-assign]
    mine._held.add(replace(RECORD, what="mtop.a.turnBack", nameable=True), (ACCEPT,))  # noqa: SLF001

    async def work() -> None:
        for _ in range(2):
            mine._ask_about_call()  # noqa: SLF001
            await mine._asking  # type: ignore[misc]  # noqa: SLF001

    in_own_loop(work())

    assert buyer.asked == ["Accept: mtop.a.turnBack"]
    assert known == ([{"permitted_apis": ("mtop.a.turnBack",)}] if theirs else [])
    assert bool(mine.taught.additions) is theirs


@pytest.mark.parametrize(
    ("code", "exit_code", "named"),
    [
        (ErrorCode.PAGE_NOT_RECOGNISED, ExitCode.PAGE_NOT_RECOGNISED, True),
        (ErrorCode.DIALOG_WANTS_REASON, ExitCode.PAGE_NOT_RECOGNISED, True),
        (ErrorCode.WRONG_DISPUTE, ExitCode.PAGE_NOT_RECOGNISED, False),
        (ErrorCode.REFUSED, ExitCode.REFUSED, False),
    ],
)
def test_a_page_that_is_not_recognised_names_the_way_by_hand(
    code: ErrorCode, exit_code: ExitCode, *, named: bool
) -> None:
    """GIVEN an error THEN it names --by-hand where a hand can go on, and keeps its own hint."""
    error = ToolError("seen", code=code, exit_code=exit_code, hint="look")

    point_to_a_hand(error, by_hand=False)

    assert error.hint.startswith("look")
    assert ("--by-hand" in error.hint) is named
    point_to_a_hand(error, by_hand=True)
    assert ("teach" in error.hint) is named


@pytest.mark.parametrize("words_only", [True, False])
def test_a_dialog_about_something_else_is_for_nobodys_hand(*, words_only: bool) -> None:
    """GIVEN a dialog that accepts or pays THEN no hand is pointed to; unknown words alone may be."""
    error = ToolError(
        "seen",
        code=ErrorCode.DIALOG_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="keep it open",
    )

    point_to_a_hand(error, by_hand=False, words_only=words_only)

    assert ("--by-hand" in error.hint) is words_only
