"""Confirm: two clicks and the dialog between them, one permit, one request, and no repetition."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from playwright.async_api import Error, Locator

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel import stops
from automation.aliexpress.cancel.last_words import LastWords
from automation.aliexpress.found import Confirmed
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.dialog import (
    Dialog,
    appeared,
    judge_words,
    read_dialogs,
    standing,
)
from automation.aliexpress.pages.snapshot import squeezed
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.sentences import sentences, warnings_in
from automation.aliexpress.plan.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.plan.targets import naming_ids
from automation.aliexpress.request import utc_now
from automation.aliexpress.site import Doubt
from automation.aliexpress.walk.album import DIALOG
from automation.aliexpress.walk.arrival import Settling
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError, be_sure
from automation.aliexpress.walk.locate import controls, only_one, press, reach
from automation.aliexpress.walk.response_names import Names
from automation.aliexpress.walk.tab import Deadline
from automation.aliexpress.walk.underway import pending_requests
from automation.engine.guard import PermitScope
from automation.engine.journal import Event
from automation.engine.sent import PERMIT_SECONDS, Sent, what_was_sent
from automation.errors import ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.async_api import Request

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.guard import Permit
    from automation.engine.target import Target

# A dialog is complete once it has not changed for this long; people take longer to read one.
WHOLE_SECONDS = 3.0
# A dialog that has not opened by then comes only if the page is still at work.
_DIALOG_SECONDS = 5.0
_LOADING_SECONDS = 5.0
# The page's answer to the confirm; what opens later is on the pages of the verification.
_AFTER_SECONDS = 0.5
_LONGEST_SHOWN = 300
_MOST_DIALOGS = 2
_MOST_PRESSES = 3
_ABOUT = "the dialog that asks whether to cancel your request"


@dataclass
class Commit:
    """Clicks Cancel Request and the confirm button of its dialog, with one permit.

    Args:
        names: further ids of this dispute, from the site's answers.
        other_ids: ids of the order's other disputes and lines; a request with one is refused.
        accepted: digests of warnings that the buyer accepted.
        spends: digest of the stored plan that the click uses up.
        so_far: what it has seen and sent, also where it was stopped.
    """

    walk: Walk
    plan: Plan
    log: AttemptLog
    other_ids: frozenset[str]
    names: Names = field(default_factory=Names)
    accepted: frozenset[str] = frozenset()
    spends: str | None = None
    so_far: Confirmed = field(default_factory=Confirmed)
    _problem: ToolError | None = None
    _lang: str = "en"
    _doubt: Doubt | None = None
    _before: Snapshot | None = None
    _beside: dict[str, None] = field(default_factory=dict)
    _native_before: int = 0
    _refused_before: int = 0
    _answered: int = 0
    _spent: bool = False
    _read_late: list[str] = field(default_factory=list)

    async def send(self, target: Locator) -> None:
        """Send the one request.

        Args:
            target: the Cancel Request control.

        Raises:
            UnseenWarningsError: the dialog has new warnings; nothing was confirmed (exit 7).
            ToolError: the dialog was another one, or the page sent nothing (exit 1 or 5).
        """
        native: list[bool] = []
        guard = self.walk.session.guard
        self._native_before = len(guard.dialogs)
        self._refused_before = len(guard.report().refused)
        self.walk.session.guard.get_ready_to_send()
        self.walk.session.guard.dialog_answer = lambda d: self._native(d.type, d.message, native)
        with (
            pending_requests(self.walk.page) as loading,
            self.walk.progress.step(Step.CANCEL_REQUEST) as running,
        ):
            running.page = "Dispute"
            known = await self._dialogs()
            await self._read_around(target)
            await self._click(target, "Cancel Request")
            try:
                dialog = None if native else await self._new_dialog(known, native)
                if dialog is not None:
                    dialog = await self._whole(dialog, known, loading)
            except ToolError as error:
                raise self._cause_of(error) from error
            running.note = "asked to confirm"
        with self.walk.progress.step(Step.CONFIRM) as running:
            running.page = "Dispute"
            while dialog is not None:
                known.append(await self._answer(dialog, known))
                dialog = await self._asked_again(known)
            await self._sent(known)
            running.note = "one request was sent"

    def _cause_of(self, error: ToolError) -> ToolError:
        """Why there is no dialog to confirm: a sign-in or captcha took its place, or the error."""
        try:
            self.walk.watch.check(self.walk.page)
        except ToolError as cause:
            if cause.exit_code is ExitCode.HUMAN_NEEDED:
                return cause
        return error

    async def _read_around(self, target: Locator) -> None:
        """Read what the page says beside Cancel Request: it is accepted like a dialog's words."""
        if self._before is None:
            return
        label = "(el) => el.innerText || el.value || el.getAttribute('aria-label') || ''"
        words = self.walk.words(self._before.lang)
        said = standing(
            self._before, await target.evaluate(label), self.walk.site.hooks, words, self._told
        )
        self._beside.update(dict.fromkeys(said))

    async def _answer(self, dialog: Dialog, known: list[Dialog]) -> Dialog:
        """Confirm a dialog whose words are known and whose warnings are accepted."""
        dialog = await self._know(dialog, known)
        try:
            self._refuse_unseen(dialog.warnings)
        except UnseenWarningsError:
            self._return_plan()
            raise
        dialog = await self._confirm(dialog, known)
        self._answered += 1
        return dialog

    async def _asked_again(self, known: list[Dialog]) -> Dialog | None:
        """A second question about this cancel that the page asks in place of its request.

        The permit is withdrawn before it is returned, so nothing is sent while it is read.
        """
        permit = self.so_far.permit
        if permit is None or self._answered >= _MOST_DIALOGS:
            return None
        try:
            dialog = await self._next_question(permit, known)
        except Error:
            return None  # the page went on by itself
        if dialog is None:
            return None
        permit.revoke()
        if await what_was_sent(permit, self.walk.session, self.walk.timeout) is not Sent.NOTHING:
            return None
        self.so_far = replace(self.so_far, permit=None)
        return dialog

    async def _next_question(self, permit: Permit, known: list[Dialog]) -> Dialog | None:
        """The next dialog once it stopped changing; None if the permit was used or expired."""
        asked: Dialog | None = None
        quiet = Deadline.after(WHOLE_SECONDS)
        while permit.state == "unused":
            fresh = await self._fresh(known)
            found = fresh[0] if len(fresh) == 1 and fresh[0].is_safe else None
            if found is None or found != asked:
                asked, quiet = found, Deadline.after(WHOLE_SECONDS)
            elif quiet.left <= 0:
                return asked
            await self.walk.changes(quiet)
        return None

    def _native(self, kind: str, words: str, seen: list[bool]) -> bool:
        """Answer a native dialog; only a confirm about this cancel gets a yes."""
        pack = self.walk.words(self._lang)
        about, never = judge_words(words, words, pack)
        ours = kind == "confirm" and about and not never
        ours = ours and all(seen) and self._answered + len(seen) < _MOST_DIALOGS
        # The page waits for this answer, so the buyer cannot be asked: unknown words get a no.
        yes = ours and pack.may_act_on(words)
        if ours and not yes:
            self._doubt = Doubt(pack.lang, _ABOUT, {"dialog_questions": (words,)})
        if yes:
            said = warnings_in(tuple(sentences(words)), words, pack, self._told)
            yes = self._agree_natively((*said, *self._beside, *self._missing()))
        seen.append(yes)
        return yes

    def _agree_natively(self, warned: tuple[str, ...]) -> bool:
        """Hand out the permit, unless the dialog has new warnings: those are asked about later."""
        try:
            self._refuse_unseen(warned)
            self._grant()
        except ToolError as error:
            self._problem = error
            self._take_back()
            return False
        return True

    def _take_back(self) -> None:
        """Withdraw an unused permit and the plan's use: the buyer must accept something first."""
        permit = self.so_far.permit
        if permit is None:
            return
        permit.revoke()
        if permit.state != "used":
            self.so_far = replace(self.so_far, permit=None)
            self._return_plan()

    def _return_plan(self) -> None:
        if self.spends and self._spent:
            self.log.return_plan(self.spends)
            self._spent = False

    @property
    def _told(self) -> tuple[str, ...]:
        """What the buyer has seen in the plan."""
        plan = self.plan
        ids = (plan.order_id, plan.reverse_line_id, plan.trade_line_id)
        return (*filter(None, ids), *amounts_in(plan.amount))

    def _refuse_unseen(self, said: tuple[str, ...]) -> None:
        """Report the dialog's warnings; stop unless the buyer accepted all of them."""
        warnings = site_warnings(said, self.plan)
        told = {each.digest: each for each in (*self.so_far.warnings, *warnings)}
        self.so_far = replace(self.so_far, warnings=tuple(told.values()))
        unseen = tuple(each for each in warnings if each.digest not in self.accepted)
        if unseen:
            raise UnseenWarningsError(unseen, self.plan)

    async def _dialogs(self) -> list[Dialog]:
        """The open dialogs, with the warnings of whatever appeared beside them since the click.

        What appeared stays to be read, even if it vanishes again as a toast does.
        """
        snapshot = await take_snapshot(self.walk.page)
        self._lang = snapshot.lang
        hooks, words = self.walk.site.hooks, self.walk.words(snapshot.lang)
        self._before = self._before or snapshot
        if snapshot is not self._before:
            new = appeared(self._before, snapshot, hooks, words, self._told)
            self._beside.update(dict.fromkeys(new))
        return read_dialogs(snapshot, hooks, words, self._told)

    async def _fresh(self, known: list[Dialog]) -> list[Dialog]:
        """The dialogs that opened after the click."""
        before = [each.words for each in known]
        fresh = [each for each in await self._dialogs() if each.words not in before]
        return [
            replace(
                each,
                warnings=tuple(dict.fromkeys((*each.warnings, *self._beside, *self._missing()))),
            )
            for each in fresh
        ]

    def _missing(self) -> tuple[str, ...]:
        """What the dialog may lack: calls held back since the click whose answers it may show."""
        refused = self.walk.session.guard.report().refused[self._refused_before :]
        names = dict.fromkeys(record.what for record in refused if record.asks)
        return tuple(
            f"The page asked for {name}, which was held back: the dialog may say less than it should."
            for name in names
        )

    async def _opened_after(self, known: list[Dialog]) -> tuple[str, ...]:
        """The words of the dialogs that opened after the confirm; nothing in them is pressed."""
        before = {each.words for each in known}
        native = self.walk.session.guard.dialogs[self._native_before :]
        further = [words for _, words, accepted in native if not accepted]
        try:
            await self.walk.changes(Deadline.after(_AFTER_SECONDS))
            shown = [each.words for each in await self._dialogs() if each.words not in before]
        except Error:
            shown = []  # the page went on by itself
        return tuple(clean_text(words, _LONGEST_SHOWN) for words in (*further, *shown))

    async def _new_dialog(self, known: list[Dialog], native: list[bool]) -> Dialog | None:
        deadline = Deadline.after(self.walk.timeout)
        soon, settling = Deadline.after(_DIALOG_SECONDS), Settling()
        while deadline.left > 0:
            if native:
                return None
            fresh = await self._fresh(known)
            if len(fresh) > 1:
                raise stops.not_confirmed(f"{len(fresh)} dialogs opened at once")
            if fresh and (fresh[0].is_safe or await self._stays(fresh[0], known)):
                return self._checked(fresh[0])
            if await self._has_settled(settling) and soon.left <= 0:
                break
            await self.walk.changes(deadline)
        raise stops.not_confirmed("no confirm dialog appeared")

    async def _has_settled(self, settling: Settling) -> bool:
        """True if the page asks for nothing and stays as it is, so no dialog is on its way."""
        walk = self.walk
        if walk.under_way is None:
            return False
        return await walk.watch.settled(walk.page, settling, walk.under_way) is not None

    async def _stays(self, dialog: Dialog, known: list[Dialog]) -> bool:
        """True if an incomplete dialog neither loads nor changes within half a second."""
        await self.walk.changes(Deadline.after(0.5))
        return not dialog.grows and dialog in await self._fresh(known)

    async def _whole(
        self, dialog: Dialog, known: list[Dialog], loading: Collection[Request]
    ) -> Dialog:
        """Wait until the dialog stops changing: a warning may come late.

        Also wait, for a limited time, while the page is still loading something.
        """
        deadline = Deadline.after(self.walk.timeout)
        quiet, late = Deadline.after(WHOLE_SECONDS), Deadline.after(_LOADING_SECONDS)
        await self.walk.picture(DIALOG)
        while quiet.left > 0 or (loading and late.left > 0):
            await self.walk.changes(quiet if quiet.left > 0 else late)
            fresh = await self._fresh(known)
            if fresh == [dialog]:
                continue
            if len(fresh) != 1 or deadline.left <= 0:
                raise stops.not_confirmed("the dialog keeps changing")
            dialog, quiet = fresh[0], Deadline.after(WHOLE_SECONDS)
            await self.walk.picture(DIALOG)
        return self._checked(dialog)

    def _checked(self, dialog: Dialog) -> Dialog:
        if dialog.is_safe:
            return dialog
        if dialog.about_cancel and dialog.frame:
            raise stops.has_frame()
        if dialog.about_cancel and dialog.wants:
            raise stops.wants_input()
        if dialog.clash:
            raise stops.not_confirmed(dialog.clash)
        if dialog.never:
            raise stops.not_confirmed(f"the dialog mentions '{dialog.never[0]}'")
        self._teach(dialog)
        if not dialog.about_cancel:
            raise stops.not_confirmed("the dialog is not about cancelling this request")
        raise stops.not_confirmed("expected exactly one confirm button in the dialog")

    def _teach(self, dialog: Dialog) -> None:
        """Show the dialog's labels and the lines that add them to a words file."""
        lists = {} if dialog.about_cancel else {"dialog_questions": (dialog.question,)}
        choices = () if dialog.confirm else dialog.buttons
        labels = {**lists, "labels.confirm": choices}
        self.so_far = replace(self.so_far, doubt=Doubt(dialog.lang, _ABOUT, labels))

    async def _know(self, dialog: Dialog, known: list[Dialog]) -> Dialog:
        """Require that a person has verified the dialog's question and its button."""
        decide = {"dialog_questions": (dialog.question,), "labels.confirm": (dialog.confirm,)}
        if not await be_sure(self.walk, dialog.lang, _ABOUT, decide):
            return dialog
        same = [each for each in await self._fresh(known) if each.words == dialog.words]
        if len(same) != 1:
            raise stops.not_confirmed("the dialog changed while you were reading it")
        if self.plan.is_expired(utc_now()):
            raise stops.not_confirmed("the plan expired while you were reading the dialog")
        return same[0]

    async def _confirm(self, dialog: Dialog, known: list[Dialog]) -> Dialog:
        """Press its button; the dialog as it was read last."""
        hooks, walk = self.walk.site.hooks, self.walk
        modal = await self._shown(dialog)
        found = await controls(modal, hooks, dialog.confirm)
        target = await only_one(found, f"'{dialog.confirm}' in the dialog")
        await reach(target, Deadline.after(walk.timeout), hooks, touch=walk.session.touch)
        for again in range(_MOST_PRESSES):
            last = await LastWords.watch(walk.page, hooks, self._read_late)
            fresh = await self._fresh(known)
            if len(fresh) != 1 or not (again or fresh == [dialog]):
                raise stops.not_confirmed("the dialog changed before the confirm")
            dialog = self._checked(fresh[0])
            self._refuse_unseen(dialog.warnings)
            self._grant()
            await self._click(target, dialog.confirm)
            said = await last.stopped()
            if said is None or (self.so_far.permit and self.so_far.permit.state == "used"):
                return dialog
            self._take_back()
            self._read_stopped(said, dialog)
        raise stops.not_confirmed("the dialog changes while its button is pressed")

    def _read_stopped(self, said: str, dialog: Dialog) -> None:
        """Read what was there when the click arrived; the buyer has to accept its warnings."""
        pack = self.walk.words(dialog.lang)
        lines = said.splitlines()
        _, never = judge_words(said, said, pack)
        if never or squeezed(dialog.confirm) not in map(squeezed, lines):
            raise stops.not_confirmed("the dialog becomes another one while its button is pressed")
        told = [each for line in lines for each in sentences(line)]
        new = [each for each in told if squeezed(each) not in squeezed(dialog.words)]
        self._refuse_unseen(warnings_in(new, "", pack, self._told))
        self._read_late.append(said)

    async def _shown(self, dialog: Dialog) -> Locator:
        """The dialog on the page; others may be open too."""
        modal = self.walk.page.locator(self.walk.site.hooks.css("modal")).filter(visible=True)
        words = await modal.evaluate_all("(all) => all.map((el) => el.textContent)")
        same = [i for i, each in enumerate(words) if squeezed(each) == squeezed(dialog.words)]
        return modal.nth(same[0]) if same else modal

    def _grant(self) -> None:
        """Hand out the run's one permit, right before the click that needs it."""
        if self.so_far.permit is not None and self.so_far.permit.state == "unused":
            return
        scope = permit_scope(self.plan.target, self.names, self.other_ids)
        self._write_click()
        permit = self.walk.session.guard.grant(scope, seconds=PERMIT_SECONDS)
        self.so_far = replace(self.so_far, permit=permit)

    def _write_click(self) -> None:
        """Mark the plan as used and write the click: from here on the request may be sent."""
        if self.spends and not self._spent:
            self.log.spend_plan(self.spends)
            self._spent = True
        warned = ", ".join(each.digest for each in self.so_far.warnings)
        self.log.record(Event.CLICKED, **({"warnings": warned} if warned else {}))

    async def _click(self, target: Locator, name: str) -> None:
        """Click once. A click that raises may still have worked, so it is never repeated."""
        try:
            await press(target, self.walk.timeout, touch=self.walk.session.touch)
        except Error as error:
            if self.so_far.permit is None:
                raise stops.not_confirmed(f"could not click '{name}'") from error

    async def _sent(self, known: list[Dialog]) -> None:
        permit = self.so_far.permit
        if permit is None and self._problem is not None:
            raise self._problem
        if permit is None and self._doubt is not None:
            raise UnverifiedLabelsError(self._doubt)
        if permit is None:
            raise stops.not_confirmed("the page's own dialog was not about this cancel")
        sent = await what_was_sent(permit, self.walk.session, self.walk.timeout)
        self.so_far = replace(self.so_far, sent=sent)
        opened = await self._opened_after(known)
        self.so_far = replace(self.so_far, opened_after=opened)
        if sent is Sent.MAYBE:
            raise stops.browser_lost()
        if sent is Sent.NOTHING:
            if permit.answer is not None:
                raise stops.no_connection(permit.answer.error)
            raise self._nothing_sent()

    def _nothing_sent(self) -> ToolError:
        held = self.walk.session.guard.report().held_at_permit
        further = self.so_far.another_dialog
        if further and self._answered == _MOST_DIALOGS and not held:
            return stops.asks_too_often(further)
        return stops.nothing_sent(held, further)


def permit_scope(target: Target, names: Names, other_ids: frozenset[str]) -> PermitScope:
    """The ids of the dispute that the one request must carry, and those that it must not."""
    return PermitScope(
        target,
        other_ids=other_ids,
        names=naming_ids(target) | (names.naming - other_ids),
        own_ids=names.broader - other_ids,
    )
