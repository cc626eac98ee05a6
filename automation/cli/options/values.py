"""Types of option values, with clear errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable


def nearest(given: str, known: Iterable[str], *, most: int = 1, alike: float = 0.6) -> list[str]:
    """The known words that are spelled most alike, the nearest first.

    Args:
        alike: how much of a word has to be the same, at least.
    """
    from difflib import get_close_matches  # no part of a start without a slip

    return get_close_matches(given, list(known), n=most, cutoff=alike)


class Count(click.IntRange):
    """A whole number in a range, named so in errors."""

    name = "whole number"

    def _describe_range(self) -> str:
        """The range as text, for the help."""
        return f"{self.min} to {self.max}"


class FilePath(click.Path):
    """A path; an empty one comes from a variable that was not set, and is refused."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """The path, if it is not empty."""
        if not str(value).strip():
            self.fail("empty path; give a path or omit the option", param, ctx)
        return super().convert(value, param, ctx)


class Text(click.types.StringParamType):
    """A text; an empty one would count as if the option was not given, and is refused."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text, if it is not empty."""
        text = str(super().convert(value, param, ctx))
        if not text.strip():
            self.fail("empty value; give one or omit the option", param, ctx)
        return text


class Word(click.Choice[str]):
    """One of several words; hyphens and underscores are the same."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The word as it is listed."""
        spelled = {self._plain(word): word for word in self.choices}
        known = spelled.get(self._plain(str(value)))
        if known is None and (near := nearest(self._plain(str(value)), spelled, most=2)):
            meant = " or ".join(repr(spelled[each]) for each in near)
            self.fail(f"{str(value)[:40]!r} is not one of them; did you mean {meant}?", param, ctx)
        return super().convert(known or value, param, ctx)

    @staticmethod
    def _plain(word: str) -> str:
        return word.strip().replace("_", "-").casefold()


class Seconds(click.FloatRange):
    """A number of seconds in a range; refuses "nan", which passes every comparison."""

    name = "number of seconds"

    def _describe_range(self) -> str:
        """The range as text, for the help."""
        return f"{self.min:g} to {self.max:g}"

    def convert(
        self, value: float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds, if they are a number."""
        seconds: float = super().convert(value, param, ctx)
        if seconds != seconds:  # noqa: PLR0124  only "not a number" differs from itself
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds
