"""Confirm: two clicks and the dialog between them, one permit, one request, and no repetition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.async_api import Error, Locator

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel import stops
from automation.aliexpress.cancel.dialogs import DialogWatch
from automation.aliexpress.cancel.last_words import LastWords
from automation.aliexpress.cancel.verify import TABS
from automation.aliexpress.found import Confirmed
from automation.aliexpress.pages.dialog import Dialog, judge_words
from automation.aliexpress.pages.snapshot import squeezed
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.sentences import sentences, warnings_in
from automation.aliexpress.plan.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.plan.targets import naming_ids
from automation.aliexpress.request import utc_now
from automation.aliexpress.site import Doubt
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError, be_sure
from automation.aliexpress.walk.locate import controls, only_one, press, reach
from automation.aliexpress.walk.response_names import Names
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.aliexpress.walk.wait.underway import pending_requests
from automation.engine.guard import PermitScope
from automation.engine.journal import Event
from automation.engine.sent import PERMIT_SECONDS, Sent, what_was_sent
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.site import WordPack
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.target import Target

_MOST_DIALOGS = 2
_MOST_PRESSES = 3
_ABOUT = "the dialog that asks whether to cancel your request"


@dataclass
class Confirm:
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
    _doubt: Doubt | None = None
    _answered: int = 0
    _spent: bool = False
    _opened: DialogWatch = field(init=False)
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
        self._opened = DialogWatch(self.walk, self._told)
        guard.get_ready_to_send()
        guard.dialog_answer = lambda d: self._native(d.type, d.message, native)
        with (
            pending_requests(self.walk.page) as loading,
            self.walk.progress.step(Step.CANCEL_REQUEST) as running,
        ):
            running.page = "Dispute"
            await self._opened.start(target)
            await self._click(target, "Cancel Request")
            self.walk.session.open_ahead(TABS)  # while the dialog may still change
            try:
                dialog = await self._opened.first(native)
                if dialog is not None:
                    whole = await self._opened.whole(self._checked(dialog), loading)
                    dialog = self._checked(whole)
            except ToolError as error:
                raise self._cause_of(error) from error
            running.note = "asked to confirm"
        with self.walk.progress.step(Step.CONFIRM) as running:
            running.page = "Dispute"
            while dialog is not None:
                self._opened.known.append(await self._answer(dialog))
                dialog = await self._asked_again()
            await self._sent()
            running.note = "one request was sent"

    def _cause_of(self, error: ToolError) -> ToolError:
        """Why there is no dialog to confirm: a sign-in or captcha took its place, or the error."""
        try:
            self.walk.watch.check(self.walk.page)
        except ToolError as cause:
            if cause.exit_code is ExitCode.HUMAN_NEEDED:
                return cause
        return error

    async def _answer(self, dialog: Dialog) -> Dialog:
        """Confirm a dialog whose words are known and whose warnings are accepted."""
        dialog = await self._know(dialog)
        try:
            self._refuse_unseen(dialog.warnings, self.walk.words(dialog.lang))
        except UnseenWarningsError:
            self._return_plan()
            raise
        dialog = await self._confirm(dialog)
        self._answered += 1
        return dialog

    async def _asked_again(self) -> Dialog | None:
        """A second question about this cancel that the page asks in place of its request.

        The permit is withdrawn before it is returned, so nothing is sent while it is read.
        """
        permit = self.so_far.permit
        if permit is None or self._answered >= _MOST_DIALOGS:
            return None
        try:
            dialog = await self._opened.next(permit)
        except (Error, ToolError):
            return None  # the page went on by itself, or was translated
        if dialog is None:
            return None
        permit.revoke()
        if await what_was_sent(permit, self.walk.session, self.walk.timeout) is not Sent.NOTHING:
            return None
        self.so_far = replace(self.so_far, permit=None)
        return dialog

    def _native(self, kind: str, words: str, seen: list[bool]) -> bool:
        """Answer a native dialog; only a confirm about this cancel gets a yes."""
        pack = self.walk.words(self._opened.lang)
        about, never = judge_words(words, words, pack)
        ours = kind == "confirm" and about and not never
        ours = ours and all(seen) and self._answered + len(seen) < _MOST_DIALOGS
        # The page waits for this answer, so the buyer cannot be asked: unknown words get a no.
        yes = ours and pack.may_act_on(words)
        if ours and not yes:
            self._doubt = Doubt(pack.lang, _ABOUT, {"dialog_questions": (words,)})
        if yes:
            said = warnings_in(tuple(sentences(words)), words, pack, self._told)
            yes = self._agree_natively((*said, *self._opened.beside), pack)
        seen.append(yes)
        return yes

    def _agree_natively(self, warned: tuple[str, ...], words: WordPack) -> bool:
        """Hand out the permit, unless the dialog has new warnings: those are asked about later."""
        try:
            self._refuse_unseen(warned, words)
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

    def _refuse_unseen(self, said: tuple[str, ...], words: WordPack) -> None:
        """Report the dialog's warnings; stop unless the buyer accepted all of them."""
        warnings = site_warnings(said, self.plan, words)
        told = {each.digest: each for each in (*self.so_far.warnings, *warnings)}
        self.so_far = replace(self.so_far, warnings=tuple(told.values()))
        unseen = tuple(each for each in warnings if each.digest not in self.accepted)
        if unseen:
            raise UnseenWarningsError(unseen, self.plan)

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

    async def _know(self, dialog: Dialog) -> Dialog:
        """Require that a person has verified the dialog's question and its button."""
        decide = {"dialog_questions": (dialog.question,), "labels.confirm": (dialog.confirm,)}
        if not await be_sure(self.walk, dialog.lang, _ABOUT, decide):
            return dialog
        same = [each for each in await self._opened.fresh() if each.words == dialog.words]
        if len(same) != 1:
            raise stops.not_confirmed("the dialog changed while you were reading it")
        if self.plan.is_expired(utc_now()):
            raise stops.not_confirmed("the plan expired while you were reading the dialog")
        return same[0]

    async def _confirm(self, dialog: Dialog) -> Dialog:
        """Press its button; the dialog as it was read last."""
        hooks, walk = self.walk.site.hooks, self.walk
        modal = await self._opened.element(dialog)
        found = await controls(modal, hooks, dialog.confirm)
        target = only_one(found, f"'{dialog.confirm}' in the dialog")
        await reach(target, Deadline.after(walk.timeout), hooks, touch=walk.session.touch)
        for again in range(_MOST_PRESSES):
            last = await LastWords.watch(walk.page, hooks, self._read_late)
            fresh = await self._opened.fresh()
            if len(fresh) != 1 or not (again or fresh == [dialog]):
                raise stops.not_confirmed("the dialog changed before the confirm")
            dialog = self._checked(fresh[0])
            self._refuse_unseen(dialog.warnings, self.walk.words(dialog.lang))
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
        self._refuse_unseen(warnings_in(new, "", pack, self._told), pack)
        self._read_late.append(said)

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

    async def _sent(self) -> None:
        permit = self.so_far.permit
        if permit is None and self._problem is not None:
            raise self._problem
        if permit is None and self._doubt is not None:
            raise UnverifiedLabelsError(self._doubt)
        if permit is None:
            raise stops.not_confirmed("the page's own dialog was not about this cancel")
        sent = await what_was_sent(permit, self.walk.session, self.walk.timeout)
        self.so_far = replace(self.so_far, sent=sent)
        opened = await self._opened.opened_after()
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
