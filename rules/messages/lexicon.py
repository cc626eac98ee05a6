"""The words of all languages, and where a text has them.

Each file ``words/LANG.toml`` holds the words of one language by concept; ``CONCEPTS``
says what each concept means and is the schema of every file. An entry is a word or
phrase as people write it: ``*`` at its end stands for any ending, ``*`` at its start
for any beginning, `` … `` for up to four words between the parts of a split verb.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from rules.messages.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONCEPTS = {
    "cancel": "verbs that by themselves mean taking a claim back",
    "close": "verbs that mean it only with a dispute as their object",
    "bare": "those of them that mean the dispute where nothing is named but a price",
    "done": "participles and nouns of these verbs, which report as often as they ask",
    "dispute": "what is cancelled",
    "order": "other things that can be cancelled or closed",
    "it": "pronouns behind a verb that can stand for the dispute",
    "it_ahead": "such pronouns ahead of a verb",
    "it_inside": "verbs with such a pronoun grown onto them",
    "no": "what negates a verb behind it",
    "no_behind": "what negates a verb ahead of it",
    "turns": "words that end a negation's reach, or take it for themselves",
    "without": "'no cancel, no refund' asks for the cancel",
    "when": "words that open a condition",
    "until": "those whose condition is a dispute that is still open",
    "next": "words behind which another clause begins",
    "want": "words that turn a report into a request",
    "terms": "words that make something the price of a promise",
    "we": "the writer, as the one who does something",
    "you": "the reader, right behind a negation that only asks",
    "site": "the site, as the one who does something",
    "may": "words that leave something to the buyer",
    "keep": "advice to leave the dispute open",
    "speech": "frequent words that tell which language a sentence speaks",
    "notice": "sentences of the site's own pages",
    "arrived": "receipt or satisfaction of the buyer",
    "not_arrived": "a receipt that is wished for or denied",
    "optional": "words that leave the choice to the buyer",
    "refund": "a promise of money",
    "resend": "a promise of another item",
    "gift": "a promise of a gift",
    "extend": "a promise of more protection",
    "follows": "what shall come then, without being called a refund or another item",
    "unable": "what cannot be done",
    "needless": "a denial that reaches over the next comma",
    "loss": "what the buyer would lose by a cancel",
    "open": "a dispute that is open",
    "gone": "a dispute that is said to be absent",
    "file": "verbs of opening a dispute",
    "no_file": "such verbs with their negation",
    "accept": "verbs of accepting a solution",
    "offer": "the solution that is to be accepted",
    "zero": "a solution that pays nothing",
    "formality": "a solution that is said to mean nothing",
    "reject": "the other choice, where it is left to the buyer",
    "press": "verbs of pressing a button or choosing",
    "change": "verbs of changing",
    "reason": "what is to be changed: the dispute's reason or amount",
    "personal": "a reason that takes the right to a refund away",
    "confirm": "verbs of confirming",
    "receipt": "what is to be confirmed",
    "whether": "words that make a confirmation a question",
    "outside": "money or a deal outside the site",
    "messenger": "ways to talk outside the site",
    "contact": "words for going there or paying there",
    "checkout": "paying in the ordinary way",
    "stars": "a good rating",
    "threat": "threats against the buyer",
    "harm": "what the dispute is said to do to the seller",
    "vendor": "a seller, as a third person",
    "asks": "what such a seller does",
    "beware": "advice against such a seller",
}
VERB_FINAL = "verb_final"
PREFIXES = "prefixes"
COMMON = "common"

_ANY = "*"
_WORD = re.compile(r"\w+")
_ENTRY_WORD = re.compile(r"\*?\w+\*?|\.{3}")
# Scripts without spaces between words: a word's edge cannot be asked for.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_JOINT = re.compile(r"[\s\-]{1,3}")
_GAP = 4
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of one concept and one language at ``start:end`` of a folded text."""

    concept: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: str
    language: str
    words: tuple[str, ...]


class UnknownConcept(ValueError):  # noqa: N818  named like the value error that it is
    """A word file has a concept that no logic reads."""


@cache
def tables() -> dict[str, dict[str, list[str]]]:
    """Every language's concepts by its code, checked against ``CONCEPTS``.

    Raises:
        UnknownConcept: a file has another key.
    """
    folder = resources.files("rules.messages") / "words"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    found = {f.name.removesuffix(".toml"): tomllib.loads(f.read_text("utf-8")) for f in files}
    for language, table in found.items():
        unknown = table.keys() - CONCEPTS.keys() - {VERB_FINAL, PREFIXES}
        if unknown:
            raise UnknownConcept(f"{language}: {', '.join(sorted(unknown))}")
    return found


@cache
def verb_final() -> frozenset[str]:
    """Languages whose object stands ahead of its verb and whose condition behind it."""
    return frozenset(code for code, table in tables().items() if table.get(VERB_FINAL))


class _Index:
    """Entries by their first word, by its beginning, by any part of it, and by signs."""

    def __init__(self) -> None:
        self.exact: dict[str, list[_Entry]] = {}
        self.stems: dict[str, list[_Entry]] = {}
        self.parts: list[tuple[str, bool, _Entry]] = []
        self.signs: dict[str, list[_Entry]] = {}
        self.prefixes: tuple[str, ...] = ()
        self._firsts: dict[str, tuple[_Entry, ...]] = {}

    def add(self, entry: _Entry, text: str) -> None:
        """Put one entry where a look-up will find it."""
        first = entry.words[0]
        if _UNSPACED.search(text):
            self.signs.setdefault(text.strip(_ANY), []).append(entry)
        elif first.startswith(_ANY):
            self.parts.append((first.strip(_ANY), first.endswith(_ANY), entry))
        elif first.endswith(_ANY):
            self.stems.setdefault(first[:-1], []).append(entry)
        else:
            self.exact.setdefault(first, []).append(entry)

    def starting_with(self, word: str) -> tuple[_Entry, ...]:
        """Every entry whose first word fits."""
        found = self._firsts.get(word)
        if found is None:
            found = self._firsts[word] = tuple(self._fitting(word))
        return found

    def _fitting(self, word: str) -> Iterator[_Entry]:
        bare = [word[len(p) :] for p in self.prefixes if word.startswith(p)]
        for form in (word, *(b for b in bare if len(b) > _SHORTEST_STEM)):
            yield from self.exact.get(form, ())
            for end in range(1, len(form) + 1):
                yield from self.stems.get(form[:end], ())
        for part, anywhere, entry in self.parts:
            if part in word if anywhere else word.endswith(part):
                yield entry


@cache
def _index() -> _Index:
    index = _Index()
    for language, table in tables().items():
        index.prefixes += tuple(map(fold, table.get(PREFIXES, ())))
        for concept in table.keys() & CONCEPTS.keys():
            for text in dict.fromkeys(fold("\n".join(table[concept])).split("\n")):
                words = tuple(_ENTRY_WORD.findall(text.replace("…", "...")))
                if words:
                    index.add(_Entry(concept, language, words), text)
    return index


def hits_in(folded: str) -> list[Hit]:
    """Every word of every concept in a folded text, in reading order."""
    index = _index()
    words = [(m[0], m.start(), m.end()) for m in _WORD.finditer(folded)]
    found = set()
    for number, (word, start, _) in enumerate(words):
        for entry in index.starting_with(word):
            end = _end_of(entry.words, words, number, folded)
            if end:
                found.add(Hit(entry.concept, entry.language, start, end))
    if _UNSPACED.search(folded):
        found.update(_signs_in(folded, index))
    return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.concept, hit.language))


def _signs_in(folded: str, index: _Index) -> Iterator[Hit]:
    for signs, entries in index.signs.items():
        start = folded.find(signs)
        while start >= 0:
            for entry in entries:
                yield Hit(entry.concept, entry.language, start, start + len(signs))
            start = folded.find(signs, start + 1)


def _end_of(
    wanted: tuple[str, ...], words: list[tuple[str, int, int]], number: int, folded: str
) -> int:
    """Where an entry whose first word fits ends; 0 if the rest does not fit."""
    gap = False
    for want in wanted[1:]:
        if want == "...":
            gap = True
            continue
        reach = range(number + 1, min(number + 2 + (_GAP if gap else 0), len(words)))
        fitting = (n for n in reach if _fits(want, words[n][0]))
        following = next(fitting, None)
        if following is None:
            return 0
        between = folded[words[number][2] : words[following][1]]
        if not gap and not _JOINT.fullmatch(between):
            return 0
        number, gap = following, False
    return words[number][2]


def _fits(want: str, word: str) -> bool:
    core = want.strip(_ANY)
    if want.startswith(_ANY):
        return core in word if want.endswith(_ANY) else word.endswith(core)
    return word.startswith(core) if want.endswith(_ANY) else word == core


def longest(hits: Iterable[Hit]) -> Hit | None:
    """The widest of some hits, the earliest of equals."""
    return max(hits, key=lambda hit: (hit.end - hit.start, -hit.start), default=None)
