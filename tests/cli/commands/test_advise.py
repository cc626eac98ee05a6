"""``advise`` on a file of facts: one object, or one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

import pytest

from automation.aliexpress.advice_answer import AdvisedLines
from automation.cli.commands import advise as advise_command
from automation.cli.prompts import interview
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Reason
from tests.cli.calls import ORDER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


def test_facts_from_a_file(call: Call, tmp_path: Path) -> None:
    """GIVEN a file of facts THEN they decide."""
    file = tmp_path / "facts.json"
    file.write_text('{"dispute_status": "final_decision"}', "utf-8")

    ran = call("advise", "--facts", str(file), "--json")

    assert (ran.code, ran.json["verdict"]) == (3, "block")
    assert call("advise", "--facts", str(file), "--quiet").out == "block\n"


SAFE = (
    '{"dispute_status": "waiting_seller", "buyer_reason": "package_arrived", "item_received": true,'
    ' "item_verified": true, "protection_deadline": "2026-12-24T00:00:00Z", "edits_used": 0,'
    ' "now": "2026-11-01T00:00:00Z", "account_role": "buyer", "open_disputes_in_order": 1,'
    ' "visible_buttons": ["Cancel Request"]}'
)
FINAL = '{"dispute_status": "final_decision", "now": "2026-11-01T00:00:00Z"}'


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of a safe and a final dispute, with an empty line between them."""
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{SAFE}\r\n\n{FINAL}\n", "utf-8")
    return file


def test_each_line_of_a_file_has_its_verdict(call: Call, lines: Path) -> None:
    """GIVEN one object a line THEN one document with an answer for each; the worst decides."""
    ran = call("advise", "--facts", str(lines), "--json")

    told = AdvisedLines.model_validate(ran.json)
    assert [(each.line, each.verdict, each.exit_code) for each in told.answers] == [
        (1, "allow", 0),
        (3, "block", 3),
    ]
    assert (ran.code, told.exit_code) == (3, 3)


def test_lines_have_the_verdicts_of_files(call: Call, tmp_path: Path, lines: Path) -> None:
    """GIVEN the same facts in a file of their own THEN the same answer, but for the line."""
    for line, facts in ((0, SAFE), (1, FINAL)):
        (tmp_path / "one.json").write_text(facts, "utf-8")
        alone = call("advise", "--facts", str(tmp_path / "one.json"), "--json").json
        told = call("advise", "--facts", str(lines), "--json").json["answers"][line]
        assert alone == {name: told[name] for name in told if name != "line"}


def test_good_lines_end_well(call: Call, tmp_path: Path) -> None:
    """GIVEN safe lines only THEN exit 0; the name of the file may be in capitals."""
    file = tmp_path / "CASES.JSONL"
    file.write_text(f"{SAFE}\n{SAFE}", "utf-8")

    assert call("advise", "--facts", str(file), "--quiet").code == 0


def test_lines_for_scripts_and_people(
    call: Call, monkeypatch: pytest.MonkeyPatch, lines: Path
) -> None:
    """GIVEN --quiet THEN line and verdict; else a table with the rules, or cards where it is narrow."""
    assert call("advise", "--facts", str(lines), "--quiet").out == "1\tallow\n3\tblock\n"

    for columns in ("120", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        told = call("advise", "--facts", str(lines)).out
        assert "status-final" in told
        assert "2 lines: 1 block, 0 warn, 1 allow" in " ".join(told.split())
        assert max(map(len, told.splitlines())) <= int(columns)


def test_what_the_buyer_says_holds_for_each_line(call: Call, lines: Path) -> None:
    """GIVEN an option beside the file THEN it changes each line."""
    ran = call("advise", "--facts", str(lines), "--not-received", "--quiet")

    assert ran.out.splitlines()[0] != "1\tallow"


def test_a_bad_line_is_one_error_that_names_it(call: Call, tmp_path: Path) -> None:
    """GIVEN a slip in line 2 THEN exit 2, file, line and nearest name, and no verdict at all."""
    file = tmp_path / "cases.jsonl"
    file.write_text(f'{SAFE}\n{{"edits_usd": 1}}\n', "utf-8")

    ran = call("advise", "--facts", str(file), "--json")

    assert (ran.code, ran.json["verdict"]) == (2, None)
    assert ran.json["error"]["message"].startswith("cases.jsonl, line 2: ")
    assert ran.json["error"]["hint"] == 'did you mean "edits_used"?'


def test_many_facts_are_not_those_of_one_order(call: Call, lines: Path) -> None:
    """GIVEN ORDER beside many facts THEN a usage error, and no browser."""
    ran = call("advise", ORDER, "--facts", str(lines), "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"], ran.sessions) == (2, "usage", [])


def test_advice_without_a_word_asks(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a terminal and nothing said THEN it asks; with a word, JSON or --quiet it does not."""
    asked: list[float] = []

    def read(seconds: float) -> str:
        asked.append(seconds)
        return "6\n"

    monkeypatch.setattr(advise_command, "is_terminal", lambda: True)
    monkeypatch.setattr(interview, "read_line", read)

    ran = call("advise")

    assert (ran.code, len(asked)) == (3, 1)
    assert "A fair agreement" in ran.out
    for words in (("--because", "other"), ("--json",), ("--quiet",)):
        assert "Why would you" not in call("advise", *words).err
    assert len(asked) == 1


def test_advice_on_an_order_asks_only_what_its_pages_cannot_show(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN ORDER and a mistaken claim THEN two questions, and the pages are read with the answers."""
    typed = ["5", ""]
    monkeypatch.setattr(advise_command, "is_terminal", lambda: True)
    monkeypatch.setattr(interview, "read_line", lambda _: f"{typed.pop(0)}\n")
    monkeypatch.setattr(interview, "is_waiting", lambda _: False)

    ran = call("advise", f"Order ID: {ORDER}", "--site", "http://127.0.0.1:9", opens=False)

    assert (typed, ran.request.order_id) == ([], ORDER)
    assert ran.request.said.buyer_reason is Reason.FILED_BY_MISTAKE


@pytest.mark.parametrize(("code", "written"), [(ExitCode.REFUSED, True), (ExitCode.FAILED, False)])
def test_who_is_told_to_keep_the_dispute_gets_its_deadlines(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    code: ExitCode,
    written: bool,
) -> None:
    """GIVEN advice that refuses WHEN a calendar is asked for THEN it is written; not after a failure."""

    def stops(*_: object) -> Never:
        raise ToolError("stopped", code=ErrorCode.REFUSED, exit_code=code)

    monkeypatch.setattr("automation.aliexpress.run.run_advise", stops)
    file = tmp_path / "deadlines.ics"
    ends = ("--protection-ends", "2036-12-24")
    words = ("--because", "wait-longer", "--site", "http://127.0.0.1:9")

    ran = call("advise", ORDER, *words, *ends, "--calendar", str(file), opens=False)

    assert (ran.code, file.exists()) == (code, written)


def test_a_calendar_that_cannot_be_written_is_the_one_document(call: Call, tmp_path: Path) -> None:
    """GIVEN a folder that is not there THEN one JSON document, with the error and its exit code."""
    ends = ("--protection-ends", "2036-12-24", "--calendar", str(tmp_path / "no" / "x.ics"))

    ran = call("advise", "--because", "filed-by-mistake", *ends, "--json")

    assert (ran.code, ran.json["exit_code"]) == (1, 1)
    assert "x.ics" in ran.json["error"]["message"]
