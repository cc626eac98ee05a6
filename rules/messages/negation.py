"""Whether a verb is asked for or advised against."""

from __future__ import annotations

import re

from rules.messages.lexicon import has, pattern, tongues_of

_CLAUSE_END = re.compile(
    r"(?<!notig)(?<!notwendig)(?<!erforderlich),|[:;()\"«»“”–—、，：；]|\s-\s|\s\.\.\."
)
# German parts "nobody asks you" and its infinitive by a comma.
_NOBODY_ASKS = re.compile(
    r"\b(?:niemand|keiner) (?:bitte\w*|verlang\w*|forder\w*|zwing\w*|will|mochte)[^,]*,[^,]*$"
)
# Russian and Ukrainian ask politely by denying: "would you not withdraw it?"
_POLITE = re.compile(r"\b(?:бы|би) не$")
_REACH_WORDS, _REACH_SIGNS = 5, 12
_ENGLISH_QUESTION = re.compile(r"\s*(?:you|u)\b")
# In these languages the subordinate clause puts its negation far behind its "if".
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|gets?)\s*$")
_FAR_NEGATIONS = frozenset({"nicht", "niet", "kein", "keinen", "pas", "inte", "ikke"})


def is_negated(sentence: str, start: int, end: int) -> bool:
    """Whether the verb at ``start:end`` is denied, and not merely threatened about.

    "You need not cancel" is denied; "if you do not cancel" and "why don't you cancel"
    ask for it all the same.
    """
    tongues = tongues_of(sentence[start:end])
    before = _negated_before(sentence, start, tongues)
    return before or _negated_behind(sentence, start, end, tongues)


def _all(concept: str, text: str, tongues: tuple[str, ...]) -> list[re.Match[str]]:
    found = (m for tongue in tongues for m in pattern(concept, tongue).finditer(text))
    return sorted(found, key=lambda m: (m.end(), -m.start()))


def _negated_before(sentence: str, start: int, tongues: tuple[str, ...]) -> bool:
    if _NOBODY_ASKS.search(sentence[:start]):
        return True
    clause = _CLAUSE_END.split(sentence[:start])[-1]
    negations = _all("no", clause + sentence[start : start + 12], tongues)
    negations = [n for n in negations if n.start() < len(clause)]
    if not negations:
        return False
    last = negations[-1]
    if _POLITE.search(clause[: last.end()]):
        return False
    gap = clause[last.end() :]
    if not _reaches(gap, tongues) or _ENGLISH_QUESTION.match(gap):
        return False
    earlier = clause[negations[-2].end() : last.start()] if len(negations) > 1 else ""
    before = earlier if len(negations) > 1 else clause[: last.start()]
    far = last[0] in _FAR_NEGATIONS or _PASSIVE.search(before)
    near = " ".join(before.split()[-(6 if far else 3) :])
    return not has("when", near, tongues)


def _negated_behind(sentence: str, start: int, end: int, tongues: tuple[str, ...]) -> bool:
    clause = _CLAUSE_END.split(sentence[end:])[0]
    behind = _all("no_behind", sentence[start:end] + clause, tongues)
    if not behind:
        return False
    found = behind[0]
    gap = clause[: max(0, found.start() - (end - start))]
    before = _CLAUSE_END.split(sentence[:start])[-1]
    threatens = found[0] in _FAR_NEGATIONS and has("when", " ".join(before.split()[-3:]), tongues)
    return _reaches(gap, tongues) and not threatens


def _reaches(gap: str, tongues: tuple[str, ...]) -> bool:
    """A negation holds for a few words and ends at a word that takes it for itself."""
    if has("turns", gap, tongues):
        return False
    spaced = gap.isascii() or " " in gap.strip()
    return len(gap.split()) <= _REACH_WORDS if spaced else len(gap.strip()) <= _REACH_SIGNS
