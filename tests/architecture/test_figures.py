"""The size of the house, counted."""

from __future__ import annotations

from tests.architecture.figures import Figures


def test_sizes_are_counted() -> None:
    """GIVEN files with their lines THEN their sum, median, longest and fullest folder."""
    sizes = {"rules/a.py": 10, "rules/b.py": 30, "fixtures/c.py": 60}

    figures = Figures.of(sizes)

    assert figures == Figures(3, 100, 30, 60, ("rules", 2))
    assert "100 lines in 3 files, 30.0 files per 1,000 lines" in str(figures)
