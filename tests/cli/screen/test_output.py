"""Documents, errors with their next step, and the progress of a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.answer import Step
from automation.aliexpress.walk.progress import StepRecord
from automation.cli.screen.output import Progress, emit_error, print_json, wants_json
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


@pytest.mark.parametrize(
    ("words", "variable", "wanted"),
    [
        (["list", "--json"], "", True),
        (["list"], "", False),
        (["list"], "1", True),
        (["list"], " YES ", True),
        (["list"], "off", False),
        (["list"], "0", False),
        (["cancel", "--", "--json"], "", False),
        (["cancel", "--json", "--", "x"], "", True),
    ],
)
def test_json_is_wanted_even_if_nothing_can_be_parsed(
    monkeypatch: pytest.MonkeyPatch, words: list[str], variable: str, wanted: bool
) -> None:
    """GIVEN the bare words of a call and the variable THEN whether its answer is one document."""
    monkeypatch.setenv("DISPUTE_GUARD_JSON", variable)

    assert wants_json(words) is wanted


def test_a_document_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN page text that rewrites a terminal THEN it stands there as escapes, and is the same text."""
    text = "\x1b[2J\u202e Wörter"

    print_json({"what": text})

    out = capsys.readouterr().out
    assert out.isascii()
    assert "\x1b" not in out
    assert json.loads(out) == {"what": text}


def problem() -> ToolError:
    """An error before any run."""
    return ToolError(
        "no such thing", code=ErrorCode.USAGE, exit_code=ExitCode.USAGE, hint="do this"
    )


@pytest.mark.parametrize(
    ("command", "claims"), [("cancel", True), ("verify", False), ("rules", False), ("", False)]
)
def test_only_an_early_end_of_cancel_claims_that_nothing_was_sent(
    capsys: pytest.CaptureFixture[str], command: str, claims: bool
) -> None:
    """GIVEN an error before a run THEN cause and next step, and for ``cancel`` what it sent."""
    emit_error(problem(), [], as_json=False, command=command)

    lines = [line.strip() for line in capsys.readouterr().err.splitlines()]
    claim = ["nothing was sent"] if claims else []
    assert lines == ["dispute-guard: no such thing", *claim, "next: do this"]


@pytest.mark.parametrize(
    ("command", "outcome"), [("cancel", "not_done"), ("verify", "unknown"), ("advise", None)]
)
def test_an_early_end_has_the_fields_of_its_command(
    capsys: pytest.CaptureFixture[str], command: str, outcome: str | None
) -> None:
    """GIVEN ``--json`` THEN the fields that scripts rely on; a verify claims nothing."""
    emit_error(problem(), [], as_json=True, command=command)

    told = json.loads(capsys.readouterr().out)
    assert (told["exit_code"], told["error"]["code"]) == (2, "usage")
    assert told.get("outcome") == outcome
    assert "verdict" in told


def test_other_commands_have_the_error_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a command without such fields THEN exit code and error."""
    emit_error(problem(), ["cancel"], as_json=True, command="rules")

    assert json.loads(capsys.readouterr().out).keys() == {"exit_code", "error"}


@pytest.mark.parametrize("words", [("rules", "cancel"), ("rules", "verify")])
def test_a_word_that_is_spelled_like_a_command_is_none(call: Call, words: tuple[str, ...]) -> None:
    """GIVEN an argument such as ``cancel`` THEN the error is not told as that of a cancel."""
    assert call(*words, "--json").json.keys() == {"exit_code", "error"}
    assert "nothing was sent" not in call(*words).err


def test_a_config_file_of_that_name_is_no_command(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a missing config file named ``cancel`` THEN a verify never ends as not done."""
    monkeypatch.chdir(tmp_path)

    told = call("--config", "cancel", "verify", "8190000000000001", "--json").json

    assert (told["command"], told["outcome"]) == ("verify", "unknown")


@pytest.mark.parametrize(
    ("evidence", "exists", "named"),
    [("/state/drift/1", True, "see"), ("/p/order/index.html", False, "page"), ("the site", False, "see")],
)  # fmt: skip
def test_evidence_is_a_file_or_a_page(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, evidence: str, exists: bool, named: str
) -> None:
    """GIVEN where to look THEN a file of this machine is to be seen, a path of the site is a page."""
    error = problem()
    error.evidence = str(tmp_path) if exists else evidence

    emit_error(error, [], as_json=False, command="")

    assert f"  {named}: {error.evidence}" in capsys.readouterr().err


def test_progress_for_scripts_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a script THEN neither steps nor messages; for a person both (control)."""
    record = StepRecord(step=Step.MY_ORDERS, page="My Orders", seconds=1.5, note="3 orders")
    for on in (False, True):
        progress = Progress(on=on)
        progress.step(record)
        progress.say("a word")

        told = capsys.readouterr()
        assert told.out == ""
        lines = told.err.splitlines()
        assert [" ".join(line.split()) for line in lines] == (
            ["1.50 s my orders My Orders – 3 orders", "a word"] if on else []
        )
