"""A run under way: its steps, its clock and its guard; what it found is a value beside them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from automation.aliexpress.answer import Answer, HeldAtPermitAnswer, Step
from automation.aliexpress.found import End, Found
from automation.aliexpress.walk.progress import Running, StepRecord
from automation.engine.interrupts import PATIENCE, Place
from automation.engine.sent import Sent

if TYPE_CHECKING:
    from automation.aliexpress.found import Part
    from automation.aliexpress.walk.album import Album
    from automation.engine.guard import Guard

# My Orders loads its cards in pages, and each may take the time of one wait.
_PAGES_OF_A_LIST = 20

ShowStep = Callable[[StepRecord], None]


class Now(Struct, frozen=True):
    """The step in progress, and when it began."""

    step: Step
    running: Running
    since: float


@dataclass
class Run:
    """One command with a browser, while it runs.

    Those who walk the pages report their steps here. What they find they return, and only
    what runs or ends an attempt folds it into ``found``, so that every exit path can answer,
    however the work was stopped.

    Args:
        verify_command: the call that settles this run, with the options that it needs.
        step_now: the step that began last.
        now: the step in progress, if one is; for those who watch.
        human_is_asked: a human is reading a question, so no time limit of a step runs.
        album: keeps pictures of the pages; ``None`` if no receipt will show them.
    """

    command: str
    order_id: str | None = None
    verify_command: str = ""
    progress: ShowStep = field(default=lambda _: None)
    found: Found = field(default_factory=Found)
    steps: list[StepRecord] = field(default_factory=list)
    step_now: Step = Step.WORDS
    now: Now | None = None
    guard: Guard | None = None
    human_is_asked: bool = False
    album: Album | None = None

    def __post_init__(self) -> None:
        self.verify_command = self.verify_command or f"dispute-guard verify {self.order_id}"

    def take(self, part: Part) -> None:
        """Fold in what the work found."""
        self.found = self.found.plus(part)

    @property
    def stopped_at(self) -> Step:
        """The step where it ended, or the one that began last."""
        return self.found.end.at or self.step_now

    @property
    def request_left(self) -> bool:
        """True once the permitted request was sent, or may have been."""
        return self.found.sent is not Sent.NOTHING

    @property
    def may_have_sent(self) -> bool:
        """As ``request_left``; also while the request is on its way, before the site's answer."""
        return self.request_left or (self.guard is not None and self.guard.may_have_sent)

    @property
    def second_held_back(self) -> bool:
        """True if the page wanted to send a different write about the dispute after the first.

        The same one again is fine: a page may send its cancel twice.
        """
        held = self.guard.report().held_after_sent if self.guard is not None else ()
        return any(not record.repeats for record in held)

    def place(self, progress: Hashable = None) -> Place:
        """Where the run is, for the watchdog; a long step reports its progress."""
        return Place(
            step=self.step_now.value.replace("_", " "),
            mark=(len(self.steps), progress),
            patience=_PAGES_OF_A_LIST if self.step_now is Step.MY_ORDERS else PATIENCE,
            human_is_asked=self.human_is_asked,
        )

    @contextmanager
    def waiting_for_human(self) -> Iterator[None]:
        """Stop the time limit of the step while the body asks a human."""
        before, self.human_is_asked = self.human_is_asked, True
        try:
            yield
        finally:
            self.human_is_asked = before

    @contextmanager
    def step(self, step: Step) -> Iterator[Running]:
        """Time a step, and record it if it succeeds."""
        self.step_now = step
        running, around = Running(), self.now
        started = time.perf_counter()
        self.now = Now(step, running, started)
        try:
            yield running
        finally:
            self.now = around
        record = StepRecord(step, running.page, time.perf_counter() - started, running.note)
        self.steps.append(record)
        self.progress(record)

    def answer(self, end: End | None = None) -> Answer:
        """The JSON answer: what the run knows now, as a value.

        Args:
            end: another end than the one that it found.
        """
        found, end = self.found, end or self.found.end
        warnings = [warning.as_json() for warning in found.confirmed.warnings]
        told = {
            "command": self.command,
            "order": self.order_id,
            **(found.advice.as_json() if found.advice else {}),
            "outcome": end.outcome,
            "stopped_at": self.stopped_at,
            "reason": end.reason,
            "plan": {**found.plan.as_json(), "warnings": warnings} if found.plan else None,
            "warnings": warnings,
            "guard": self.guard.report().as_json() if self.guard else {},
            "held_at_permit": self.held_back(),
            "attempt": found.attempt,
            "receipt": str(found.kept.folder) if found.kept.folder else None,
            "receipt_page": str(found.kept.page) if found.kept.page else None,
            "sent": found.sent,
            "unsettled": found.unsettled.attempts,
            "verify_command": self._settles,
            "steps": [
                {"step": s.step, "page": s.page, "seconds": round(s.seconds, 3), "note": s.note}
                for s in self.steps
            ],
        }
        only_if_said = {
            "consent": found.consent,
            "answer": found.replied.reply if found.replied else None,
            "answer_words": found.replied.words if found.replied else "",
            "in_the_way": found.unsettled.in_the_way,
            "changes": found.changes,
            "seen": found.judged.seen if found.judged else None,
            "choices": found.choices,
            "words": found.words,
            "unknown_status": found.judged.unknown_status if found.judged else None,
            "dispute": found.dispute,
            "journal_problem": found.journal_problem,
            "receipt_problem": found.kept.problem,
            "stopped_later": found.stopped_later,
            "by_hand": found.confirmed.by_hand,
            "new_status_unknown": end.unread,
            "named_status": found.confirmed.named_status,
        }
        return Answer.model_validate(told | {k: v for k, v in only_if_said.items() if v})

    @property
    def _settles(self) -> str | None:
        """The call that settles the run, if it is another one."""
        return self.verify_command if self.command == "cancel" else self.found.settle_at or None

    def held_back(self) -> tuple[HeldAtPermitAnswer, ...]:
        """What the guard held back under the permit: names, never values."""
        held = self.guard.report().held_at_permit if self.guard else ()
        kinds = Counter((record.in_words, record.reason) for record in held)
        return tuple(
            HeldAtPermitAnswer(request=request, why=why, count=count)
            for (request, why), count in kinds.items()
        )
