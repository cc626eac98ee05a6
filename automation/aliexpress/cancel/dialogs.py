"""The dialogs that opened since Cancel Request was clicked, and what appeared beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.async_api import Error, Locator

from automation.aliexpress.cancel import stops
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.dialog import Dialog, appeared, read_dialogs, standing
from automation.aliexpress.pages.snapshot import squeezed
from automation.aliexpress.walk.album import DIALOG
from automation.aliexpress.walk.wait.arrival import Settling
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.errors import ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.async_api import Request

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.guard import Permit

# A dialog is complete once it has not changed for this long; people take longer to read one.
WHOLE_SECONDS = 3.0
# A dialog that has not opened by then comes only if the page is still at work.
_DIALOG_SECONDS = 5.0
_LOADING_SECONDS = 5.0
# The page's answer to the confirm; what opens later is on the pages of the verification.
_AFTER_SECONDS = 0.5
_LONGEST_SHOWN = 300


@dataclass
class DialogWatch:
    """Reads what opens on the page of a dispute, from before the first click on.

    Args:
        told: ids and amounts that the buyer saw in the plan.
        known: the dialogs that were open before the click, and those that were answered.
        lang: the language of the page as it was read last.
    """

    walk: Walk
    told: tuple[str, ...]
    known: list[Dialog] = field(default_factory=list)
    lang: str = "en"
    _before: Snapshot | None = None
    _beside: dict[str, None] = field(default_factory=dict)
    _native_before: int = 0
    _refused_before: int = 0

    def __post_init__(self) -> None:
        """Count what the guard has seen so far: only what comes later matters."""
        guard = self.walk.session.guard
        self._native_before = len(guard.dialogs)
        self._refused_before = len(guard.report().refused)

    async def start(self, target: Locator) -> None:
        """Read the page before the click on ``target``, and what it says beside it.

        Those words are accepted like a dialog's.
        """
        self.known = await self._visible()
        if self._before is None:
            return
        label = "(el) => el.innerText || el.value || el.getAttribute('aria-label') || ''"
        words = self.walk.words(self._before.lang)
        said = standing(
            self._before, await target.evaluate(label), self.walk.site.hooks, words, self.told
        )
        self._beside.update(dict.fromkeys(said))

    @property
    def beside(self) -> tuple[str, ...]:
        """What appeared beside the dialogs, and what they may lack."""
        return (*self._beside, *self._missing())

    async def fresh(self) -> list[Dialog]:
        """The dialogs that opened after the click."""
        before = [each.words for each in self.known]
        fresh = [each for each in await self._visible() if each.words not in before]
        beside = self.beside
        return [
            replace(each, warnings=tuple(dict.fromkeys((*each.warnings, *beside))))
            for each in fresh
        ]

    async def first(self, native: Collection[bool]) -> Dialog | None:
        """The dialog that the click opened; ``None`` if it is the browser's own, as ``native`` says.

        Raises:
            ToolError: none opened, or several did (exit 5).
        """
        deadline = Deadline.after(self.walk.timeout)
        soon, settling = Deadline.after(_DIALOG_SECONDS), Settling()
        while deadline.left > 0:
            if native:
                return None
            fresh = await self.fresh()
            if len(fresh) > 1:
                raise stops.not_confirmed(f"{len(fresh)} dialogs opened at once")
            if fresh and (fresh[0].is_safe or await self._stays(fresh[0])):
                return fresh[0]
            if await self._has_settled(settling) and soon.left <= 0:
                break
            await self.walk.changes(soon if soon.left > 0 else deadline)
        raise stops.not_confirmed("no confirm dialog appeared")

    async def whole(self, dialog: Dialog, loading: Collection[Request]) -> Dialog:
        """Wait until the dialog stops changing: a warning may come late.

        Also wait, for a limited time, while the page is still loading something.

        Raises:
            ToolError: it keeps changing (exit 5).
        """
        deadline = Deadline.after(self.walk.timeout)
        quiet, late = Deadline.after(WHOLE_SECONDS), Deadline.after(_LOADING_SECONDS)
        await self.walk.picture(DIALOG)
        self.walk.develop()  # these seconds are free
        while quiet.left > 0 or (loading and late.left > 0):
            await self.walk.changes(quiet if quiet.left > 0 else late)
            fresh = await self.fresh()
            if fresh == [dialog]:
                continue
            if len(fresh) != 1 or deadline.left <= 0:
                raise stops.not_confirmed("the dialog keeps changing")
            dialog, quiet = fresh[0], Deadline.after(WHOLE_SECONDS)
            await self.walk.picture(DIALOG)
        return dialog

    async def next(self, permit: Permit) -> Dialog | None:
        """The next dialog once it stopped changing; ``None`` if the permit was used or is over."""
        asked: Dialog | None = None
        quiet, vain = Deadline.after(WHOLE_SECONDS), Deadline.after(WHOLE_SECONDS)
        while permit.state == "unused":
            fresh = await self.fresh()
            found = fresh[0] if len(fresh) == 1 and fresh[0].is_safe else None
            if found is None or found != asked:
                asked, quiet = found, Deadline.after(WHOLE_SECONDS)
            elif quiet.left <= 0:
                return asked
            if found is not None or not self._has_sent_in_vain():
                vain = Deadline.after(WHOLE_SECONDS)
            elif vain.left <= 0:
                permit.revoke()  # so that the buyer hears of it now, not when it expires
                return None
            await self.walk.changes(quiet)
        return None

    def _has_sent_in_vain(self) -> bool:
        """True if the page's own call was held back, and it waits for no answer any more."""
        walk = self.walk
        held = walk.session.guard.report().held_at_permit
        waits = walk.under_way is None or walk.under_way.of(walk.page)[0] > 0
        return not waits and any(each.nameable for each in held)

    async def opened_after(self) -> tuple[str, ...]:
        """The words of the dialogs that opened after the confirm; nothing in them is pressed."""
        before = {each.words for each in self.known}
        native = self.walk.session.guard.dialogs[self._native_before :]
        further = [words for _, words, accepted in native if not accepted]
        try:
            await self.walk.changes(Deadline.after(_AFTER_SECONDS))
            shown = [each.words for each in await self._visible() if each.words not in before]
        except (Error, ToolError):
            shown = []  # the page went on by itself, or was translated
        return tuple(clean_text(words, _LONGEST_SHOWN) for words in (*further, *shown))

    async def element(self, dialog: Dialog) -> Locator:
        """The dialog on the page; others may be open too."""
        modal = self.walk.page.locator(self.walk.site.hooks.css("modal")).filter(visible=True)
        words = await modal.evaluate_all("(all) => all.map((el) => el.textContent)")
        same = [i for i, each in enumerate(words) if squeezed(each) == squeezed(dialog.words)]
        return modal.nth(same[0]) if same else modal

    async def _visible(self) -> list[Dialog]:
        """The open dialogs, with the warnings of whatever appeared beside them since the click.

        What appeared stays to be read, even if it vanishes again as a toast does.
        """
        snapshot = await take_snapshot(self.walk.page)
        self.lang = snapshot.lang
        hooks, words = self.walk.site.hooks, self.walk.words(snapshot.lang)
        self._before = self._before or snapshot
        if snapshot is not self._before:
            new = appeared(self._before, snapshot, hooks, words, self.told)
            self._beside.update(dict.fromkeys(new))
        return read_dialogs(snapshot, hooks, words, self.told)

    def _missing(self) -> tuple[str, ...]:
        """What the dialog may lack: calls held back since the click whose answers it may show."""
        refused = self.walk.session.guard.report().refused[self._refused_before :]
        names = dict.fromkeys(record.what for record in refused if record.asks)
        return tuple(
            f"The page asked for {name}, which was held back: the dialog may say less than it should."
            for name in names
        )

    async def _has_settled(self, settling: Settling) -> bool:
        """True if the page asks for nothing and stays as it is, so no dialog is on its way."""
        walk = self.walk
        if walk.under_way is None:
            return False
        return await walk.watch.settled(walk.page, settling, walk.under_way) is not None

    async def _stays(self, dialog: Dialog) -> bool:
        """True if an incomplete dialog neither loads nor changes within half a second."""
        await self.walk.changes(Deadline.after(0.5))
        return not dialog.grows and dialog in await self.fresh()
