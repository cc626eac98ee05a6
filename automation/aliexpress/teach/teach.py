"""A human points at what a page's reader does not know, and the site data learns it.

Each part that a cancel needs is looked for with the readers that a cancel uses. Where one is
missing, the human clicks it in the page, and the page never gets the click. The walk reads only.
The one control that it presses is Cancel Request, to see the dialog, and only if the human
agrees: without a permit the guard lets no write through.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from automation.aliexpress.cancel.attempts import unsettled_page
from automation.aliexpress.pages import read_dispute
from automation.aliexpress.pages.landmarks import (
    LANDMARKS,
    By,
    Finding,
    Landmark,
    PageName,
    Seen,
    find,
)
from automation.aliexpress.session.opening import walked
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.teach.call_lesson import CallLesson
from automation.aliexpress.teach.dialog_lesson import DialogLesson
from automation.aliexpress.teach.lessons import Human, Lessons, still_missing
from automation.aliexpress.teach.part_lesson import lesson_of
from automation.aliexpress.teach.pointer import LONGEST_LABEL, TRIES, Pointer
from automation.aliexpress.teach.visit import STEPS, Visit
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk

# The hook that shows that a page is there.
_THERE: Final = {
    PageName.ORDERS: "card",
    PageName.DETAILS: "order_info",
    PageName.DISPUTE: "dispute_status",
}


async def teach(request: Request, run: Run, human: Human, lessons: Lessons) -> None:
    """Walk the pages of an order with a human at the window.

    Raises:
        ToolError: something that a cancel needs is still missing (exit 5), a human is needed
            (exit 4), they closed the window (exit 6), or the walk was stopped.
    """

    async def work(walk: Walk) -> None:
        visit = Visit(walk, request.order_id, request.item)
        teacher = Teacher(Pointer(visit, human, lessons), unsettled_page(request))
        await teacher.walk_pages()
        if lessons.missing:
            raise still_missing(lessons.missing, request.order_id)
        if lessons.anything:
            await teacher.read_again()

    await walked(request, run, work)


@dataclass
class Teacher:
    """Walks the pages, and asks the human where a landmark is missing.

    Args:
        known_page: the dispute's page, if an earlier run that is not settled yet has seen it.
    """

    pointer: Pointer
    known_page: str = ""
    _calls: CallLesson = field(init=False)

    def __post_init__(self) -> None:
        self._calls = CallLesson(self.pointer)

    @property
    def visit(self) -> Visit:
        """The pages."""
        return self.pointer.visit

    @property
    def lessons(self) -> Lessons:
        """What was found and taught."""
        return self.pointer.lessons

    async def walk_pages(self) -> None:
        """My Orders, Order Details, the dispute, its dialog; a page without its way on ends it."""
        await self.visit.my_orders()
        await self._learn_page(PageName.ORDERS)
        await self.visit.order_details()
        await self._learn_page(PageName.DETAILS)
        if self.known_page:
            await self.visit.dispute_at(self.known_page)
        elif not await self.visit.dispute(self._which):
            self._note_unseen(PageName.DISPUTE)
            return
        await self._learn_page(PageName.DISPUTE)
        await DialogLesson(self.pointer).learn()

    async def _check_number(self) -> None:
        """Say at once if My Orders shows other orders only: nothing can be shown of a wrong number."""
        seen = await self.visit.seen()
        if seen.shows_other_numbers:
            told = f"My Orders does not show {seen.order_id}: check the number first."
            self.pointer.human.tell(told)

    async def _which(self, disputes: tuple[str, ...]) -> int | None:
        async with self.pointer.asking():
            return await self.pointer.human.which(disputes)

    def _note_unseen(self, page: PageName) -> None:
        for each in LANDMARKS:
            if each.page is page:
                self.lessons.note(Finding(each, note="the page was not reached"))

    async def _learn_page(self, page: PageName) -> None:
        with self.visit.walk.progress.step(STEPS[page]) as running:
            running.page = page.value
            mine = [each for each in LANDMARKS if each.page is page]
            if await self._lacks(mine):
                await self._calls.learn(page, _THERE[page])
            if page is PageName.ORDERS:
                await self._check_number()
            for landmark in mine:
                self.lessons.note(await self._learn(landmark))
            await self._learn_further(page)
            found = [each for each in self.lessons.findings if each.landmark.page is page]
            running.note = f"{sum(bool(each.shown) for each in found)} of {len(found)} parts known"

    async def _lacks(self, landmarks: list[Landmark]) -> bool:
        seen = await self.visit.seen()
        return any(find(each, seen).is_missing for each in landmarks)

    async def _learn_further(self, page: PageName) -> None:
        """Learn what a cancel can do without, if the human wants to show it."""
        further = [
            each.landmark
            for each in self.lessons.findings
            if each.landmark.page is page and not each.shown and each.landmark.is_optional
        ]
        if not further or not self.lessons.anything:
            return
        async with self.pointer.asking():
            more = await self.pointer.human.shows_more([each.name for each in further])
        for landmark in further if more else ():
            self.lessons.note(await self._learn_shown(find(landmark, await self.visit.seen())))

    async def _learn(self, landmark: Landmark) -> Finding:
        """Find a landmark, and ask the human if it is not there."""
        found = find(landmark, await self.visit.seen())
        if found.shown or not landmark.needed:
            return found
        if self.known_page and landmark.key == "labels.dispute_entry":
            optional = replace(landmark, needed=False)
            return replace(found, landmark=optional, note="known from your last run")
        if landmark.by is By.MEANING:
            return await self._learn_meaning(found)
        return await self._learn_shown(found)

    async def _learn_shown(self, found: Finding) -> Finding:
        """Let the human click it."""
        landmark, tried = found.landmark, 0
        lesson = lesson_of(landmark, self.pointer)
        async for around in self.pointer.tries(landmark):
            tried += 1
            seen = await self.visit.seen()
            if additions := await lesson(landmark, around, seen):
                self.pointer.keep(additions)
                return replace(find(landmark, seen.with_site(self.pointer.site)), taught=True)
        skipped = "you skipped it" if tried < TRIES else f"not recognised in {TRIES} tries"
        return replace(found, note=skipped)

    async def _learn_meaning(self, found: Finding) -> Finding:
        """Ask what the status means; the answer counts only for words that are still there."""
        for _ in range(TRIES):
            seen = await self.visit.seen()
            words = _status_words(seen)
            if not words:
                return replace(found, note="there is no status line to read it from")
            self.lessons.choices = self.pointer.site.statuses
            async with self.pointer.asking():
                status = await self.pointer.human.meaning_of(words, self.pointer.site.statuses)
            if not status:
                shown = clean_text(words, LONGEST_LABEL)
                return replace(
                    found, note=f"'{shown}' is unknown; an unknown status blocks a cancel"
                )
            if _status_words(await self.visit.seen()) != words:
                self.pointer.refuse("The page changed while you were asked.")
                continue
            key = f"dispute_status.{status}"
            self.pointer.keep(Additions(words={seen.words.lang: {key: (words,)}}))
            return replace(find(found.landmark, seen.with_site(self.pointer.site)), taught=True)
        return replace(found, note="the page kept changing while you were asked")

    async def read_again(self) -> None:
        """Walk the pages anew, as an ordinary command does, with what was taught."""
        walk = self.visit.walk
        await walk.back_to_own_tab()
        if self.known_page:
            dispute = await walk.reload_dispute(self.known_page)
            self.lessons.again = f"{dispute.status_words} ({dispute.status})"
            return
        reading = await read_disputes(walk, self.visit.order_id, self.visit.item)
        chosen = reading.chosen
        if chosen is None:
            self.lessons.again = f"{len(reading.found)} open disputes"
            return
        cancel = f", '{chosen.cancel_labels[0]}'" if chosen.cancel_labels else ""
        self.lessons.again = f"{chosen.status_words} ({chosen.status}){cancel}"


def _status_words(seen: Seen) -> str:
    return read_dispute(seen.snapshot, seen.site.hooks, seen.words).status_words
