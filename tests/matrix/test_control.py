from __future__ import annotations

import pytest

from fixtures.pages import ways_out
from tests.matrix.control import PAGES, run_control


@pytest.mark.parametrize(
    "pages",
    [
        # Where a cancel would be confirmed. All pages run the same ways, and report in each run of a
        # command that they tried them.
        pytest.param(("dispute",), marks=pytest.mark.further),
        pytest.param(PAGES, marks=pytest.mark.further),
    ],
    ids=["one page", "all pages"],
)
def test_every_way_out_reaches_the_ledger_without_the_guard(pages: tuple[str, ...]) -> None:
    """Positive control: GIVEN a plain browser THEN each way writes from each of the pages."""
    reached = run_control(pages)

    assert {name: set(pages) for name in ways_out.names()} == reached
