"""This call as a line that asks nothing: as it was typed, and what was answered since."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from automation.cli.options.buyer_words import options_of
from automation.cli.screen.shell import command_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules import Facts

_ENDPOINT: Final = "--connect"


def same_call(typed: Sequence[str], added: Iterable[str], said: Facts, answered: Facts) -> str:
    """The line.

    Args:
        typed: the words of this call.
        added: the order and item that were picked, if they were.
        said: what the options said.
        answered: the same with the answers.
    """
    before = set(options_of(said))
    new = (word for option in options_of(answered) if option not in before for word in option)
    # Behind what was typed: of an option that is given twice, the last one counts.
    end = typed.index("--") if "--" in typed else len(typed)
    words = (*typed[:end], *added, *new, *typed[end:])
    return command_line(("dispute-guard", *_without_keys(words)))


def _without_keys(words: Sequence[str]) -> Iterable[str]:
    """The words; an endpoint that may hold a key is not printed."""
    for before, word in pairwise(("", *words)):
        name, is_one, value = word.partition("=")
        if before == _ENDPOINT:
            yield _shown(word)
        elif name == _ENDPOINT and is_one:
            yield f"{name}={_shown(value)}"
        else:
            yield word


def _shown(endpoint: str) -> str:
    return "ENDPOINT" if {"@", "?"} & set(endpoint) else endpoint
