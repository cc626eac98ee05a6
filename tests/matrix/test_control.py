from __future__ import annotations

from fixtures import leaks
from tests.matrix.control import PAGES, run_control


def test_every_way_out_reaches_the_ledger_without_the_guard() -> None:
    """Positive control: GIVEN a plain browser THEN each way writes from each of the three pages."""
    reached = run_control()

    assert {name: set(PAGES) for name in leaks.names()} == reached
