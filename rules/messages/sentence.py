"""One sentence: the known words in it, their positions, and what negates them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from rules.messages.lexicon import COMMON, UNSPACED, Hit, hits_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_WORDS, _SIGNS = 5, 12
PROMISES = ("refund", "resend", "gift", "extend")
_PUNCTUATION = re.compile(r"[\n,;:()\"«»“”–—、，：；]|\s-\s")
_AMOUNT = re.compile(r"[$€£₽]\s?\d|\d\s?[$€£₽]")


class Sentence:
    """A folded sentence; all positions are offsets in ``text``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._by_concept: dict[str, list[Hit]] = {}
        for hit in sorted(_spoken(hits_in(text), text), key=lambda h: (h.start, -h.end)):
            self._by_concept.setdefault(hit.concept, []).append(hit)
        bridged = {hit.end for hit in self.of("needless")}
        marks = (m.start() for m in _PUNCTUATION.finditer(text))
        self._breaks = [mark for mark in marks if mark not in bridged]

    def of(
        self, concepts: str, tongues: Collection[str] = (), start: int = 0, end: int | None = None
    ) -> Iterator[Hit]:
        """Words of these concepts within ``start:end``, in these languages or in any."""
        for concept in concepts.split():
            for hit in self._by_concept.get(concept, ()):
                inside = hit.start >= start and (end is None or hit.end <= end)
                if inside and (not tongues or hit.language in tongues or hit.language == COMMON):
                    yield hit

    def has(
        self, concepts: str, tongues: Collection[str] = (), start: int = 0, end: int | None = None
    ) -> bool:
        """True if there is any such word."""
        return next(self.of(concepts, tongues, start, end), None) is not None

    def verbs(self, concepts: str) -> Iterator[tuple[Hit, frozenset[str]]]:
        """The longest word of these concepts at each position, with its languages."""
        hits = list(self.of(concepts))
        for start in sorted({h.start for h in hits}):
            widest = max((h for h in hits if h.start == start), key=lambda h: h.end)
            same = (h for h in hits if (h.start, h.end) == (start, widest.end))
            yield widest, frozenset(h.language for h in same)

    def shown(self, hit: Hit) -> str:
        """The text of a hit."""
        return self.text[hit.start : hit.end]

    def clause(self, hit: Hit) -> tuple[int, int]:
        """The punctuation before and after a word."""
        before = bisect_right(self._breaks, hit.start)
        behind = bisect_left(self._breaks, hit.end)
        start = self._breaks[before - 1] + 1 if before else 0
        return start, self._breaks[behind] if behind < len(self._breaks) else len(self.text)

    def behind(self, hit: Hit, words: int = 6, signs: int = 14) -> int:
        """Where the next few words after a word end."""
        return hit.end + _reach(self.text[hit.end :], words, signs)

    def ahead(self, hit: Hit, words: int, signs: int = 14) -> int:
        """Where the last few words before a word begin."""
        return hit.start - _reach(self.text[: hit.start][::-1], words, signs)

    def object_end(self, hit: Hit, tongues: Collection[str]) -> int:
        """Where the next few words after a verb end, without the next clause."""
        near = min(self.behind(hit), self.clause(hit)[1])
        return min((h.start for h in self.of("next", tongues, hit.end, near)), default=near)

    def is_negated(self, verb: Hit, tongues: Collection[str]) -> bool:
        """True for "you need not cancel", but not for "if you do not cancel", which still asks."""
        start, end = self.clause(verb)
        denials = [n for n in self.of("no", tongues, start) if n.start < verb.start]
        if denials:
            last = max(denials, key=lambda n: (n.end, -n.start))
            if self._reaches(last, (last.end, verb.start), tongues):
                return not self._in_condition(last, tongues)
        denial = next(self.of("no_behind", tongues, verb.start, end), None)
        if denial is None or denial.end <= verb.start or self._in_condition(verb, tongues):
            return False
        return self._reaches(denial, (verb.end, denial.start), tongues)

    def is_done_by_others(self, verb: Hit) -> bool:
        """True if the writer or the site does it: "I close it when…", "AliExpress will cancel"."""
        start, _ = self.clause(verb)
        own = self.of("we", (), max(start, self.ahead(verb, 3, 4)), verb.start)
        site = self.of("site", (), max(start, self.ahead(verb, 4, 6)), verb.start)
        by_itself = self.has("site", (), verb.end, self.behind(verb, 4, 8))
        return by_itself or any(
            not self.has("want next", (), subject.end, verb.start) for subject in (*own, *site)
        )

    @cached_property
    def advises_keeping(self) -> bool:
        """True if the dispute should stay open, and this is neither negated nor a condition."""
        return any(
            not self.has("when no", (), self.ahead(kept, 5, 4), kept.start)
            and not self.has("order", (), kept.end, self.behind(kept, 3, 6))
            and not any(kept.start < w.start <= kept.end for w in self.of("when"))
            for kept in self.of("keep")
        )

    def _reaches(self, denial: Hit, gap: tuple[int, int], tongues: Collection[str]) -> bool:
        """True if the negation reaches the verb: it holds for a few words, unless one ends it."""
        polite = {hit.start for hit in self.of("want")} if denial.start >= gap[1] else set()
        for turn in self.of("turns", tongues):
            between = gap[0] <= turn.start and turn.end <= gap[1] and turn.start not in polite
            over = turn.start < denial.end and denial.start < turn.end
            if between or (over and (turn.start < denial.start or turn.end > denial.end)):
                return False
        text = self.text[gap[0] : gap[1]].strip()
        return len(text.split()) <= _WORDS if text.isascii() or " " in text else len(text) <= _SIGNS

    def _in_condition(self, word: Hit, tongues: Collection[str]) -> bool:
        """True if a condition opens just before the word, in the same clause."""
        near = max(self.clause(word)[0], self.ahead(word, 4))
        return self.has("when", tongues, near, word.start)

    @cached_property
    def leaves_choice(self) -> bool:
        """True if the buyer may also reject what is offered."""
        choices = self.of("reject")
        return any(not self.is_negated(choice, {choice.language}) for choice in choices)

    @cached_property
    def has_price(self) -> bool:
        """True if the sentence mentions money, goods or time."""
        return self.has(" ".join((*PROMISES, "follows"))) or self.has_amount(0, len(self.text))

    def has_amount(self, start: int, end: int) -> bool:
        """True if a sum of money is named there."""
        coins = self.of("coin", (), start, end)
        counted = any(
            self.text[max(0, c.start - 3) : c.start].strip()[-1:].isdigit() for c in coins
        )
        return counted or _AMOUNT.search(self.text, start, end) is not None


def _spoken(hits: Iterable[Hit], text: str) -> list[Hit]:
    """Hits in the languages that the sentence is in, without chance hits in others."""
    hits = list(hits)
    spans: dict[str, set[int]] = {}
    for hit in hits:
        spans.setdefault(hit.language, set()).update(range(hit.start, hit.end))
    spans.pop(COMMON, None)
    most = max(map(len, spans.values()), default=0)
    spoken = {COMMON, *(code for code, span in spans.items() if 3 * len(span) >= 2 * most)}
    return [h for h in hits if h.language in spoken or not text[h.start : h.end].isascii()]


def _reach(text: str, words: int, signs: int) -> int:
    """The length of the first few words, or of some signs if no spaces separate words."""
    ends = [m.end() for m in re.finditer(r"\S+", text[:200])]
    if len(ends) > 1 or not UNSPACED.search(text[:40]):
        return ends[min(words, len(ends)) - 1] if ends else 0
    return min(signs, len(text))
