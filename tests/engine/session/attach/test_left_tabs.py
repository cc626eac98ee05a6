"""Records of the tool's tabs in the buyer's browser."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.attach.left_tabs import TabRecord, left_tabs, settle

if TYPE_CHECKING:
    from pathlib import Path

    from automation.engine.session.profile.owned import Record

DAY = 24 * 3600


@pytest.fixture
def left(tmp_path: Path) -> tuple[Path, Record]:
    """The record of a run that was killed with two tabs open."""
    record = TabRecord.begin(tmp_path)
    record.note(["T2", "T1"])
    content = json.loads(record.path.read_text("utf-8"))
    record.path.write_text(json.dumps({**content, "owner": 1, "owner_started": "never"}), "utf-8")
    [(found, tabs)] = left_tabs(tmp_path)
    assert tabs == ("T1", "T2")
    return record.path, found


def test_a_living_runs_tabs_are_its_own(tmp_path: Path) -> None:
    """GIVEN a run that still works THEN none of its tabs are left, and its record goes with it."""
    record = TabRecord.begin(tmp_path)
    record.note(["T1"])
    assert left_tabs(tmp_path) == ()
    assert record.path.stat().st_mode & 0o777 == 0o600
    record.forget()
    record.forget()
    assert not record.path.exists()


def test_a_record_that_holds_no_list_names_no_tabs(left: tuple[Path, Record]) -> None:
    """GIVEN a record of another shape THEN nothing is closed on its word."""
    path, _ = left
    path.write_text(json.dumps({"tabs": "T1"}), "utf-8")
    [(_, tabs)] = left_tabs(path.parent.parent)
    assert tabs == ()


@pytest.mark.parametrize(
    ("closed", "named", "days", "gone"),
    [
        (1, 2, 0, True),
        (0, 0, 0, True),
        (0, 2, 29, False),  # they may be open in another browser
        (0, 2, 31, True),
    ],
)
def test_a_record_is_kept_while_its_tabs_may_be_open(
    left: tuple[Path, Record], closed: int, named: int, days: int, *, gone: bool
) -> None:
    """GIVEN tabs that this browser does not have THEN their record stays for 30 days."""
    path, record = left
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    settle(record, closed=closed, named=named)
    assert path.exists() is not gone


def test_a_disk_that_fails_does_not_stop_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a full disk WHEN a tab is noted THEN the old record stands."""
    record = TabRecord.begin(tmp_path)
    record.note(["T1"])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("automation.engine.session.attach.left_tabs.write_private", full)
    record.note(["T1", "T2"])
    assert json.loads(record.path.read_text("utf-8"))["tabs"] == ["T1"]
