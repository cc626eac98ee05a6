"""The JSON contract of the commands that cancel nothing."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from pydantic import ValidationError

import automation.cli
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


@pytest.mark.parametrize("command", sorted({*COMMANDS, "history"}))
def test_a_usage_error_is_a_part_of_it(command: str) -> None:
    """GIVEN a call that ended before it began THEN its document keeps to the schema."""
    document = {"exit_code": 2, "error": REFUSED.as_json()}

    contract_of(command).validate_python(document)
    with pytest.raises(ValidationError, match="surprise"):
        contract_of(command).validate_python(document | {"surprise": 1})


def commands() -> dict[str, click.Command]:
    """Every command of the command line."""
    with click.Context(group, **group.context_settings) as ctx:
        found = {name: group.get_command(ctx, name) for name in group.list_commands(ctx)}
    return {name: command for name, command in found.items() if command}


def test_every_document_has_a_schema() -> None:
    """GIVEN any command with --json THEN it publishes a schema of objects without other keys."""
    options = {name: {o for p in each.params for o in p.opts} for name, each in commands().items()}
    with_json = {name for name, given in options.items() if "--json" in given}

    assert with_json == {name for name, given in options.items() if "--json-schema" in given}
    for name in with_json:
        assert published(name) == contract_of(name).json_schema()
    assert with_json >= COMMANDS


def documents_without_a_model(source: str) -> list[int]:
    """The lines where a document is printed that no model made."""
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    printed = [each for each in calls if getattr(each.func, "id", "") == "print_json"]
    return [each.lineno for each in printed if not _is_of_a_model(each.args[0])]


def _is_of_a_model(document: ast.expr) -> bool:
    if not isinstance(document, ast.Call):
        return False
    name = getattr(document.func, "attr", "") or getattr(document.func, "id", "")
    return name == "as_json" or name.endswith("schema")


def test_every_document_is_made_by_a_model() -> None:
    """GIVEN a command that prints JSON THEN no document is put together by hand, but an error's."""
    cli = Path(automation.cli.__file__).parent
    found = {
        path.relative_to(cli).as_posix(): lines
        for path in cli.rglob("*.py")
        if (lines := documents_without_a_model(path.read_text("utf-8")))
    }

    assert list(found) == ["screen/output.py"]  # an error beside what its run knew
    assert len(found["screen/output.py"]) == 1
    assert documents_without_a_model('print_json({"ok": True})\nprint_json(told.as_json())') == [1]


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
