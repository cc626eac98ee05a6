"""What an unrecognised page showed is kept, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from automation.aliexpress.session.evidence import FOLDER, MOST, keep_evidence
from automation.aliexpress.walk.drift import Drift
from automation.errors import ErrorCode, ToolError

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def kept(state_dir: Path, moment: datetime) -> Path:
    """The folder of one unrecognised page."""
    error = ToolError("not recognised", code=ErrorCode.PAGE_NOT_RECOGNISED)
    keep_evidence(error, Drift("the page", html="<p>odd</p>", picture=b"png"), state_dir, moment)
    return Path(error.evidence)


def test_the_newest_pages_are_kept(tmp_path: Path) -> None:
    """GIVEN more unrecognised pages than are kept THEN the oldest are gone, the newest are whole."""
    written = [kept(tmp_path, START + timedelta(minutes=n)) for n in range(MOST + 3)]

    assert [each for each in written if each.exists()] == written[-MOST:]
    assert (written[-1] / "page.html").read_text() == "<p>odd</p>"
    assert (written[-1] / "page.png").read_bytes() == b"png"


def test_two_of_one_second_are_two(tmp_path: Path) -> None:
    """GIVEN two pages in one second THEN two folders."""
    assert kept(tmp_path, START) != kept(tmp_path, START)


def test_files_of_the_buyer_stay(tmp_path: Path) -> None:
    """GIVEN something else in that folder, or in one of the pages' folders THEN it is not removed."""
    noted = kept(tmp_path, START) / "note.txt"
    noted.write_text("mine", "utf-8")
    other = tmp_path / FOLDER / "my-copy"
    other.mkdir()
    for n in range(1, MOST + 3):
        kept(tmp_path, START + timedelta(minutes=n))

    assert noted.read_text() == "mine"
    assert other.exists()
