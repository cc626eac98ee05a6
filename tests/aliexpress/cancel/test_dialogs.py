"""How long a confirm waits for the page's request, with a clock as a value."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel import dialogs
from automation.aliexpress.cancel.dialogs import DialogWatch
from automation.engine.guard import GuardReport, Permit, PermitScope, RequestRecord
from automation.engine.sent import PERMIT_SECONDS
from tests.aliexpress.plan.a_plan import PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

HELD = RequestRecord(
    "mtop.ae.matter.turnBack", "", "POST", "unknown", "", under_permit=True, nameable=True
)
OTHER = RequestRecord("mtop.ae.matter.acceptIt", "", "POST", "write", "", under_permit=True)
QUESTION: Any = SimpleNamespace(is_safe=True, words="Really?")


@dataclass
class Clock:
    """Time goes on only while the page is watched."""

    now: float = 0.0

    def after(self, seconds: float) -> Any:  # noqa: ANN401  as a deadline
        """A moment on this clock."""
        return Moment(self, self.now + seconds)


@dataclass(frozen=True)
class Moment:
    """A deadline on a clock of values."""

    clock: Clock
    at: float

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.at - self.clock.now)


def waited(
    monkeypatch: pytest.MonkeyPatch,
    *held: RequestRecord,
    from_second: float = 0.0,
    awaits: Callable[[float], bool] = lambda _: False,
    asks: bool = False,
) -> tuple[str, float, object]:
    """The state of the permit, when the wait ended, and the question that the page asked.

    Args:
        held: what was held back from then on.
        awaits: whether the page waits for an answer at a moment.
        asks: it asks something else in place of its request.
    """
    clock = Clock()

    async def changes(_deadline: object) -> None:
        clock.now += 0.5

    async def fresh(*_: object) -> list[object]:
        return [QUESTION] if asks else []

    guard = SimpleNamespace(
        dialogs=[], report=lambda: GuardReport((), held if clock.now >= from_second else ())
    )
    walk: Any = SimpleNamespace(
        page=None,
        changes=changes,
        session=SimpleNamespace(guard=guard),
        under_way=SimpleNamespace(of=lambda _page: (int(awaits(clock.now)), 0)),
    )
    monkeypatch.setattr(dialogs, "Deadline", clock)
    monkeypatch.setattr(DialogWatch, "fresh", fresh)
    permit = Permit(PermitScope(PLAN.target), PERMIT_SECONDS, lambda: clock.now)
    asked = in_own_loop(DialogWatch(walk, ()).next(permit))
    return permit.state, clock.now, asked


def test_a_call_that_was_held_back_ends_the_wait_once_the_page_is_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN the page's own call held back THEN the permit is taken back soon after, and not before."""
    assert waited(monkeypatch, HELD) == ("revoked", 3.0, None)
    assert waited(monkeypatch, HELD, from_second=4.0) == ("revoked", 6.5, None)
    assert waited(monkeypatch, HELD, awaits=lambda now: now < 5) == ("revoked", 7.5, None)


@pytest.mark.parametrize("held", [(), (OTHER,)])
def test_otherwise_the_page_has_the_whole_time_of_the_permit(
    monkeypatch: pytest.MonkeyPatch, held: tuple[RequestRecord, ...]
) -> None:
    """GIVEN nothing held back that could be the cancel THEN a late request may still come."""
    assert waited(monkeypatch, *held) == ("expired", PERMIT_SECONDS, None)


def test_a_page_that_waits_for_an_answer_may_still_send(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a call held back, and a page that waits for another THEN the permit stays good."""
    assert waited(monkeypatch, HELD, awaits=lambda _: True) == ("expired", PERMIT_SECONDS, None)


def test_a_question_in_its_place_is_no_wait_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a further question THEN it is returned with the permit still in hand."""
    state, _, asked = waited(monkeypatch, HELD, asks=True)

    assert (state, asked) == ("unused", QUESTION)
