from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.site import DisputeIds
from automation.engine.journal import Event, Journal
from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from automation.engine.session.launch.install import own_browser
from automation.engine.session.profile.owned import (
    FOLDER,
    SWITCH,
    end_leftovers,
    forget,
    leftovers,
    mark_arguments,
)
from tests.conftest import CALM, disputed_order
from tests.sources import started_sources

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call, Called
    from tests.conftest import Ran, Tool
    from tests.sources import Start

WAITS = "import sys; print('ready', flush=True); sys.stdin.read()"
# It says its browser's number once the browser listens, so that no start under load is cut off.
RUN_WITH_BROWSER = """
import subprocess, sys, time
from pathlib import Path
from automation.engine.session.profile.owned import mark_arguments
state, browser, profile, *words = sys.argv[1:]
marks, _ = mark_arguments(Path(state))
command = [browser, "--headless", f"--user-data-dir={profile}", "--remote-debugging-port=0", *words]
quiet = subprocess.DEVNULL
child = subprocess.Popen(
    [*command, *marks, "about:blank"], start_new_session=True, stdin=quiet, stdout=quiet, stderr=quiet
)
port = Path(profile, "DevToolsActivePort")
while child.poll() is None and not port.exists():
    time.sleep(0.02)
print(child.pid if child.poll() is None else f"the browser ended with {child.poll()}", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python source with arguments; all processes are ended after the test."""
    with started_sources() as run:
        yield run


def said(process: subprocess.Popen[str]) -> str:
    """Its first line, printed once it runs."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def is_running(pid: int) -> bool:
    """Whether a process runs; a zombie keeps its number, but has no command line."""
    try:
        return bool(Path("/proc", str(pid), "cmdline").read_bytes())
    except OSError:
        return False


def checks(ran: Ran | Called) -> dict[str, dict[str, Any]]:
    """The checks of a JSON answer by name."""
    return {each["name"]: each for each in ran.json["checks"]}


def doctor(tool: Tool, *words: str) -> Ran:
    """Run the real command."""
    return tool.run("doctor", *words, "--state-dir", str(tool.state_dir))


def test_a_sound_machine_is_well(tool: Tool) -> None:
    """GIVEN a fresh start WHEN examined THEN browser, guard, folder, journal are fine: exit 0."""
    ran = doctor(tool, "--json")

    assert (ran.code, ran.json["ok"]) == (0, True), ran.out
    assert "were stopped" in checks(ran)["browser and guard"]["found"]
    assert {"state folder", "private", "journal", "leftovers", "words"} <= set(checks(ran))
    assert list((tool.state_dir / FOLDER).glob("*.json")) == []


def test_a_missing_browser_and_bad_words_are_both_told(tool: Tool, tmp_path: Path) -> None:
    """GIVEN two problems WHEN examined THEN each has its line with what to do: exit 2 for the file."""
    words = tmp_path / "words.toml"
    words.write_text("lang = 3", "utf-8")

    ran = doctor(tool, "--browser", str(tmp_path / "none"), "--words", str(words), "--json")

    bad = {name for name, check in checks(ran).items() if not check["ok"]}
    assert (ran.code, bad) == (2, {"browser and guard", "words"})
    assert all(checks(ran)[name]["todo"] for name in bad)
    quiet = doctor(tool, "--browser", str(tmp_path / "none"), "--quiet")
    assert (quiet.code, quiet.out.count("problem")) == (1, 1)


def test_site_data_is_validated(call: Call, tmp_path: Path) -> None:
    """GIVEN site data THEN what it adds is counted; GIVEN a slip in it THEN its line, the nearest key, exit 2."""
    data, where = (
        tmp_path / "site.toml",
        ("--state-dir", str(tmp_path), "--browser", str(tmp_path / "none")),
    )
    good = 'lang = "sv"\nlabels.confirm = ["Ja", "Javisst"]\n[hooks]\ncard = [".x"]\n[traffic]\nreads = ["mtop.x.pageQuery"]\n'

    data.write_text(good, "utf-8")
    fine = call("doctor", "--site-data", str(data), *where, "--json")
    data.write_text(good.replace("card", "crad"), "utf-8")
    wrong = call("doctor", "--site-data", str(data), *where, "--json")

    told = checks(fine)["words"]
    assert told["ok"]
    assert told["found"].endswith(f"{data} adds 2 words (sv), 1 selectors, 1 calls and pages")
    assert fine.code == 1, "the browser is missing"
    slip = checks(wrong)["words"]
    assert (wrong.code, slip["ok"]) == (2, False)
    assert "line 4: [hooks] has an unknown name, crad; did you mean card?" in slip["found"]


@pytest.mark.parametrize(
    "words",
    [
        ("--site", "http://127.0.0.1:9"),
        ("--headed",),
        ("--attach", "chrome"),
        ("--connect", "ws://127.0.0.1:9/"),
        ("--allow-read", "mtop.x"),
    ],
)
def test_options_of_pages_need_an_order(call: Call, words: tuple[str, ...]) -> None:
    """GIVEN an option that only counts on pages, but no order THEN exit 2 says so."""
    ran = call("doctor", *words, "--json")

    assert ran.code == 2
    assert f"{words[0]} needs an ORDER" in ran.json["error"]["message"]


def test_a_file_that_others_can_read_is_told(tool: Tool) -> None:
    """GIVEN a session file with a wide mode WHEN examined THEN it is named, until narrowed."""
    tool.state_dir.mkdir(mode=0o700)
    session = tool.state_dir / "session.json"
    session.write_text("{}", "utf-8")
    session.chmod(0o644)
    assert str(session) in checks(doctor(tool, "--json"))["private"]["found"]

    session.chmod(0o600)

    assert checks(doctor(tool, "--json"))["private"]["ok"]


def test_an_unsettled_attempt_is_told_with_its_order(tool: Tool) -> None:
    """GIVEN an attempt killed after its intent WHEN examined THEN the verify command, with its folder and site."""
    now = datetime.now(UTC)
    order = "8200000000000033"
    with Journal.open(tool.state_dir) as journal:
        number = journal.begin(
            dispute_target(order, DisputeIds("D1", "L1")),
            "cancel",
            "https://s.example",
            "web",
            "0.1.0",
            now,
        )
        for event in list(Event)[1:6]:
            journal.record(number, event, now)

    ran = doctor(tool, "--json")

    assert ran.code == 1
    settles = f"verify {order} --state-dir {tool.state_dir} --site https://s.example"
    assert checks(ran)["unsettled"]["todo"] == f"run 'dispute-guard {settles}'"


def test_a_damaged_journal_stays_a_problem_until_its_loss_is_accepted(tool: Tool) -> None:
    """GIVEN a damaged journal WHEN examined THEN exit 1 until the buyer accepts; it is kept."""
    Journal.open(tool.state_dir).close()
    (tool.state_dir / "journal.sqlite3").write_bytes(b"no database at all")

    first = doctor(tool, "--json", "--accept-lost-journal")
    second = doctor(tool, "--json")
    accepted = doctor(tool, "--json", "--accept-lost-journal")

    assert (first.code, checks(first)["journal"]["ok"]) == (1, False)
    assert (second.code, checks(second)["may send"]["ok"]) == (1, False)
    assert accepted.code == 0, accepted.out
    kept = [path.read_bytes() for path in tool.state_dir.glob("*accepted-loss*")]
    assert b"no database at all" in kept


def test_browser_of_a_killed_run_is_ended_and_no_other_process(
    tool: Tool, tmp_path: Path, start: Start
) -> None:
    """GIVEN a killed run whose browser lives WHEN examined THEN that one is ended, no other."""
    browser = next(iter(find_browsers()), None) or own_browser()
    stranger = start(WAITS, SWITCH + "0" * 32)
    assert said(stranger) == "ready"
    run = start(
        RUN_WITH_BROWSER,
        str(tool.state_dir),
        str(browser),
        str(tmp_path / "profile"),
        *sandbox_arguments(),
    )
    pid = int(said(run))
    assert leftovers(tool.state_dir) == ()  # its run is still alive
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert is_running(pid)
    assert [each.pid for each in leftovers(tool.state_dir)] == [pid]

    ran = doctor(tool, "--json")

    assert "closed 1 browser(s)" in checks(ran)["leftovers"]["found"]
    assert not is_running(pid)
    assert stranger.poll() is None
    assert leftovers(tool.state_dir) == ()
    assert list((tool.state_dir / FOLDER).iterdir()) == []


def test_browser_of_a_living_run_is_left_alone_until_the_run_forgets_it(
    tmp_path: Path, start: Start
) -> None:
    """GIVEN a browser of this run WHEN leftovers are ended THEN it lives, until forgotten."""
    marks, record = mark_arguments(tmp_path)
    browser = start(WAITS, *marks)
    assert said(browser) == "ready"
    assert record.stat().st_mode & 0o077 == 0

    assert end_leftovers(tmp_path) == ()
    assert browser.poll() is None

    forget(record)
    assert not psutil.pid_exists(browser.pid)  # already waited for
    assert not record.exists()


def test_a_record_cut_short_or_without_a_process_is_cleared(tmp_path: Path) -> None:
    """GIVEN records of a killed run without a browser THEN they go, other files stay."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / f"{'a' * 32}.json").write_text('{"own', "utf-8")
    (folder / "notes.json").write_text("{}", "utf-8")

    assert end_leftovers(tmp_path) == ()

    assert [path.name for path in folder.iterdir()] == ["notes.json"]


def test_each_path_is_reported_and_a_loss_accepted_on_request(call: Call, tmp_path: Path) -> None:
    """GIVEN a damaged journal THEN it is accepted on request, and each path is reported."""
    (tmp_path / "journal.sqlite3").write_bytes(b"no database at all")
    words = tmp_path / "words.toml"
    words.write_text('lang = "en"\n', "utf-8")
    missing = ("--browser", str(tmp_path / "none"), "--words", str(words))
    where = ("--state-dir", str(tmp_path))

    first = call("doctor", *where, *missing, "--json")
    accepted = call("doctor", *where, *missing, "--accept-lost-journal", "--quiet")

    found = {check["name"]: check for check in first.json["checks"]}
    assert found["state folder"]["found"] == str(tmp_path)
    assert str(words) in found["words"]["found"]
    assert str(tmp_path / "none") in found["browser and guard"]["found"]
    assert not found["journal"]["ok"]
    assert "accepted" in accepted.err
    assert "may send" not in accepted.out


def test_the_config_file_that_counts_is_reported(call: Call, tmp_path: Path) -> None:
    """GIVEN --config WHEN examined THEN the doctor names that file, not the default one."""
    config = tmp_path / "mine.toml"
    config.write_text("", "utf-8")
    words = ("doctor", "--state-dir", str(tmp_path), "--browser", str(tmp_path / "none"), "--json")

    found = {c["name"]: c["found"] for c in call("--config", str(config), *words).json["checks"]}

    assert str(config) in found["config"]


@pytest.mark.parametrize(
    ("scenario", "code"),
    [("waiting-seller", 0), pytest.param("stranger", 5, marks=pytest.mark.further)],
)
def test_the_pages_of_an_order_are_checked(
    tool: Tool, mimic: Mimic, scenario: str, code: int
) -> None:
    """GIVEN an order THEN each page says what was recognised; what is missing comes with its lines."""
    site = mimic(scenario, **CALM)
    order = disputed_order(site)

    ran = tool.run("doctor", order, "--json", site=site)

    assert ran.code == code, ran.out + ran.err
    site.ledger.assert_no_writes()
    states = {part["landmark"]: part["state"] for page in ran.json["pages"] for part in page["landmarks"]}  # fmt: skip
    needed = {"the card of an order", "the order's number", "the way to your dispute", "the status line", "what the status means", "Cancel Request"}  # fmt: skip
    if code == 0:
        assert {states[name] for name in needed} == {"known"}
        assert ran.json["lines"] == []
        assert all(page["passed"] for page in ran.json["pages"])
    else:
        assert {states[name] for name in needed} == {"missing"}
        assert "words.sv.labels.dispute_entry" in " ".join(ran.json["lines"])
        assert "mtop.ae.shelf.cardView" in {
            call["name"] for call in ran.json["pages"][0]["held_back"]
        }
        assert f"dispute-guard teach {order}" in ran.json["error"]["hint"]
