"""The commit: two clicks, one permit, one request, and nothing after it is repeated."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import Error, Locator

from automation.errors import ExitCode, ToolError
from automation.flow.hearing import Names
from automation.flow.report import Report, Step
from automation.flow.request import utc_now
from automation.flow.targets import controls, only_one, press, reach
from automation.flow.waiting import Deadline
from automation.flow.words import be_sure, note, unsure
from automation.guard import Permit, PermitScope
from automation.pages import take_snapshot
from automation.pages.dialog import Dialog, judge_words, read_dialogs
from automation.pages.snapshot import squeezed
from automation.site import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.flow.plan import Plan
    from automation.flow.walk import Walk

_PERMIT_SECONDS = 10.0
_ALIVE_SECONDS = 5.0
_ABOUT = "the dialog that asks whether to cancel your request"


@dataclass
class Commit:
    """Clicks Cancel Request and the confirm of its dialog, with one permit.

    Args:
        names: further ids that the site's answers give this dispute.
        other_ids: ids of the order's other disputes and lines; a request with one is refused.
    """

    walk: Walk
    plan: Plan
    report: Report
    other_ids: frozenset[str]
    names: Names = field(default_factory=Names)
    _lang: str = "en"
    _doubt: Doubt | None = None
    _before_confirm: Callable[[], None] = field(default=lambda: None)

    async def send(self, target: Locator, before_confirm: Callable[[], None]) -> None:
        """Send the one request.

        Args:
            target: the Cancel Request control.
            before_confirm: called right before the click that may send.

        Raises:
            ToolError: no request left: the dialog was another one, or nothing was sent (exit 1 or 5).
        """
        native: list[bool] = []
        self._before_confirm = before_confirm
        self.walk.session.guard.dialog_answer = lambda d: self._native(d.type, d.message, native)
        with self.report.step(Step.CANCEL_REQUEST) as running:
            running.page = "Dispute"
            known = await self._dialogs()
            await self._click(target, "Cancel Request")
            dialog = None if native else await self._new_dialog(known, native)
            running.note = "asked to confirm"
        with self.report.step(Step.CONFIRM) as running:
            running.page = "Dispute"
            if dialog is not None:
                await self._know(dialog)
                await self._confirm(dialog)
            await self._sent()
            running.note = "one request left"

    def _native(self, kind: str, words: str, seen: list[bool]) -> bool:
        """Answer a native dialog; only a confirm about this cancel gets a yes."""
        pack = self.walk.words(self._lang)
        about, never = judge_words(words, words, pack)
        ours = kind == "confirm" and about and not never and not seen
        # The page waits for this answer, so nobody can be asked: unknown words get a no.
        yes = ours and pack.may_act_on(words)
        if ours and not yes:
            self._doubt = Doubt(pack.lang, _ABOUT, {"dialog_questions": (words,)})
        if yes:
            self._grant()
        seen.append(yes)
        return yes

    async def _dialogs(self) -> list[Dialog]:
        snapshot = await take_snapshot(self.walk.page)
        self._lang = snapshot.lang
        return read_dialogs(snapshot, self.walk.site.hooks, self.walk.words(snapshot.lang))

    async def _new_dialog(self, known: list[Dialog], native: list[bool]) -> Dialog | None:
        deadline = Deadline.after(self.walk.timeout)
        while deadline.left > 0:
            if native:
                return None
            fresh = [d for d in await self._dialogs() if d not in known]
            if len(fresh) > 1:
                raise _not_confirmed(f"{len(fresh)} dialogs opened at once")
            if fresh and (fresh[0].is_safe or not await self._grows(fresh[0], known)):
                return self._checked(fresh[0])
            await self.walk.changes(deadline)
        raise _not_confirmed("no dialog asked to confirm")

    async def _grows(self, dialog: Dialog, known: list[Dialog]) -> bool:
        """True if a dialog that is not yet complete changes within a moment."""
        await self.walk.changes(Deadline.after(0.5))
        return dialog not in [d for d in await self._dialogs() if d not in known]

    def _checked(self, dialog: Dialog) -> Dialog:
        if dialog.is_safe:
            return dialog
        if dialog.never:
            raise _not_confirmed(f"the dialog speaks of '{dialog.never[0]}'")
        self._teach(dialog)
        if not dialog.about_cancel:
            raise _not_confirmed("the dialog does not speak of cancelling this request")
        raise _not_confirmed("the dialog has no single button that confirms")

    def _teach(self, dialog: Dialog) -> None:
        """Show what the dialog says and the lines that would teach it, one for each choice."""
        lists = {} if dialog.about_cancel else {"dialog_questions": (dialog.question,)}
        choices = () if dialog.confirm else dialog.buttons
        note(self.report, Doubt(dialog.lang, _ABOUT, {**lists, "labels.confirm": choices}))

    async def _know(self, dialog: Dialog) -> None:
        """The dialog's whole question and its button must be words that a person knows."""
        decide = {"dialog_questions": (dialog.question,), "labels.confirm": (dialog.confirm,)}
        if not await be_sure(self.walk, dialog.lang, _ABOUT, decide):
            return
        if dialog.words not in [each.words for each in await self._dialogs()]:
            raise _not_confirmed("the dialog changed while you looked at it")
        if self.plan.is_expired(utc_now()):
            raise _not_confirmed("the plan expired while you looked at the dialog")

    async def _confirm(self, dialog: Dialog) -> None:
        hooks, walk = self.walk.site.hooks, self.walk
        modal = await self._shown(dialog)
        found = await controls(modal, hooks, dialog.confirm)
        target = await only_one(found, f"'{dialog.confirm}' in the dialog")
        await reach(target, Deadline.after(walk.timeout), hooks, touch=walk.session.touch)
        self._grant()
        await self._click(target, dialog.confirm)

    async def _shown(self, dialog: Dialog) -> Locator:
        """The dialog on the page: others may be open beside it."""
        modal = self.walk.page.locator(self.walk.site.hooks.css("modal")).filter(visible=True)
        words = await modal.evaluate_all("(all) => all.map((el) => el.textContent)")
        same = [i for i, each in enumerate(words) if squeezed(each) == squeezed(dialog.words)]
        return modal.nth(same[0]) if same else modal

    def _grant(self) -> Permit:
        """Hand out the run's one permit, right before the click that needs it."""
        scope = PermitScope(
            order_id=self.plan.order_id,
            reverse_line_id=self.plan.reverse_line_id,
            trade_line_id=self.plan.trade_line_id,
            other_ids=self.other_ids,
            names=self.names.naming - self.other_ids,
            own_ids=self.names.broader - self.other_ids,
        )
        self._before_confirm()
        self.report.permit = self.walk.session.guard.grant(scope, seconds=_PERMIT_SECONDS)
        return self.report.permit

    async def _click(self, target: Locator, name: str) -> None:
        """Click once. A click that raises may still have taken effect, so it is never repeated."""
        try:
            await press(target, self.walk.timeout, touch=self.walk.session.touch)
        except Error as error:
            if self.report.permit is None:
                raise _not_confirmed(f"'{name}' could not be clicked") from error

    async def _sent(self) -> None:
        permit = self.report.permit
        if permit is None and self._doubt is not None:
            raise unsure(self.report, self._doubt)
        if permit is None:
            raise _not_confirmed("the page's own dialog was not about this cancel")
        await permit.settled(self.walk.timeout)
        if permit.state != "used":
            permit.revoke()
            self.report.in_doubt = not await self._browser_lives()
            if self.report.in_doubt:
                raise ToolError(
                    "the browser was lost around the confirm; the request may have left",
                    code="outcome_unknown",
                    exit_code=ExitCode.UNKNOWN_OUTCOME,
                )
            raise ToolError(
                "the confirm was clicked, but the page sent no request that the permit fits",
                code="nothing_sent",
                exit_code=ExitCode.FAILED,
                hint="nothing left the browser; 'guard.refused' in the JSON names what was held back",
            )

    async def _browser_lives(self) -> bool:
        """Whether the guard still stands between page and network.

        A browser that lost its driver lets paused requests go, and nobody is told.
        """
        try:
            async with asyncio.timeout(_ALIVE_SECONDS):
                await self.walk.session.new_page()
        except (Error, TimeoutError):
            return False
        return True


def _not_confirmed(seen: str) -> ToolError:
    return ToolError(
        f"{seen}; nothing was confirmed and nothing was sent",
        code="dialog_not_recognised",
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="cancel by hand if you are sure: the dispute is as it was",
    )
