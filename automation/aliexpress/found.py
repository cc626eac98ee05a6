"""What a run finds, as values, and how they fold into the one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from automation.aliexpress.answer import ChoiceAnswer, WordsAnswer
from automation.aliexpress.plan.plan import Plan, StalePlanError
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError
from automation.aliexpress.walk.order.reading import AmbiguousTargetError
from automation.engine.outcome import Outcome, Reply
from automation.engine.sent import Sent

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.answer import (
        ByHandAnswer,
        DisputeAnswer,
        NamedStatusAnswer,
        SeenAnswer,
        Step,
        UnknownStatusAnswer,
    )
    from automation.aliexpress.plan.site_warnings import SiteWarning
    from automation.aliexpress.site import Doubt
    from automation.aliexpress.site.additions import Additions
    from automation.engine.guard import Permit
    from automation.errors import ToolError
    from rules import Advice


class End(Struct, frozen=True):
    """What became of the dispute, and why; a run may come to another end until it is verified.

    Args:
        verified: fresh pages have shown the outcome, so nothing later changes it.
        at: the step where the run ended, if it is not the last one that began.
        unread: the status on the dispute's page is in words that no list has.
        lost: the connection to a browser elsewhere ended before fresh pages could be read.
    """

    outcome: Outcome = Outcome.NOT_DONE
    reason: str = ""
    verified: bool = False
    at: Step | None = None
    unread: bool = False
    lost: bool = False


class Judged(Struct, frozen=True):
    """The advice, and what it rests on.

    Args:
        doubt: labels of the dispute's page that are unknown.
    """

    advice: Advice
    seen: SeenAnswer | None = None
    unknown_status: UnknownStatusAnswer | None = None
    doubt: Doubt | None = None


class Consented(Struct, frozen=True):
    """How the buyer agreed."""

    how: str


class Confirmed(Struct, frozen=True):
    """What the confirm has seen and sent, also where it was stopped.

    Args:
        sent: ``MAYBE`` if the browser was lost, so that the permit proves nothing.
        warnings: what the site's dialog, and the page beside it, said beyond its question.
        opened_after: words of the dialogs that opened after the confirm; none was answered.
        doubt: labels of the dialog that are unknown.
        by_hand: what the buyer pressed, where they cancel by hand.
        learned: what that would add to the site data.
        named_status: what they read the new status as, where the tool pressed.
    """

    permit: Permit | None = None
    sent: Sent = Sent.NOTHING
    warnings: tuple[SiteWarning, ...] = ()
    opened_after: tuple[str, ...] = ()
    doubt: Doubt | None = None
    by_hand: ByHandAnswer | None = None
    learned: Additions | None = None
    named_status: NamedStatusAnswer | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """What the buyer themselves read words of the page as."""
        told = self.by_hand or self.named_status
        return told.said if told else ()

    @property
    def another_dialog(self) -> str:
        """For the reason of an outcome: the dialogs that opened after the confirm."""
        said = ", ".join(f"'{words}'" for words in self.opened_after)
        return f"; another dialog opened: {said}; nothing in it was pressed" if said else ""


class Replied(Struct, frozen=True):
    """The site's answer to the one request, and its own words."""

    reply: Reply
    words: str = ""


class Unsettled(Struct, frozen=True):
    """Earlier attempts on the order whose outcome is still unknown.

    Args:
        in_the_way: what prevents carrying out the plan of a dry run now.
    """

    attempts: tuple[int, ...] = ()
    in_the_way: tuple[str, ...] = ()


class Kept(Struct, frozen=True):
    """The folder of a receipt and the page in it, or why it could not be written."""

    folder: Path | None = None
    page: Path | None = None
    problem: str = ""


Part = End | Judged | Plan | Consented | Confirmed | Replied | Unsettled
"""What the work of a run brings, one value after the other."""


class Found(Struct, frozen=True):
    """Everything that a run has found so far; each part is a value that the work returned.

    Args:
        stopped_by: the error that stopped it in the browser; some bring a part of the answer.
        stopped_later: what stopped the run after fresh pages had shown the outcome.
        settle_at: the call that settles what ``verify`` could not, on another site.
    """

    end: End = field(default_factory=End)
    judged: Judged | None = None
    plan: Plan | None = None
    consent: str = ""
    confirmed: Confirmed = field(default_factory=Confirmed)
    replied: Replied | None = None
    unsettled: Unsettled = field(default_factory=Unsettled)
    attempt: int | None = None
    kept: Kept = field(default_factory=Kept)
    dispute: DisputeAnswer | None = None
    stopped_by: ToolError | None = None
    journal_problem: str = ""
    stopped_later: str = ""
    settle_at: str = ""

    def plus(self, part: Part) -> Found:  # noqa: PLR0911  one for each kind of part
        """With one part more; a later one of its kind replaces it."""
        match part:
            case End():
                return replace(self, end=part)
            case Judged():
                return replace(self, judged=part)
            case Plan():
                return replace(self, plan=part)
            case Consented():
                return replace(self, consent=part.how)
            case Confirmed():
                return replace(self, confirmed=part)
            case Replied():
                return replace(self, replied=part)
            case Unsettled():
                return replace(self, unsettled=part)

    @property
    def advice(self) -> Advice | None:
        """The advice so far."""
        return self.judged.advice if self.judged else None

    @property
    def sent(self) -> Sent:
        """What was sent, according to the permit; a lost browser makes it doubtful."""
        permit = self.confirmed.permit
        if permit is not None and permit.may_have_sent:
            return Sent.ONE
        return Sent.MAYBE if self.confirmed.sent is Sent.MAYBE else Sent.NOTHING

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
