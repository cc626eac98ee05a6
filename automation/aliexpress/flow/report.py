"""What a run knows about itself, so that every exit path can report the truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from automation.engine.outcome import Outcome

if TYPE_CHECKING:
    from automation.aliexpress.flow.plan import Plan
    from automation.aliexpress.flow.warnings import SiteWarning
    from automation.engine.guard import Guard, Permit
    from rules import Advice


class Sent(StrEnum):
    """What the run sent that could change anything; printed once, at the end of the run."""

    NOTHING = "nothing"
    ONE = "one_request"
    MAYBE = "maybe_one_request"

    @property
    def words(self) -> str:
        """The claim as text."""
        return _SENT_WORDS[self]


_SENT_WORDS = {
    Sent.NOTHING: "nothing was sent",
    Sent.ONE: "one request was sent",
    Sent.MAYBE: "one request may have been sent",
}


class Step(StrEnum):
    """Steps of a run, in order; ``stopped_at`` is one of them."""

    WORDS = "advise_on_words"
    BROWSER = "open_browser"
    MY_ORDERS = "my_orders"
    ORDER_DETAILS = "order_details"
    DISPUTE_PAGE = "dispute_page"
    ADVISE = "advise"
    TRIAL_CLICK = "trial_click"
    PLAN = "plan"
    CONSENT = "consent"
    REREAD = "reread"
    INTENT = "intent"
    CANCEL_REQUEST = "cancel_request"
    CONFIRM = "confirm"
    VERIFY = "verify"
    RECEIPT = "receipt"
    FINISHED = "finished"


@dataclass(frozen=True)
class StepRecord:
    """One finished step.

    Args:
        page: title or address of the page.
        seconds: how long it took.
        note: what it found, in a few words.
    """

    step: Step
    page: str
    seconds: float
    note: str = ""


Progress = Callable[[StepRecord], None]


@dataclass
class Report:
    """The state of one run; the command line prints it on every exit path.

    Args:
        warnings: what the site's dialog said beyond its question.
        verified: fresh pages have shown the outcome, so nothing later changes it.
        in_doubt: the browser was lost during the confirm, so the request may have been sent.
        human_is_asked: a human is reading a question, so no time limit of a step runs.
        unsettled: earlier attempts on the order whose outcome is still unknown.
        verify_command: the call that settles this run, with the options that it needs.
    """

    command: str
    order_id: str | None = None
    outcome: Outcome = Outcome.NOT_DONE
    stopped_at: Step = Step.WORDS
    reason: str = ""
    advice: Advice | None = None
    plan: Plan | None = None
    guard: Guard | None = None
    permit: Permit | None = None
    attempt: int | None = None
    receipt: str | None = None
    warnings: tuple[SiteWarning, ...] = ()
    verified: bool = False
    in_doubt: bool = False
    human_is_asked: bool = False
    unsettled: tuple[int, ...] = ()
    verify_command: str = ""
    steps: list[StepRecord] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    progress: Progress = field(default=lambda _: None)

    def __post_init__(self) -> None:
        self.verify_command = self.verify_command or f"dispute-guard verify {self.order_id}"

    @property
    def sent(self) -> Sent:
        """What was sent, according to the permit; a lost browser makes it doubtful."""
        if self.permit is not None and self.permit.may_have_sent:
            return Sent.ONE
        return Sent.MAYBE if self.in_doubt else Sent.NOTHING

    @property
    def claim(self) -> str:
        """What this run sent, as text; earlier attempts may have sent something too."""
        return f"{self.sent.words} in this run" if self.unsettled else self.sent.words

    @property
    def request_left(self) -> bool:
        """True once the permitted request was sent, or may have been."""
        return self.sent is not Sent.NOTHING

    @property
    def second_held_back(self) -> bool:
        """True if the page wanted to send a different write about the dispute after the first.

        The same one again is fine: a page may send its cancel twice.
        """
        held = self.guard.report().held_after_sent if self.guard is not None else ()
        return any(not record.repeats for record in held)

    @contextmanager
    def waiting_for_human(self) -> Iterator[None]:
        """Stop the time limit of the step while the body asks a human."""
        before, self.human_is_asked = self.human_is_asked, True
        try:
            yield
        finally:
            self.human_is_asked = before

    @contextmanager
    def step(self, step: Step) -> Iterator[_Running]:
        """Time a step, and record it if it succeeds."""
        self.stopped_at = step
        running = _Running()
        started = time.perf_counter()
        yield running
        record = StepRecord(step, running.page, time.perf_counter() - started, running.note)
        self.steps.append(record)
        self.progress(record)


@dataclass
class _Running:
    page: str = ""
    note: str = ""
