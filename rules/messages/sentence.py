"""One sentence: the known words in it, their positions, and what negates them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from rules.messages.lexicon import COMMON, UNSPACED, Hit, hits_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = 5
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
        marks = (m.start() for m in _PUNCTUATION.finditer(text) if m.start() not in bridged)
        self._breaks = [-1, *marks, len(text)]

    def of(self, concepts: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Words of these concepts within ``start:end``."""
        for concept in concepts.split():
            for hit in self._by_concept.get(concept, ()):
                if hit.start >= start and (end is None or hit.end <= end):
                    yield hit

    def has(self, concepts: str, start: int = 0, end: int | None = None) -> bool:
        """True if there is any such word."""
        return next(self.of(concepts, start, end), None) is not None

    def longest(self, concepts: str) -> list[Hit]:
        """The longest word of these concepts at each position."""
        widest: dict[int, Hit] = {}
        for hit in sorted(self.of(concepts), key=lambda h: (h.start, -h.end)):
            widest.setdefault(hit.start, hit)
        return list(widest.values())

    def shown(self, hit: Hit) -> str:
        """The text of a hit."""
        return self.text[hit.start : hit.end]

    def clause(self, hit: Hit) -> tuple[int, int]:
        """The punctuation before and after a word."""
        before, behind = bisect_left(self._breaks, hit.start), bisect_left(self._breaks, hit.end)
        return self._breaks[before - 1] + 1, self._breaks[behind]

    def behind(self, hit: Hit, words: int = 6, signs: int = 14) -> int:
        """Where the next few words after a word end."""
        return hit.end + _reach(self.text[hit.end :], words, signs)

    def ahead(self, hit: Hit, words: int, signs: int = 14) -> int:
        """Where the last few words before a word begin."""
        return hit.start - _reach(self.text[: hit.start][::-1], words, signs)

    def object_end(self, hit: Hit) -> int:
        """Where the next few words after a verb end, without the next clause."""
        near = min(self.behind(hit), self.clause(hit)[1])
        return min((h.start for h in self.of("next", hit.end, near)), default=near)

    def is_negated(self, verb: Hit) -> bool:
        """True for "you need not cancel", but not for "if you do not cancel", which still asks."""
        start, end = self.clause(verb)
        denials = sorted(self.of("no", start, end), key=lambda n: (n.end, -n.start))
        last = next((n for n in reversed(denials) if n.start < verb.start), None)
        if last and self._reaches(last, last.end, verb.start):
            return not self.has("when", max(start, self.ahead(last, 4)), last.start)
        denial = next(self.of("no_behind", verb.start, end), None)
        return denial is not None and self._reaches(denial, verb.end, denial.start)

    def is_asked(self, verb: Hit) -> bool:
        """True unless it is negated, or the writer or the site does it: "I close it when…"."""
        start, _ = self.clause(verb)
        own = self.of("we", max(start, self.ahead(verb, 3, 4)), verb.start)
        site = self._acting_site(max(start, self.ahead(verb, 4, 6)), verb.start)
        others = (who for who in (*own, *site) if not self.has("want next", who.end, verb.start))
        by_itself = self._acting_site(verb.end, self.behind(verb, 4, 8))
        return not (any(others) or any(by_itself) or self.is_negated(verb))

    def _acting_site(self, start: int, end: int) -> Iterator[Hit]:
        """The site where it does something, not where something is done: "close it on AliExpress"."""
        places = list(self.of("place"))
        for hit in self.of("site", start, end):
            if not any(place.start <= hit.start < place.end for place in places):
                yield hit

    @cached_property
    def advises_keeping(self) -> bool:
        """True if the dispute should stay open, and this is neither negated nor a condition."""
        return any(
            not self.has("when no", self.ahead(kept, 5, 4), kept.start)
            and not self.has("order", kept.end, self.behind(kept, 3, 6))
            and not any(kept.start < w.start <= kept.end for w in self.of("when"))
            for kept in self.of("keep")
        )

    def _reaches(self, denial: Hit, start: int, end: int) -> bool:
        """True if the negation reaches over ``start:end``: a few words, unless one ends it."""
        polite = {hit.start for hit in self.of("want")} if denial.start >= end else set()
        for turn in self.of("turns"):
            between = start <= turn.start and turn.end <= end and turn.start not in polite
            if between or turn.start < denial.start < turn.end:
                return False
        return len(self.text[start:end].split()) <= _WORDS

    @cached_property
    def leaves_choice(self) -> bool:
        """True if the buyer may also reject what is offered."""
        return any(not self.is_negated(choice) for choice in self.of("reject"))

    @cached_property
    def prices(self) -> list[Hit]:
        """Words for money, goods or time."""
        return list(self.of(" ".join((*PROMISES, "follows"))))

    @cached_property
    def names_amount(self) -> bool:
        """True if a sum of money is named anywhere in it."""
        return self.has_amount(0, len(self.text))

    @cached_property
    def has_price(self) -> bool:
        """True if the sentence mentions money, goods or time."""
        return bool(self.prices) or self.names_amount

    def has_amount(self, start: int, end: int) -> bool:
        """True if a sum of money is named there."""
        coins = self.of("coin", start, end)
        counted = any(
            self.text[max(0, c.start - 2) : c.start].strip()[-1:].isdigit() for c in coins
        )
        return counted or _AMOUNT.search(self.text, start, end) is not None


def _spoken(hits: frozenset[Hit], text: str) -> list[Hit]:
    """Hits in the languages that the sentence is in, without chance hits in others."""
    spans: dict[str, set[int]] = {}
    for hit in hits:
        spans.setdefault(hit.language, set()).update(range(hit.start, hit.end))
    spans.pop(COMMON, None)
    most = max(map(len, spans.values()), default=0)
    spoken = {COMMON, *(code for code, span in spans.items() if 3 * len(span) >= 2 * most)}
    return [h for h in hits if h.language in spoken or not text[h.start : h.end].isascii()]


def _reach(text: str, words: int, signs: int) -> int:
    """The length of the first few words, or of some signs if no spaces separate words."""
    words_found = list(islice(re.finditer(r"\S+", text), words))
    if len(words_found) > 1 or not UNSPACED.search(text[:40]):
        return words_found[-1].end() if words_found else 0
    return min(signs, len(text))
