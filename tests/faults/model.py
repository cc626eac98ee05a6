"""A model of the site and of time, for histories of attempts without a browser.

Journal, settling, answers, verdicts and endings are the tool's own; only pages and the
wire are made up.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from msgspec.structs import replace

from automation.aliexpress.cancel import settle, verify
from automation.aliexpress.cancel.attempts import begin_attempt
from automation.aliexpress.cancel.conclusion import end_of
from automation.aliexpress.cancel.reply import read_reply
from automation.aliexpress.cancel.settle import cancelled_by, settled_before
from automation.aliexpress.cancel.verify import Subject
from automation.aliexpress.ending import Ending
from automation.aliexpress.found import Confirmed, End, Replied
from automation.aliexpress.plan.targets import dispute_target, order_target
from automation.aliexpress.request import Request
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, DisputeIds
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.progress import Untold
from automation.engine.elapsed import Uptime
from automation.engine.guard import Permit, PermitAnswer, PermitScope
from automation.engine.journal import Event
from automation.engine.looking import Concluded, Finding, Pace
from automation.engine.outcome import Case, Outcome, Past, Reply, Seen
from automation.engine.sent import Sent
from automation.engine.session.options import SessionOptions
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.aliexpress.cancel.verify import OrderTab
    from automation.aliexpress.site import SiteMap
    from automation.engine.attempt import AttemptLog
    from automation.engine.journal import Journal

ORDER: Final = "8194370215560042"
IDS: Final = DisputeIds("1100482913300042", "8194370215570042")
_PAGE: Final = "/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
NEVER: Final = -1.0
_STARTED: Final = datetime(2026, 6, 10, 7, 0, tzinfo=UTC)
_YES: Final = '{"ret": ["SUCCESS::ok"], "data": {}}'
_NO: Final = '{"ret": ["FAIL_BIZ_NOT_ALLOWED::no"], "data": {}}'
_SLIDE: Final = '{"ret": ["FAIL_SYS_USER_VALIDATE::slide"], "data": {}}'
_LOST: Final = PermitAnswer(None, error="reset")

# Seconds until the change (NEVER: none), and what is answered.
WIRES: Final[dict[str, tuple[float, PermitAnswer | None]]] = {
    "well": (0, PermitAnswer(200, _YES)),
    "lost after": (0, _LOST),
    "lost before": (NEVER, _LOST),
    "no answer in time": (0, None),
    "no answer in time, late": (600, None),
    "lost, late": (600, _LOST),
    "page, late": (600, PermitAnswer(200, "<h1>Thanks</h1>")),
    "refused": (NEVER, PermitAnswer(200, _NO)),
    "rejected": (NEVER, PermitAnswer(403)),
    "rejected after": (0, PermitAnswer(403)),
    "refused after": (0, PermitAnswer(200, _NO)),
    "error": (NEVER, PermitAnswer(503)),
    "error after": (0, PermitAnswer(503)),
    "error, late": (100, PermitAnswer(503)),
    "captcha, late": (100, PermitAnswer(200, _SLIDE)),
    "success, unchanged": (NEVER, PermitAnswer(200, _YES)),
    "success, late": (600, PermitAnswer(200, _YES)),
    "captcha": (NEVER, PermitAnswer(200, _SLIDE)),
    "captcha after": (0, PermitAnswer(200, _SLIDE)),
    "page": (0, PermitAnswer(200, "<h1>Thanks</h1>")),
    "page, unchanged": (NEVER, PermitAnswer(200, "<h1>Sorry</h1>")),
}
STEPS: Final = (Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT, Event.CLICKED)
_AFTER_SENDING: Final = ("sent", "permit_used", "answered", "verified")
DEATHS: Final = (*(str(step) for step in STEPS), *_AFTER_SENDING, "")
"""Moments at which a run may be killed; the empty one is none."""


@dataclass
class World:
    """The site's side: one dispute, requests under way, and the pages' mood.

    Args:
        sent: for every attempt whose request arrived, when it takes effect (None: never).
        in_vain: attempts that were told of a success that never comes.
        glitch: what the next looks find instead of the pages.
    """

    now: datetime = _STARTED + timedelta(hours=5)
    sent: dict[int, datetime | None] = field(default_factory=dict)
    in_vain: set[int] = field(default_factory=set)
    glitch: Seen | None = None
    lags: bool = False
    decided: bool = False

    def clock(self) -> datetime:
        """The present moment."""
        return self.now

    @property
    def contradicts_itself(self) -> set[int]:
        """Attempts that the site called a success and then ruled on: it contradicts itself."""
        return self.in_vain if self.decided else set()

    @property
    def effective(self) -> list[int]:
        """Attempts whose request has taken effect."""
        return [number for number, at in self.sent.items() if at is not None and at <= self.now]

    def receive(self, attempt: int, wire: str) -> PermitAnswer | None:
        """A request arrives."""
        delay, answer = WIRES[wire]
        if self.effective or self.decided:
            self.sent[attempt] = None
            return PermitAnswer(200, _NO)
        self.sent[attempt] = None if delay == NEVER else self.now + timedelta(seconds=delay)
        if wire == "success, unchanged":
            self.in_vain.add(attempt)
        return answer

    def uptime(self) -> Uptime:
        """The machine's clock, which cannot be set."""
        return Uptime((self.now - _STARTED).total_seconds(), "boot")

    async def look(
        self, _walk: Walk, _subject: Subject, _case: Case, _order_tab: OrderTab, *, for_words: bool
    ) -> Finding:
        """What fresh pages show. No person is there to explain unknown words."""
        assert not for_words
        if self.glitch is Seen.BLIND:
            raise ToolError("a captcha", code=ErrorCode.CAPTCHA, exit_code=ExitCode.HUMAN_NEEDED)
        seen = Seen.OTHER if self.decided else Seen.OPEN
        if self.effective:
            seen = Seen.LAGGING if self.lags else Seen.SHOWN
        if self.glitch is Seen.ABSENT and seen in {Seen.OPEN, Seen.OTHER}:
            # The dispute's page is unreadable, but the order still leads to the dispute.
            return Finding(Seen.UNCLEAR, "a look")
        return Finding(self.glitch or seen, "a look")

    async def taken_back(self, _walk: Walk, _subject: Subject) -> Finding | None:
        """Nothing: a page of the model changes only when it is loaded."""


class _Blank:
    """An unused tab, because looks go to the model."""

    async def goto(self, _address: str) -> None:
        """Nothing."""

    async def close(self) -> None:
        """Nothing."""


async def _no_page() -> _Blank:
    return _Blank()


@contextmanager
def at_once(world: World) -> Iterator[None]:
    """Looks go to the model and take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "look", world.look)
        patch.setattr(verify, "taken_back", world.taken_back)
        patch.setattr(settle, "_LOOK_SECONDS", 0.0)
        yield


@dataclass
class Model:
    """Runs attempts against the world."""

    journal: Journal
    world: World
    folder: Path

    def request(self) -> Request:
        """The request of a run."""
        return Request(
            order_id=ORDER,
            site=cast("SiteMap", SimpleNamespace(hooks=None)),
            addresses=Addresses("http://127.0.0.1:1"),
            session=SessionOptions(state_dir=self.folder, timeout=0.0),
            now=self.world.clock,
            uptime=self.world.uptime,
            pace=Pace(0.0, (0.0,)),
        )

    def walk(self) -> Walk:
        """A walk that has no browser: looks go to the model."""
        guard = SimpleNamespace(refused_navigations=tuple)
        browser = SimpleNamespace(is_connected=lambda: True)
        session: Any = SimpleNamespace(
            guard=guard, page=None, fresh_page=_no_page, context=SimpleNamespace(browser=browser)
        )
        request = self.request()
        return Walk(session, request.site, request.addresses, Untold(), 0.0)

    def cancel(self, wire: str, death: str) -> tuple[int, Outcome] | None:
        """One run of the command; ``None`` if it was killed."""
        request, run = self.request(), Run("cancel", ORDER)
        log = begin_attempt(self.journal, request, "cancel", "0.1.0")
        run.found = replace(run.found, attempt=log.number)
        ending = Ending(request, run, log)
        try:
            if not in_own_loop(self._run(request, run, log, wire, death)):
                return None
            return int(ending.well()), run.found.end.outcome
        except ToolError as error:
            try:
                return int(ending.stopped(error)), run.found.end.outcome
            except ToolError as told:
                return int(told.exit_code), run.found.end.outcome

    async def _run(
        self, request: Request, run: Run, log: AttemptLog, wire: str, death: str
    ) -> bool:
        """The order of events of a real run; False where it is killed."""
        if self.journal.open_intents(order_target(ORDER)):
            run.take(End(Outcome.UNKNOWN))
            before = await settled_before(self.walk(), request, run, self.journal, None)
            run.take(cancelled_by(before) if before else End())
            if before:
                log.record(Event.VERIFIED, outcome="done", by=before.attempt)
                return True
        if self.world.effective or self.world.decided:
            raise ToolError("it is over", code=ErrorCode.REFUSED, exit_code=ExitCode.REFUSED)
        self.journal.set_target(log.number, dispute_target(ORDER, IDS))
        for step in STEPS:
            details = {"page": _PAGE} if step is Event.TARGET_READ else {}
            log.record(step, **details, **({"listed": True} if step is Event.INTENT else {}))
            if death == step:
                return False
        return await self._sent(run, log, wire, death)

    async def _sent(self, run: Run, log: AttemptLog, wire: str, death: str) -> bool:
        permit = Permit(PermitScope(dispute_target(ORDER, IDS)), 10.0)
        permit.consume()
        run.take(Confirmed(permit, Sent.ONE))
        answer = self.world.receive(log.number, wire)
        if death == "sent":
            return False
        log.record(Event.PERMIT_USED)
        if death == "permit_used":
            return False
        meant = read_reply(answer)
        if answer is not None:
            log.record(Event.ANSWERED, answer=meant.value, status=answer.status)
        if death == "answered":
            return False
        subject = Subject(ORDER, IDS, "http://127.0.0.1:1" + _PAGE)
        concluded = await self._verified(subject, meant)
        run.take(end_of(concluded, Replied(meant), run.found.confirmed))
        log.record(Event.VERIFIED, outcome=run.found.end.outcome.value)
        return death != "verified"

    async def _verified(self, subject: Subject, answer: Reply) -> Concluded:
        case, pace = Case(Past.SENDING, answer), Pace(0.0, (0.0,))
        return await verify.conclude(self.walk(), subject, case, 0.0, pace)

    def verify(self) -> dict[int, Outcome]:
        """One run of ``verify``: its outcome for each open attempt."""
        work = settle.settle_open(self.walk(), self.request(), Untold(), self.journal)
        return {settled.attempt: settled.outcome for settled in in_own_loop(work)}
