"""Find what cancels a demand: a negation, another doer, advice to keep the dispute open."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_WORDS, _SIGNS = 5, 12


def is_negated(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """True if the verb is negated, unless the negation is a condition.

    "You need not cancel" is negated; "if you do not cancel" still asks for it.
    """
    start, end = sentence.clause(verb)
    denials = [n for n in sentence.of("no", tongues, start) if n.start < verb.start]
    if denials:
        last = max(denials, key=lambda n: (n.end, -n.start))
        if _reaches(sentence, last, (last.end, verb.start), tongues):
            return not _in_condition(sentence, last, tongues)
    denial = next(sentence.of("no_behind", tongues, verb.start, end), None)
    if denial is None or denial.end <= verb.start or _in_condition(sentence, verb, tongues):
        return False
    return _reaches(sentence, denial, (verb.end, denial.start), tongues)


def is_done_by_others(sentence: Sentence, verb: Hit) -> bool:
    """True if the writer or the site does it: "I close it when…", "AliExpress will cancel"."""
    start, _ = sentence.clause(verb)
    own = sentence.of("we", (), max(start, sentence.ahead(verb, 3, 4)), verb.start)
    site = sentence.of("site", (), max(start, sentence.ahead(verb, 4, 6)), verb.start)
    by_itself = sentence.has("site", (), verb.end, sentence.behind(verb, 4, 8))
    return by_itself or any(
        not sentence.has("want next", (), subject.end, verb.start) for subject in (*own, *site)
    )


@lru_cache(maxsize=64)
def advises_keeping(sentence: Sentence) -> bool:
    """True if the dispute should stay open, and this is neither negated nor a condition."""
    return any(
        not sentence.has("when no", (), sentence.ahead(kept, 5, 4), kept.start)
        and not sentence.has("order", (), kept.end, sentence.behind(kept, 3, 6))
        and not any(kept.start < w.start <= kept.end for w in sentence.of("when"))
        for kept in sentence.of("keep")
    )


def _reaches(
    sentence: Sentence, denial: Hit, gap: tuple[int, int], tongues: Collection[str]
) -> bool:
    """True if the negation reaches the verb: it holds for a few words, unless one ends it."""
    polite = {hit.start for hit in sentence.of("want")} if denial.start >= gap[1] else set()
    for turn in sentence.of("turns", tongues):
        inside = gap[0] <= turn.start and turn.end <= gap[1] and turn.start not in polite
        around = turn.start <= denial.start < denial.end < turn.end
        if inside or around or turn.start < denial.start < denial.end <= turn.end:
            return False
        if denial.start < turn.start < denial.end < turn.end:
            return False
    text = sentence.text[gap[0] : gap[1]].strip()
    return len(text.split()) <= _WORDS if text.isascii() or " " in text else len(text) <= _SIGNS


def _in_condition(sentence: Sentence, word: Hit, tongues: Collection[str]) -> bool:
    """True if a condition opens just before the word, in the same clause."""
    near = max(sentence.clause(word)[0], sentence.ahead(word, 4))
    return sentence.has("when", tongues, near, word.start)
