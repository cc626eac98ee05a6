"""What an unrecognised page showed is kept, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from automation.aliexpress.session.evidence import FOLDER, keep_evidence
from automation.aliexpress.walk.drift import Drift
from automation.errors import ErrorCode, ToolError
from automation.pruning import KEPT

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def kept(state_dir: Path, moment: datetime, keep: int | None = None) -> Path:
    """The folder of one unrecognised page."""
    error = ToolError("not recognised", code=ErrorCode.PAGE_NOT_RECOGNISED)
    drift = Drift("the page", html="<p>odd</p>", picture=b"png")
    keep_evidence(error, drift, state_dir, moment, keep)
    return Path(error.evidence)


@pytest.mark.parametrize(("keep", "stay"), [(3, 3), (None, KEPT)])
def test_the_newest_pages_are_kept(tmp_path: Path, keep: int | None, stay: int) -> None:
    """GIVEN more unrecognised pages than are kept THEN the oldest are gone, the newest are whole."""
    for n in range(stay):  # of earlier runs
        (tmp_path / FOLDER / f"{START - timedelta(days=n + 1):%Y%m%d-%H%M%S}").mkdir(parents=True)
    written = [kept(tmp_path, START + timedelta(minutes=n), keep) for n in range(2)]

    found = sorted((tmp_path / FOLDER).iterdir())
    assert len(found) == stay
    assert found[-2:] == written
    assert (written[-1] / "page.html").read_text() == "<p>odd</p>"
    assert (written[-1] / "page.png").read_bytes() == b"png"


def test_two_of_one_second_are_two(tmp_path: Path) -> None:
    """GIVEN two pages in one second THEN two folders."""
    assert kept(tmp_path, START) != kept(tmp_path, START)


def test_the_page_that_the_answer_names_stays(tmp_path: Path) -> None:
    """GIVEN a clock that was set back THEN the page of this run is not the oldest that goes."""
    later = [kept(tmp_path, START + timedelta(days=n), 2) for n in (1, 2)]

    now = kept(tmp_path, START, 2)

    assert (now / "page.html").exists()
    assert all(each.exists() for each in later)


def test_files_of_the_buyer_stay(tmp_path: Path) -> None:
    """GIVEN something else in that folder, or in one of the pages' folders THEN it is not removed."""
    noted = kept(tmp_path, START) / "note.txt"
    noted.write_text("mine", "utf-8")
    other = tmp_path / FOLDER / "my-copy"
    other.mkdir()
    for n in range(1, 4):
        kept(tmp_path, START + timedelta(minutes=n), 1)

    assert noted.read_text() == "mine"
    assert noted.with_name("page.html").exists()
    assert other.exists()
