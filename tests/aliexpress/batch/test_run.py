"""How a batch goes on, or ends, after its one question."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.batch.course import Course
from automation.aliexpress.batch.plan import FOR_EACH, Planned
from automation.aliexpress.batch.rows import Row
from automation.aliexpress.batch.run import _Work
from automation.aliexpress.plan.plan import LIFETIME
from automation.errors import ErrorCode, ExitCode
from rules import Facts
from tests.aliexpress.plan.a_plan import NOW, PLAN
from tests.own_loop import in_own_loop

GOOD_FOR = LIFETIME + FOR_EACH
ROW = Row(line=2, order=PLAN.order_id, said=Facts())


@pytest.mark.parametrize(
    ("agrees", "later", "code"),
    [
        (True, timedelta(), None),
        (False, timedelta(), ErrorCode.DECLINED),
        (False, GOOD_FOR - timedelta(seconds=1), ErrorCode.DECLINED),
        (False, GOOD_FOR, ErrorCode.PLAN_STALE),
    ],
)
def test_a_question_that_outlives_the_plan_says_so(
    *, agrees: bool, later: timedelta, code: ErrorCode | None
) -> None:
    """GIVEN no consent to a file THEN its digits were others, or its plan expired meanwhile; neither goes on."""
    clock = [NOW]

    async def ask(*_: object) -> bool:
        clock[0] += later
        return agrees

    request = SimpleNamespace(
        now=lambda: clock[0], dry_run=False, addresses=SimpleNamespace(origin="")
    )
    batch: Any = SimpleNamespace(request=request, consent=ask)
    journal: Any = SimpleNamespace(save_plan=lambda _: None)
    course, nowhere = Course(()), None
    work = _Work(batch, course, journal, nowhere, [Planned(ROW, PLAN)])  # type: ignore[arg-type]

    assert in_own_loop(work._plan(nowhere)) is agrees  # type: ignore[arg-type]  # noqa: SLF001  no page is read
    stop = course.stopped_by
    assert (stop and stop.code) == code
    ends = {
        None: None,
        ErrorCode.DECLINED: ExitCode.DECLINED,
        ErrorCode.PLAN_STALE: ExitCode.PLAN_STALE,
    }
    assert (stop and stop.exit_code) is ends[code]
