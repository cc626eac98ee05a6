"""Another command as a line that can be pasted, with the options that were given to this one."""

from __future__ import annotations

import re
from typing import Final

import click
from click.core import ParameterSource

from automation.cli.screen.shell import command_line
from automation.text import pasted

OF_A_VERIFY: Final = (
    "site", "gateway", "surface", "attach", "connect", "profile", "browser", "words", "allowed_reads", "item",
    "state_dir",
)  # fmt: skip
OF_A_LIST: Final = tuple(name for name in OF_A_VERIFY if name != "item")
OF_A_LOGIN: Final = ("site", "gateway", "profile", "browser", "state_dir")
_OF_A_TEACH: Final = tuple(name for name in OF_A_VERIFY if name != "connect")  # it needs a window
OPTIONS_OF: Final = {
    "advise": OF_A_LIST, "capture": OF_A_LIST, "doctor": OF_A_LIST, "list": OF_A_LIST, "session": OF_A_LIST,
    "login": OF_A_LOGIN, "teach": _OF_A_TEACH, "verify": OF_A_VERIFY,
}  # fmt: skip
# Where a run was is named also if a variable or the config file said so: the command may be pasted
# into another shell.
_WHERE: Final = frozenset({"site", "gateway", "state_dir"})
_TYPED: Final = frozenset({ParameterSource.COMMANDLINE})
_SET: Final = _TYPED | {ParameterSource.ENVIRONMENT, ParameterSource.DEFAULT_MAP}
_SPELLED: Final = {"words": "--site-data", "allowed_reads": "--allow-read"}
_TOLD: Final = re.compile(rf"'dispute-guard ({'|'.join(OPTIONS_OF)})((?: (?!--help)[^' ]+)*)'")


def other_call(name: str, options: tuple[str, ...], *arguments: str) -> str:
    """Another command with those of its options that were given to this one."""
    ctx = click.get_current_context(silent=True)
    words = (word for option in options for word in _given(ctx, option)) if ctx else ()
    return command_line(("dispute-guard", name, *arguments, *words))


def teach_command(order: str) -> str:
    """The call that shows the tool a page's words, in the browser of this one."""
    shown = other_call("teach", _OF_A_TEACH, order)
    return shown if "--attach" in shown else f"{shown} --headed"


def with_given_options(text: str) -> str:
    """A text whose calls of other commands have the order and the options of this one."""
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return text
    order = str(ctx.params.get("order") or "ORDER")
    return _TOLD.sub(lambda found: pasted(_completed(order, *found.groups())), text)


def _completed(order: str, name: str, told: str) -> str:
    arguments = [order if each == "ORDER" else each for each in told.split()]
    if name == "teach":
        return teach_command(arguments[0])
    # A call that names its site is whole: nothing else of this one belongs to that site.
    options = () if "--site" in arguments else OPTIONS_OF[name]
    return other_call(name, options, *arguments)


def _given(ctx: click.Context, name: str) -> list[str]:
    """An option with each of its values, if it was given to this call."""
    source = ctx.get_parameter_source(name)
    if name not in ctx.params or source not in (_SET if name in _WHERE else _TYPED):
        return []
    option = _SPELLED.get(name, f"--{name.replace('_', '-')}")
    return [word for value in _each(ctx.params[name]) for word in (option, _shown(name, value))]


def _shown(name: str, value: object) -> str:
    """The value as it may be printed: an endpoint may hold a key."""
    text = str(value)
    return "ENDPOINT" if name == "connect" and {"@", "?"} & set(text) else text


def _each(value: object) -> tuple[object, ...]:
    """The values of an option: none, one, or those of a repeatable one."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)
