"""Learn the dialog of Cancel Request: the dialog itself, its question, its button.

Cancel Request is pressed once to see it, and only if the human agrees. Nothing in the dialog is
pressed, and without a permit the guard lets no write through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from automation.aliexpress.answer import Step
from automation.aliexpress.pages import read_dispute, take_snapshot
from automation.aliexpress.pages.dialog import read_dialogs
from automation.aliexpress.pages.landmarks import By, Finding, Landmark, PageName, Seen
from automation.aliexpress.site.additions import LONGEST, Additions, with_additions
from automation.aliexpress.site.words import as_label
from automation.aliexpress.teach.pointer import LONGEST_LABEL, selectors_around
from automation.aliexpress.walk.locate import cancel_control, press, reach
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.pages.dialog import Dialog
    from automation.aliexpress.site import SiteMap
    from automation.aliexpress.teach.pointer import Pointer

_BY_HAND: Final = "use 'cancel --by-hand', where you press the buttons yourself"
_QUESTION: Final = Landmark(
    PageName.DIALOG, "the question", By.WORDS, "dialog_questions", lambda _: "",
    needed=False, without="cancel asks about it when it sees it",
)  # fmt: skip
_MODAL: Final = Landmark(
    PageName.DIALOG, "the dialog itself", By.HOOK, "modal", lambda _: "",
    ask="Click the question in the dialog that opened.", needed=False, without=_BY_HAND,
)  # fmt: skip
_CONFIRM: Final = Landmark(
    PageName.DIALOG, "the button that confirms", By.WORDS, "labels.confirm", lambda _: "",
    ask="Click the button that confirms. It is not pressed.", needed=False, without=_BY_HAND,
)  # fmt: skip


@dataclass
class DialogLesson:
    """Opens the dialog of the one cancel control, and learns what is unknown of it."""

    pointer: Pointer

    async def learn(self) -> None:
        """Open the dialog, if the human agrees, and learn its question and its button."""
        seen = await self.pointer.visit.seen()
        dispute = read_dispute(seen.snapshot, seen.site.hooks, seen.words)
        if len(dispute.cancel_labels) != 1 or dispute.clash:
            return
        async with self.pointer.asking():
            agreed = await self.pointer.human.agrees_to_open_dialog(dispute.cancel_labels[0])
        if agreed and not await self._press(dispute):
            await self._learn_open_dialog(seen)

    async def _press(self, dispute: DisputePage) -> bool:
        """Press Cancel Request once; True if the browser's own dialog came, and is closed again.

        Raises:
            ToolError: the control is not there any more, or not exactly one (exit 5).
        """
        walk = self.pointer.visit.walk
        with walk.progress.step(Step.CANCEL_REQUEST) as running:
            running.page = "Dispute"
            target = await cancel_control(walk, dispute)
            deadline = Deadline.after(walk.timeout)
            await reach(target, deadline, walk.site.hooks, touch=walk.session.touch)
            native = len(walk.session.guard.dialogs)
            await press(target, walk.timeout, touch=walk.session.touch)
            await self.pointer.visit.quiet()
            further = walk.session.guard.dialogs[native:]
            running.note = "the dialog is open; nothing in it was pressed"
            if further:
                running.note = "the browser's own dialog; it was closed with No"
                await self._learn_question(further[0][1])
            return bool(further)

    async def _learn_open_dialog(self, before: Seen) -> None:
        dialog = await self._dialog(before)
        if dialog is None:
            return
        if dialog.never:
            self.pointer.human.tell(
                f"  the dialog mentions '{dialog.never[0]}', so it is never confirmed"
            )
            return
        if dialog.wants:
            self.pointer.human.tell(
                "  the dialog asks for a reason or other input: use 'cancel --by-hand'"
            )
            return
        if dialog.about_cancel:
            self.pointer.lessons.note(Finding(_QUESTION, dialog.question))
        else:
            await self._learn_question(dialog.question, pointed=self._was_pointed_at())
        await self._learn_confirm()

    def _was_pointed_at(self) -> bool:
        """True if the human showed the dialog by clicking in it."""
        return any(
            each.landmark is _MODAL and each.taught for each in self.pointer.lessons.findings
        )

    async def _dialog(self, before: Seen) -> Dialog | None:
        """The one dialog that opened; the human shows it where no hook finds it."""
        pointer = self.pointer
        if dialog := await self._one_dialog():
            pointer.lessons.note(Finding(_MODAL, clean_text(dialog.words, LONGEST_LABEL)))
            return dialog
        async for around in pointer.tries(_MODAL):
            for css in selectors_around(around, widest=True):
                if before.snapshot.select(css):
                    continue  # it was there before the dialog opened
                additions = Additions(hooks={"modal": (css,)})
                dialog = await self._one_dialog(with_additions(pointer.site, additions))
                if dialog is not None and dialog.buttons:
                    pointer.keep(additions)
                    shown = clean_text(dialog.words, LONGEST_LABEL)
                    pointer.lessons.note(Finding(_MODAL, shown, (css,), taught=True))
                    return dialog
            pointer.refuse("That is not part of a dialog that opened.")
        pointer.lessons.note(Finding(_MODAL, note=_MODAL.without))
        return None

    async def _one_dialog(self, site: SiteMap | None = None) -> Dialog | None:
        site = site or self.pointer.site
        snapshot = await take_snapshot(self.pointer.visit.walk.page)
        dialogs = read_dialogs(snapshot, site.hooks, site.pack(snapshot.lang))
        return dialogs[0] if len(dialogs) == 1 else None

    async def _learn_question(self, words: str, *, pointed: bool = False) -> None:
        """Keep a question whose words do not speak of cancelling; a human has to have read it.

        Args:
            pointed: they showed the dialog by clicking in it.
        """
        pointer = self.pointer
        question = clean_text(words, LONGEST)
        if not as_label(question):
            pointer.human.tell(f"  the dialog has no words that ask something: {_BY_HAND}")
            return
        if never := pointer.never([question]):
            pointer.human.tell(f"  {never} It is not remembered.")
            return
        if not pointed and not await self._agreed_on(question):
            pointer.human.tell(
                "  the dialog's question is not remembered: you did not say what it asks"
            )
            return
        pointer.keep(Additions(words={pointer.visit.lang: {"dialog_questions": (question,)}}))
        pointer.lessons.note(Finding(_QUESTION, question, taught=True))

    async def _agreed_on(self, question: str) -> bool:
        async with self.pointer.asking():
            return await self.pointer.human.agrees_on_question(question)

    async def _learn_confirm(self) -> None:
        pointer = self.pointer
        dialog = await self._one_dialog()
        if dialog is not None and dialog.confirm:
            pointer.lessons.note(Finding(_CONFIRM, dialog.confirm))
            return
        async for around in pointer.tries(_CONFIRM):
            words = await pointer.words(around)
            if never := pointer.never(words):
                pointer.refuse(never)
                continue
            for each in words:
                additions = Additions(words={pointer.visit.lang: {"labels.confirm": (each,)}})
                dialog = await self._one_dialog(with_additions(pointer.site, additions))
                if dialog is not None and dialog.is_safe:
                    pointer.keep(additions)
                    pointer.lessons.note(Finding(_CONFIRM, each, taught=True))
                    return
            pointer.refuse("That is not a button of the dialog.")
        pointer.lessons.note(Finding(_CONFIRM, note=_CONFIRM.without))
