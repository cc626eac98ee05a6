"""What a run knows about itself, so that every exit path can report the truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.aliexpress.answer import (
    Answer,
    ChoiceAnswer,
    DisputeAnswer,
    SeenAnswer,
    Step,
    UnknownStatusAnswer,
    WordsAnswer,
)
from automation.aliexpress.progress import Running, StepRecord
from automation.engine.interrupts import Place
from automation.engine.outcome import Outcome, Reply
from automation.engine.sent import Sent

if TYPE_CHECKING:
    from automation.aliexpress.plan import Plan
    from automation.aliexpress.site import Doubt
    from automation.aliexpress.site_warnings import SiteWarning
    from automation.engine.guard import Guard, Permit
    from rules import Advice

__all__ = ["Report", "Step", "StepRecord"]

# My Orders loads its cards in pages, and each may take the time of one wait.
_PAGES_OF_A_LIST = 20

ShowStep = Callable[[StepRecord], None]


@dataclass
class Report:
    """The state of one run; the command line prints it on every exit path.

    Args:
        warnings: what the site's dialog, and the page beside it, said beyond its question.
        opened_after: words of the dialogs that opened after the confirm; none was answered.
        verified: fresh pages have shown the outcome, so nothing later changes it.
        in_doubt: the browser was lost during the confirm, so the request may have been sent.
        human_is_asked: a human is reading a question, so no time limit of a step runs.
        unsettled: earlier attempts on the order whose outcome is still unknown.
        verify_command: the call that settles this run, with the options that it needs.
        consent: how the buyer agreed.
        reply: the site's answer to the one request; ``reply_words``: its own words.
        in_the_way: what prevents carrying out the plan of a dry run now.
        changes: what differs from the plan.
        stopped_later: what stopped the run after fresh pages had shown the outcome.
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
    opened_after: tuple[str, ...] = ()
    verified: bool = False
    in_doubt: bool = False
    human_is_asked: bool = False
    unsettled: tuple[int, ...] = ()
    verify_command: str = ""
    steps: list[StepRecord] = field(default_factory=list)
    consent: str = ""
    reply: Reply | None = None
    reply_words: str = ""
    in_the_way: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    seen: SeenAnswer | None = None
    choices: tuple[ChoiceAnswer, ...] = ()
    words: WordsAnswer | None = None
    unknown_status: UnknownStatusAnswer | None = None
    dispute: DisputeAnswer | None = None
    journal_problem: str = ""
    receipt_problem: str = ""
    stopped_later: str = ""
    progress: ShowStep = field(default=lambda _: None)

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
    def another_dialog(self) -> str:
        """For the reason of an outcome: the dialogs that opened after the confirm."""
        said = ", ".join(f"'{words}'" for words in self.opened_after)
        return f"; another dialog opened: {said}; nothing in it was pressed" if said else ""

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

    def place(self, progress: Hashable = None) -> Place:
        """Where the run is, for the watchdog; a long step reports its progress."""
        return Place(
            step=self.stopped_at.value.replace("_", " "),
            mark=(len(self.steps), progress),
            patience=_PAGES_OF_A_LIST if self.stopped_at is Step.MY_ORDERS else Place.patience,
            human_is_asked=self.human_is_asked,
        )

    def answer(self) -> Answer:
        """The JSON answer: what the run knows now, as a value."""
        warnings = [warning.as_json() for warning in self.warnings]
        told = {
            "command": self.command,
            "order": self.order_id,
            **(self.advice.as_json() if self.advice else {}),
            "outcome": self.outcome,
            "stopped_at": self.stopped_at,
            "reason": self.reason,
            "plan": {**self.plan.as_json(), "warnings": warnings} if self.plan else None,
            "warnings": warnings,
            "guard": self.guard.report().as_json() if self.guard else {},
            "attempt": self.attempt,
            "receipt": self.receipt,
            "sent": self.sent,
            "unsettled": self.unsettled,
            "steps": [
                {"step": s.step, "page": s.page, "seconds": round(s.seconds, 3), "note": s.note}
                for s in self.steps
            ],
        }
        only_if_said = {
            "consent": self.consent,
            "answer": self.reply,
            "answer_words": self.reply_words,
            "in_the_way": self.in_the_way,
            "changes": self.changes,
            "seen": self.seen,
            "choices": self.choices,
            "words": self.words,
            "unknown_status": self.unknown_status,
            "dispute": self.dispute,
            "journal_problem": self.journal_problem,
            "receipt_problem": self.receipt_problem,
            "stopped_later": self.stopped_later,
        }
        return Answer.model_validate(told | {k: v for k, v in only_if_said.items() if v})

    def show_labels(self, doubt: Doubt) -> None:
        """Show unknown labels in the answer, and how to teach them; the first ones stay."""
        self.words = self.words or WordsAnswer.model_validate(doubt.as_json())

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
        self.stopped_at = step
        running = Running()
        started = time.perf_counter()
        yield running
        record = StepRecord(step, running.page, time.perf_counter() - started, running.note)
        self.steps.append(record)
        self.progress(record)
