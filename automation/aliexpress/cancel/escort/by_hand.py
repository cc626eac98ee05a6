"""The escort: the buyer presses Cancel Request themselves, and one matching request is sent.

Where ``confirm`` clicks, this waits for the buyer. The permit, its journal entry and its sender
are the same; it needs no known control, dialog or word. Everything else that they press and
that would write is held back and said.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.answer import ByHandAnswer, PressAnswer, Step
from automation.aliexpress.cancel.confirm import permit_scope
from automation.aliexpress.cancel.escort.held_presses import HeldPresses, in_words
from automation.aliexpress.cancel.escort.learned import (
    leading,
    permitting,
    selector_of,
    taught_by,
)
from automation.aliexpress.cancel.escort.taught import Taught
from automation.aliexpress.cancel.stops import browser_lost, no_connection
from automation.aliexpress.found import Confirmed
from automation.aliexpress.pages.text.sentences import sentences, warnings_in
from automation.aliexpress.plan.order_number import short
from automation.aliexpress.plan.site_warnings import site_warnings
from automation.aliexpress.request import utc_now
from automation.aliexpress.site.addresses import is_dispute_page
from automation.aliexpress.walk.album import DIALOG
from automation.aliexpress.walk.response_names import Names
from automation.engine.human import HumanWatch, Notice, Press
from automation.engine.journal import Event
from automation.engine.sent import Sent, what_was_sent
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import minutes_left

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.aliexpress.cancel.escort.held_presses import Nameable
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.request import Escort
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.guard import Permit, RequestRecord

_TICK_SECONDS: Final = 0.5
# A dialog comes in a moment after the press: so many ticks.
_LOOKS: Final = 4
PRESSED_BY_HAND: Final = "Cancel Request pressed by hand"


class Turn(Enum):
    """How the buyer's turn ended."""

    PRESSED = "the permit was used"
    TIME = "the time ran out"
    CLOSED = "they closed the tab"


@dataclass
class ByHand:
    """Lets the buyer press Cancel Request and confirm, with one permit.

    Args:
        lang: the language of the dispute's page.
        spends: digest of the stored plan that this uses up.
        taught: what this run learned before.
        so_far: what it has seen and sent, also where it was stopped.
    """

    walk: Walk
    plan: Plan
    log: AttemptLog
    other_ids: frozenset[str]
    escort: Escort
    names: Names = field(default_factory=Names)
    lang: str = "en"
    spends: str | None = None
    taught: Taught = field(default_factory=Taught)
    so_far: Confirmed = field(default_factory=Confirmed)
    _held: HeldPresses = field(default_factory=HeldPresses)
    _asking: asyncio.Task[None] | None = None
    _asked: set[str] = field(default_factory=set)
    _led: tuple[Press, ...] = ()
    _native_before: int = 0
    _pictured: int = 0
    _looks: int = 0

    async def send(self) -> None:
        """Wait for the buyer, and for the answer to the one request that they cause.

        Raises:
            ToolError: nothing was sent (exit 1, 4 or 6), or the browser was lost (exit 8).
        """
        walk, guard = self.walk, self.walk.session.guard
        await guard.ready_to_send()
        self._native_before = len(guard.dialogs)
        permit: Permit | None = None
        guard.human_answers = True
        try:
            async with HumanWatch(walk.session.context) as watch:
                with walk.progress.step(Step.CANCEL_REQUEST) as running:
                    running.page = "Dispute"
                    with contextlib.suppress(Error):
                        await walk.page.bring_to_front()
                    permit = self._grant(watch)
                    with walk.progress.waiting_for_human():
                        turn = await self._turn(permit, watch)
                    running.note = "pressed by hand"
                with walk.progress.step(Step.CONFIRM) as running:
                    running.page = "Dispute"
                    await self._sent(permit, turn, watch)
                    running.note = "one request was sent"
        finally:
            if permit is not None:
                permit.revoke()  # a run that is cut off lets nothing through while it tidies up
            if self._asking is not None:
                self._asking.cancel()
            guard.human_answers = False
            guard.tell_refused(lambda _: None)

    def _grant(self, watch: HumanWatch) -> Permit:
        """Write that the request may be sent from here on, then hand out the one permit.

        It is good only for what a real press leads to: a page may send the request by itself.
        """
        seconds = self._seconds()
        if self.spends:
            self.log.spend_plan(self.spends)
        self.log.record(Event.CLICKED, by_hand=True, permit_seconds=math.ceil(seconds))
        scope = permit_scope(self.plan.target, self.names, self.other_ids)
        watch.forget()
        permit = self.walk.session.guard.grant(scope, seconds=seconds, led_by=watch.led_to)
        self.so_far = replace(self.so_far, permit=permit)
        return permit

    def _seconds(self) -> float:
        """How long their turn may take; never longer than the plan is good."""
        good_for = (self.plan.expires - utc_now()).total_seconds()
        return max(min(self.escort.seconds, good_for), 0.0)

    async def _turn(self, permit: Permit, watch: HumanWatch) -> Turn:
        """Go with the buyer until they sent the request, close the tab or run out of time."""
        clock = asyncio.get_running_loop().time
        until = clock() + self._seconds()
        permit.on_use = lambda: self._note_led(watch)
        self.walk.session.guard.tell_refused(lambda record: self._say_held(record, watch))
        self.escort.say(
            "Now press Cancel Request in the browser window yourself, and confirm. "
            "Everything else is held back."
        )
        while permit.state == "unused":
            if _is_left(self.walk.page):
                permit.revoke()
                return Turn.CLOSED
            left = max(0, math.ceil(until - clock()))
            self._ask_about_call()
            if not self._is_asking:
                self.escort.left("press Cancel Request and confirm", left)
            await watch.show(self._ask(left))
            await self._picture(permit, watch)
            await permit.settled(_TICK_SECONDS)
        return Turn.PRESSED if permit.state == "used" else Turn.TIME

    async def _picture(self, permit: Permit, watch: HumanWatch) -> None:
        """Take a picture of what each press led to, for a moment: the last one is the dialog.

        A native dialog has no picture; its words are kept.
        """
        if len(watch.presses) > self._pictured:
            self._pictured, self._looks = len(watch.presses), _LOOKS
        if self._looks and not self._native():
            self._looks -= 1
            await self.walk.picture(DIALOG, still=lambda: permit.state == "unused")

    @property
    def _is_asking(self) -> bool:
        return self._asking is not None and not self._asking.done()

    def _ask_about_call(self) -> None:
        """Ask, beside the countdown, whether the call that was held back was their cancel."""
        call = self._held.nameable
        if call is None or self._is_asking or call.api in self._asked:
            return
        if self.escort.questions is not None:
            self._asked.add(call.api)
            self._asking = asyncio.ensure_future(self._name_call(call))

    async def _name_call(self, call: Nameable) -> None:
        """Let the permit fit a call that the buyer knows as their cancel; they press it again."""
        questions = self.escort.questions
        if questions is None or not await questions.was_their_cancel(call.api, call.pressed):
            return
        additions = permitting(call.api)
        self.walk.session.guard.know(additions.traffic)
        self.taught = self.taught.plus(additions)
        self.escort.say("Press it again in the window, and confirm: now it can be sent, once.")

    def _note_led(self, watch: HumanWatch) -> None:
        """What led to the request is what was pressed by then; a second click may come later."""
        self._led = leading(watch.presses)

    async def _sent(self, permit: Permit, turn: Turn, watch: HumanWatch) -> None:
        if turn is Turn.PRESSED:
            self.escort.say("The request was sent; waiting for the site's answer.")
            await watch.show(self._over("Sent. Waiting for the site's answer", "sent"))
        else:
            await watch.show(self._over("Time is up: nothing was sent, and nothing will be"))
        sent = await what_was_sent(permit, self.walk.session, self.walk.timeout)
        self.so_far = replace(self.so_far, sent=sent)
        self._keep(self._led if sent is Sent.ONE else ())
        if sent is Sent.MAYBE:
            raise browser_lost()
        if sent is Sent.NOTHING:
            if self.spends:
                self.log.return_plan(self.spends)  # nothing was sent, so it is still good
            raise no_connection(permit.answer.error) if permit.answer else self._nothing(turn)
        await watch.show(self._over("Sent. The result is checked on fresh pages", "sent"))

    def _say_held(self, record: RequestRecord, watch: HumanWatch) -> None:
        """Say at once what was held back, and what it was that they pressed."""
        if held := self._held.add(record, watch.presses):
            self.escort.say(in_words(held))

    def _keep(self, led: tuple[Press, ...]) -> None:
        """Keep what they pressed, and the words of the dialog, which they have read."""
        native = self._native()
        questions = dict.fromkeys((*(press.dialog for press in led if press.dialog), *native))
        pack = self.walk.words(self.lang)
        said = [
            each
            for words in questions
            for each in warnings_in(tuple(sentences(words)), words, pack, self._told)
        ]
        presses = tuple(
            PressAnswer(
                words=each.words, selector=selector_of(each), page=each.page, dialog=each.dialog
            )
            for each in led
        )
        learned = taught_by(led, native, pack, self.walk.site.hooks)
        learned = self.taught.additions | learned
        self.so_far = replace(
            self.so_far,
            warnings=site_warnings(said, self.plan, pack),
            learned=learned,
            by_hand=ByHandAnswer(
                presses=presses,
                held_back=self._held.answers,
                learned=tuple(learned.lines),
                said=self.taught.in_words,
            ),
        )

    def _native(self) -> tuple[str, ...]:
        """The words of the page's own questions since the permit was handed out."""
        asked = self.walk.session.guard.dialogs[self._native_before :]
        return tuple(words for kind, words, _ in asked if kind == "confirm")

    @property
    def _told(self) -> tuple[str, ...]:
        plan = self.plan
        ids = (plan.order_id, plan.reverse_line_id, plan.trade_line_id, plan.amount)
        return tuple(filter(None, ids))

    def _ask(self, left: int) -> Notice:
        held = self._held.last
        title = "You may press Cancel Request now, and confirm"
        more = "Everything else that you press is held back. To stop, close this tab."
        if self._is_asking:
            title = "That was held back: please answer in the terminal"
            more = "Answer the question in the terminal, then press it again here."
        elif self._asked and self.taught.additions.traffic.get("permitted_apis"):
            more = "Press Cancel Request again, and confirm. To stop, close this tab."
            held = None
        elif held and held.line:
            more = "If that was your cancel, close this tab: the terminal says how to allow it."
        return Notice(
            title,
            (self._about, more),
            f"{minutes_left(left)} left",
            f"Held back: {held.pressed or held.request}" if held else "",
            "held" if held else "ask",
        )

    def _over(self, title: str, tone: str = "over") -> Notice:
        return Notice(title, (self._about,), tone="sent" if tone == "sent" else "over", over=True)

    @property
    def _about(self) -> str:
        """What tells the right dispute from another one."""
        parts = (f"Order … {short(self.plan.order_id)}", self.plan.amount, self.plan.item)
        return " · ".join(filter(None, parts))

    def _nothing(self, turn: Turn) -> ToolError:
        """The error for a turn in which nothing was sent, after the permit was taken back."""
        named = [held for held in self._held.answers if held.line]
        if named:
            return ToolError(
                f"your request was held back, since nothing in it says that it withdraws a claim: "
                f"{named[-1].request}",
                code=ErrorCode.NOTHING_SENT,
                hint="if you pressed Cancel Request for that, put this line below [traffic] in your "
                f"site data and run the command again: {named[-1].line.removeprefix('traffic.')}",
            )
        if turn is Turn.CLOSED:
            return ToolError(
                "you closed the tab before a request was sent",
                code=ErrorCode.DECLINED,
                exit_code=ExitCode.DECLINED,
                hint="run the command again to go on",
            )
        with contextlib.suppress(Error):
            try:
                self.walk.watch.check(self.walk.page)
            except ToolError as wants_human:
                return wants_human
        held = self._held.last
        also = f"; held back: {held.request}" if held else ""
        return ToolError(
            f"the time ran out before Cancel Request was pressed and confirmed{also}",
            code=ErrorCode.NOTHING_SENT,
            hint="run the command again when you are ready",
        )


def _is_left(page: Page) -> bool:
    """True if the buyer closed the tab and has no other dispute open in the guarded window."""
    if not page.is_closed():
        return False
    return not any(is_dispute_page(each.url) for each in page.context.pages)
