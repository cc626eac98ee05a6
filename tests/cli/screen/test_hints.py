from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

import automation
from automation.cli.main import group
from automation.cli.screen.hints import with_command
from automation.errors import Hint

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(str(automation.__file__)).parent
README = PACKAGE.parent / "README.md"
CALL = re.compile(r"dispute-guard(?: --config \S+)? ([a-z][a-z-]*)([^'`\n|]*)")
# A command to type is quoted, on a line of its own, or in code; in prose it is just a name.
TYPED = re.compile(r"['`]dispute-guard [^'`]*['`]|^ +(?:\$ )?dispute-guard .*$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OF_OTHER_PROGRAMS = {"--remote-debugging-port", "--remote-allow-origins", "--user-data-dir"}


def options_of(command: click.Command) -> set[str]:
    """Every spelling of every option."""
    names = [(*p.opts, *p.secondary_opts) for p in command.params]
    return {*chain.from_iterable(names), "--help"}


def commands() -> dict[str, set[str]]:
    """Commands with their options, from Click's own tree."""
    context = click.Context(group)
    found = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found[name] = options_of(command)
    return found


COMMANDS = commands()
ALL_OPTIONS = {*chain.from_iterable(COMMANDS.values()), *options_of(group), *OF_OTHER_PROGRAMS}


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Texts of a module with their lines; an X replaces each placeholder."""
    parts: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield node.lineno, "".join(_piece(part) for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in parts:
            yield node.lineno, str(node.value)


def _piece(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "X"


def wrong(text: str) -> list[str]:
    """Commands and options in a text that do not exist."""
    if OPTION.match(text):
        return []  # an argument for another program, or the declaration of an option
    strays = [name for name in OPTION.findall(text) if name not in ALL_OPTIONS]
    for typed in TYPED.findall(text):
        for name, rest in CALL.findall(typed):
            if name not in COMMANDS:
                strays.append(f"dispute-guard {name}")
                continue
            strays += [each for each in OPTION.findall(rest) if each not in COMMANDS[name]]
    return strays


def test_texts_name_commands_and_options_that_exist() -> None:
    """GIVEN a hint, message, help text or docstring THEN the commands in it exist."""
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {each}"
        for path in PACKAGE.rglob("*.py")
        for line, text in texts(path.read_text("utf-8"))
        for each in wrong(text)
    ]

    assert found == []


def test_the_readme_names_commands_and_options_that_exist() -> None:
    """GIVEN the README THEN every command and option in it exists."""
    code = re.findall(r"```.*?```|`[^`\n]+`", README.read_text("utf-8"), re.DOTALL)
    other = re.compile(r"(?:uv|pipx|pip|playwright|make|pytest)\b")

    assert [each for text in code if not other.match(text.strip("`")) for each in wrong(text)] == []


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("run 'dispute-guard verify X'", []),
        ("run 'dispute-guard verfy X'", ["dispute-guard verfy"]),
        ("run 'dispute-guard verify X --accept-risk Y'", ["--accept-risk"]),
        ("make a plan with --dry-rum", ["--dry-rum"]),
        ("a run of dispute-guard ended", []),
        ("usage:\n    dispute-guard install --all", ["--all", "dispute-guard install"]),
    ],
)
def test_the_search_would_find_one(text: str, strays: list[str]) -> None:
    """Positive control: unknown names are reported, known ones are not."""
    assert sorted(wrong(text)) == strays


@pytest.mark.parametrize("hint", Hint)
def test_each_hint_of_the_engine_gets_its_command(hint: Hint) -> None:
    """GIVEN a hint of the engine, which names no command THEN the command line adds one."""
    assert "dispute-guard" not in hint
    assert TYPED.search(with_command(hint))


def test_a_command_about_records_names_their_folder() -> None:
    """GIVEN another state folder THEN commands about its records name it, and others do not."""
    folder = Path("/a b")

    assert with_command(Hint.LIST_ATTEMPTS, folder) == (
        "list all attempts with dispute-guard history --state-dir '/a b'"
    )
    assert with_command(Hint.LIST_ATTEMPTS, Path("/ab")) == (
        "list all attempts with 'dispute-guard history --state-dir /ab'"
    )
    assert with_command(Hint.LIST_ATTEMPTS) == "list all attempts with 'dispute-guard history'"
    assert with_command(Hint.SIGN_IN, folder) == with_command(Hint.SIGN_IN)


def test_another_hint_stays_as_it_is() -> None:
    """GIVEN a hint of the site, or none THEN it is not touched."""
    assert (with_command("look at the order"), with_command("")) == ("look at the order", "")


def test_the_engine_knows_no_command() -> None:
    """GIVEN the texts of the engine THEN none names a command to type; the site's do (control)."""

    def naming(folder: str) -> list[str]:
        return [
            f"{path.name}:{line}"
            for path in (PACKAGE / folder).rglob("*.py")
            for line, text in texts(path.read_text("utf-8"))
            if any(name in COMMANDS for name, _ in CALL.findall(text))
        ]

    assert naming("engine") == []
    assert naming("aliexpress")
