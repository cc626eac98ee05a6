"""Kinds of values that options take, with errors that a person understands."""

from __future__ import annotations

from typing import Any

import click


class Count(click.IntRange):
    """A whole number in a range, which an error calls by that name."""

    name = "whole number"


class FilePath(click.Path):
    """A path; an empty one is a variable that somebody forgot to set, and means no folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, once it names something."""
        if not str(value):
            self.fail("it is empty; give a path or leave the option out", param, ctx)
        return super().convert(value, param, ctx)


class Message(click.types.StringParamType):
    """What somebody wrote; in a variable each line is a message, not each word."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The messages of a variable."""
        return [line for line in rv.splitlines() if line.strip()]


class Seconds(click.FloatRange):
    """A number of seconds in a range; "nan" lies in none, though no comparison says so."""

    name = "number of seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds, once they are a number."""
        seconds: float = super().convert(value, param, ctx)
        if seconds != seconds:  # noqa: PLR0124  only "not a number" differs from itself
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds
