from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from automation.engine.journal import Journal, StoredPlan
from automation.engine.target import Target
from automation.errors import ExitCode, ToolError


@pytest.fixture
def plan(now: datetime) -> StoredPlan:
    """A plan as a dry run makes it."""
    return StoredPlan(
        digest="3f9a0c",
        target=Target(ids={"order": "8200000000001234"}, words="the order"),
        created=now,
        expires=now + timedelta(minutes=15),
        document={"amount": "US $23.40", "findings": [{"rule": "x", "facts": None}], "lines": 2},
    )


def test_a_plan_reads_back_as_it_was_saved(journal: Journal, plan: StoredPlan) -> None:
    """Its document is returned whole; an unknown digest is not a plan."""
    journal.save_plan(plan)
    assert journal.load_plan(plan.digest) == plan
    assert journal.load_plan("other") is None


def test_a_plan_is_spent_once(journal: Journal, plan: StoredPlan, now: datetime) -> None:
    """The second commit is refused as stale, and saving it again does not renew it."""
    journal.save_plan(plan)
    journal.spend_plan(plan.digest, now)
    journal.save_plan(plan)
    assert journal.load_plan(plan.digest) == replace(plan, spent=now)
    with pytest.raises(ToolError, match="already used") as caught:
        journal.spend_plan(plan.digest)
    assert caught.value.code == "plan_spent"
    assert caught.value.exit_code == ExitCode.PLAN_STALE


def test_an_unknown_plan_cannot_be_spent(journal: Journal) -> None:
    """A digest that no dry run of this folder made is refused."""
    with pytest.raises(ToolError) as caught:
        journal.spend_plan("3f9a0c")
    assert caught.value.code == "plan_unknown"
    assert caught.value.exit_code == ExitCode.PLAN_STALE


def test_plans_are_forgotten_a_week_after_they_expired(
    journal: Journal, plan: StoredPlan, now: datetime
) -> None:
    """A new plan deletes those that can no longer be used, and only those."""
    old = replace(plan, digest="old", expires=now - timedelta(days=8))
    late = replace(plan, digest="late", expires=now - timedelta(days=6))
    for each in (old, late):
        journal.save_plan(each)
    journal.save_plan(plan)
    assert [journal.load_plan(each.digest) for each in (old, late, plan)] == [None, late, plan]
