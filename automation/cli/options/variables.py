"""Options from environment variables. Click reads them; an unknown one is refused first."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from automation.cli.options.settings import (
    ALL_KNOWN,
    PREFIX,
    CallOnly,
    commands_of,
    nearest_known,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.cli.options.settings import Setting


def check_variables(group: click.Group, environment: Mapping[str, str]) -> None:
    """Refuse unknown variables with the tool's prefix, and those only allowed as options.

    Raises:
        ValueError: the first of them, with the nearest known one.
    """
    given = sorted(name for name in environment if name.upper().startswith(f"{PREFIX}_"))
    if not given:
        return
    known = _known_variables(dict(commands_of(group)))
    for name in given:
        if known.get(name):
            raise ValueError(f"the variable {name} is not allowed: {known[name]}")
        if name not in known:
            bare = {each.removeprefix(f"{PREFIX}_"): each for each in known}
            near = bare.get(nearest_known(name.upper().removeprefix(f"{PREFIX}_"), bare), "")
            if not near:
                raise ValueError(f"unknown variable {name}; {ALL_KNOWN}")
            also = f" ({known[near]})" if known[near] else ""
            raise ValueError(f"unknown variable {name}; did you mean {near}{also}?")


def _known_variables(commands: Mapping[str, Mapping[str, Setting]]) -> dict[str, str]:
    """Variables that set an option, and those that would set one of the command line only.

    Returns:
        Each with why it is refused; empty if it is not.
    """
    known, risks = {f"{PREFIX}_CONFIG": ""}, {}
    for command, settings in commands.items():
        for key, setting in settings.items():
            if setting.refusal:
                tried = (_upper(part) for part in (key, *(f"{name}_{key}" for name in commands)))
                risks.update({f"{PREFIX}_{name}": setting.refusal for name in tried})
            else:
                known[short_variable(setting.option)] = ""
                known[f"{PREFIX}_{_upper(command)}_{_upper(setting.option.name or '')}"] = ""
    return known | risks


def short_variable(option: click.Option) -> str:
    """The variable that sets this option for every command."""
    long = next((name for name in option.opts if name.startswith("--")), option.opts[0])
    return f"{PREFIX}_{_upper(long.lstrip('-'))}"


def with_variables(command: click.Command) -> click.Command:
    """Give each option of a command its short variable, unless it is for the command line only."""
    for option in command.params:
        if isinstance(option, click.Option) and not isinstance(option, CallOnly):
            option.envvar = option.envvar or short_variable(option)
    return command


def _upper(name: str) -> str:
    return plain(name).upper()


def variable_of(error: click.ClickException) -> str:
    """For the end of an error's message: the variable that gave the value; empty if none did."""
    context, option = getattr(error, "ctx", None), getattr(error, "param", None)
    if context is None or option is None:
        return ""
    if context.get_parameter_source(option.name) is not ParameterSource.ENVIRONMENT:
        return ""
    names = (option.envvar, f"{context.auto_envvar_prefix}_{option.name.upper()}")
    return next((f" (from {name})" for name in names if name and os.environ.get(name)), "")
