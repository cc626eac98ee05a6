"""One sentence with the words that matter in it, and questions about where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from rules.messages.lexicon import COMMON, Hit, hits_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PROMISES = ("refund", "resend", "gift", "extend")
_PUNCTUATION = re.compile(r"[,;:()\"«»“”–—、，：；]|\s-\s")
_AMOUNT = re.compile(r"[$€£₽]\s?\d|\d\s?(?:[$€£元₽]|usd|eur|euro)")
_WORDS_NEAR, _SIGNS_NEAR = 6, 14


class Sentence:
    """A folded sentence; every question is about offsets in ``text``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._by_concept: dict[str, list[Hit]] = {}
        for hit in _spoken(hits_in(text), text):
            self._by_concept.setdefault(hit.concept, []).append(hit)

    def of(
        self, concept: str, tongues: Collection[str] = (), start: int = 0, end: int | None = None
    ) -> Iterator[Hit]:
        """Words of a concept that lie within ``start:end``, in these languages or in any."""
        hits = self._by_concept.get(concept, ())
        for hit in hits:
            inside = hit.start >= start and (end is None or hit.end <= end)
            if inside and (not tongues or hit.language in tongues or hit.language == COMMON):
                yield hit

    def has(
        self, concept: str, tongues: Collection[str] = (), start: int = 0, end: int | None = None
    ) -> bool:
        """Whether there is any such word."""
        return next(self.of(concept, tongues, start, end), None) is not None

    def has_any(self, *concepts: str, start: int = 0, end: int | None = None) -> bool:
        """Whether any of several concepts is named."""
        return any(self.has(concept, (), start, end) for concept in concepts)

    def verbs(self, *concepts: str) -> Iterator[tuple[Hit, frozenset[str]]]:
        """The widest word of these concepts at each place, with the languages that have it."""
        hits = [h for c in concepts for h in self._by_concept.get(c, ())]
        for start in sorted({h.start for h in hits}):
            here = [h for h in hits if h.start == start]
            widest = max(here, key=lambda h: h.end)
            yield widest, frozenset(h.language for h in here if h.end == widest.end)

    @cached_property
    def _breaks(self) -> list[int]:
        bridged = {hit.end for hit in self.of("needless")}
        marks = (m.start() for m in _PUNCTUATION.finditer(self.text))
        return [mark for mark in marks if mark not in bridged]

    def clause(self, hit: Hit) -> tuple[int, int]:
        """Where the punctuation around a word lies."""
        before = bisect_right(self._breaks, hit.start) - 1
        behind = bisect_left(self._breaks, hit.end)
        start = self._breaks[before] + 1 if before >= 0 else 0
        return start, self._breaks[behind] if behind < len(self._breaks) else len(self.text)

    def near_behind(self, hit: Hit, words: int = _WORDS_NEAR, signs: int = _SIGNS_NEAR) -> int:
        """Where the near words behind a word end."""
        return hit.end + _reach(self.text[hit.end :], words, signs)

    def near_ahead(self, hit: Hit, words: int, signs: int = _SIGNS_NEAR) -> int:
        """Where the near words ahead of a word begin."""
        return hit.start - _reach(self.text[: hit.start][::-1], words, signs)

    def object_end(self, hit: Hit, tongues: Collection[str]) -> int:
        """Where the near words behind a verb end, the next clause not counted."""
        near = min(self.near_behind(hit), self.clause(hit)[1])
        turns = (h.start for h in self.of("next", tongues, hit.end))
        return min(near, next(turns, near))

    @property
    def promises(self) -> frozenset[str]:
        """What is promised in it."""
        return frozenset(p for p in PROMISES if self.has(p))

    @property
    def has_price(self) -> bool:
        """Money, goods or time are spoken of."""
        return bool(self.promises) or self.has("follows") or _AMOUNT.search(self.text) is not None


def _spoken(hits: list[Hit], text: str) -> list[Hit]:
    """The words of the languages that the sentence speaks: chance words of others are dropped."""
    spans: dict[str, set[int]] = {}
    for hit in hits:
        spans.setdefault(hit.language, set()).update(range(hit.start, hit.end))
    latin = {hit for hit in hits if text[hit.start : hit.end].isascii()}
    spans.pop(COMMON, None)
    most = max(map(len, spans.values()), default=0)
    spoken = {COMMON, *(code for code, span in spans.items() if 3 * len(span) >= 2 * most)}
    return [hit for hit in hits if hit.language in spoken or hit not in latin]


def _reach(text: str, words: int, signs: int) -> int:
    """The length of the first words, or of some signs where no spaces part the words."""
    ends = [m.end() for m in re.finditer(r"\S+", text[:200])]
    if len(ends) > 1 or text[:40].isascii():
        return ends[min(words, len(ends)) - 1] if ends and words else 0
    return min(signs, len(text))
