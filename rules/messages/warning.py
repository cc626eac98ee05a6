"""A platform's or an honest seller's warning about sellers who ask for a cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.messages.lexicon import has, languages, pattern

if TYPE_CHECKING:
    import re

_FARTHEST, _NEAR = 45, 25
# "asks the seller" ahead of "the seller asks": these put the verb first.
_VERB_FIRST = frozenset({"german", "arabic", "dutch", "nordic"})


def warns_of_sellers(sentence: str, message: str) -> bool:
    """The sentence tells what some seller may ask, under a condition or with advice against it.

    "If a seller asks you to cancel, report it" warns; "the seller kindly asks you to
    cancel" asks.
    """
    if not has("vendor", sentence):
        return False
    for tongue in languages():
        for vendor in pattern("vendor", tongue).finditer(sentence):
            if not _asks(sentence, vendor, tongue):
                continue
            ahead = sentence[max(0, vendor.start() - _NEAR) : vendor.start()]
            if has("when", ahead, (tongue,)) or has("beware", message, (tongue,)):
                return True
    return False


def _asks(sentence: str, vendor: re.Match[str], tongue: str) -> bool:
    behind = sentence[vendor.end() : vendor.end() + _FARTHEST]
    before = sentence[max(0, vendor.start() - _FARTHEST) : vendor.start()]
    verb_first = tongue in _VERB_FIRST and has("asks", before, (tongue,))
    return verb_first or has("asks", behind, (tongue,))
