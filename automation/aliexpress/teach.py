"""A human points at what a page's reader does not know, and the site data learns it.

Each part that a cancel needs is looked for with the readers that a cancel uses. Where one is
missing, the human clicks it in the page, and the page never gets the click. What the click could
mean is tried with the same readers, on the same page; only what makes them find the part is kept.
The walk reads only. The one control that it presses is Cancel Request, to see the dialog, and only
if the human agrees: without a permit the guard lets no write through.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.attempts import unsettled_page
from automation.aliexpress.landmarks import (
    LANDMARKS,
    By,
    Finding,
    Landmark,
    PageName,
    Seen,
    find,
)
from automation.aliexpress.opening import walked
from automation.aliexpress.pages import read_dispute, take_snapshot
from automation.aliexpress.pages.dialog import read_dialogs
from automation.aliexpress.pages.runs import INLINE
from automation.aliexpress.pages.selectors import selectors_of
from automation.aliexpress.pages.snapshot import label_of
from automation.aliexpress.site.additions import LONGEST, Additions
from automation.aliexpress.visit import Visit
from automation.aliexpress.walk.locate import cancel_control, press, reach
from automation.aliexpress.walk.read_order import read_disputes
from automation.aliexpress.walk.tab import Deadline
from automation.engine.session.picker import pick
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.aliexpress.pages.dialog import Dialog
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.session.picker import Element

PICK_SECONDS: Final = 120.0
_TRIES: Final = 3
_AROUND: Final = 6
_LONGEST_LABEL: Final = 80
_QUESTION = Landmark(
    PageName.DIALOG, "the question", By.WORDS, "dialog_questions", lambda _: "",
    needed=False, without="cancel asks about it when it sees it",
)  # fmt: skip
_MODAL = Landmark(
    PageName.DIALOG, "the dialog itself", By.HOOK, "modal", lambda _: "",
    ask="Click the question in the dialog that opened.", needed=False,
    without="use 'cancel --by-hand', where you press the buttons yourself",
)  # fmt: skip
_CONFIRM = Landmark(
    PageName.DIALOG, "the button that confirms", By.WORDS, "labels.confirm", lambda _: "",
    ask="Click the button that confirms. It is not pressed.", needed=False,
    without="use 'cancel --by-hand', where you press the buttons yourself",
)  # fmt: skip


class Human(Protocol):
    """The person at the window; at a terminal they can be asked too."""

    def tell(self, line: str) -> None:
        """Say something."""

    async def meaning_of(self, words: str, choices: Sequence[str]) -> str:
        """The status that the words mean; empty if the human does not know."""

    async def agrees_to_open_dialog(self, label: str) -> bool:
        """Whether Cancel Request may be pressed to see its dialog."""

    async def agrees_on_question(self, question: str) -> bool:
        """Whether a dialog asks if this request shall be cancelled, and nothing else."""


@dataclass
class Lessons:
    """What was found and taught; filled during the walk, so that every way out can report it.

    Args:
        again: what an ordinary run read on fresh pages with what was taught.
    """

    findings: list[Finding] = field(default_factory=list)
    additions: Additions = field(default_factory=Additions)
    choices: tuple[str, ...] = ()
    again: str = ""

    def note(self, finding: Finding) -> None:
        """Take a finding; a later one replaces it."""
        self.findings = [f for f in self.findings if f.landmark is not finding.landmark]
        self.findings.append(finding)

    @property
    def missing(self) -> list[Finding]:
        """What a cancel still lacks."""
        return [each for each in self.findings if each.is_missing]

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "landmarks": [each.as_json() for each in self.findings],
            "lines": self.additions.lines,
            "status_choices": list(self.choices),
            "read_again": self.again,
        }


async def teach(request: Request, run: Run, human: Human, lessons: Lessons) -> None:
    """Walk the pages of an order with a human at the window.

    Raises:
        ToolError: something that a cancel needs is still missing (exit 5), a human is needed
            (exit 4), or the walk was stopped.
    """

    async def work(walk: Walk) -> None:
        known = unsettled_page(request)
        teacher = Teacher(Visit(walk, request.order_id), human, lessons, known)
        await teacher.walk_pages()
        if lessons.missing:
            raise still_missing(lessons.missing)
        if lessons.additions:
            await teacher.read_again()

    await walked(request, run, work)


def still_missing(missing: Sequence[Finding]) -> ToolError:
    """The error for what is neither known nor taught."""
    names = ", ".join(f"{each.landmark.name} on {each.landmark.page}" for each in missing)
    return ToolError(
        f"still unknown: {names}",
        code=ErrorCode.PAGE_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run 'dispute-guard teach ORDER --headed' again, or cancel with --by-hand, where you "
        "press the buttons yourself",
    )


@dataclass
class Teacher:
    """Walks the pages, and asks the human where a landmark is missing.

    Args:
        known_page: the dispute's page, if an earlier run that is not settled yet has seen it.
    """

    visit: Visit
    human: Human
    lessons: Lessons
    known_page: str = ""
    told: set[str] = field(default_factory=set)

    @property
    def site(self) -> SiteMap:
        """The site data so far."""
        return self.visit.walk.site

    async def walk_pages(self) -> None:
        """My Orders, Order Details, the dispute, its dialog; a page without its way on ends it."""
        await self.visit.my_orders()
        await self._learn_page(PageName.ORDERS)
        await self.visit.order_details()
        await self._learn_page(PageName.DETAILS)
        if self.known_page:
            await self.visit.dispute_at(self.known_page)
        elif not await self.visit.dispute():
            self._note_unseen(PageName.DISPUTE)
            return
        await self._learn_page(PageName.DISPUTE)
        await self._learn_dialog()

    def _note_unseen(self, page: PageName) -> None:
        for each in LANDMARKS:
            if each.page is page:
                self.lessons.note(Finding(each, note="the page was not reached"))

    async def _learn_page(self, page: PageName) -> None:
        with self.visit.walk.progress.step(_STEPS[page]) as running:
            running.page = page.value
            for landmark in LANDMARKS:
                if landmark.page is page:
                    self.lessons.note(await self._learn(landmark))
            mine = [each for each in self.lessons.findings if each.landmark.page is page]
            running.note = f"{sum(bool(each.shown) for each in mine)} of {len(mine)} parts known"

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
        for _ in range(_TRIES):
            around = await self._pointed_at(landmark)
            if not around:
                return replace(found, note="you skipped it")
            seen = await self.visit.seen()
            if additions := await self._fitting(landmark, around, seen):
                self._keep(additions)
                return replace(find(landmark, seen.with_site(self.site)), taught=True)
        return replace(found, note=f"not recognised in {_TRIES} tries")

    async def _pointed_at(self, landmark: Landmark) -> tuple[Element, ...]:
        """What the human clicks; nothing if they press Escape or do not answer."""
        ask = landmark.ask.format(order=self.visit.order_id)
        self.human.tell(f"{landmark.page}: {landmark.name} is unknown.")
        self._tell_held_back()
        self.human.tell(f"  {ask} Press Esc in the window to skip it.")
        bar = f"dispute-guard: {ask} The page does not get your click. Esc skips it."
        page = self.visit.walk.page
        await page.bring_to_front()
        with self.visit.walk.progress.waiting_for_human():
            return await pick(page, bar, PICK_SECONDS)

    def _tell_held_back(self) -> None:
        """Name the calls that the page may lack, each once."""
        held = [name for name in self.visit.held_back() if name not in self.told]
        if held:
            self.told.update(held)
            allow = " ".join(f"--allow-read {name}" for name in held)
            self.human.tell(f"  If the page looks incomplete, press Ctrl-C and repeat with {allow}")

    async def _fitting(
        self, landmark: Landmark, around: tuple[Element, ...], seen: Seen
    ) -> Additions | None:
        """The first meaning of the click with which the reader finds the landmark."""
        if landmark.by is By.HOOK:
            if landmark.widest and not any(seen.order_id in each.numbers for each in around):
                self.human.tell(f"  that is not the card of order {seen.order_id}")
                return None
            for css in _selectors(around, widest=landmark.widest, number=seen.order_id):
                additions = Additions(hooks={landmark.key: (css,)})
                if landmark.shown(seen.with_site(_with(self.site, additions))):
                    return additions
            self.human.tell("  no lasting name was found around it; click another spot of it")
            return None
        words = await self._words(around)
        if never := self._never(words):
            self.human.tell(f"  {never} It is not remembered; click something else.")
            return None
        for each in words:
            additions = Additions(words={seen.words.lang: {landmark.key: (each,)}})
            if landmark.shown(seen.with_site(_with(self.site, additions))):
                return additions
        self.human.tell("  this cannot be used as that: it has no words, or is switched off")
        return None

    def _never(self, words: Sequence[str]) -> str:
        """Why what was clicked is never pressed; empty if it may be."""
        found = self.site.never_in(words[0]) if words else []
        return (
            f"'{clean_text(words[0], 60)}' is about '{found[0]}': that is never pressed."
            if found
            else ""
        )

    async def _words(self, around: tuple[Element, ...]) -> list[str]:
        """The words of the element and of those around it, as the readers read them.

        Pages write single words of a label in elements of their own, so those come last.
        """
        whole: list[str] = []
        parts: list[str] = []
        for element in around[:_AROUND]:
            text = await self._text(element)
            if text and len(text) <= _LONGEST_LABEL:
                is_part = element.tag in INLINE and len(text.split()) == 1
                (parts if is_part else whole).append(text)
        # A word that fills its button is no part of a longer label.
        return list(dict.fromkeys((*whole, *parts)))

    async def _text(self, element: Element) -> str:
        part = await take_snapshot(self.visit.walk.page, scope=element.place)
        body = part.tree.body
        labels = (label_of(node) for node in (body.iter() if body else ()))
        return clean_text(next(filter(None, labels), ""), LONGEST)

    async def _learn_meaning(self, found: Finding) -> Finding:
        seen = await self.visit.seen()
        words = read_dispute(seen.snapshot, self.site.hooks, seen.words).status_words
        if not words:
            return replace(found, note="there is no status line to read it from")
        self.lessons.choices = self.site.statuses
        with self.visit.walk.progress.waiting_for_human():
            status = await self.human.meaning_of(words, self.site.statuses)
        if not status:
            shown = clean_text(words, _LONGEST_LABEL)
            return replace(found, note=f"'{shown}' is unknown; an unknown status blocks a cancel")
        self._keep(Additions(words={seen.words.lang: {f"dispute_status.{status}": (words,)}}))
        return replace(find(found.landmark, seen.with_site(self.site)), taught=True)

    def _keep(self, additions: Additions) -> None:
        self.lessons.additions = self.lessons.additions | additions
        self.visit.learn(_with(self.site, additions))
        for line in additions.lines:
            self.human.tell(f"  learned: {line}")

    async def _learn_dialog(self) -> None:
        """Open the dialog, if the human agrees, and learn its question and its button."""
        seen = await self.visit.seen()
        dispute = read_dispute(seen.snapshot, self.site.hooks, seen.words)
        if len(dispute.cancel_labels) != 1 or dispute.clash:
            return
        with self.visit.walk.progress.waiting_for_human():
            agreed = await self.human.agrees_to_open_dialog(dispute.cancel_labels[0])
        if not agreed:
            return
        walk = self.visit.walk
        with walk.progress.step(Step.CANCEL_REQUEST) as running:
            running.page = "Dispute"
            target = await cancel_control(walk, dispute)
            await reach(
                target, Deadline.after(walk.timeout), walk.site.hooks, touch=walk.session.touch
            )
            native = len(walk.session.guard.dialogs)
            await press(target, walk.timeout, touch=walk.session.touch)
            await self.visit.quiet()
            if further := walk.session.guard.dialogs[native:]:
                await self._learn_question(further[0][1])
                running.note = "the browser's own dialog; it was closed with No"
                return
            running.note = "the dialog is open; nothing in it was pressed"
        await self._learn_open_dialog(seen)

    async def _learn_open_dialog(self, before: Seen) -> None:
        dialog = await self._dialog(before)
        if dialog is None:
            return
        if dialog.never:
            self.human.tell(f"  the dialog mentions '{dialog.never[0]}', so it is never confirmed")
            return
        if dialog.wants:
            self.human.tell("  the dialog asks for a reason or other input: use 'cancel --by-hand'")
            return
        if not dialog.about_cancel:
            pointed = any(each.landmark is _MODAL and each.taught for each in self.lessons.findings)
            await self._learn_question(dialog.question, pointed=pointed)
        else:
            self.lessons.note(Finding(_QUESTION, dialog.question))
        await self._learn_confirm()

    async def _dialog(self, before: Seen) -> Dialog | None:
        """The one dialog that opened; the human shows it where no hook finds it."""
        if dialog := await self._one_dialog():
            self.lessons.note(Finding(_MODAL, clean_text(dialog.words, _LONGEST_LABEL)))
            return dialog
        for _ in range(_TRIES):
            around = await self._pointed_at(_MODAL)
            if not around:
                break
            for css in _selectors(around, widest=True, number=""):
                if before.snapshot.select(css):
                    continue  # it was there before the dialog opened
                additions = Additions(hooks={"modal": (css,)})
                dialog = await self._one_dialog(_with(self.site, additions))
                if dialog is not None and dialog.buttons:
                    self._keep(additions)
                    shown = clean_text(dialog.words, _LONGEST_LABEL)
                    self.lessons.note(Finding(_MODAL, shown, (css,), taught=True))
                    return dialog
            self.human.tell("  that is not part of a dialog that opened; click its question")
        self.lessons.note(Finding(_MODAL, note=_MODAL.without))
        return None

    async def _one_dialog(self, site: SiteMap | None = None) -> Dialog | None:
        site = site or self.site
        snapshot = await take_snapshot(self.visit.walk.page)
        dialogs = read_dialogs(snapshot, site.hooks, site.pack(snapshot.lang))
        return dialogs[0] if len(dialogs) == 1 else None

    async def _learn_question(self, words: str, *, pointed: bool = False) -> None:
        """Keep a question whose words do not speak of cancelling; a human has to have read it.

        Args:
            pointed: they showed the dialog by clicking in it.
        """
        question = clean_text(words, LONGEST)
        lang = self.visit.lang
        if never := self._never([question]):
            self.human.tell(f"  {never} It is not remembered.")
            return
        if not pointed and not await self.human.agrees_on_question(question):
            self.human.tell("  the dialog's question is not remembered: nobody said what it asks")
            return
        self._keep(Additions(words={lang: {"dialog_questions": (question,)}}))
        self.lessons.note(Finding(_QUESTION, question, taught=True))

    async def _learn_confirm(self) -> None:
        dialog = await self._one_dialog()
        if dialog is not None and dialog.confirm:
            self.lessons.note(Finding(_CONFIRM, dialog.confirm))
            return
        for _ in range(_TRIES):
            around = await self._pointed_at(_CONFIRM)
            if not around:
                break
            words = await self._words(around)
            if never := self._never(words):
                self.human.tell(f"  {never} It is not remembered; click something else.")
                continue
            for each in words:
                additions = Additions(words={self.visit.lang: {"labels.confirm": (each,)}})
                dialog = await self._one_dialog(_with(self.site, additions))
                if dialog is not None and dialog.is_safe:
                    self._keep(additions)
                    self.lessons.note(Finding(_CONFIRM, each, taught=True))
                    return
            self.human.tell("  that is not a button of the dialog; click the one that confirms")
        self.lessons.note(Finding(_CONFIRM, note=_CONFIRM.without))

    async def read_again(self) -> None:
        """Walk the pages anew, as an ordinary command does, with what was taught."""
        walk = self.visit.walk
        await walk.back_to_own_tab()
        if self.known_page:
            dispute = await walk.reload_dispute(self.known_page)
            self.lessons.again = f"{dispute.status_words} ({dispute.status})"
            return
        reading = await read_disputes(walk, self.visit.order_id, None)
        chosen = reading.chosen
        if chosen is None:
            self.lessons.again = f"{len(reading.found)} open disputes"
            return
        cancel = f", '{chosen.cancel_labels[0]}'" if chosen.cancel_labels else ""
        self.lessons.again = f"{chosen.status_words} ({chosen.status}){cancel}"


_STEPS: Final = {
    PageName.ORDERS: Step.MY_ORDERS,
    PageName.DETAILS: Step.ORDER_DETAILS,
    PageName.DISPUTE: Step.DISPUTE_PAGE,
}


def _with(site: SiteMap, additions: Additions) -> SiteMap:
    """The site data with these additions, for this run."""
    for lang, words in additions.words.items():
        site = site.taught(lang, words)
    return site.model_copy(update={"hooks": site.hooks.with_more(additions.hooks)})


def _selectors(around: tuple[Element, ...], *, widest: bool, number: str) -> Iterator[str]:
    """Selectors for the element that a click means, the likeliest first.

    Args:
        widest: take the widest element that fits, not the innermost.
        number: if it is widest, it has this number and no other order's.
    """
    elements = around
    if widest and number:
        elements = tuple(each for each in around if number in each.numbers)
    ordered = reversed(elements) if widest else iter(elements)
    for element in ordered:
        yield from selectors_of(element.attributes)
