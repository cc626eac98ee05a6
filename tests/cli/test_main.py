from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from automation.cli.main import run
from tests.conftest import disputed_order

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic

ORDER = "8190000000000001"
BECAUSE = ("--because", "package-arrived")
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x1b[8mWaiting \u202e02 yad\u202c"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["cancel", "--json"], 2),
        (["cancel", "12", *BECAUSE, "--json"], 2),
        (["cancel", ORDER, *BECAUSE, "--json"], 2),
        (["cancel", ORDER, "--json", "--because", "boredom"], 2),
        (["cancel", ORDER, *BECAUSE, "--dry-rum", "--json"], 2),
        (["cancel", ORDER, *BECAUSE, "--json", "--plan"], 2),
        (["verify", "--json"], 2),
        (["advise", "--json", "--money", "lots"], 2),
        (["advise", "--json", "--facts", "missing.json"], 2),
        (["cancl", "--json"], 2),
        (["--json"], 2),
        (["--config", "missing.toml", "cancel", ORDER, "--json"], 2),
        (["rules", "F99", "--json"], 2),
        (["history", "0", "--json"], 2),
        (["serve", "no-such-scenario", "--json"], 2),
        (["login", "--headless", "--json"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_errors_are_one_document(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN an invalid call WHEN JSON is asked for THEN one document and nothing else."""
    assert run(words) == code

    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document["exit_code"] == code
    assert set(document["error"]) == {"code", "message", "hint", "evidence"}
    assert document["error"]["message"]
    assert told.err == ""
    if "cancel" in words:
        assert (document["command"], document["outcome"]) == ("cancel", "not_done")


def test_ctrl_c_is_one_document(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN Ctrl-C before a browser opens THEN exit 130 and one document."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rules.advise_on_words", interrupted)

    assert run(["advise", "--because", "other", "--json"]) == 130
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "interrupted"


def test_a_bare_call_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN no command THEN the help and exit 0."""
    assert run([]) == 0

    told = capsys.readouterr()
    assert told.out.startswith("Usage: dispute-guard")
    assert "install" not in told.err


@pytest.mark.parametrize(
    ("typed", "meant"), [("cancl", "cancel"), ("Verify", "verify"), ("lst", "list")]
)
def test_a_command_with_a_slip_is_named(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a misspelt command THEN exit 2 and a suggestion."""
    assert run([typed]) == 2
    assert f"Did you mean {meant}" in capsys.readouterr().err


def test_a_command_like_no_other_gets_no_guess(capsys: pytest.CaptureFixture[str]) -> None:
    """Control: no suggestion if no command is close."""
    assert run(["xyzzy"]) == 2
    assert "Did you mean" not in capsys.readouterr().err


@pytest.mark.further
def test_a_status_of_the_page_obeys_nobody(
    mimic: Mimic, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN a status with escapes WHEN shown THEN its words alone (control: a bare terminal)."""
    site = mimic("quick", dispute={"status_text": HOSTILE})
    origins = ["--site", site.url, "--gateway", site.gateway_url]
    words = ["verify", disputed_order(site), *origins, "--state-dir", str(tmp_path)]

    with ThreadPoolExecutor(1) as thread:
        thread.submit(run, words).result()

    shown = capsys.readouterr()
    assert "Waiting" in shown.out
    assert [char for char in ("\x1b", "\u202e") if char in shown.out + shown.err] == []


@pytest.mark.further
def test_streams_that_were_closed_do_not_stop_a_run(tmp_path: Path) -> None:
    """GIVEN three closed streams WHEN an unreachable site is listed THEN its own exit code."""
    where = f"--site http://127.0.0.1:9 --state-dir {tmp_path} --timeout 5"
    command = f"{sys.executable} -m automation list {where} <&- >&- 2>&-"

    assert subprocess.run(["/bin/sh", "-c", command], check=False).returncode == 1
    assert not (tmp_path / "faults").exists()
