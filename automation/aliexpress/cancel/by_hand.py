"""The escort: the buyer presses Cancel Request themselves, and one matching request is sent.

Where ``confirm`` clicks, this waits for the buyer. The permit, its journal entry and its sender
are the same; it needs no known control, dialog or word. Everything else that they press and
that would write is held back and said.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.aliexpress.answer import ByHandAnswer, HeldByHandAnswer, PressAnswer, Step
from automation.aliexpress.cancel.confirm import permit_scope
from automation.aliexpress.cancel.learned import leading, permitting, selector_of, taught_by
from automation.aliexpress.cancel.stops import browser_lost, no_connection
from automation.aliexpress.found import Confirmed
from automation.aliexpress.order_number import short
from automation.aliexpress.pages import DisputeEntry
from automation.aliexpress.pages.sentences import sentences, warnings_in
from automation.aliexpress.request import utc_now
from automation.aliexpress.site.addresses import (
    dispute_ids_in,
    is_dispute_page,
    is_order_details,
)
from automation.aliexpress.site_warnings import site_warnings
from automation.aliexpress.walk.read_order import Found, Reading, check_where_it_led
from automation.aliexpress.walk.response_names import Names
from automation.aliexpress.walk.tab import Deadline
from automation.engine.human import HumanWatch, Press, Words
from automation.engine.journal import Event
from automation.engine.sent import Sent, what_was_sent
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Frame, Page

    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.plan import Plan
    from automation.aliexpress.request import Escort
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.guard import Permit, RequestRecord

_TICK_SECONDS: Final = 0.5
_MOST_HELD: Final = 20
PRESSED_BY_HAND: Final = "Cancel Request pressed by hand"
# Ends of a run with exit 5 after which the buyer's own hand can go on.
_A_HAND_HELPS: Final = frozenset(
    {
        ErrorCode.NO_SINGLE_TARGET,
        ErrorCode.TARGET_COVERED,
        ErrorCode.DIALOG_NOT_RECOGNISED,
        ErrorCode.DIALOG_WANTS_REASON,
        ErrorCode.WORDS_UNVERIFIED,
        ErrorCode.LANGUAGE_UNKNOWN,
        ErrorCode.DISPUTE_NOT_REACHED,
        ErrorCode.PAGE_NOT_RECOGNISED,
    }
)
# Of these, the ones that only say that the way to the dispute is unknown.
_WAY_UNKNOWN: Final = frozenset(
    {
        ErrorCode.LANGUAGE_UNKNOWN,
        ErrorCode.DISPUTE_NOT_REACHED,
        ErrorCode.WORDS_UNVERIFIED,
    }
)


class Turn(Enum):
    """How the buyer's turn ended."""

    PRESSED = "the permit was used"
    TIME = "the time ran out"
    CLOSED = "they closed the tab"


def point_to_a_hand(error: ToolError, *, by_hand: bool, words_only: bool = True) -> None:
    """Name the next step of a page that was not recognised: the buyer's own hand.

    Args:
        by_hand: the run had that already, so only teaching is left.
        words_only: only the words of a dialog are unknown; one that is certainly about
            something else is for nobody's hand.
    """
    if error.code is ErrorCode.DIALOG_NOT_RECOGNISED and not words_only:
        return
    if error.exit_code is not ExitCode.PAGE_NOT_RECOGNISED or error.code not in _A_HAND_HELPS:
        return
    way = "run it again with --by-hand to press Cancel Request yourself, under guard"
    if by_hand:
        way = "show it what it does not know with 'dispute-guard teach ORDER --headed'"
    error.hint = f"{error.hint}; or {way}" if error.hint else way


@dataclass
class ByHand:
    """Lets the buyer press Cancel Request and confirm, with one permit.

    Args:
        lang: the language of the dispute's page.
        spends: digest of the stored plan that this uses up.
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
    so_far: Confirmed = field(default_factory=Confirmed)
    _held: dict[HeldByHandAnswer, None] = field(default_factory=dict)
    _led: tuple[Press, ...] = ()
    _native_before: int = 0

    async def send(self) -> None:
        """Wait for the buyer, and for the answer to the one request that they cause.

        Raises:
            ToolError: nothing was sent (exit 1, 4 or 6), or the browser was lost (exit 8).
        """
        walk, guard = self.walk, self.walk.session.guard
        guard.get_ready_to_send()
        self._native_before = len(guard.dialogs)
        permit: Permit | None = None
        guard.human_answers = True
        try:
            async with HumanWatch(walk.session.context) as watch:
                with walk.progress.step(Step.CANCEL_REQUEST) as running:
                    running.page = "Dispute"
                    with contextlib.suppress(Error):
                        await walk.page.bring_to_front()
                    permit = self._grant()
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
            guard.human_answers = False
            guard.tell_refused(lambda _: None)

    def _grant(self) -> Permit:
        """Write that the request may be sent from here on, then hand out the one permit."""
        seconds = self._seconds()
        if self.spends:
            self.log.spend_plan(self.spends)
        self.log.record(Event.CLICKED, by_hand=True, permit_seconds=math.ceil(seconds))
        scope = permit_scope(self.plan.target, self.names, self.other_ids)
        permit = self.walk.session.guard.grant(scope, seconds=seconds)
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
            self.escort.left("press Cancel Request and confirm", left)
            await watch.show(self._ask(left))
            await permit.settled(_TICK_SECONDS)
        return Turn.PRESSED if permit.state == "used" else Turn.TIME

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
        if not _concerns_them(record) or len(self._held) >= _MOST_HELD:
            return
        last = watch.presses[-1] if watch.presses else None
        # Beneath the page's routes, only the origin of the asking page is known.
        page = last.page if last and record.page in {"", "/"} else record.page
        held = HeldByHandAnswer(
            pressed=" → ".join(each.words for each in leading(watch.presses)),
            request=replace(record, page=page).in_words,
            why=record.reason,
            line=permitting(record.what).lines[0] if record.nameable else "",
        )
        if held not in self._held:
            self._held[held] = None
            self.escort.say(_in_words(held))

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
        self.so_far = replace(
            self.so_far,
            warnings=site_warnings(said, self.plan),
            learned=learned,
            by_hand=ByHandAnswer(
                presses=presses,
                held_back=tuple(self._held),
                learned=tuple(learned.lines),
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

    def _ask(self, left: int) -> Words:
        held = next(reversed(self._held), None)
        more = "Everything else that you press is held back. To stop, close this tab."
        if held and held.line:
            more = "If that was your cancel, close this tab: the terminal says how to allow it."
        return Words(
            "You may press Cancel Request now, and confirm",
            (self._about, more),
            f"{_clock(left)} left",
            f"Held back: {held.pressed or held.request}" if held else "",
            "held" if held else "ask",
        )

    def _over(self, title: str, tone: str = "over") -> Words:
        return Words(title, (self._about,), tone="sent" if tone == "sent" else "over", over=True)

    @property
    def _about(self) -> str:
        """What tells the right dispute from another one."""
        parts = (f"Order … {short(self.plan.order_id)}", self.plan.amount, self.plan.item)
        return " · ".join(filter(None, parts))

    def _nothing(self, turn: Turn) -> ToolError:
        """The error for a turn in which nothing was sent, after the permit was taken back."""
        named = [held for held in self._held if held.line]
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
                hint="the dispute stays open",
            )
        with contextlib.suppress(Error):
            try:
                self.walk.watch.check(self.walk.page)
            except ToolError as wants_human:
                return wants_human
        held = next(reversed(self._held), None)
        also = f"; held back: {held.request}" if held else ""
        return ToolError(
            f"the time ran out before Cancel Request was pressed and confirmed{also}",
            code=ErrorCode.NOTHING_SENT,
            hint="run the command again when you are ready",
        )


def _concerns_them(record: RequestRecord) -> bool:
    """True for what a press may have caused; pages ask for unknown reads by themselves."""
    led_away = record.main_frame and not record.is_held_back
    return led_away or (record.is_held_back and record.under_permit and not record.negotiable)


def _in_words(held: HeldByHandAnswer) -> str:
    caused = f"'{held.pressed}': " if held.pressed else ""
    return f"held back: {caused}{held.request} ({held.why})"


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _is_left(page: Page) -> bool:
    """True if the buyer closed the tab and has no other dispute open in the guarded window."""
    if not page.is_closed():
        return False
    return not any(is_dispute_page(each.url) for each in page.context.pages)


# The way to the dispute, where the tool does not know it


def knows_no_way(error: ToolError) -> bool:
    """True for an error that only says that Order Details shows no known way to the dispute."""
    return error.code in _WAY_UNKNOWN


async def open_by_hand(walk: Walk, order_id: str, item: str | None, escort: Escort) -> Reading:
    """Let the buyer open their dispute from Order Details, and read it.

    Raises:
        ToolError: they did not, or it is another order's (exit 5 or 6).
    """
    await walk.back_to_own_tab()
    card = await walk.find_order(order_id)
    order = await walk.open_order(order_id)
    with walk.progress.step(Step.DISPUTE_PAGE) as running, walk.progress.waiting_for_human():
        running.page = "Dispute"
        page, came_from = await _opened(walk, order_id, escort)
        walk.session.guard.follow(page)
        walk.page = page
        dispute = await walk.read_dispute_page(Deadline.after(walk.timeout))
        check_where_it_led(order_id, "", dispute)
        if dispute.order_ids != (order_id,) and not is_order_details(came_from, order_id):
            raise _not_this_order(order_id)
        running.note = f"opened by hand, {dispute.status_words or 'no status shown'}"
    found = Found(DisputeEntry("link", "", href=dispute.address), 1, dispute)
    if item not in (None, "1", *found.names):
        raise _not_this_item(str(item), dispute)
    return Reading(card, order, (found,), found)


async def _opened(walk: Walk, order_id: str, escort: Escort) -> tuple[Page, str]:
    """The page on which the buyer opened their dispute, and the one that led to it."""
    clock = asyncio.get_running_loop().time
    until = clock() + escort.seconds
    escort.say("The way to your dispute is unknown: open it in the browser window yourself.")
    async with HumanWatch(walk.session.context) as watch:
        with _trail(walk.page) as trail:
            while clock() < until and not walk.page.is_closed():
                if found := await trail.dispute():
                    await watch.show(Words("Reading your dispute", tone="sent", over=True))
                    return found
                left = math.ceil(until - clock())
                escort.left("open your dispute", left)
                words = Words(
                    "Open your dispute from this page",
                    (f"Order … {short(order_id)}", "Nothing can be sent while you do that."),
                    f"{_clock(left)} left",
                )
                await watch.show(words)
                await trail.goes_on(_TICK_SECONDS)
        await watch.show(Words("Time is up", over=True, tone="over"))
    if walk.page.is_closed():
        raise ToolError(
            "you closed the tab before a dispute was open",
            code=ErrorCode.DECLINED,
            exit_code=ExitCode.DECLINED,
            hint="the dispute stays open",
        )
    raise ToolError(
        "no dispute was opened from Order Details in time",
        code=ErrorCode.DISPUTE_NOT_REACHED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="run the command again and open it in time, or show the way with "
        "'dispute-guard teach ORDER --headed'",
    )


@dataclass
class _Trail:
    """Where each page of a context was before."""

    first: Page
    _before: dict[Page, list[str]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, page: Page) -> None:
        """Follow a page."""
        self._before[page] = [page.url]
        page.on("framenavigated", self._moved)
        self._news.set()

    def leave(self) -> None:
        """Follow no page any more."""
        for page in self._before:
            page.remove_listener("framenavigated", self._moved)

    async def goes_on(self, seconds: float) -> None:
        """Wait until a page moves, for at most so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
        self._news.clear()

    async def dispute(self) -> tuple[Page, str] | None:
        """The page that shows a dispute now, and the address that led there."""
        for page, before in self._before.items():
            if page.is_closed() or not is_dispute_page(page.url) or not dispute_ids_in(page.url):
                continue
            earlier = [at for at in before if not is_dispute_page(at) and at != "about:blank"]
            return page, next(iter(earlier[-1:]), "") or await self._opener(page)
        return None

    async def _opener(self, page: Page) -> str:
        with contextlib.suppress(Error):
            opener = await page.opener()
            return opener.url if opener else ""
        return ""

    def _moved(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.page in self._before:
            self._before[frame.page].append(frame.url)
            self._news.set()


@contextlib.contextmanager
def _trail(first: Page) -> Iterator[_Trail]:
    trail = _Trail(first)
    for page in first.context.pages:
        trail.add(page)
    first.context.on("page", trail.add)
    try:
        yield trail
    finally:
        first.context.remove_listener("page", trail.add)
        trail.leave()


def _not_this_order(order_id: str) -> ToolError:
    return ToolError(
        f"the dispute that you opened does not name order {order_id}, and was not opened from it",
        code=ErrorCode.WRONG_DISPUTE,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="open the dispute from the Order Details of this order",
    )


def _not_this_item(item: str, dispute: DisputePage) -> ToolError:
    return ToolError(
        f"you opened dispute {dispute.ids.name}, and --item names {item[:40]}",
        code=ErrorCode.ITEM_NOT_FOUND,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="open the other dispute of this order, or omit --item",
    )
