"""The saved session: whole, private, or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.session.state import (
    SavedSession,
    default_state_dir,
    private_folder,
    save_session,
    saved_session,
)
from automation.errors import Hint, ToolError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_session_reads_back_and_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    """GIVEN a saved session THEN the same cookies, 0600, also over an older or broken one."""
    folder = tmp_path / "state"
    (folder / "session.json.new").parent.mkdir()
    (folder / "session.json.new").write_text("left by a kill", "utf-8")
    data: SavedSession = {"cookies": [{"name": "a", "value": "1"}], "origins": []}

    path = save_session(folder, data)

    assert saved_session(folder) == data
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in folder.iterdir()] == ["session.json"]


def test_no_session_is_none_and_no_error(tmp_path: Path) -> None:
    """GIVEN no file, or one that holds something else THEN there is no session."""
    assert saved_session(tmp_path) is None
    (tmp_path / "session.json").write_text("[]", "utf-8")
    assert saved_session(tmp_path) is None


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe"])
def test_a_broken_session_says_how_to_sign_in_again(tmp_path: Path, content: bytes) -> None:
    """GIVEN a file cut short THEN one line that names it, and what to do."""
    (tmp_path / "session.json").write_bytes(content)
    with pytest.raises(ToolError, match="cannot read the saved session") as caught:
        saved_session(tmp_path)
    assert caught.value.hint is Hint.SIGN_IN


def test_a_folder_that_cannot_be_written_to_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a folder of somebody else THEN exit 1 before anything is opened."""
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(ToolError) as caught:
        private_folder(tmp_path)
    assert caught.value.code == "state_dir_unwritable"


def test_the_folder_has_the_tools_name() -> None:
    """The platform decides where it is."""
    assert default_state_dir().name == "dispute-guard"
