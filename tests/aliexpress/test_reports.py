"""The JSON contract of the commands that cancel nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from automation.aliexpress.reports import (
    COMMANDS,
    LoginReport,
    SessionReport,
    contract_of,
)
from automation.cli.main import group
from automation.errors import ErrorCode, ExitCode, ToolError

REFUSED = ToolError("no", code=ErrorCode.USAGE, exit_code=ExitCode.USAGE)


def published(command: str) -> dict[str, Any]:
    """What ``COMMAND --json-schema`` prints, without its arguments."""
    done = CliRunner().invoke(group, [command, "--json-schema"])
    assert (done.exit_code, done.stderr) == (0, "")
    schema: dict[str, Any] = json.loads(done.stdout)
    return schema


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_schema_is_published(command: str) -> None:
    """GIVEN --json-schema THEN the schema of that command, which allows no other key."""
    schema = published(command)

    assert schema == contract_of(command).json_schema()
    models = [each for each in schema["$defs"].values() if each["type"] == "object"]
    assert {each["additionalProperties"] for each in models} == {False}
    reports = [each for each in models if "command" in each["properties"]]
    assert {each["properties"]["command"]["const"] for each in reports} == {command} - {"rules"}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_usage_error_is_a_part_of_it(command: str) -> None:
    """GIVEN a call that ended before it began THEN its document keeps to the schema."""
    document = {"exit_code": 2, "error": REFUSED.as_json()}

    contract_of(command).validate_python(document)
    with pytest.raises(ValidationError, match="surprise"):
        contract_of(command).validate_python(document | {"surprise": 1})


def test_what_there_is_nothing_to_say_about_is_left_out() -> None:
    """GIVEN no saved file and no error THEN no such keys; an open question stays, as null."""
    told = SessionReport(signed_in=None, mode="attach", where="here").as_json()

    assert told == {
        "command": "session",
        "signed_in": None,
        "who": None,
        "mode": "attach",
        "where": "here",
        "since": None,
        "file": None,
        "profile": None,
        "exit_code": 0,
    }
    assert list(told)[-1] == "exit_code"
    kept = SessionReport(signed_in=True, mode="file", where="here", kept="now", age_seconds=0)
    assert kept.as_json()["age_seconds"] == 0


def test_an_error_stands_at_the_end() -> None:
    """GIVEN the report of a run that failed THEN it is the same document with its error."""
    told = LoginReport(signed_in=False).as_json() | {"exit_code": 4, "error": REFUSED.as_json()}

    report = contract_of("login").validate_python(told)

    assert isinstance(report, LoginReport)
    assert report.as_json() == told
