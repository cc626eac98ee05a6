"""Demands that a message only quotes, from somebody for whom its writer does not stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.consequences import advises_keeping
from rules.messages.lexicon import has, pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_QUOTE = re.compile(r"[\"“”„«»「『][^\"“”„«»「」『』]{1,300}[\"“”«»」』]")
_AHEAD = 18
_REPORTED, _SUBJECT, _TOLD = 70, 25, 45
_CONTRAST = re.compile(
    r"\b(?:but|so|therefore|aber|doch|deshalb|pero|por eso|mais|donc|ma|quindi|maar|dus|ale|wiec|але|тому|"
    r"но|поэтому|mas|ama)\b|但|所以"
)
_OWN = re.compile(
    r"\b(?:we|i|us|wir|ich|nous|je|on|мы|я|noi|io|wij|ik|my|ja|ми|nosotros|yo|eu|nos|aliexpress|"
    r"platform|system)\b(?:\W+\w+){0,3}\W*$"
)
# What was written needs no word for writing beside it.
_WRITTEN = re.compile(
    r"^(?:messages?|mail|request|mensajes?|mensage\w*|mensagens?|nachricht\w*|messaggi\w*|"
    r"сообщени\w*|повідомлен\w*|wiadomos\w*|bericht\w*|mesaj\w*|消息|信息)"
)
# Words that open what a message or request was about.
_CONTENT = re.compile(
    r"\s*(?:\b(?:to|that|which|about|asking|telling|with|of|de|da|do|que|qui|pour|die|der|das|dass|zu|"
    r"uber|о|об|чтобы|что|про|щоб|z|o|zeby|aby|om|dat|over|che|di|per)\b|让|请|要|:)"
)


def without_disowned(folded: str) -> str:
    """The message without the quotes that it disowns.

    A quoted button that shall be pressed is the writer's own wish.
    """
    if not _is_disowned(folded):
        return folded
    return _QUOTE.sub(_unless_pressed(folded), folded)


def _is_disowned(message: str) -> bool:
    """It says so itself, or advises to leave the dispute open."""
    return has("disowned", message) or advises_keeping(message)


def _unless_pressed(folded: str) -> Callable[[re.Match[str]], str]:
    def shown(quote: re.Match[str]) -> str:
        ahead = folded[max(0, quote.start() - _AHEAD) : quote.start()]
        return quote[0] if has("press", ahead) or has("want", ahead) else " "

    return shown


def is_reported(sentence: str, start: int, message: str) -> bool:
    """The verb stands in what a disowned third person asked: "my colleague asked you to"."""
    if not _is_disowned(message):
        return False
    ahead = sentence[max(0, start - _REPORTED) : start]
    for reporter in pattern("reporter").finditer(ahead):
        between = ahead[reporter.end() :]
        written = _WRITTEN.match(reporter[0]) and _CONTENT.match(between)
        told = written or has("asks", between)
        if told and not _is_own_word(between):
            return True
    return _asked_by_another(ahead)


def _asked_by_another(ahead: str) -> bool:
    """Somebody asked, whoever it was, but not the writer or the site."""
    for asked in pattern("asks").finditer(ahead):
        subject, between = ahead[: asked.start()], ahead[asked.end() :]
        own = _OWN.search(subject) or has("want", subject[-_SUBJECT:])
        if subject.strip() and not own and not _is_own_word(between):
            return True
    return False


def _is_own_word(between: str) -> bool:
    """The writer's own wish begins after a contrast or a word of wishing.

    What tells that somebody asked may be a word of wishing in another language.
    """
    if len(between) > _TOLD or has("disowned", between):
        return True
    return bool(_CONTRAST.search(between)) or has("want", pattern("asks").sub(" ", between))
