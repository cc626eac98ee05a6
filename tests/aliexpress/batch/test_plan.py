"""The plan of a batch: one digest over the file and every order, and when it is no longer good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.batch.plan import (
    BATCH,
    LeftOut,
    Planned,
    make_batch_plan,
    stored_batch,
)
from automation.aliexpress.batch.rows import Row
from automation.engine.journal import StoredPlan
from automation.engine.outcome import Outcome
from automation.engine.target import Target
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Facts
from tests.cli.plans import a_plan

if TYPE_CHECKING:
    from automation.aliexpress.batch.plan import BatchPlan

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ROWS = "0123456789ab"
SITE = "http://127.0.0.1:8510"


def plan_of(*amounts: str, rows: str = ROWS, site: str = SITE) -> BatchPlan:
    """A plan for orders with these claims."""
    planned = [
        Planned(
            Row(line=line, order="8194370215560042", said=Facts()),
            a_plan().model_copy(update={"amount": amount}),
        )
        for line, amount in enumerate(amounts, start=2)
    ]
    return make_batch_plan(planned, (), rows, NOW, site=site)


def test_the_digest_is_over_every_order_and_the_file() -> None:
    """GIVEN another claim, order, file or site THEN another digest; the same ones give the same."""
    digests = {
        plan_of("US $1", "US $2").digest,
        plan_of("US $1", "US $3").digest,
        plan_of("US $2", "US $1").digest,
        plan_of("US $1").digest,
        plan_of("US $1", "US $2", rows="other").digest,
        plan_of("US $1", "US $2", site="http://127.0.0.1:8520").digest,
    }

    assert len(digests) == 6
    assert plan_of("US $1", "US $2").digest in digests


def test_a_plan_is_good_longer_for_more_orders() -> None:
    """GIVEN n orders THEN 15 minutes and n more."""
    assert plan_of("1").expires - NOW == timedelta(minutes=16)
    assert plan_of(*"123456").expires - NOW == timedelta(minutes=21)


def test_a_plan_comes_back_from_the_journal() -> None:
    """GIVEN a stored plan THEN the same is read, for the same file and until it expires."""
    plan = plan_of("1", "2")

    assert stored_batch(plan.stored(), plan.digest, ROWS, NOW, site=SITE) == plan


REFUSED = ErrorAnswer(code=ErrorCode.REFUSED, message="refused", hint="look", evidence="")
LEFT_OUT = LeftOut(line=4, outcome=Outcome.NOT_DONE, reason="refused", exit_code=3, error=REFUSED)


def test_the_journal_keeps_the_error_of_a_line_that_is_left_out() -> None:
    """GIVEN a stored plan THEN the line's error comes back whole; the version before kept none, and loads."""
    plan = plan_of("1", "2").model_copy(update={"left_out": (LEFT_OUT,)})
    stored = plan.stored()

    assert stored_batch(stored, plan.digest, ROWS, NOW, site=SITE).left_out == (LEFT_OUT,)

    document = plan.model_dump(mode="json")
    del document["left_out"][0]["error"]
    before = replace(stored, document={BATCH: document})
    read = stored_batch(before, plan.digest, ROWS, NOW, site=SITE)
    assert read.left_out == (LEFT_OUT.model_copy(update={"error": None}),)
    assert read.digest == plan.digest


@pytest.mark.parametrize(
    ("rows", "later", "words"),
    [
        ("other", timedelta(), "the file has changed"),
        (ROWS, timedelta(minutes=17), "expired: it was valid until Mon 1 Jun"),
        (ROWS, -timedelta(minutes=1), r"was made on .*, later than this computer's clock"),
    ],
)
def test_a_stale_plan_is_refused(rows: str, later: timedelta, words: str) -> None:
    """GIVEN another file, or its expiry THEN exit 7."""
    plan = plan_of("1", "2")

    with pytest.raises(ToolError, match=words) as stop:
        stored_batch(plan.stored(), plan.digest, rows, NOW + later, site=SITE)

    assert stop.value.exit_code is ExitCode.PLAN_STALE


def test_a_plan_of_another_site_is_refused() -> None:
    """GIVEN the plan of one mimic THEN it is no consent on another, and the error names both."""
    plan = plan_of("1", "2")

    with pytest.raises(ToolError, match=rf"made on {SITE}, and this is http://localhost") as stop:
        stored_batch(plan.stored(), plan.digest, ROWS, NOW, site="http://localhost:8520")

    assert (stop.value.exit_code, stop.value.code) == (ExitCode.PLAN_STALE, "plan_stale")


def test_the_plan_of_one_order_is_none_of_a_file() -> None:
    """GIVEN no plan, or the plan of a single order THEN exit 7."""
    one = StoredPlan("a" * 12, Target(ids={"order": "1"}, words="x"), NOW, NOW, {"order_id": "1"})

    for stored, words, code in (
        (None, "no such plan", "plan_unknown"),
        (one, "is for one order", "plan_stale"),
    ):
        with pytest.raises(ToolError, match=words) as stop:
            stored_batch(stored, "a" * 12, ROWS, NOW, site=SITE)
        assert (stop.value.exit_code, stop.value.code) == (ExitCode.PLAN_STALE, code)
