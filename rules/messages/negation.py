"""Whether a verb is asked for or advised against."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_WORDS, _SIGNS = 5, 12
_CONDITION = 4


def is_negated(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """Whether the verb is denied, and not merely threatened about.

    "You need not cancel" is denied; "if you do not cancel" and "why don't you cancel"
    ask for it all the same.
    """
    return _denied_ahead(sentence, verb, tongues) or _denied_behind(sentence, verb, tongues)


def _denied_ahead(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    start, _ = sentence.clause(verb)
    denials = [n for n in sentence.of("no", tongues, start) if n.start < verb.end]
    ahead = [n for n in denials if n.start < verb.start or n.end > verb.end]
    if not ahead:
        return False
    last = max(ahead, key=lambda n: (n.end, -n.start))
    if not _reaches(sentence, last, verb.start, tongues):
        return False
    if any(y.start <= last.end + 1 for y in sentence.of("you", tongues, last.end)):
        return False
    return not _is_condition(sentence, last, tongues)


def _denied_behind(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    _, end = sentence.clause(verb)
    denials = sorted(sentence.of("no_behind", tongues, verb.start, end), key=lambda n: n.start)
    denials = [n for n in denials if n.end > verb.start]
    if not denials or _is_condition(sentence, verb, tongues):
        return False
    return _reaches(sentence, denials[0], denials[0].start, tongues, verb.end)


def is_denied_right_ahead(sentence: Sentence, word: Hit) -> bool:
    """A denial stands one or two words ahead."""
    near = max(sentence.clause(word)[0], sentence.near_ahead(word, 2, 3))
    return sentence.has("no", (word.language,), near, word.start)


def _reaches(
    sentence: Sentence, denial: Hit, end: int, tongues: Collection[str], start: int | None = None
) -> bool:
    """A denial holds for a few words and ends at a word that takes it for itself."""
    first = denial.end if start is None else start
    polite = {hit.start for hit in sentence.of("want")} if start is not None else set()
    taken = any(t.start not in polite for t in sentence.of("turns", tongues, first, end)) or any(
        t.start <= denial.start < denial.end <= t.end or denial.start < t.start < denial.end < t.end
        for t in sentence.of("turns", tongues)
        if t.end > denial.end or t.start < denial.start
    )
    if taken:
        return False
    gap = sentence.text[first:end] if end > first else ""
    spaced = gap.isascii() or " " in gap.strip()
    return len(gap.split()) <= _WORDS if spaced else len(gap.strip()) <= _SIGNS


def _is_condition(sentence: Sentence, word: Hit, tongues: Collection[str]) -> bool:
    """A condition opens right ahead, in the same clause."""
    start, _ = sentence.clause(word)
    near = max(start, sentence.near_ahead(word, _CONDITION))
    return sentence.has("when", tongues, near, word.start)
