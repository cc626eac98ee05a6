"""Until when a new dispute may be possible: one wording, wherever it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.aliexpress.advice_answer import Advised, advised
from automation.cli.screen.refile import refile_cell, refile_line, refile_sentence
from rules import Facts, advise_on_words

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


@pytest.mark.parametrize(
    ("dates", "is_said"),
    [
        ({"protection_deadline": "2026-07-24"}, True),
        ({"protection_deadline": "2026-07-24T18:00-07:00"}, False),
        # The date without a zone is not the one that decides.
        ({"protection_deadline": "2026-06-20T18:00Z", "delivered_at": "2026-06-09"}, False),
        ({"protection_deadline": "2026-07-24T18:00Z", "delivered_at": "2026-06-09"}, True),
    ],
)
def test_a_date_without_a_zone_says_that_its_earliest_meaning_counts(
    dates: dict[str, str], *, is_said: bool
) -> None:
    """GIVEN 24 July without an offset THEN the earlier day that is shown is explained beside it."""
    told = refile_sentence(advised(advise_on_words(Facts(now=JUNE, **dates))))  # type: ignore[arg-type]

    assert ("the date has no time zone, so the earliest possible time counts" in told) is is_said
    assert told.startswith("You could file again until ")


def test_a_case_that_is_closed_for_good_is_never_filed_again() -> None:
    """GIVEN a final decision and a deadline ahead THEN no time to file again; else there is one."""
    facts = Facts(now=JUNE, protection_deadline="2026-07-24T18:00Z")

    closed, waiting = (
        advised(advise_on_words(facts.updated(dispute_status=status)))
        for status in ("final_decision", "waiting_seller")
    )

    assert refile_line(closed, JUNE) == "you cannot file again: the case is closed for good"
    assert refile_line(waiting, JUNE).startswith("latest time to file again, not a promise: ")
    assert refile_cell(closed) == "-"
    assert "2026" in refile_cell(waiting)
