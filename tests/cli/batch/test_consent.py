"""The digits of each order are typed before a file is cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.plan import Planned, make_batch_plan
from automation.aliexpress.batch.rows import Row
from automation.cli.batch import consent as batch_consent
from automation.cli.batch.consent import ask_for_all
from automation.cli.prompts import consent
from rules import Facts
from tests.cli.calls import ORDER
from tests.cli.plans import a_plan
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.batch.plan import BatchPlan

OTHER = "8190000000010001"


def agreed(monkeypatch: pytest.MonkeyPatch, *typed: str) -> bool:
    """Whether a buyer who types this agrees to a plan for two orders."""
    left = list(typed)

    async def line(_seconds: float) -> str:
        return left.pop(0) if left else ""

    monkeypatch.setattr(consent, "typed_line", line)
    monkeypatch.setattr(consent, "forget_typed", lambda: None)
    monkeypatch.setattr(batch_consent, "forget_typed", lambda: None)
    rows = tuple(
        Row(line=number, order=order, said=Facts())
        for number, order in enumerate((ORDER, OTHER), start=2)
    )
    planned = tuple(
        Planned(row, a_plan().model_copy(update={"order_id": row.order})) for row in rows
    )
    plan = make_batch_plan(planned, (), "rows", datetime.now(UTC) + timedelta(seconds=1), site="")
    course = Course(rows, plan=plan)
    return in_own_loop(_asked(plan, planned, course))


async def _asked(plan: BatchPlan, planned: tuple[Planned, ...], course: Course) -> bool:
    return await ask_for_all(quiet=True)(plan, planned, course)


@pytest.mark.parametrize(
    ("typed", "yes"),
    [
        (("0000", "0001"), True),
        (("0000", "9999", "0001"), True),
        (("0001", "0000", "0001"), True),
        (("0000", "0000", "0000"), False),
        (("yes", "0000", "0001"), False),
        (("0000", "no", "0001"), False),
        (("00000", "0000", "0001"), True),
        (("9999", "9999", "0000", "0001"), False),
        (("0000",), False),
        (("0000", ""), False),
        (("0000 0001",), False),
        ((), False),
    ],
)
def test_only_the_digits_of_each_order_are_consent(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], yes: bool
) -> None:
    """GIVEN these lines THEN only each order's own group counts, at its second try at the latest."""
    assert agreed(monkeypatch, *typed) is yes


def test_each_order_is_shown_once_more_before_its_digits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN two orders, also with ``--quiet`` THEN each with its number, place and verdict, on stderr."""
    assert agreed(monkeypatch, "0000", "0001") is True

    told = capsys.readouterr()
    words = " ".join(told.err.split())
    assert told.out == ""
    for number, order in (("1 of 2, line 2", ORDER), ("2 of 2, line 3", OTHER)):
        assert f"{number}: allow, US $1.00; lamp" in words
        assert " ".join(order[at : at + 4] for at in range(0, 16, 4)) in words
    assert "cannot be undone" in words


def test_an_order_that_was_declined_ends_the_questions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a no to the first order THEN the second is not asked about."""
    assert agreed(monkeypatch, "no") is False

    told = capsys.readouterr().err
    assert "1 of 2" in told
    assert "2 of 2" not in told


def test_an_order_without_claim_and_title_is_named_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """GIVEN pages that show neither THEN the line says so, and does not end with a comma."""
    bare = a_plan().model_copy(update={"amount": "", "item": ""})

    batch_consent._show_one(1, 1, Planned(Row(line=2, order=ORDER, said=Facts()), bare))  # noqa: SLF001

    assert "1 of 1, line 2: allow, no title on the page" in capsys.readouterr().err
