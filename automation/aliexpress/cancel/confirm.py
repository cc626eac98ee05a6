"""Confirm: two clicks and the dialog between them, one permit, one request, and no repetition."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error, Locator

from automation.aliexpress.answer import Step
from automation.aliexpress.found import Confirmed
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.amounts import amounts_in
from automation.aliexpress.pages.dialog import Dialog, appeared, judge_words, read_dialogs
from automation.aliexpress.pages.sentences import sentences, warnings_in
from automation.aliexpress.pages.snapshot import squeezed
from automation.aliexpress.request import utc_now
from automation.aliexpress.site import Doubt
from automation.aliexpress.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.targets import naming_ids
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError, be_sure
from automation.aliexpress.walk.locate import controls, only_one, press, reach
from automation.aliexpress.walk.response_names import Names
from automation.aliexpress.walk.tab import Deadline
from automation.engine.guard import PermitScope
from automation.engine.journal import Event
from automation.engine.sent import PERMIT_SECONDS, Sent, what_was_sent
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from playwright.async_api import Page, Request

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.plan import Plan
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.guard.report import RequestRecord

# A dialog is complete once it has not changed for this long; people take longer to read one.
_WHOLE_SECONDS = 3.0
_LOADING_SECONDS = 5.0
# The page's answer to the confirm; what opens later is on the pages of the verification.
_AFTER_SECONDS = 0.5
_LONGEST_SHOWN = 300
_KEEP_OPEN = (
    "keep the dispute open; do not confirm by hand what you do not understand: "
    "such a dialog can accept a proposal or pay the seller"
)
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
            await self._click(target, "Cancel Request")
            dialog = None if native else await self._new_dialog(known, native)
            if dialog is not None:
                dialog = await self._whole(dialog, known, loading)
            running.note = "asked to confirm"
        with self.walk.progress.step(Step.CONFIRM) as running:
            running.page = "Dispute"
            if dialog is not None:
                dialog = await self._know(dialog, known)
                self._refuse_unseen(dialog.warnings)
                await self._confirm(dialog, known)
            await self._sent(known, dialog)
            running.note = "one request was sent"

    def _native(self, kind: str, words: str, seen: list[bool]) -> bool:
        """Answer a native dialog; only a confirm about this cancel gets a yes."""
        pack = self.walk.words(self._lang)
        about, never = judge_words(words, words, pack)
        ours = kind == "confirm" and about and not never and not seen
        # The page waits for this answer, so the buyer cannot be asked: unknown words get a no.
        yes = ours and pack.may_act_on(words)
        if ours and not yes:
            self._doubt = Doubt(pack.lang, _ABOUT, {"dialog_questions": (words,)})
        if yes:
            said = warnings_in(tuple(sentences(words)), words, pack, self._told)
            yes = self._agree_natively((*said, *self._missing()))
        seen.append(yes)
        return yes

    def _agree_natively(self, warned: tuple[str, ...]) -> bool:
        """Hand out the permit, unless the dialog has new warnings: those are asked about later."""
        try:
            self._refuse_unseen(warned)
            self._grant()
        except ToolError as error:
            self._problem = error
            return False
        return True

    @property
    def _told(self) -> tuple[str, ...]:
        """What the buyer has seen in the plan."""
        plan = self.plan
        ids = (plan.order_id, plan.reverse_line_id, plan.trade_line_id)
        return (*filter(None, ids), *amounts_in(plan.amount))

    def _refuse_unseen(self, said: tuple[str, ...]) -> None:
        """Report the dialog's warnings; stop unless the buyer accepted all of them."""
        warnings = site_warnings(said, self.plan)
        self.so_far = replace(self.so_far, warnings=warnings)
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

    async def _opened_after(self, known: list[Dialog], confirmed: Dialog | None) -> tuple[str, ...]:
        """The words of the dialogs that opened after the confirm; nothing in them is pressed."""
        before = {each.words for each in known}
        if confirmed is not None:
            before.add(confirmed.words)
        # A native question was confirmed by its answer, and is the first of its kind.
        native = [words for _, words, _ in self.walk.session.guard.dialogs[self._native_before :]]
        further = native if confirmed is not None else native[1:]
        try:
            await self.walk.changes(Deadline.after(_AFTER_SECONDS))
            shown = [each.words for each in await self._dialogs() if each.words not in before]
        except Error:
            shown = []  # the page went on by itself
        return tuple(clean_text(words, _LONGEST_SHOWN) for words in (*further, *shown))

    async def _new_dialog(self, known: list[Dialog], native: list[bool]) -> Dialog | None:
        deadline = Deadline.after(self.walk.timeout)
        while deadline.left > 0:
            if native:
                return None
            fresh = await self._fresh(known)
            if len(fresh) > 1:
                raise _not_confirmed(f"{len(fresh)} dialogs opened at once")
            if fresh and (fresh[0].is_safe or await self._stays(fresh[0], known)):
                return self._checked(fresh[0])
            await self.walk.changes(deadline)
        raise _not_confirmed("no confirm dialog appeared")

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
        quiet, late = Deadline.after(_WHOLE_SECONDS), Deadline.after(_LOADING_SECONDS)
        while quiet.left > 0 or (loading and late.left > 0):
            await self.walk.changes(quiet if quiet.left > 0 else late)
            fresh = await self._fresh(known)
            if fresh == [dialog]:
                continue
            if len(fresh) != 1 or deadline.left <= 0:
                raise _not_confirmed("the dialog keeps changing")
            dialog, quiet = fresh[0], Deadline.after(_WHOLE_SECONDS)
        return self._checked(dialog)

    def _checked(self, dialog: Dialog) -> Dialog:
        if dialog.is_safe:
            return dialog
        if dialog.about_cancel and dialog.wants:
            raise _wants_more()
        if dialog.clash:
            raise _not_confirmed(dialog.clash)
        if dialog.never:
            raise _not_confirmed(f"the dialog mentions '{dialog.never[0]}'")
        self._teach(dialog)
        if not dialog.about_cancel:
            raise _not_confirmed("the dialog is not about cancelling this request")
        raise _not_confirmed("expected exactly one confirm button in the dialog")

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
            raise _not_confirmed("the dialog changed while you were reading it")
        if self.plan.is_expired(utc_now()):
            raise _not_confirmed("the plan expired while you were reading the dialog")
        return same[0]

    async def _confirm(self, dialog: Dialog, known: list[Dialog]) -> None:
        hooks, walk = self.walk.site.hooks, self.walk
        modal = await self._shown(dialog)
        found = await controls(modal, hooks, dialog.confirm)
        target = await only_one(found, f"'{dialog.confirm}' in the dialog")
        await reach(target, Deadline.after(walk.timeout), hooks, touch=walk.session.touch)
        if await self._fresh(known) != [dialog]:
            raise _not_confirmed("the dialog changed before the confirm")
        self._grant()
        await self._click(target, dialog.confirm)

    async def _shown(self, dialog: Dialog) -> Locator:
        """The dialog on the page; others may be open too."""
        modal = self.walk.page.locator(self.walk.site.hooks.css("modal")).filter(visible=True)
        words = await modal.evaluate_all("(all) => all.map((el) => el.textContent)")
        same = [i for i, each in enumerate(words) if squeezed(each) == squeezed(dialog.words)]
        return modal.nth(same[0]) if same else modal

    def _grant(self) -> None:
        """Hand out the run's one permit, right before the click that needs it."""
        scope = PermitScope(
            self.plan.target,
            other_ids=self.other_ids,
            names=naming_ids(self.plan.target) | (self.names.naming - self.other_ids),
            own_ids=self.names.broader - self.other_ids,
        )
        self._write_click()
        permit = self.walk.session.guard.grant(scope, seconds=PERMIT_SECONDS)
        self.so_far = replace(self.so_far, permit=permit)

    def _write_click(self) -> None:
        """Mark the plan as used and write the click: from here on the request may be sent."""
        if self.spends:
            self.log.spend_plan(self.spends)
        warned = ", ".join(each.digest for each in self.so_far.warnings)
        self.log.record(Event.CLICKED, **({"warnings": warned} if warned else {}))

    async def _click(self, target: Locator, name: str) -> None:
        """Click once. A click that raises may still have worked, so it is never repeated."""
        try:
            await press(target, self.walk.timeout, touch=self.walk.session.touch)
        except Error as error:
            if self.so_far.permit is None:
                raise _not_confirmed(f"could not click '{name}'") from error

    async def _sent(self, known: list[Dialog], confirmed: Dialog | None) -> None:
        permit = self.so_far.permit
        if permit is None and self._problem is not None:
            raise self._problem
        if permit is None and self._doubt is not None:
            raise UnverifiedLabelsError(self._doubt)
        if permit is None:
            raise _not_confirmed("the page's own dialog was not about this cancel")
        sent = await what_was_sent(permit, self.walk.session, self.walk.timeout)
        self.so_far = replace(self.so_far, sent=sent)
        opened = await self._opened_after(known, confirmed)
        self.so_far = replace(self.so_far, opened_after=opened)
        if sent is Sent.MAYBE:
            raise _browser_lost()
        if sent is Sent.NOTHING:
            if permit.answer is not None:
                raise _no_connection(permit.answer.error)
            raise self._nothing_sent()

    def _nothing_sent(self) -> ToolError:
        held = self.walk.session.guard.report().held_at_permit
        what = (
            f"no request fits the permit; held back: {held[0].in_words}"
            if held
            else "no request came"
        )
        another = self.so_far.another_dialog
        return ToolError(
            f"clicked confirm, but {what}{another}",
            code=ErrorCode.NOTHING_SENT,
            exit_code=ExitCode.FAILED,
            hint=_KEEP_OPEN if another else _how_to_name(held),
        )


def _how_to_name(held: Sequence[RequestRecord]) -> str:
    """How to go on after one call that may be the cancel, but does not say so.

    A call that says something else, or one of several, is never suggested.
    """
    names = {each.what for each in held}
    if len(names) != 1 or any(each.kind != "unknown" or not each.keys for each in held):
        return "check what was held back, or cancel with --by-hand"
    [name] = names
    return (
        f"if you are sure that {name} is the cancel, add this line to your site data and make a new "
        f'plan: traffic.permitted_apis = ["{name}"]; or cancel with --by-hand'
    )


def _wants_more() -> ToolError:
    return ToolError(
        "the dialog asks for a reason or other input",
        code=ErrorCode.DIALOG_WANTS_REASON,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="cancel in your own browser, where you can answer truthfully",
    )


def _browser_lost() -> ToolError:
    return ToolError(
        "the browser was lost during the confirm",
        code=ErrorCode.OUTCOME_UNKNOWN,
        exit_code=ExitCode.UNKNOWN_OUTCOME,
    )


def _no_connection(error: str) -> ToolError:
    return ToolError(
        f"could not reach the site ({error})",
        code=ErrorCode.NOT_SENT,
        exit_code=ExitCode.FAILED,
        hint="check the connection, then make a new plan",
    )


def _not_confirmed(seen: str) -> ToolError:
    return ToolError(
        seen,
        code=ErrorCode.DIALOG_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint=_KEEP_OPEN,
    )


_BRINGS_WORDS: Final = frozenset(("xhr", "fetch", "script"))


@contextmanager
def pending_requests(page: Page) -> Iterator[Collection[Request]]:
    """The requests that the page started inside the block and that have not finished."""
    running: set[Request] = set()

    def begin(request: Request) -> None:
        if request.resource_type in _BRINGS_WORDS:
            running.add(request)

    def end(request: Request) -> None:
        running.discard(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    try:
        yield running
    finally:
        page.remove_listener("request", begin)
        page.remove_listener("requestfinished", end)
        page.remove_listener("requestfailed", end)
