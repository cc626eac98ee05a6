"""Options from the config file; risks only on the command line.

Click applies the file as its default map. This module checks it first, so that an unknown key
is an error and not a setting that somebody relies on.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click
from platformdirs import user_config_path

from automation.cli.call import Call
from automation.cli.options.settings import ALL_KNOWN, Setting, commands_of, nearest_known, plain
from automation.cli.options.values import FilePath
from automation.cli.options.variables import check_variables
from automation.text import system_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    Table = Mapping[str, object]

CONFIG_FILE = "config.toml"
_LARGEST: Final = 256 * 1024


class _KeyError(ValueError):
    """What is wrong with a key of the file.

    Args:
        path: the tables that it is in, and the key.
    """

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.path = path


def default_config() -> Path:
    """The default path of the config file."""
    return user_config_path("dispute-guard", appauthor=False) / CONFIG_FILE


def _load(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Check the environment, and make the file's values the defaults."""
    group = cast("click.Group", ctx.command)  # no command has this option of its own
    try:
        check_variables(group, os.environ)
    except ValueError as error:
        raise click.UsageError(str(error), ctx) from error
    path, text = value or default_config(), ""
    ctx.ensure_object(Call).config = path
    try:
        text = _read(path) if value or path.exists() else ""
        data = _table(text) if text else {}
        # Without a file, no command is imported to learn its options.
        ctx.default_map = _default_map(group, data) if data else {}
    except OSError as error:
        raise click.BadParameter(f"{path}: {system_words(error)}", ctx, param) from error
    except (ValueError, RecursionError) as error:
        why = (str(error).splitlines() or ["it cannot be read"])[0]
        where = f"{path}{_line_in(text, error)}"
        raise click.BadParameter(f"{where}: {why}", ctx, param) from error


def _table(text: str) -> Table:
    import tomllib  # no part of a start without a file

    return tomllib.loads(text)


def _line_in(text: str, error: Exception) -> str:
    """Which line of the file an error is about, as text; empty if it does not say."""
    if not isinstance(error, _KeyError):
        return ""
    from automation.cli.options.toml_lines import line_of

    number = line_of(text, error.path)
    return f", line {number}" if number else ""


def _read(path: Path) -> str:
    """The file's text.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or not UTF-8.
    """
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError("it is larger than 256 KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text; save it as UTF-8") from None


def _default_map(group: click.Group, data: Table) -> dict[str, dict[str, object]]:
    """Top-level keys apply to every command with that option, tables to one command.

    Raises:
        ValueError: a key is unknown, only allowed on the command line, or has a wrong value.
    """
    commands = dict(commands_of(group))
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    shared = {key: value for key, value in data.items() if key not in tables}
    for name in tables:
        if name not in commands:
            near = nearest_known(name, commands)
            meant = f"did you mean [{near}]?" if near else "see 'dispute-guard --help'"
            raise _KeyError(f"[{name}] is not a command; {meant}", name)
    every = [pair for settings in commands.values() for pair in settings.items()]
    # A key only allowed on the command line gets that message in the table of any command.
    risks = {key: setting for key, setting in every if setting.refusal}
    for key in shared:
        _setting(key, dict(every) | risks)
    result, owners = {}, _owners(commands)
    for name, settings in commands.items():
        mine = {key: value for key, value in shared.items() if plain(key) in settings}
        own = _values(tables.get(name, {}), settings | risks, name)
        result[name] = _values(mine, settings, owners=owners) | own
    return result


def _owners(commands: Mapping[str, Mapping[str, Setting]]) -> dict[str, str]:
    """The command of each key that only one has."""
    counts = Counter(key for settings in commands.values() for key in settings)
    return {
        key: name for name, settings in commands.items() for key in settings if counts[key] == 1
    }


def _values(
    table: Table,
    settings: Mapping[str, Setting],
    *inside: str,
    owners: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """The values of a table, by the names of their options.

    Args:
        inside: the command whose table it is; none for what every command has.
        owners: the command of each key that only one has, where the table does not name it.

    Raises:
        _KeyError: a key is unknown, not allowed, set twice, or has a wrong value.
    """
    values: dict[str, object] = {}
    where = "".join(f"[{each}] " for each in inside)
    for key, raw in table.items():
        setting = _setting(key, settings, *inside)
        name = setting.option.name or ""
        owner = (owners or {}).get(plain(key))
        alone = f"; it is {setting.option.opts[0]} of [{owner}]" if owner else ""
        if name in values:
            raise _KeyError(f"{where}{setting.option.opts[0]} is set twice", *inside, key)
        try:
            values[name] = setting.value(raw)
        except click.BadParameter as error:
            why = error.message.rstrip(".")
            raise _KeyError(f"{where}{key}: {why}{alone}", *inside, key) from error
        except ValueError as error:
            raise _KeyError(f"{where}{key} {error}{alone}", *inside, key) from error
    return values


def _setting(key: str, settings: Mapping[str, Setting], *inside: str) -> Setting:
    found, where = settings.get(plain(key)), "".join(f"[{each}] " for each in inside)
    if found is None:
        near = nearest_known(plain(key), settings)
        if not near:
            raise _KeyError(f"{where}unknown key {key!r}; {ALL_KNOWN}", *inside, key)
        also = f" ({settings[near].refusal})" if settings[near].refusal else ""
        spelled = near.replace("_", "-")
        meant = f"did you mean {spelled!r}{also}?"
        raise _KeyError(f"{where}unknown key {key!r}; {meant}", *inside, key)
    if found.refusal:
        raise _KeyError(f"{where}{key!r} is not allowed: {found.refusal}", *inside, key)
    return found


config_option = click.option(
    "--config",
    type=FilePath(path_type=Path, dir_okay=False),
    callback=_load,
    expose_value=False,
    is_eager=True,
    metavar="FILE",
    help="TOML file with options (default: config.toml in the config folder).",
)
