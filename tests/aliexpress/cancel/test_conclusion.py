"""The end of a run whose request was sent: what the pages show, and what the site answered."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel import conclusion
from automation.aliexpress.cancel.conclusion import Conclusion, end_of
from automation.aliexpress.cancel.escort import new_status
from automation.aliexpress.cancel.escort.new_status import NewStatus
from automation.aliexpress.cancel.verify import Subject
from automation.aliexpress.found import Confirmed, End, Replied
from automation.aliexpress.running import Run
from automation.aliexpress.site import DisputeIds
from automation.engine.looking import Concluded
from automation.engine.outcome import Outcome, Reply, Verdict
from rules import DisputeStatus
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.request import Escort

NO = "the site answered that the request failed"
SECOND = (
    "the site answered the first request, but the page wanted to send a second one, which was "
    "held back"
)


def concluded(outcome: Outcome) -> Concluded:
    """What the looks at fresh pages gave."""
    return Concluded(Verdict(outcome, "a row"), "the page says 'so'")


@pytest.mark.parametrize(
    ("outcome", "replied", "reason"),
    [
        (Outcome.DONE, Replied(Reply.SUCCESS), ""),
        (Outcome.DONE, Replied(Reply.FAILURE, "FAIL_X"), ""),
        (Outcome.DONE, Replied(Reply.SECOND), f"; {SECOND}"),
        (Outcome.NOT_DONE, Replied(Reply.FAILURE, "FAIL_X"), f"; {NO} ('FAIL_X')"),
        (Outcome.UNKNOWN, Replied(Reply.FAILURE), f"; {NO}"),
    ],
)
def test_an_end_says_what_was_seen_and_where_it_matters_what_was_answered(
    outcome: Outcome, replied: Replied, reason: str
) -> None:
    """GIVEN an outcome THEN a done one needs no answer, and only an unknown one may change."""
    is_done = outcome is Outcome.DONE

    assert end_of(concluded(outcome), replied, Confirmed()) == End(
        outcome,
        f"the page says 'so'{reason}",
        verified=outcome is not Outcome.UNKNOWN,
        at=Step.FINISHED if is_done else Step.VERIFY,
    )


def test_a_dialog_that_opened_afterwards_is_told() -> None:
    """GIVEN another dialog after the confirm THEN every end has its words, and what was not done."""
    later = Confirmed(opened_after=("Was it received?",))

    told = end_of(concluded(Outcome.DONE), Replied(Reply.SUCCESS), later).reason

    assert told.endswith("another dialog opened: 'Was it received?'; nothing in it was pressed")


NAMED = NewStatus("sv", "Du tog tillbaka", DisputeStatus.CANCELLED)
UNREAD = replace(concluded(Outcome.UNKNOWN), unread=True)


@pytest.mark.parametrize(
    ("window", "terminal", "first", "named", "looks", "outcome"),
    [
        (True, True, UNREAD, NAMED, [True, False], Outcome.DONE),
        # Without an answer, the words may still become known ones.
        (True, True, UNREAD, None, [True, False], Outcome.DONE),
        (True, True, concluded(Outcome.DONE), NAMED, [True], Outcome.DONE),
        # Nobody sees the page, or there is nobody to ask: as ever.
        (False, True, UNREAD, NAMED, [False], Outcome.UNKNOWN),
        (True, False, UNREAD, NAMED, [False], Outcome.UNKNOWN),
    ],
)
def test_somebody_at_the_window_is_asked_what_a_new_status_means(
    monkeypatch: pytest.MonkeyPatch,
    window: bool,
    terminal: bool,
    first: Concluded,
    named: NewStatus | None,
    looks: list[bool],
    outcome: Outcome,
) -> None:
    """GIVEN words that no list has after the tool's own press THEN a buyer who sees them is asked.

    What they say is read by two further looks, and the answer says whose word it is.
    """
    asked, looked = list[str](), list[tuple[bool, str]]()
    ends = [first, concluded(Outcome.DONE)]

    async def conclude(
        _walk: object, subject: Subject, *_: object, ask_unread: bool, **__: object
    ) -> Concluded:
        looked.append((ask_unread, subject.named))
        return ends[len(looked) - 1]

    async def name(_walk: object, _subject: object, before: str, escort: Escort) -> object:
        assert escort.questions is not None
        asked.append(before)
        return named

    monkeypatch.setattr(conclusion, "conclude", conclude)
    monkeypatch.setattr(new_status, "name_new_status", name)
    subject = Subject("1", DisputeIds("1"), "http://127.0.0.1:1/p")
    request: Any = SimpleNamespace(
        escort=None,
        human=object() if window else None,
        questions=object() if terminal else None,
        pace=None,
    )
    walk, log = cast("Any", Looking()), cast("Any", SimpleNamespace())
    work = Conclusion(request, Run("cancel"), log, walk, subject, "Butiken tittar", None)

    found, confirmed = in_own_loop(work._verified(Reply.SUCCESS, Confirmed()))  # noqa: SLF001

    assert found.outcome is outcome
    assert [ask for ask, _ in looked] == looks
    is_asked = len(looks) > 1
    assert asked == (["Butiken tittar"] if is_asked else [])
    is_named = is_asked and named is not None
    assert (looked[-1][1] == "Du tog tillbaka") is is_named
    assert bool(confirmed.said) is is_named
    reason = end_of(found, Replied(Reply.SUCCESS), confirmed).reason
    assert ("you read 'Du tog tillbaka' as: " in reason) is is_named


@dataclass
class Looking:
    """A walk that opens nothing."""

    progress: object = None
    offers: object = None
    timeout: float = 30.0
