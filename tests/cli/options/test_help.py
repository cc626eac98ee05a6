"""The help: options in groups, none twice, and examples that can be typed."""

from __future__ import annotations

import contextlib
import inspect
import shlex

import click
import pytest

from automation.cli.main import PROGRAM, group
from automation.cli.options.help import grouped_options

CONTEXT = click.Context(group, info_name=PROGRAM, **group.context_settings)
COMMANDS = {
    name: found
    for name in group.list_commands(CONTEXT)
    if (found := group.get_command(CONTEXT, name))
}


def examples() -> list[list[str]]:
    """The words of each example in the help of a command."""
    texts = [inspect.cleandoc(command.help or "") for command in (group, *COMMANDS.values())]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [
        shlex.split(line)[1:]
        for line in lines
        if line.startswith(f"{PROGRAM} ") and "|" not in line
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_is_in_one_group(name: str) -> None:
    """GIVEN a command THEN its groups have every option once; what you know is apart."""
    command = COMMANDS[name]
    with click.Context(command, info_name=name, parent=CONTEXT) as context:
        groups = grouped_options(context)

    shown = [row[0] for rows in groups.values() for row in rows]
    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    assert len(shown) == len(set(shown)) == len(options)
    if name in {"advise", "cancel"}:
        assert list(groups)[:2] == ["Options", "What you know"]
        assert "--because REASON" in [row[0] for row in groups["What you know"]]


@pytest.mark.parametrize("words", examples(), ids=" ".join)
def test_an_example_of_the_help_can_be_typed(
    words: list[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its command, options and values are accepted, without running it."""
    folder = tmp_path_factory.mktemp("examples")
    monkeypatch.chdir(folder)
    for name in ("case.json", "cases.jsonl"):
        (folder / name).write_text("{}")
    command = COMMANDS[words[0]]
    with contextlib.suppress(click.exceptions.Exit):
        command.make_context(words[0], words[1:], parent=CONTEXT)


def test_there_are_examples() -> None:
    """The control: most commands have one."""
    assert len({words[0] for words in examples()}) > 8
