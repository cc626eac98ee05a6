"""What a click could mean for one part of a page, tried with the readers that a cancel uses."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages.landmarks import LANDMARKS, By, find, is_about
from automation.aliexpress.pages.text.amounts import amount_spans
from automation.aliexpress.pages.text.calendar_words import calendar_words
from automation.aliexpress.pages.text.dates import date_spans
from automation.aliexpress.pages.text.plain import plain
from automation.aliexpress.site.additions import Additions, with_additions
from automation.aliexpress.teach.pointer import selectors_around

if TYPE_CHECKING:
    from automation.aliexpress.pages.landmarks import Landmark, Seen
    from automation.aliexpress.site import SiteMap, WordPack
    from automation.aliexpress.teach.pointer import Pointer
    from automation.engine.session.picker import Element

    Around = tuple[Element, ...]

Lesson = Callable[["Landmark", "Around", "Seen"], Awaitable[Additions | None]]
_MARKS: Final = " \t\n:：.|·•-–—,("
_LETTERS: Final = 3
_NEAR: Final = 3


def lesson_of(landmark: Landmark, pointer: Pointer) -> Lesson:
    """How a click teaches a landmark."""
    parts = PartLesson(pointer)
    if landmark.by is By.ROW:
        return parts.row
    if landmark.within:
        return parts.inside
    return parts.hook if landmark.by is By.HOOK else parts.label


class PartLesson(Struct, frozen=True):
    """Each method returns the first meaning of the click with which a reader finds the part.

    It returns nothing after it said why the click did not count.
    """

    pointer: Pointer

    async def hook(self, landmark: Landmark, around: Around, seen: Seen) -> Additions | None:
        """A selector."""
        number = seen.order_id if landmark.widest else ""
        if number and not any(number in each.numbers for each in around):
            self.pointer.refuse(f"That is not the card of order {number}.")
            return None
        words = max(await self.pointer.words(around[:1]), key=len, default="")
        for css in selectors_around(around, widest=landmark.widest, number=number):
            additions = Additions(hooks={landmark.key: (css,)})
            shown = landmark.shown(seen.with_site(self._with(additions)))
            if shown and (landmark.widest or is_about(shown, words)):
                return additions
        self.pointer.refuse("No lasting name was found around it. Click another spot of it.")
        return None

    async def inside(self, landmark: Landmark, around: Around, seen: Seen) -> Additions | None:
        """A selector, and one of the part around it; nothing else may be read differently with it."""
        words = await self.pointer.words(around[:1])
        before = _others(landmark, seen)
        for outer in selectors_around(around[1:], widest=False):
            for inner in selectors_around(around[:_NEAR], widest=False):
                additions = Additions(hooks={landmark.within: (outer,), landmark.key: (inner,)})
                taught = seen.with_site(self._with(additions))
                if landmark.shown(taught) in words and _others(landmark, taught) == before:
                    return additions
        self.pointer.refuse("No lasting name was found around it. Click the title itself.")
        return None

    async def label(self, landmark: Landmark, around: Around, seen: Seen) -> Additions | None:
        """The whole words of a control."""
        words = await self.pointer.words(around)
        for each in words:
            if never := self.pointer.never([each]):
                self.pointer.refuse(never)
                return None
            additions = Additions(words={seen.words.lang: {landmark.key: (each,)}})
            if landmark.shown(seen.with_site(self._with(additions))):
                return additions
        self.pointer.refuse("This cannot be used: it has no words of its own, or is switched off.")
        return None

    async def row(self, landmark: Landmark, around: Around, seen: Seen) -> Additions | None:
        """The words before a date or an amount; a human has to say that the row means that."""
        rows = await self.pointer.words(around)
        before = (_before_value(each, seen.words) for each in rows)
        for words in dict.fromkeys(filter(None, before)):
            additions = Additions(words={seen.words.lang: {landmark.key: (words,)}})
            if not landmark.shown(seen.with_site(self._with(additions))):
                continue
            shown = next(each for each in rows if words in each)
            async with self.pointer.asking():
                if await self.pointer.human.agrees_on_row(landmark.question, shown):
                    return additions
            self.pointer.refuse("It is not remembered.")
            return None
        self.pointer.refuse("No value that can be read stands beside these words.")
        return None

    def _with(self, additions: Additions) -> SiteMap:
        return with_additions(self.pointer.site, additions)


def _others(landmark: Landmark, seen: Seen) -> list[str]:
    """What the other parts of the page show."""
    return [
        find(each, seen).shown
        for each in LANDMARKS
        if each.page is landmark.page and not each.is_same(landmark)
    ]


def _before_value(row: str, pack: WordPack) -> str:
    """The words before the first number, date or amount of a row; none if they say nothing."""
    starts = [start for start, _ in (*amount_spans(row), *date_spans(row, pack))]
    starts += [found.start() for found in re.finditer(r"\d", row)][:1]
    words = row[: min(starts)].strip(_MARKS) if starts else ""
    others, _, last = words.rpartition(" ")
    if plain(last).strip(_MARKS) in calendar_words(pack.lang, pack.locales).weekdays:
        words = others.strip(_MARKS)
    return words if sum(map(str.isalpha, words)) >= _LETTERS else ""
