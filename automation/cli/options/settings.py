"""The settings that a file or a variable may make: options, under every name that they have."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource
from msgspec import Struct

from automation.cli.options.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PREFIX: Final = "DISPUTE_GUARD"
ALL_KNOWN: Final = "docs/configuration.md has all that are known"
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


class Setting(Struct, frozen=True):
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


def commands_of(group: click.Group) -> Iterator[tuple[str, dict[str, Setting]]]:
    """Every command, with its options under all names that a file may use."""
    with click.Context(group, **group.context_settings) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            options = [p for p in command.params if isinstance(p, click.Option)] if command else []
            yield name, {key: setting for each in options for key, setting in _keys(each)}


def _keys(option: click.Option) -> Iterator[tuple[str, Setting]]:
    if option.name:
        yield option.name, Setting(option)
    for names, negated in ((option.opts, False), (option.secondary_opts, True)):
        for name in names:
            if name.startswith("--"):
                yield plain(name[2:]), Setting(option, negated)


def nearest_known(name: str, known: Iterable[str]) -> str:
    """The most similar known name; empty if none is similar enough to be meant."""
    return next(iter(nearest(name, known)), "")


def plain(name: str) -> str:
    """A name of an option as a Python name."""
    return name.replace("-", "_")
