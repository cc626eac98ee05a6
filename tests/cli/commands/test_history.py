from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.plan.targets import dispute_target, order_target
from automation.aliexpress.site import DisputeIds
from automation.cli.screen import terminal
from automation.engine.journal import Event, Journal
from automation.engine.journal.audit import check_journal
from automation.engine.trace import sent_nothing
from automation.text import when_short
from tests.cli.calls import NO_SITE, ORDER, SAYS

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call
    from tests.conftest import Ran, Tool

NOW = datetime(2026, 6, 10, 12, 30, 15, 250_000, tzinfo=UTC)
WHEN = when_short(NOW).split()
FIRST, SECOND = "8200000000000017", "8200000000000025"
TO_INTENT = (Event.WHOLE_FOUND, Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder with a refused attempt, and a later one that was killed after its intent."""
    folder = tmp_path / "state"
    with Journal.open(folder) as journal:
        one = journal.begin(
            order_target(FIRST), "cancel --dry-run", "https://s.example", "web", "0.1.0", NOW
        )
        journal.record(one, Event.REFUSED, NOW + timedelta(seconds=2), rule="final-[bold]status")
        journal.finish(one, "not_done", 3, "refused by final-[bold]status", NOW)
        two = journal.begin(
            dispute_target(SECOND, DisputeIds("D77", "L77")),
            "cancel",
            "https://s.example",
            "web",
            "0.1.0",
            NOW,
        )
        for event in TO_INTENT:
            journal.record(two, event, NOW)
    return folder


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal width for the table, whatever pytest's own line editor has set."""
    monkeypatch.setenv("COLUMNS", "140")


def history(tool: Tool, state: Path, *words: str) -> Ran:
    """Run the real command."""
    return tool.run("history", *words, "--state-dir", str(state))


def test_attempts_are_listed_newest_first_with_what_became_of_them(tool: Tool, state: Path) -> None:
    """GIVEN two attempts WHEN listed THEN number, time, order, command, outcome, code and reason."""
    ran = history(tool, state)

    rows = [line.split() for line in ran.out.splitlines() if "Jun 2026" in line]
    assert ran.code == 0
    assert rows[0] == ["2", *WHEN, SECOND, "cancel", "no", "end"]
    assert rows[1][:12] == ["1", *WHEN, FIRST, "dry-run", "refused,", "nothing", "sent", "3"]
    assert "refused by final-[bold]status" in ran.out
    assert f"dispute-guard verify {SECOND}" in ran.out
    assert f"dispute-guard verify {FIRST}" not in ran.out


def test_quiet_gives_lines_for_a_script(tool: Tool, state: Path) -> None:
    """GIVEN two attempts WHEN quiet THEN tab-separated fields and nothing else."""
    fields = [line.split("\t") for line in history(tool, state, "--quiet").out.splitlines()]

    assert [(row[0], row[2], row[3], row[5]) for row in fields] == [
        ("2", SECOND, "cancel", "-"),
        ("1", FIRST, "cancel --dry-run", "3"),
    ]


def test_json_tells_the_same_and_what_needs_a_verify(tool: Tool, state: Path) -> None:
    """GIVEN two attempts WHEN asked for JSON THEN one document with both, the open one marked."""
    newest, oldest = history(tool, state, "--json").json["attempts"]

    assert (newest["attempt"], newest["order"], newest["outcome"]) == (2, SECOND, None)
    assert (oldest["attempt"], oldest["exit_code"], oldest["outcome"]) == (1, 3, "not_done")
    assert (newest["needs_verify"], oldest["needs_verify"]) == (True, False)
    assert (newest["nothing_sent"], oldest["nothing_sent"]) == (True, True)  # it never clicked
    assert oldest["started"] == "2026-06-10T12:30:15.250Z"


def test_what_verify_saw_after_the_end_stands_beside_the_outcome(call: Call, state: Path) -> None:
    """GIVEN a refused request whose effect came later THEN the outcome stays, with the proof beside it."""
    with Journal.open(state) as journal:
        for event in (Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED):
            journal.record(2, event, NOW)
        journal.finish(2, "not_done", 1, "the site refused", NOW)
        journal.seen_later(2, "not_done", "the dispute page says 'Open'", NOW)  # nothing new
        journal.seen_later(2, "done", "the dispute page says 'Cancelled'", NOW)
        journal.seen_later(2, "done", "the dispute page says it again", NOW)
        assert sent_nothing(journal.events(1))
        assert not sent_nothing(journal.events(2))
        assert check_journal(journal) == []
        assert [each.event for each in journal.events(2)][-2:] == [Event.FINISHED, Event.SEEN_LATER]
    how = "the dispute page says 'Cancelled'"
    told = json.loads(call("history", "2", "--json", "--state-dir", str(state)).out)["attempt"]
    assert told["outcome"] == "not_done"
    assert told["seen_later"] == {"outcome": "done", "at": "2026-06-10T12:30:15.250Z", "how": how}
    for words in (("history",), ("history", "2")):
        shown = call(*words, "--state-dir", str(state))
        said = " ".join(shown.out.split())
        assert "not done" in said
        assert f"seen later ({when_short(NOW)}): done, {how}" in said


def test_limit_keeps_the_newest(tool: Tool, state: Path) -> None:
    """GIVEN two attempts WHEN one is asked for THEN the newer one."""
    attempts = history(tool, state, "--limit", "1", "--json").json["attempts"]

    assert [each["attempt"] for each in attempts] == [2]


def test_one_attempt_shows_its_events_with_times_and_details(tool: Tool, state: Path) -> None:
    """GIVEN an attempt WHEN named THEN each event with its time and its details, in order."""
    ran = history(tool, state, "1")

    hour = f"{NOW.astimezone():%H:%M}"
    events = [line.split() for line in ran.out.splitlines() if line.startswith(f"  {hour}:")]
    assert events[0] == [f"{hour}:15.250", "started"]
    assert events[1] == [f"{hour}:17.250", "refused", "rule=final-[bold]status"]
    assert events[2][:3] == [f"{hour}:15.250", "finished", "outcome=not_done"]
    document = history(tool, state, "1", "--json").json
    assert document["attempt"]["order"] == FIRST
    assert [each["event"] for each in document["events"]] == ["started", "refused", "finished"]


@pytest.mark.parametrize("number", ["3", "0", "last"])
def test_an_unknown_attempt_is_a_usage_error_in_one_line(
    tool: Tool, state: Path, number: str
) -> None:
    """GIVEN two attempts WHEN another one is named THEN exit 2 and one line."""
    ran = history(tool, state, number)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("dispute-guard: ")
    assert len([line for line in ran.err.splitlines() if not line.startswith("  ")]) == 1


def test_a_state_folder_that_is_not_there_is_no_failure_and_stays_away(
    tool: Tool, tmp_path: Path
) -> None:
    """GIVEN no state folder WHEN asked THEN "no attempts", and nothing is created."""
    absent = tmp_path / "absent"

    ran = history(tool, absent)

    assert ran.code == 0
    assert ran.out.startswith("no attempts yet: each 'cancel' is kept here")
    assert history(tool, absent, "--json").json["attempts"] == []
    assert history(tool, absent, "4").code == 2
    assert not absent.exists()


def test_an_empty_journal_says_so(tool: Tool, tmp_path: Path) -> None:
    """GIVEN a journal without attempts WHEN asked THEN "no attempts"."""
    Journal.open(tmp_path / "state").close()

    assert history(tool, tmp_path / "state").out.startswith("no attempts yet: ")


def test_receipts_without_a_journal_are_not_passed_over(call: Call, tmp_path: Path) -> None:
    """GIVEN the receipt of a request and no journal THEN that is said, before and after acceptance.

    The control: an empty folder has no attempt, and no journal is made there.
    """
    where = ("--state-dir", str(tmp_path))
    empty = call("history", *where)
    (tmp_path / "receipts" / "20261126T120000Z-0042-1").mkdir(parents=True)

    lost = call("history", *where)
    accepted = Journal.acknowledge_damage(tmp_path)
    after = call("history", *where)

    assert "none was started with this state folder" in empty.out
    assert "the journal was missing" in lost.err
    assert "--accept-lost-journal" in lost.err
    assert len(accepted) == 1
    assert (after.code, after.err) == (0, "")
    for ran in (lost, after):
        assert "1 earlier receipt" in ran.out
        assert "none was started" not in ran.out


def test_a_real_dry_run_can_be_looked_up(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a dry run on the site WHEN looked up THEN its attempt is there with its digest."""
    site = mimic("quick")
    order = next(o.id for o in site.state.orders for line in o.lines if line.dispute)
    dry = tool.dry_run(order, site)
    assert dry.code == 0, dry.out

    document = history(tool, tool.state_dir, str(dry.json["attempt"]), "--json").json

    planned = next(each for each in document["events"] if each["event"] == "planned")
    assert planned["details"]["digest"] == dry.json["plan"]["digest"]
    assert site.ledger.writes() == ()


def test_a_number_beyond_all_attempts_is_a_slip(tool: Tool, state: Path) -> None:
    """GIVEN a number that no journal can hold THEN exit 2 and one clear line."""
    ran = history(tool, state, "99999999999999999999")

    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 2


def test_the_newest_attempts_are_listed(call: Call, tmp_path: Path) -> None:
    """GIVEN two attempts THEN --json, --quiet, --limit and --state-dir work."""
    where = ("--state-dir", str(tmp_path))
    for _ in range(2):
        call("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, *where, opens=False)

    assert [row["attempt"] for row in call("history", *where, "--json").json["attempts"]] == [2, 1]
    assert len(call("history", *where, "--quiet", "--limit", "1").out.splitlines()) == 1


def test_practice_is_told_from_real_orders(call: Call, state: Path) -> None:
    """GIVEN runs on a mimic alone THEN one line says so; with a real one, each names its site."""
    where = ("--state-dir", str(state))
    alone = call("history", *where).out
    assert "practice on a mimic site: no real orders" in alone
    assert "AliExpress" not in alone
    with Journal.open(state) as journal:
        site = "https://www.aliexpress.com"
        journal.begin(order_target(FIRST), "cancel", site, "web", "0.1.0", NOW)

    both = call("history", *where).out

    rows = [line.split() for line in both.splitlines() if "Jun 2026" in line]
    sites = [next(each for each in row if each in {"AliExpress", "practice"}) for row in rows]
    assert sites == ["AliExpress", "practice", "practice"]
    assert "no real orders" not in both


def leave_receipt(state: Path) -> Path:
    """The receipt of the first attempt, as an earlier version wrote it."""
    folder = state / "receipts" / "20260610T123020Z-00000017-1"
    folder.mkdir(parents=True)
    told = {"attempt": 1, "order_id": FIRST, "created": "2026-06-10T12:30:20Z"}
    (folder / "receipt.json").write_text(json.dumps(told))
    (folder / "receipt.html").write_text("<p>old</p>")
    return folder / "receipt.html"


@pytest.mark.parametrize("display", [":7", ""])
def test_open_opens_the_receipt_where_there_is_a_display(
    call: Call, state: Path, monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    """GIVEN a receipt WHEN opened THEN the buyer's browser gets it; without a display, its path is said."""
    page, opened = leave_receipt(state), list[str]()

    def open_it(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", open_it)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    out = call("history", "1", "--open", "--state-dir", str(state)).out

    assert opened == ([page.as_uri()] if display else [])
    assert str(page) in out.replace("\n", "")
    assert ("open this file yourself" in out) is not bool(display)


def test_history_names_each_receipt(call: Call, state: Path) -> None:
    """GIVEN one attempt with a receipt THEN list, details and JSON name it; the other has none."""
    page = leave_receipt(state)
    where = ("--state-dir", str(state))

    listed = call("history", *where).out
    assert page.parent.name in listed
    assert str(page.parent.parent) in listed.replace("\n", "")
    rows = call("history", *where, "--json").json["attempts"]
    assert [row["receipt"] for row in rows] == [None, str(page)]
    assert [row["receipt_page"] for row in rows] == [None, str(page)]
    assert call("history", "1", *where, "--json").json["attempt"]["receipt"] == str(page)


@pytest.mark.parametrize("width", ["40", "80"])
def test_a_path_is_whole_on_any_screen(
    call: Call, monkeypatch: pytest.MonkeyPatch, state: Path, width: str
) -> None:
    """GIVEN a receipt in a folder with a long name and a blank THEN its path can be copied."""
    home = state.with_name("A long name of a folder, with blanks in it")
    state.rename(home)
    page = leave_receipt(home)
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setattr(terminal, "_columns", lambda _: int(width))
    where = ("--state-dir", str(home))

    shown = call("history", "1", *where).out.splitlines()
    assert [line.strip() for line in shown if "receipt.html" in line] == [str(page)]
    assert max(len(line) for line in shown if str(page) not in line) <= int(width)
    listed = call("history", *where).out
    assert page.parent.name in listed
    assert str(page.parent.parent) in listed
    settles = f"verify {SECOND} --state-dir '{home}' --site https://s.example"
    assert f"dispute-guard {settles}\n" in listed
    opens = f"dispute-guard history ATTEMPT --open --state-dir '{home}' opens one"
    assert opens in " ".join(listed.split())
    assert f"'dispute-guard {settles}" not in listed  # quotes around quotes cannot be pasted
    monkeypatch.setattr("automation.engine.session.choice.has_display", lambda: False)
    assert str(page) in call("history", "1", "--open", *where).out


def test_a_refusal_on_words_is_found_with_its_receipt(call: Call, tmp_path: Path) -> None:
    """GIVEN a cancel that is refused before any browser THEN history has it, and says nothing was sent.

    The control is a call that the rules allow: it gets as far as the browser.
    """
    where = ("--state-dir", str(tmp_path / "a"))
    words = ("cancel", ORDER, "--because", "seller-promised", "--not-received", "--dry-run")
    refused = call(*words, *NO_SITE, *where, "--json", opens=False).json
    allowed = call("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, *where, "--json", opens=False)

    assert (refused["exit_code"], refused["attempt"], allowed.json["attempt"]) == (3, 1, 2)
    assert (refused["error"]["code"], allowed.json["error"]["code"]) == ("refused", "interrupted")
    [_, row] = call("history", *where, "--json").json["attempts"]
    assert (row["outcome"], row["exit_code"], row["nothing_sent"]) == ("not_done", 3, True)
    assert row["reason"].startswith("refused by ")
    assert row["receipt_page"] == refused["receipt_page"] == refused["error"]["evidence"]
    told = json.loads(
        (tmp_path / "a" / "receipts" / refused["receipt"] / "receipt.json").read_text()
    )
    assert (told["verdict"], told["sent"], told["pictures"]) == ("block", "nothing was sent", [])
    assert "reason: seller promised" in told["buyer_says"]
    said = call("history", "1", *where).out
    assert said.startswith("attempt 1: cancel --dry-run, refused, nothing sent")
    with Journal.open(tmp_path / "a") as journal:
        assert check_journal(journal) == []


def test_a_refusal_needs_no_journal(call: Call, tmp_path: Path) -> None:
    """GIVEN a state folder that cannot be used THEN the rules refuse all the same."""
    folder = tmp_path / "file"
    folder.write_text("no folder")
    words = ("cancel", ORDER, "--because", "seller-promised", "--not-received", "--dry-run")

    ran = call(*words, *NO_SITE, "--state-dir", str(folder / "in"), "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"], ran.json["attempt"]) == (3, "refused", None)
    assert "cannot use the state folder" in ran.json["journal_problem"]


def test_there_is_nothing_to_open(call: Call, state: Path) -> None:
    """GIVEN no receipt, or no attempt THEN exit 1 or 2, and nothing opens."""
    none = call("history", "2", "--open", "--state-dir", str(state))
    assert (
        none.code,
        none.err.partition(":")[2].strip().startswith("attempt 2 has no receipt"),
    ) == (1, True)
    assert call("history", "--open", "--state-dir", str(state)).code == 2


def test_a_full_disk_is_no_fault_of_the_tool(state: Path) -> None:
    """GIVEN an output that takes nothing THEN one line says so, and nothing is an internal error."""
    command = [sys.executable, "-m", "automation", "history", "--state-dir", str(state)]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)

    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == (
        "dispute-guard: could not write the answer: no space left on device"
    )
    assert not (state / "faults").exists()
