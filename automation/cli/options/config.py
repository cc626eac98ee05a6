"""Options from the config file and the environment; risks only on the command line.

Click applies both: the file as its default map, variables by their prefix. This module
checks them first, so that an unknown key or variable is an error and not a setting that
somebody relies on.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click
from click.core import ParameterSource
from msgspec import Struct
from platformdirs import user_config_path

from automation.cli.call import Call
from automation.cli.options.values import FilePath, nearest
from automation.text import system_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Table = Mapping[str, object]

CONFIG_FILE = "config.toml"
PREFIX: Final = "DISPUTE_GUARD"
_LARGEST: Final = 256 * 1024
_ALL: Final = "docs/configuration.md has all that are known"
_IN_THE_CALL: Final = "can only be set on the command line"
_NUMBER: Final = (click.IntRange, click.FloatRange)
# Options whose text may be a number or a moment, which TOML has without quotes.
_ALSO: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(("item", "replacement", "attach"), (int,)),
    **dict.fromkeys(("delivered", "protection_ends"), (date,)),
}
_ELSEWHERE: Final = frozenset((ParameterSource.ENVIRONMENT, ParameterSource.DEFAULT_MAP))


class CallOnly(click.Option):
    """An option that accepts a risk, or decides whether this call sends anything.

    It counts only on the command line. A file or variable that was set long ago, or under
    a wrong name, must not decide it.
    """

    @property
    def refusal(self) -> str:
        """Why a file or a variable cannot set it."""
        return f"{self.opts[0]} {_IN_THE_CALL}"

    def consume_value(
        self, ctx: click.Context, opts: Mapping[str, click.Parameter]
    ) -> tuple[object, ParameterSource]:
        """The value on the command line, or the default.

        Raises:
            click.UsageError: a file or a variable sets it.
        """
        value, source = super().consume_value(ctx, opts)
        if source in _ELSEWHERE:
            raise click.UsageError(self.refusal, ctx)
        return value, source


class _Setting(Struct, frozen=True):
    """An option under one of its names; ``negated`` for the name that turns it off."""

    option: click.Option
    negated: bool = False

    @property
    def refusal(self) -> str:
        """Why a file or variable cannot set it; empty if it can."""
        return self.option.refusal if isinstance(self.option, CallOnly) else ""

    def value(self, raw: object) -> object:
        """A file's value as Click expects it.

        Raises:
            click.BadParameter: the option does not take this value.
            ValueError: nor any of this type.
        """
        if self.option.is_flag:
            if not isinstance(raw, bool):
                raise ValueError("must be true or false")
            return raw != self.negated
        if isinstance(raw, list) and not self.option.multiple:
            raise ValueError("must be one value, not a list")
        values = tuple(map(self._checked, raw if isinstance(raw, list) else (raw,)))
        return values if self.option.multiple else values[0]

    def _checked(self, raw: object) -> str:
        """One value as it would be typed; what a path leads to matters only to a command that uses it.

        Raises:
            click.BadParameter: the option does not take it.
            ValueError: nor does any other.
        """
        value = _single(raw)
        if not isinstance(self.option.type, click.Path):
            self.option.type.convert(value, self.option, None)
        if not isinstance(raw, self._types):
            is_number = isinstance(self.option.type, _NUMBER)
            wanted = "must be a number, without quotes" if is_number else "must be in quotes"
            raise ValueError(wanted)  # noqa: TRY004  one kind of error
        return value

    @property
    def _types(self) -> tuple[type, ...]:
        """The types of TOML that a value of the option can have."""
        if isinstance(self.option.type, _NUMBER):
            return int, float
        return str, *_ALSO.get(self.option.name or "", ())


class _KeyError(ValueError):
    """What is wrong with a key of the file.

    Args:
        path: the tables that it is in, and the key.
    """

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.path = path


def _single(raw: object) -> str:
    """One value as it would be typed.

    Raises:
        ValueError: it cannot be typed.
    """
    if isinstance(raw, (date, datetime, time)):
        return raw.isoformat()
    if isinstance(raw, bool):
        raise ValueError("must be a value, not true or false")  # noqa: TRY004  one kind of error
    if isinstance(raw, (str, int, float)):
        return str(raw)
    raise ValueError(f"must be a value, not a {'list' if isinstance(raw, list) else 'table'}")


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
            near = _near(name, commands)
            meant = f"did you mean [{near}]?" if near else "see 'dispute-guard --help'"
            raise _KeyError(f"[{name}] is not a command; {meant}", name)
    every = [pair for settings in commands.values() for pair in settings.items()]
    # A key only allowed on the command line gets that message in the table of any command.
    risks = {key: setting for key, setting in every if setting.refusal}
    for key in shared:
        _setting(key, dict(every) | risks)
    result, owners = {}, _owners(commands)
    for name, settings in commands.items():
        mine = {key: value for key, value in shared.items() if _plain(key) in settings}
        own = _values(tables.get(name, {}), settings | risks, name)
        result[name] = _values(mine, settings, owners=owners) | own
    return result


def _owners(commands: Mapping[str, Mapping[str, _Setting]]) -> dict[str, str]:
    """The command of each key that only one has."""
    counts = Counter(key for settings in commands.values() for key in settings)
    return {
        key: name for name, settings in commands.items() for key in settings if counts[key] == 1
    }


def _values(
    table: Table,
    settings: Mapping[str, _Setting],
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
        owner = (owners or {}).get(_plain(key))
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


def _setting(key: str, settings: Mapping[str, _Setting], *inside: str) -> _Setting:
    found, where = settings.get(_plain(key)), "".join(f"[{each}] " for each in inside)
    if found is None:
        near = _near(_plain(key), settings)
        if not near:
            raise _KeyError(f"{where}unknown key {key!r}; {_ALL}", *inside, key)
        also = f" ({settings[near].refusal})" if settings[near].refusal else ""
        spelled = near.replace("_", "-")
        meant = f"did you mean {spelled!r}{also}?"
        raise _KeyError(f"{where}unknown key {key!r}; {meant}", *inside, key)
    if found.refusal:
        raise _KeyError(f"{where}{key!r} is not allowed: {found.refusal}", *inside, key)
    return found


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
            near = bare.get(_near(name.upper().removeprefix(f"{PREFIX}_"), bare), "")
            if not near:
                raise ValueError(f"unknown variable {name}; {_ALL}")
            also = f" ({known[near]})" if known[near] else ""
            raise ValueError(f"unknown variable {name}; did you mean {near}{also}?")


def _known_variables(commands: Mapping[str, Mapping[str, _Setting]]) -> dict[str, str]:
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


def commands_of(group: click.Group) -> Iterator[tuple[str, dict[str, _Setting]]]:
    """Every command, with its options under all names that a file may use."""
    with click.Context(group, **group.context_settings) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            options = [p for p in command.params if isinstance(p, click.Option)] if command else []
            yield name, {key: setting for each in options for key, setting in _keys(each)}


def _keys(option: click.Option) -> Iterator[tuple[str, _Setting]]:
    if option.name:
        yield option.name, _Setting(option)
    for names, negated in ((option.opts, False), (option.secondary_opts, True)):
        for name in names:
            if name.startswith("--"):
                yield _plain(name[2:]), _Setting(option, negated)


def _near(name: str, known: Iterable[str]) -> str:
    """The most similar known name; empty if none is similar enough to be meant."""
    return next(iter(nearest(name, known)), "")


def _plain(name: str) -> str:
    return name.replace("-", "_")


def _upper(name: str) -> str:
    return _plain(name).upper()


config_option = click.option(
    "--config",
    type=FilePath(path_type=Path, dir_okay=False),
    callback=_load,
    expose_value=False,
    is_eager=True,
    metavar="FILE",
    help="TOML file with options (default: config.toml in the config folder).",
)
