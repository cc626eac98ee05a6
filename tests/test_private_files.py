"""Folders and files that only their owner can read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from automation.errors import ErrorCode, ToolError
from automation.private_files import (
    make_private_folder,
    narrow,
    unwritable_as_tool_error,
    write_private,
)

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    """The rights of a file or folder."""
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("open_umask")
def test_a_new_folder_and_its_missing_parents_are_private(tmp_path: Path) -> None:
    """GIVEN an open umask THEN every folder that is made is its owner's alone."""
    make_private_folder(tmp_path / "a" / "b", ours=False)

    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize(("ours", "after"), [(True, 0o700), (False, 0o755)])
def test_a_folder_that_the_buyer_chose_keeps_its_mode(
    tmp_path: Path, after: int, *, ours: bool
) -> None:
    """GIVEN an existing folder THEN it is narrowed if it is the tool's own; its parent never is."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    folder.parent.chmod(0o755)

    make_private_folder(folder, ours=ours)

    assert (mode(folder), mode(folder.parent)) == (after, 0o755)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """GIVEN a file in the place of the folder THEN an error, and the file stays."""
    (tmp_path / "a").write_text("x")

    with pytest.raises(NotADirectoryError):
        make_private_folder(tmp_path / "a", ours=True)
    assert (tmp_path / "a").read_text() == "x"


@pytest.mark.parametrize(("before", "after"), [(0o777, 0o700), (0o640, 0o600), (0o400, 0o400)])
def test_rights_are_taken_away_and_never_added(tmp_path: Path, before: int, after: int) -> None:
    """GIVEN rights of others THEN they are gone; what the owner could not do stays."""
    file = tmp_path / "a"
    file.touch()
    file.chmod(before)

    narrow(file)

    assert mode(file) == after


@pytest.mark.usefixtures("open_umask")
def test_a_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    """GIVEN an open umask THEN mode 0600; GIVEN a file of that name THEN it stays as it is."""
    file = tmp_path / "a"
    write_private(file, b"one\n")

    with pytest.raises(FileExistsError):
        write_private(file, b"two\n")
    assert (mode(file), file.read_bytes()) == (0o600, b"one\n")


def test_an_error_of_the_disk_is_told_with_its_folder(tmp_path: Path) -> None:
    """GIVEN an OSError THEN one error with the system's words and the file; any other passes."""
    cause = OSError(28, os.strerror(28), str(tmp_path / "a"))

    def fails(error: Exception) -> None:
        with unwritable_as_tool_error(tmp_path, name="receipt folder", hint="free some space"):
            raise error

    with pytest.raises(ToolError, match="cannot use the receipt folder") as caught:
        fails(cause)
    with pytest.raises(KeyError):
        fails(KeyError())

    assert caught.value.code is ErrorCode.STATE_DIR_UNWRITABLE
    assert os.strerror(28) in caught.value.message
    assert (caught.value.hint, caught.value.evidence) == ("free some space", str(tmp_path / "a"))


def test_a_file_in_the_place_of_the_state_folder_wants_a_folder(tmp_path: Path) -> None:
    """GIVEN a file, or a folder below one THEN what to do is to name a folder; a full disk is another case."""
    (tmp_path / "file").write_text("x")
    hints = []
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ToolError) as caught, unwritable_as_tool_error(place):
            make_private_folder(place, ours=True)
        hints.append(caught.value.hint)
    with pytest.raises(ToolError) as full, unwritable_as_tool_error(tmp_path):
        raise OSError(28, os.strerror(28))

    assert hints == ["name a folder in its place (--state-dir DIR)"] * 2
    assert full.value.hint.startswith("make it writable")
