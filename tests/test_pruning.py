"""One way to bound every folder that the tool writes to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from automation.fault_log import FOLDER, keep_fault
from automation.pruning import KEPT, Entries, prune

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = Entries(re.compile(r"\d+"), re.compile(r"page\.html"))
FILES = Entries(re.compile(r"\d+\.txt"))


def entry(folder: Path, number: int, *also: str) -> Path:
    """An entry that is a folder."""
    path = folder / str(number)
    path.mkdir()
    for name in ("page.html", *also):
        (path / name).write_text(name)
    return path


def names(folder: Path) -> set[str]:
    """What is in a folder."""
    return {each.name for each in folder.iterdir()}


@pytest.mark.parametrize("keep", [1, 2, 9])
def test_the_newest_stay_and_what_went_is_said(tmp_path: Path, keep: int) -> None:
    """GIVEN four entries THEN all but the newest are gone, the answer's own excepted."""
    made = [entry(tmp_path, number) for number in range(4)]

    removed = prune(tmp_path, FOLDERS, keep, spare=(made[1],))

    assert names(tmp_path) == {each.name for each in (made[1], *made[-keep:])}
    assert {*removed, *(tmp_path / each for each in names(tmp_path))} == set(made)


def test_what_the_tool_did_not_write_stays(tmp_path: Path) -> None:
    """GIVEN notes, copies and links of the buyer's THEN they stay, and what they lie in."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "pages"
    folder.mkdir()
    entry(folder, 1, "note.txt")
    (entry(folder, 2) / "sub").mkdir()
    (folder / "3").symlink_to(entry(elsewhere, 3))
    (entry(folder, 4) / "page.html").unlink()
    (folder / "4" / "page.html").symlink_to(elsewhere / "3" / "page.html")
    (folder / "5").write_text("a file, not a folder")
    (folder / "copy of 6").mkdir()
    for number in (7, 8):
        entry(folder, number)

    assert prune(folder, FOLDERS, 1) == (folder / "7",)

    assert names(folder) == {"1", "2", "3", "4", "5", "copy of 6", "8"}
    assert (elsewhere / "3" / "page.html").exists()


def test_files_are_bounded_as_folders_are(tmp_path: Path) -> None:
    """GIVEN files, a link to a file, and a folder of such a name THEN only old files go."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_text("")
    (tmp_path / "0.txt").mkdir()
    (tmp_path / "00.txt").symlink_to(tmp_path / "1.txt")
    (tmp_path / "notes.txt").write_text("")

    prune(tmp_path, FILES, 2)

    assert names(tmp_path) == {"0.txt", "00.txt", "2.txt", "3.txt", "notes.txt"}


def test_what_may_not_go_is_no_part_of_the_number(tmp_path: Path) -> None:
    """GIVEN evidence among them THEN it stays beside the newest."""
    made = [entry(tmp_path, number) for number in range(4)]

    prune(tmp_path, FOLDERS, 1, may_go=lambda path: path != made[3])

    assert names(tmp_path) == {"2", "3"}


def test_reports_of_internal_errors_are_bounded(tmp_path: Path) -> None:
    """GIVEN more reports than are kept THEN the oldest goes; the new one stays, by any clock."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    old = [f"{year}0101T000000000000Z.txt" for year in range(3000, 3000 + KEPT)]
    for name in ("19990101T000000000000Z.txt", *old):
        (folder / name).write_text("")

    new = keep_fault(tmp_path, ValueError())

    assert new is not None
    assert names(folder) == {new.name, *old}
