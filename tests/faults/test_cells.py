from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fixtures.faults import FaultKind
from tests.faults.cells import CANCEL_FAULTS, READ_FAULTS, all_cells, cell_named, run_cell
from tests.faults.judge import objections_to_run, objections_to_verify, truth

if TYPE_CHECKING:
    from tests.faults.stage import Stage

# One of each nature; the long run (``make torture``) takes all of them.
QUICK = {
    "503@list": {"done"},
    "signed-out@detail+": {"not_done"},
    "status-changes@dispute": {"not_done", "done"},
    "reset@cancel": {"unknown"},
    "reset-after@cancel": {"done"},
    "captcha-after@cancel": {"done"},
    "refused-after@cancel": {"unknown"},
    "refund-paid@cancel": {"not_done"},
    "captcha@verify dispute-page+": {"unknown"},
    "driver-killed@cancel": {"unknown"},
    "accept-dialog@cancel": {"not_done"},
}


def test_every_fault_that_there_is_stands_in_the_matrix() -> None:
    """GIVEN all kinds of faults THEN each is in a cell, at every step that it can hit."""
    used = {fault["kind"] for fault in (*READ_FAULTS.values(), *CANCEL_FAULTS.values())}
    assert used == {kind.value for kind in FaultKind}
    names = [cell.name for cell in all_cells()]
    assert len(names) == len(set(names))


def test_without_a_fault_one_cancel_is_done_and_verified(place: Stage) -> None:
    """The control: GIVEN no fault THEN done, one write, and the judge has nothing to say.

    GIVEN the ledger of that run beside another word THEN the judge objects to each lie.
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


@pytest.mark.parametrize("name", QUICK)
def test_promises_hold_under_a_fault(place: Stage, name: str) -> None:
    """GIVEN a fault at a step THEN <= 1 cancel, no other write, a true outcome, and verify finds it."""
    held = run_cell(place, cell_named(name))

    assert held.objections == ()
    assert held.outcome in QUICK[name]
