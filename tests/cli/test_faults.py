from __future__ import annotations

import asyncio
import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress import run as flow_run
from automation.aliexpress import work
from automation.aliexpress.found import Confirmed, End
from automation.aliexpress.plan.targets import order_target
from automation.cli.main import run
from automation.cli.screen.output import emit_error
from automation.engine.journal import Journal
from automation.engine.outcome import Outcome
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.conftest import GOOD_REASON
from tests.ready.processes import HANGS_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from tests.conftest import Tool
    from tests.shelf import Plans

PRIVATE = "Robin Doe, 12 Main Street, robin@example.com, 8190000000000001"
ORDER = "8190000000000001"
# The real command, with one function of its flow broken after the request was sent.
BROKEN = """
import sys
from automation.aliexpress.cancel import conclusion
def broken(*_):
    raise KeyError({private!r})
assert conclusion.read_reply
conclusion.read_reply = broken
from automation.cli.main import main
main(sys.argv[1:])
"""


def fails(*given: object, **_: object) -> Any:  # noqa: ANN401  stands for any function
    """Raise an error that no function declares."""
    for each in given:
        if asyncio.iscoroutine(each):
            each.close()
    raise KeyError(PRIVATE)


def answer(capsys: pytest.CaptureFixture[str], words: list[str]) -> tuple[int, dict[str, Any]]:
    """Exit code and the one document of a call in this process."""
    code = run(words)
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    document: dict[str, Any] = json.loads(told.out)
    assert document["exit_code"] == code
    return code, document


def breaks_with(monkeypatch: pytest.MonkeyPatch, state: Callable[[Run], None]) -> None:
    """Let a run of ``cancel`` reach a state and then break."""

    def broken(_request: Request, run: Run, _version: str) -> ExitCode:
        state(run)
        return ExitCode(fails())

    monkeypatch.setattr(flow_run, "run_cancel", broken)


def nothing(_run: Run) -> None:
    """Nothing has happened yet."""


def sent(run: Run) -> None:
    """The request may have been sent."""
    run.take(Confirmed(sent=Sent.MAYBE))


def done(run: Run) -> None:
    """Fresh pages have shown that the dispute is cancelled."""
    sent(run)
    run.take(End(Outcome.DONE, verified=True))


@pytest.mark.parametrize(
    ("state", "code", "outcome"),
    [(nothing, 1, "not_done"), (sent, 8, "unknown"), (done, 0, "done")],
)
def test_a_fault_is_one_document_that_knows_what_was_sent(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    state: Callable[[Run], None],
    code: int,
    outcome: str,
) -> None:
    """GIVEN an internal error at any point of a cancel THEN code and outcome are true."""
    breaks_with(monkeypatch, state)
    words = ["cancel", ORDER, *GOOD_REASON, "--dry-run", "--json", "--state-dir", str(tmp_path)]

    got, document = answer(capsys, words)

    assert (got, document["outcome"]) == (code, outcome)
    assert document["error"]["code"] == "internal_error"
    assert ("verify" in document["error"]["hint"]) is (state is sent)


def test_the_evidence_is_private_and_names_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN an error message with a buyer's data THEN its file says where, not what."""
    breaks_with(monkeypatch, nothing)
    words = ["cancel", ORDER, *GOOD_REASON, "--dry-run", "--json", "--state-dir", str(tmp_path)]

    _, document = answer(capsys, words)

    file = Path(document["error"]["evidence"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    text = file.read_text("utf-8")
    assert "KeyError" in text
    assert "automation/cli/commands/cancel.py:" in text
    for part in ("Robin", "Main Street", "example.com", ORDER, str(Path.home())):
        assert part not in text
        assert part not in json.dumps(document["error"]).replace(str(file), "")


def test_a_fault_for_a_person_is_one_line_with_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN an error without --json THEN a line, what to do, and where the details are."""
    breaks_with(monkeypatch, nothing)

    code = run(["cancel", ORDER, *GOOD_REASON, "--dry-run", "--state-dir", str(tmp_path)])

    lines = capsys.readouterr().err.splitlines()
    assert code == 1
    assert lines[0] == "dispute-guard: internal error (KeyError)"
    assert lines[1] == "  nothing was sent"
    assert [line[:7] for line in lines[2:]] == ["  next:", "  see: "]


def test_evidence_that_cannot_be_written_hides_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN a state folder that is a file THEN the same document, without a file."""
    breaks_with(monkeypatch, nothing)
    (tmp_path / "faults").write_text("", "utf-8")
    words = ["cancel", ORDER, *GOOD_REASON, "--dry-run", "--json", "--state-dir", str(tmp_path)]

    code, document = answer(capsys, words)

    assert (code, document["error"]["evidence"]) == (1, "")


@pytest.mark.parametrize(
    ("words", "place", "broken", "code"),
    [
        (["verify", ORDER], flow_run, "run_verify", 8),
        (["advise", ORDER], flow_run, "run_advise", 1),
        (["list"], work, "run_work", 1),
        (["session"], work, "run_work", 1),
        (["capture", ORDER, "new-folder"], work, "run_work", 1),
        (["login", "--headless"], work, "run_for_human", 1),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_each_command_answers_for_its_faults(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    place: ModuleType,
    broken: str,
    code: int,
) -> None:
    """GIVEN an error inside a command THEN one document; verify never says "not done"."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(place, broken, fails)
    where = ["--site", "http://127.0.0.1:9", "--state-dir", str(tmp_path / "state")]

    got, document = answer(capsys, [*words, *where, "--json"])

    assert (got, document["error"]["code"]) == (code, "internal_error")


def test_a_fault_before_any_command_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN an error in a command without a browser THEN one document, in the default folder."""
    monkeypatch.setattr("rules.all_rules", fails)
    monkeypatch.setattr(
        "automation.engine.session.state.default_state_dir", lambda: tmp_path / "state"
    )

    code, document = answer(capsys, ["rules", "--json"])

    assert (code, document["error"]["code"]) == (1, "internal_error")
    assert Path(document["error"]["evidence"]).parent.parent == tmp_path / "state"


@pytest.mark.further
def test_a_fault_after_the_real_request_is_unknown(planned: Plans, tool: Tool) -> None:
    """GIVEN an error between request and answer THEN exit 8, the journal open, one write."""
    site, order, digest = planned("quick")
    words = tool.words("cancel", order, *GOOD_REASON, "--plan", digest, "--json", site=site)

    done = subprocess.run(
        [sys.executable, "-c", BROKEN.format(private=PRIVATE), *words[3:]],
        check=False,
        capture_output=True,
        text=True,
        timeout=HANGS_SECONDS,
    )

    document = json.loads(done.stdout)
    assert (done.returncode, document["outcome"]) == (8, "unknown"), done.stderr
    assert (document["error"]["code"], document["exit_code"]) == ("internal_error", 8)
    assert f"verify {order}" in document["error"]["hint"]
    assert "Traceback" not in done.stderr
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) == 1
    with Journal.open(tool.state_dir) as journal:
        assert len(journal.open_intents(order_target(order))) == 1


@pytest.mark.parametrize("evidence", ["/login", "/" + "x" * 5000, "/a\0b"])
def test_where_it_happened_is_a_page_or_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, evidence: str
) -> None:
    """GIVEN the path of a page THEN it is called one; a file that is there is one to see."""
    for place in (evidence, str(tmp_path)):
        error = ToolError("stopped", code=ErrorCode.SIGNED_OUT, evidence=place)
        emit_error(error, ["list"], as_json=False, command="list")

    page, file = [line for line in capsys.readouterr().err.splitlines() if line[0] == " "]
    assert page.startswith("  page: /")
    assert file == f"  see: {tmp_path}"
