"""The config file that ``config init`` writes: every shared option, as a comment."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Final

from automation.cli.options.buyer_words import BuyerWords
from automation.cli.options.settings import CallOnly, commands_of

if TYPE_CHECKING:
    import click

# What is true of one dispute only, or of one call.
_OF_ONE_CALL: Final = frozenset(BuyerWords.__struct_fields__) | {
    "item", "calendar", "json_schema", "facts",
}  # fmt: skip
_HEAD: Final = """\
# dispute-guard: options for every command that has them. Remove the # before a line to use it.
# An option of one command only goes under its name, such as [cancel].
# --dry-run, --plan, --accept-risk and --accept-warning count only on the command line.
"""


def template(group: click.Group) -> str:
    """A config file with every option that several commands share, as a comment."""
    counts: Counter[str] = Counter()
    options: dict[str, click.Option] = {}
    for _, settings in commands_of(group):
        for option in {id(each.option): each.option for each in settings.values()}.values():
            name = option.opts[0].lstrip("-").replace("-", "_")
            if not isinstance(option, CallOnly) and option.name not in _OF_ONE_CALL:
                counts[name] += 1
                options.setdefault(name, option)
    shared = (name for name in options if counts[name] > 1)
    return _HEAD + "".join(_commented(name, options[name]) for name in shared)


def _commented(name: str, option: click.Option) -> str:
    """An option with its help, as comments."""
    text = textwrap.fill(
        option.help or "", 90, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )
    return f"\n{text}\n#{name} = {_example(option)}\n"


def _example(option: click.Option) -> str:
    """A value of the option's type, as TOML: its default if it has one."""
    if option.is_flag:
        return "true"
    if option.multiple:
        return "[]"
    default = option.to_info_dict()["default"]
    if isinstance(default, (int, float)):
        return str(default)
    return json.dumps(default if isinstance(default, str) else option.metavar or "")
