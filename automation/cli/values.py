"""Types of option values, with clear errors."""

from __future__ import annotations

from typing import Any

import click


class Count(click.IntRange):
    """A whole number in a range, named so in errors."""

    name = "whole number"


class FilePath(click.Path):
    """A path; an empty one comes from a variable that was not set, and is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if it is not empty."""
        if not str(value):
            self.fail("empty path; give a path or omit the option", param, ctx)
        return super().convert(value, param, ctx)


class Message(click.types.StringParamType):
    """A message; in a variable, each line is one message."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The messages in a variable."""
        return [line for line in rv.splitlines() if line.strip()]


class Seconds(click.FloatRange):
    """A number of seconds in a range; refuses "nan", which passes every comparison."""

    name = "number of seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds, if they are a number."""
        seconds: float = super().convert(value, param, ctx)
        if seconds != seconds:  # noqa: PLR0124  only "not a number" differs from itself
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds
