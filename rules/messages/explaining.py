"""Sentences of the site and of honest sellers that name a cancel without wanting it."""

from __future__ import annotations

import re

from rules.messages.lexicon import has, pattern, tongues_of

_ALWAYS = (
    r"\bhow (?:to|do (?:i|you)|can (?:i|you))\b",
    r"\bare you sure\b",
    r"\b(?:asked?|asking|wonder\w*|know) (?:us )?(?:whether|if) (?:you|i|to)\b",
    r"\b(?:tricked|fooled|lured|talked|pushed|forced|pressured) into\b",
    r"^to (?:cancel|close|withdraw)\b.*\b(?:press|click|tap|select|go to|open|use)\b",
    (
        r"\b(?:if|once|after|when|by) (?:you )?(?:cancel|clos|withdr)\w*\b.*\b(?:(?:cannot|can not|cant|"
        r"not be able|wont be able|no longer)(?! (?:be )?(?:punish|fine|block|freez|frozen|harm)\w*)|"
        r"permanent\w*|irreversible|be reopened|(?:lose|give up) (?:the|your) (?:right|claim|chance|"
        r"protection))\b"
    ),
    r"^(?:you|the buyer|buyer) (?:have |has |had |already )*(?:cancell?ed|closed|withdr[ae]wn?)\b",
    r"\bautomatically\b(?!.*\b(?:we|i) )(?!.*\bbelieve me\b)",
    r"\b(?:is|are) irreversible\b",
    r"\bby (?:itself|themselves)\b",
)
# The same words come with a promise where a seller uses them.
_WITHOUT_PROMISE = (
    r"^you (?:can|may) .*\b(?:before|until|as long as|here|below|on (?:this|the) \w+ ?page)\b",
    r"^(?:until|before) .{1,50}, you (?:can|may) (?:still )?(?:cancel|withdraw|close|change|modify)\b",
    r"^do you (?:really )?want to (?:cancel|withdraw|close)\b",
    r"\b(?:click|press|tap|select|use) .{1,40}\bto (?:cancel|withdraw|close)\b",
    r"^(?:click|press|tap|select|use) cancel request\b.{0,20}\b(?:bottom|page|button|below|screen)\b",
    r"\b(?:can|may) (?:be )?(?:cancell?ed|cancel|withdrawn?|withdraw)\b.*\b(?:before|until) (?:a|the|aliexpress|final)\b",
)
_ASKS_ALL_THE_SAME = re.compile(
    r"\b(?:so|please|pls|plz|kindly|therefore) (?:kindly |please |just |you )?"
    r"(?:cancel|close|withdraw|drop|end|remove)\b"
)
_OPEN_ANEW = re.compile(r"\b(?:re)?open (?:it|a new|another|one|again)\b")
_PROMISES = ("refund", "resend", "gift", "extend", "outside", "threat", "harm")


def explains(sentence: str, message: str) -> bool:
    """Whether it tells how a cancel works, what it brings about, or who did it."""
    if _ASKS_ALL_THE_SAME.search(sentence):
        return False
    if any(re.search(told, sentence) for told in _ALWAYS):
        return True
    verb = pattern("cancel").search(sentence) or pattern("close").search(sentence)
    if verb is None or has("want", message, tongues_of(verb[0])):
        return False
    if any(has(promise, message) for promise in _PROMISES):
        return False
    told = any(re.search(words, sentence) for words in _WITHOUT_PROMISE)
    return told or _tells_consequence(sentence, verb)


def _tells_consequence(sentence: str, verb: re.Match[str]) -> bool:
    """If you cancel the request, the dispute is closed: a condition and what follows."""
    if not has("when", sentence, tongues_of(verb[0])):
        return False
    disputes = [found.end() for found in pattern("dispute").finditer(sentence)]
    if _OPEN_ANEW.search(sentence[verb.end() :]):
        return bool(disputes)
    if len(disputes) < 2:  # noqa: PLR2004  one for the condition, one for its consequence
        return False
    follows = sentence[max(verb.end(), disputes[0]) :]
    return has("done", follows) or has("close", follows)
