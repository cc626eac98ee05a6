"""Demands that a message only quotes, from somebody for whom its writer does not stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.lexicon import has, pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_QUOTE = re.compile(r"[\"“”„«»「『][^\"“”„«»「」『』]{1,300}[\"“”«»」』]")
_AHEAD = 18
_REPORTED = 70
# What was written needs no word for writing beside it.
_WRITTEN = re.compile(
    r"^(?:messages?|mail|request|mensajes?|mensage\w*|mensagens?|nachricht\w*|messaggi\w*|"
    r"сообщени\w*|повідомлен\w*|wiadomos\w*|bericht\w*|mesaj\w*|消息|信息)"
)


def without_disowned(folded: str) -> str:
    """The message without the quotes that it disowns.

    A quoted button that shall be pressed is the writer's own wish.
    """
    if not has("disowned", folded):
        return folded
    return _QUOTE.sub(_unless_pressed(folded), folded)


def _unless_pressed(folded: str) -> Callable[[re.Match[str]], str]:
    def shown(quote: re.Match[str]) -> str:
        ahead = folded[max(0, quote.start() - _AHEAD) : quote.start()]
        return quote[0] if has("press", ahead) or has("want", ahead) else " "

    return shown


def is_reported(sentence: str, start: int, message: str) -> bool:
    """The verb stands in what a disowned third person asked: "my colleague asked you to"."""
    if not has("disowned", message):
        return False
    ahead = sentence[max(0, start - _REPORTED) : start]
    for reporter in pattern("reporter").finditer(ahead):
        between = ahead[reporter.end() :]
        told = _WRITTEN.match(reporter[0]) or has("asks", between)
        if told and not has("want", _without_asks(between)):
            return True
    return False


def _without_asks(text: str) -> str:
    """What asks may itself be a word of wishing in another language."""
    return pattern("asks").sub(" ", text)
