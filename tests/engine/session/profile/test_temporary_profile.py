"""The browser's temporary profile goes with its run, also after kill -9."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site.traffic import real_origins, site_traffic
from automation.engine.guard import Guard
from automation.engine.session.browser import open_session
from automation.engine.session.options import SessionOptions
from automation.engine.session.profile.owned import (
    FOLDER,
    end_leftovers,
    forget,
    mark_arguments,
    temporary_profile,
)
from automation.errors import ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

Profile = tuple[Path, Path]


@pytest.fixture
def profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Profile:
    """A record and its profile, with a file in it."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    record = mark_arguments(tmp_path)[1]
    folder = temporary_profile(record)
    (folder / "Preferences").write_text("{}", "utf-8")
    assert folder.parent == temporary
    return record, folder


def killed(record: Path, **changes: object) -> None:
    """Make the record look like that of a run that was killed."""
    content = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps(content | {"owner_started": "0.00"} | changes), "utf-8")


def test_the_next_start_removes_what_a_killed_run_left(profile: Profile, tmp_path: Path) -> None:
    """GIVEN a killed run WHEN leftovers are ended THEN its profile is gone; before, it is kept."""
    record, folder = profile
    assert folder.stat().st_mode & 0o777 == 0o700

    assert end_leftovers(tmp_path) == ()
    assert folder.is_dir()  # control: its run is still alive

    killed(record)
    assert end_leftovers(tmp_path) == ()

    assert not folder.exists()
    assert not record.exists()


def test_a_run_that_ends_removes_its_own(profile: Profile) -> None:
    """GIVEN a run that ends by itself THEN profile and record are gone."""
    record, folder = profile

    forget(record)

    assert (folder.exists(), record.exists()) == (False, False)


@pytest.mark.parametrize(
    "elsewhere", [lambda folder: folder.parent / "photos", lambda folder: folder.parent]
)
def test_no_other_folder_is_ever_removed(
    profile: Profile, tmp_path: Path, elsewhere: Callable[[Path], Path]
) -> None:
    """GIVEN a record that names another folder THEN that folder stays."""
    record, folder = profile
    other = elsewhere(folder)
    (other / "kept").mkdir(parents=True)
    killed(record, profile=str(other))

    end_leftovers(tmp_path)

    assert (other / "kept").is_dir()


def test_a_link_in_its_place_leads_nowhere(profile: Profile, tmp_path: Path) -> None:
    """GIVEN a link where the profile was THEN its target stays."""
    record, folder = profile
    target = tmp_path / "target"
    (target / "kept").mkdir(parents=True)
    (folder / "Preferences").unlink()
    folder.rmdir()
    folder.symlink_to(target)
    killed(record)

    end_leftovers(tmp_path)

    assert (target / "kept").is_dir()


def test_a_profile_that_cannot_be_made_is_an_error(profile: Profile) -> None:
    """GIVEN a folder that exists, or no record THEN an error and no shared profile."""
    record, _ = profile
    with pytest.raises(ToolError, match="temporary folder"):
        temporary_profile(record)
    record.unlink()
    with pytest.raises(ToolError, match="is gone"):
        temporary_profile(record)


def test_a_run_leaves_nothing_in_the_temporary_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a run with a browser THEN its profile is there while it runs, and nothing afterwards."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)

    async def opened() -> list[str]:
        options = SessionOptions(state_dir=tmp_path / "state")
        async with open_session(options, Guard(real_origins(), site_traffic())):
            return [path.name for path in temporary.iterdir() if "dispute-guard" in path.name]

    assert len(in_own_loop(opened())) == 1
    assert list(temporary.iterdir()) == []


def test_records_of_earlier_versions_are_cleared(tmp_path: Path) -> None:
    """GIVEN a record without a profile THEN it goes without any folder."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / f"{'a' * 32}.json").write_text("{}", "utf-8")

    assert end_leftovers(tmp_path) == ()

    assert list(folder.iterdir()) == []


def test_a_folder_that_is_held_open_is_removed_by_a_later_run(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN files that the system will not remove yet, as on Windows THEN the record stays, and ends them later."""
    record, folder = profile
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    forget(record)
    assert folder.is_dir()
    assert record.is_file()
    monkeypatch.undo()
    record.write_text(json.dumps({"owner": 0, "profile": str(folder)}), "utf-8")

    assert end_leftovers(tmp_path) == ()
    assert not folder.exists()
    assert not record.exists()
