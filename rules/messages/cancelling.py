"""Finds the wish that a dispute be given up, in one sentence of a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.lexicon import has, pattern
from rules.messages.negation import is_negated

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR = 60
_BEHIND_WORDS, _BEHIND_SIGNS = 6, 14

# Sentences of the site and of honest sellers that name a cancel without wanting it.
_EXPLAINING = (
    r"\bhow (?:to|do (?:i|you)|can (?:i|you))\b",
    r"\bare you sure\b",
    r"^to (?:cancel|close|withdraw)\b.*\b(?:press|click|tap|select|go to|open|use)\b",
    (
        r"\b(?:if|once|after|when|by) (?:you )?(?:cancel|clos|withdr)\w*\b.*\b(?:cannot|can not|cant|"
        r"not be able|wont be able|no longer|permanent\w*|irreversible|be reopened|(?:lose|give up) "
        r"(?:the|your) (?:right|claim|chance|protection))\b"
    ),
    (
        r"\b(?:the |any |a |some |other )?(?:sellers?|they|merchants?|stores?|someone|anyone|he|she) "
        r"(?:\w+ ){0,2}(?:ask|force|pressure|urge|tell|told|want|persuade|push|beg|request)\w* "
        r"(?:you|buyers?|the buyer|customers?) to\b"
    ),
    r"^(?:you|the buyer|buyer) (?:have |has |had |already )*(?:cancell?ed|closed|withdr[ae]wn?)\b",
    r"\bautomatically\b(?!.*\b(?:we|i) )",
)


def wishes_in(sentence: str, earlier: str) -> Iterator[str]:
    """The words of each wish; ``earlier`` is the message up to this sentence."""
    if any(re.search(explaining, sentence) for explaining in _EXPLAINING):
        return
    about_dispute = has("dispute", sentence)
    for match in pattern("cancel").finditer(sentence):
        if is_negated(sentence, *match.span()) or _is_report(sentence, match):
            continue
        if about_dispute or not _other_thing(sentence, match):
            yield _with_object(sentence, match)
    for match in pattern("close").finditer(sentence):
        if not is_negated(sentence, *match.span()) and _closes_dispute(sentence, match, earlier):
            yield _with_object(sentence, match)
    yield from _requests(sentence, earlier)


def _is_report(sentence: str, match: re.Match[str]) -> bool:
    """The same letters are part of a participle or noun that reports."""
    done = pattern("done").finditer(sentence)
    return any(d.start() <= match.start() < d.end() for d in done)


def _requests(sentence: str, earlier: str) -> Iterator[str]:
    """Participles ask where a wish or a condition with a promise stands beside them."""
    if not (has("dispute", sentence) or has("dispute", earlier)):
        return
    for match in pattern("done").finditer(sentence):
        if is_negated(sentence, *match.span()) or _other_thing(sentence, match):
            continue
        promised = has("when", sentence) and (has("refund", sentence) or has("resend", sentence))
        if has("want", sentence) or promised:
            yield _with_object(sentence, match)


def _other_thing(sentence: str, match: re.Match[str]) -> bool:
    """An order, shop or box stands nearer than any dispute."""
    ahead = _behind(sentence, match.end())
    before = sentence[max(0, match.start() - 25) : match.start()]
    if has("dispute", ahead):
        return False
    return has("order", ahead) or has("order", before)


def _closes_dispute(sentence: str, match: re.Match[str], earlier: str) -> bool:
    """A weak verb counts with the dispute as its object, by name or by a pronoun."""
    if _is_report(sentence, match):
        return False
    ahead = _behind(sentence, match.end())
    if has("dispute", ahead):
        first = pattern("dispute").search(ahead)
        other = pattern("order").search(ahead)
        return not (first and other and other.start() < first.start())
    if has("order", re.split(r"[,;:，、]", ahead)[0]) or not has(
        "dispute", sentence[: match.start()] + " " + earlier
    ):
        return False
    nearby = sentence[max(0, match.start() - _NEAR) : match.start()]
    pronoun = (
        has("it", " ".join(ahead.split()[:2])) or "-" in sentence[match.end() : match.end() + 1]
    )
    attached = re.search(r"(?:l[aeo]s?|\bit( go)?)$", match[0]) is not None
    return pronoun or attached or has("dispute", nearby)


def _behind(sentence: str, end: int) -> str:
    rest = sentence[end : end + 90]
    words = rest.split()
    if len(words) > 1 or rest.isascii():
        return " ".join(words[:_BEHIND_WORDS])
    return rest[:_BEHIND_SIGNS]


def _with_object(sentence: str, match: re.Match[str]) -> str:
    found = pattern("dispute").search(sentence)
    return match[0] if found is None else f"{match[0]} … {found[0]}"
