from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fixtures.faults import FaultKind
from tests.faults.cells import CANCEL_FAULTS, LIES, READ_FAULTS, all_cells, cell_named, run_cell
from tests.faults.judge import objections_to_run, objections_to_verify, truth

if TYPE_CHECKING:
    from tests.faults.stage import Stage

# One of each kind, all of them further cases; the long run (``make torture``) has every cell. The suite
# has their ends against a model of the site (test_machine.py). What differs in the
# answer or in the looks alone stands in tests/aliexpress/cancel/test_reply.py, tests/engine/test_outcome.py and
# tests/engine/test_looking.py, cell by cell, what differs in the dialog in
# tests/commands/test_dialog_surroundings.py, and what stops a run before its request in
# tests/commands/test_cancel_refused.py and test_plans.py.
QUICK = {
    "reset@cancel": {"unknown"},
    "reset-after@cancel": {"done"},
    "refused-after@cancel": {"unknown"},
    "refund-paid@cancel": {"not_done"},
    "captcha@verify dispute-page+": {"unknown"},
    "driver-killed@cancel": {"unknown"},
    "being-processed@lie": {"unknown"},
    "sibling-data@lie": {"unknown"},
}


def test_every_fault_that_there_is_stands_in_the_matrix() -> None:
    """GIVEN all kinds of faults THEN each is in a cell, at every step that it can hit."""
    single = (*READ_FAULTS.values(), *CANCEL_FAULTS.values())
    used = {fault["kind"] for fault in single} | {f["kind"] for lie in LIES.values() for f in lie}
    assert used == {kind.value for kind in FaultKind}
    names = [cell.name for cell in all_cells()]
    assert len(names) == len(set(names))


@pytest.mark.further
def test_without_a_fault_one_cancel_is_done_and_verified(place: Stage) -> None:
    """The control: GIVEN no fault THEN done, one write, and the judge finds nothing.

    GIVEN the ledger of that run and a false answer THEN the judge objects.
    """
    case = place.play()

    ended = case.commit()

    assert (ended.code, ended.answer["outcome"]) == (0, "done"), ended.out + ended.err
    assert (truth(case.site).sent, truth(case.site).changed) == (1, True)
    assert objections_to_run(case, ended) == []
    lies = (("not_done", 1), ("not_done", 0), ("unknown", 4))
    for outcome, code in lies:
        document = ended.out.replace('"outcome": "done"', f'"outcome": "{outcome}"')
        lie = type(ended)(code, document, ended.err, ended.mark)
        assert objections_to_run(case, lie), (outcome, code)
        assert objections_to_verify(case, lie, settled=True), (outcome, code)


@pytest.mark.further
def test_a_stale_token_is_not_done_and_the_plan_stays_good(place: Stage) -> None:
    """GIVEN a token refusal THEN not done, and WHEN the same plan is run again THEN done."""
    case = place.play(**cell_named("token@lie").settings)

    first = case.commit()
    case.site.heal()
    again = case.commit()

    assert (first.code, first.answer["outcome"]) == (1, "not_done"), first.out + first.err
    assert first.answer["error"]["code"] == "token_expired"
    assert "run the plan again" in first.answer["error"]["hint"]
    assert (again.code, again.answer["outcome"]) == (0, "done"), again.out + again.err
    assert [len(case.site.ledger.cancels()), truth(case.site).changed] == [2, True]


@pytest.mark.further
def test_a_mixed_answer_is_shown_in_its_own_words(place: Stage) -> None:
    """GIVEN SUCCESS around a failure THEN unknown, with the site's answer; a few looks."""
    case = place.play(**cell_named("yes-and-no@lie").settings)

    ended = case.commit()
    objections = objections_to_run(case, ended)
    looks = [entry for entry in case.site.ledger.entries if entry.step == "dispute-page"]

    assert (ended.code, ended.answer["outcome"]) == (8, "unknown"), ended.out + ended.err
    assert "errorMessage: try another way" in ended.answer["reason"]
    assert "verify" in ended.answer["error"]["hint"]
    # Two before the cancel; then after 0, 1, 3 and 5 seconds of five.
    assert len(looks) <= 8
    case.site.heal()
    objections += objections_to_verify(case, case.verify(later=True), settled=True)
    assert objections == []


@pytest.mark.further
@pytest.mark.parametrize("name", QUICK)
def test_promises_hold_under_a_fault(place: Stage, name: str) -> None:
    """GIVEN a fault at a step THEN <= 1 cancel, no other write, a true outcome, and verify finds it."""
    held = run_cell(place, cell_named(name))

    assert held.objections == ()
    assert held.outcome in QUICK[name]
