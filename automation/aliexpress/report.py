"""What a run knows about itself, so that every exit path can report the truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.aliexpress.answer import (
    Answer,
    ByHandAnswer,
    ChoiceAnswer,
    DisputeAnswer,
    SeenAnswer,
    Step,
    UnknownStatusAnswer,
    WordsAnswer,
)
from automation.aliexpress.plan import StalePlanError
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError
from automation.aliexpress.walk.progress import Running, StepRecord
from automation.aliexpress.walk.read_order import AmbiguousTargetError
from automation.engine.interrupts import Place
from automation.engine.outcome import Outcome, Reply
from automation.engine.sent import Sent

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.plan import Plan
    from automation.aliexpress.site import Doubt
    from automation.aliexpress.site_warnings import SiteWarning
    from automation.engine.guard import Guard, Permit
    from automation.errors import ToolError
    from rules import Advice

__all__ = ["Report", "Step", "StepRecord"]

# My Orders loads its cards in pages, and each may take the time of one wait.
_PAGES_OF_A_LIST = 20

ShowStep = Callable[[StepRecord], None]


@dataclass(frozen=True)
class End:
    """What became of the dispute, and why; a run may come to another end until it is verified.

    Args:
        verified: fresh pages have shown the outcome, so nothing later changes it.
        at: the step where the run ended, if it is not the last one that began.
    """

    outcome: Outcome
    reason: str = ""
    verified: bool = False
    at: Step | None = None


@dataclass(frozen=True)
class Judged:
    """The advice, and what it rests on.

    Args:
        doubt: labels of the dispute's page that are unknown.
    """

    advice: Advice
    seen: SeenAnswer | None = None
    unknown_status: UnknownStatusAnswer | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Confirmed:
    """What the confirm has seen and sent, also where it was stopped.

    Args:
        sent: ``MAYBE`` if the browser was lost, so that the permit proves nothing.
        warnings: what the site's dialog, and the page beside it, said beyond its question.
        opened_after: words of the dialogs that opened after the confirm; none was answered.
        doubt: labels of the dialog that are unknown.
        by_hand: what the buyer pressed, where they cancel by hand.
    """

    permit: Permit | None = None
    sent: Sent = Sent.NOTHING
    warnings: tuple[SiteWarning, ...] = ()
    opened_after: tuple[str, ...] = ()
    doubt: Doubt | None = None
    by_hand: ByHandAnswer | None = None

    @property
    def another_dialog(self) -> str:
        """For the reason of an outcome: the dialogs that opened after the confirm."""
        said = ", ".join(f"'{words}'" for words in self.opened_after)
        return f"; another dialog opened: {said}; nothing in it was pressed" if said else ""


@dataclass(frozen=True)
class Replied:
    """The site's answer to the one request, and its own words."""

    reply: Reply
    words: str = ""


@dataclass(frozen=True)
class Kept:
    """The folder of a receipt, or why it could not be written."""

    folder: Path | None = None
    problem: str = ""


@dataclass
class Report:
    """What a run knows so far; the command line prints it on every exit path.

    Each part is a value that the one who found it returned. ``ends`` alone sets the outcome.

    Args:
        verified: fresh pages have shown the outcome, so nothing later changes it.
        human_is_asked: a human is reading a question, so no time limit of a step runs.
        unsettled: earlier attempts on the order whose outcome is still unknown.
        verify_command: the call that settles this run, with the options that it needs.
        consent: how the buyer agreed.
        in_the_way: what prevents carrying out the plan of a dry run now.
        stopped_by: the error that stopped it in the browser; some bring a part of the answer.
        stopped_later: what stopped the run after fresh pages had shown the outcome.
    """

    command: str
    order_id: str | None = None
    outcome: Outcome = Outcome.NOT_DONE
    stopped_at: Step = Step.WORDS
    reason: str = ""
    verified: bool = False
    judged: Judged | None = None
    plan: Plan | None = None
    guard: Guard | None = None
    confirmed: Confirmed = field(default_factory=Confirmed)
    replied: Replied | None = None
    attempt: int | None = None
    kept: Kept = field(default_factory=Kept)
    human_is_asked: bool = False
    unsettled: tuple[int, ...] = ()
    verify_command: str = ""
    steps: list[StepRecord] = field(default_factory=list)
    consent: str = ""
    in_the_way: tuple[str, ...] = ()
    dispute: DisputeAnswer | None = None
    stopped_by: ToolError | None = None
    journal_problem: str = ""
    stopped_later: str = ""
    progress: ShowStep = field(default=lambda _: None)

    def __post_init__(self) -> None:
        self.verify_command = self.verify_command or f"dispute-guard verify {self.order_id}"

    def ends(self, end: End) -> None:
        """Take an end; a later one replaces it."""
        self.outcome, self.reason, self.verified = end.outcome, end.reason, end.verified
        self.stopped_at = end.at or self.stopped_at

    @property
    def advice(self) -> Advice | None:
        """The advice so far."""
        return self.judged.advice if self.judged else None

    @property
    def seen(self) -> SeenAnswer | None:
        """What the order's pages showed."""
        return self.judged.seen if self.judged else None

    @property
    def unknown_status(self) -> UnknownStatusAnswer | None:
        """A status line that no list has."""
        return self.judged.unknown_status if self.judged else None

    @property
    def permit(self) -> Permit | None:
        """The permit of this run."""
        return self.confirmed.permit

    @property
    def warnings(self) -> tuple[SiteWarning, ...]:
        """The warnings of the site's dialog."""
        return self.confirmed.warnings

    @property
    def in_doubt(self) -> bool:
        """True if the browser was lost during the confirm, so a request may have been sent."""
        return self.confirmed.sent is Sent.MAYBE

    @property
    def reply(self) -> Reply | None:
        """The site's answer to the one request."""
        return self.replied.reply if self.replied else None

    @property
    def receipt(self) -> str | None:
        """The folder of the receipt."""
        return str(self.kept.folder) if self.kept.folder else None

    @property
    def receipt_problem(self) -> str:
        """Why there is no receipt."""
        return self.kept.problem

    @property
    def choices(self) -> tuple[ChoiceAnswer, ...]:
        """The disputes that the buyer has to choose from."""
        stopped = self.stopped_by
        return stopped.choices if isinstance(stopped, AmbiguousTargetError) else ()

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs from the plan."""
        return self.stopped_by.changes if isinstance(self.stopped_by, StalePlanError) else ()

    @property
    def words(self) -> WordsAnswer | None:
        """Labels that stopped the run or are unknown, and how to teach them."""
        stopped = self.stopped_by
        doubt = stopped.doubt if isinstance(stopped, UnverifiedLabelsError) else None
        doubt = doubt or (self.judged.doubt if self.judged else None) or self.confirmed.doubt
        return WordsAnswer.model_validate(doubt.as_json()) if doubt else None

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
            "answer_words": self.replied.words if self.replied else "",
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
            "by_hand": self.confirmed.by_hand,
        }
        return Answer.model_validate(told | {k: v for k, v in only_if_said.items() if v})

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
