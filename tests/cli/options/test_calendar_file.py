"""``--calendar FILE``: written once, readable by its owner only."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from automation.cli import account
from tests.cli.listed import listed, row

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.list_answer import ListAnswer
    from tests.cli.calls import Call

SAYS = ("advise", "--because", "filed-by-mistake", "--protection-ends", "2027-03-01T00:00Z")


def test_advice_writes_its_deadline(call: Call, tmp_path: Path) -> None:
    """GIVEN a deadline THEN a calendar of mode 0600, and where it is; the JSON stays alone."""
    file = tmp_path / "new.ics"

    told = call(*SAYS, "--calendar", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Buyer protection ends"
    assert str(file) in told.err
    assert call(*SAYS, "--calendar", str(tmp_path / "other.ics"), "--json").json["verdict"]


@pytest.mark.parametrize("command", ["advise", "list"])
def test_a_file_is_never_overwritten(call: Call, tmp_path: Path, command: str) -> None:
    """GIVEN an existing file THEN exit 2 before anything is done, and the file as it was."""
    file = tmp_path / "mine.ics"
    file.write_text("mine", "utf-8")
    words = SAYS if command == "advise" else ("list", "--site", "http://127.0.0.1:9")

    ran = call(*words, "--calendar", str(file), opens=False)

    assert (ran.code, ran.out, ran.sessions) == (2, "", [])
    assert "exists already" in ran.err
    assert file.read_text("utf-8") == "mine"


def test_without_a_deadline_no_file(call: Call, tmp_path: Path) -> None:
    """GIVEN no known deadline THEN no file, and it says so."""
    file = tmp_path / "new.ics"

    ran = call("advise", "--because", "changed-mind", "--calendar", str(file))

    assert "not written" in ran.err
    assert not file.exists()


def test_a_list_writes_each_deadline_once(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN two disputes of one order and one of another THEN an event for each order."""
    ends = "2027-03-01T00:00:00Z"
    answer = listed(
        row("8190000000000001", protection_deadline=ends, refile_by=ends),
        row("8190000000000001", protection_deadline=ends, refile_by=ends, item_number=2),
        row("8190000000000002", protection_deadline="2027-02-01T00:00:00Z"),
    )

    def read(*_: object, **__: object) -> ListAnswer:
        return answer

    monkeypatch.setattr(account, "read_account", read)
    file = tmp_path / "all.ics"

    assert call("list", "--calendar", str(file)).code == 0

    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"])[-10:] for event in events] == ["0000 0002)", "0000 0001)"]
