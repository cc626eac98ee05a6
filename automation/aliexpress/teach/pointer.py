"""Ask a human to click what a reader does not know, and try what the click could mean.

What a click could mean is tried with the readers that a cancel uses, on the same page; only what
makes them find the part counts. What is refused is said where the human looks: in the window.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.redaction.selectors import selectors_of
from automation.aliexpress.pages.snapshot import label_of
from automation.aliexpress.pages.text.runs import INLINE
from automation.aliexpress.site.additions import LONGEST, Additions, with_additions
from automation.engine.session.picker import Bar, pick, saying
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from automation.aliexpress.pages.landmarks import Landmark
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.teach.lessons import Human, Lessons
    from automation.aliexpress.teach.visit import Visit
    from automation.engine.session.picker import Element

PICK_SECONDS: Final = 120.0
TRIES: Final = 3
LONGEST_LABEL: Final = 80
_AROUND: Final = 6
_NOTE: Final = "dispute-guard does not pass your click on to the page. To skip this, press Esc."
_LOOK: Final = Bar(
    "dispute-guard asks you something in the terminal",
    "Read the question there. Nothing is pressed or sent meanwhile.",
)
MOVED: Final = "The page changed while you pointed."


@dataclass
class Pointer:
    """Asks for clicks on the open page, and keeps what they teach."""

    visit: Visit
    human: Human
    lessons: Lessons
    _refused: str = field(default="", init=False)

    @property
    def site(self) -> SiteMap:
        """The site data so far."""
        return self.visit.walk.site

    def refuse(self, why: str) -> None:
        """Say why a click did not count, at once in the terminal and with the next question in the window."""
        self._refused = why
        self.human.tell(f"  {why}")

    async def at(self, landmark: Landmark) -> tuple[Element, ...]:
        """What the human clicks; nothing if they press Escape or do not answer.

        Raises:
            ToolError: they closed the window (exit 6).
        """
        ask = landmark.ask.format(order=self.visit.order_id)
        optional = "" if landmark.needed else " (A cancel can do without it.)"
        page = self.visit.walk.page
        if not self._refused:
            self.human.tell(f"{landmark.page}: {landmark.name} is unknown.")
        self.human.tell(f"  in the window: {ask}")
        bar = Bar(ask, f"{_NOTE}{optional}", self._refused)
        self._refused = ""
        await page.bring_to_front()
        with self.visit.walk.progress.waiting_for_human():
            around = await pick(page, bar, PICK_SECONDS)
        if page.is_closed():
            raise _closed()
        return around

    async def tries(self, landmark: Landmark) -> AsyncIterator[tuple[Element, ...]]:
        """What the human clicks, again after each click that did not count."""
        self._refused = ""
        for _ in range(TRIES):
            around = await self.at(landmark)
            if not around:
                return
            if not await around[0].is_there(self.visit.walk.page):
                self.refuse(MOVED)
                continue
            yield around

    @contextlib.asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """Point to the terminal in the window, while the body asks there."""
        with self.visit.walk.progress.waiting_for_human():
            async with saying(self.visit.walk.page, _LOOK):
                yield

    def keep(self, additions: Additions) -> None:
        """Remember it, and read with it from now on."""
        self.lessons.additions = self.lessons.additions | additions
        self.visit.learn(with_additions(self.site, additions))
        for line in additions.lines:
            self.human.tell(f"  learned: {line}")

    def never(self, words: Sequence[str]) -> str:
        """Why what was clicked is never pressed; empty if it may be."""
        found = self.site.never_in(words[0]) if words else []
        return (
            f"'{clean_text(words[0], 60)}' is about '{found[0]}': that is never pressed."
            if found
            else ""
        )

    async def words(self, around: tuple[Element, ...]) -> list[str]:
        """The words of the element and of those around it, as the readers read them.

        Pages write single words of a label in elements of their own, so those come last.
        """
        whole: list[str] = []
        parts: list[str] = []
        for element in around[:_AROUND]:
            text = await self._text(element)
            if text and len(text) <= LONGEST_LABEL:
                is_part = element.tag in INLINE and len(text.split()) == 1
                (parts if is_part else whole).append(text)
        # A word that fills its button is no part of a longer label.
        return list(dict.fromkeys((*whole, *parts)))

    async def _text(self, element: Element) -> str:
        part = await take_snapshot(self.visit.walk.page, scope=element.place)
        body = part.tree.body
        labels = (label_of(node) for node in (body.iter() if body else ()))
        return clean_text(next(filter(None, labels), ""), LONGEST)


def selectors_around(
    around: tuple[Element, ...], *, widest: bool, number: str = ""
) -> Iterator[str]:
    """Selectors for the element that a click means, the likeliest first.

    Args:
        widest: take the widest element that fits, not the innermost.
        number: the element has this number.
    """
    elements = tuple(each for each in around if number in ("", *each.numbers))
    for element in reversed(elements) if widest else elements:
        yield from selectors_of(element.attributes)


def _closed() -> ToolError:
    return ToolError(
        "you closed the window before everything was shown",
        code=ErrorCode.DECLINED,
        exit_code=ExitCode.DECLINED,
        hint="run the command again; the dispute stays open",
    )
