"""A run: where it is, and whether a human is asked."""

from __future__ import annotations

from automation.aliexpress.answer import Step
from automation.aliexpress.running import Run
from automation.engine.interrupts import PATIENCE


def test_a_run_knows_where_it_is_and_who_waits() -> None:
    """GIVEN a run THEN its place changes with each step, and says when a human is asked."""
    run = Run("cancel")

    with run.step(Step.MY_ORDERS):
        first = run.place(1)
        assert (first.step, first.human_is_asked) == ("my orders", False)
        assert first.patience > PATIENCE
        assert run.place(2) != first
        with run.waiting_for_human():
            assert run.place(1).human_is_asked
    with run.step(Step.CONSENT):
        later = run.place(1)

    assert later != first
    assert not later.human_is_asked
