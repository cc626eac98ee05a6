"""Until when a new dispute may be possible: one wording, wherever it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.advice_answer import Advised
from automation.cli.screen.refile import refile_cell, refile_line, refile_sentence

JUNE = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refile_by", "says"),
    [
        (None, "latest time to file again: unknown (no protection deadline is known)"),
        (JUNE, "you can no longer file again: that ended "),
        (JUNE - timedelta(days=2), "you can no longer file again: that ended Mon 8 Jun 2026"),
        (JUNE + timedelta(days=2, seconds=1), "latest time to file again, not a promise: Fri 12"),
    ],
    ids=["unknown", "now", "past", "ahead"],
)
def test_the_time_to_file_again_is_never_a_promise(refile_by: datetime | None, says: str) -> None:
    """GIVEN an unknown, past or coming time THEN the line says just that."""
    line = refile_line(Advised(refile_by=refile_by.isoformat() if refile_by else None), JUNE)

    assert line.startswith(says)
    assert ("left" in line) == line.startswith("latest time to file again, not a promise")


def test_an_unknown_time_is_said_in_a_cell_and_left_out_of_a_sentence() -> None:
    """GIVEN no time THEN the cell says so, and the next step stands alone."""
    assert (refile_cell(Advised()), refile_sentence(Advised())) == ("unknown", "")
    known = Advised(refile_by=JUNE.isoformat())
    assert "10 Jun 2026" in refile_cell(known)
    assert "10 Jun 2026" in refile_sentence(known)
