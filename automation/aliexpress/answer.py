"""The JSON contract of the commands that look at an order: one frozen value for each run.

Terminal, receipt and scripts say the same because they say what stands here. Text that comes
from a page is made safe when the value is built. ``dispute-guard cancel --json-schema`` prints
the schema.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from automation.engine.outcome import Outcome, Sent
from automation.errors import ErrorCode
from automation.text import clean_text
from rules import DisputeStatus, Verdict

if TYPE_CHECKING:
    from rules import Advice

_LONGEST = 600


class Step(StrEnum):
    """Steps of a run, in order; ``stopped_at`` is one of them."""

    WORDS = "advise_on_words"
    BROWSER = "open_browser"
    HAND_OVER = "hand_over"
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


def _cleaned(text: str) -> str:
    return clean_text(text, _LONGEST)


Text = Annotated[str, AfterValidator(_cleaned)]
"""One safe line of at most 600 characters."""
ExitNumber = Annotated[int, Field(ge=0, le=255)]


class Part(BaseModel):
    """A frozen piece of an answer, with no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FindingAnswer(Part):
    """One rule that applies; ``facts`` are the ids of the facts that it rests on, with values."""

    rule: str
    severity: str
    overridable: bool
    facts: dict[str, Any]
    meaning: str
    instead: str
    would_change: str
    source: tuple[str, ...]
    accepted: bool


class ReplyAnswer(Part):
    """What to answer the seller, ready to paste, in the language of their message."""

    language: str
    text: str


class WarningAnswer(Part):
    """A warning of the site's own dialog; ``--accept-warning DIGEST`` accepts it."""

    words: str
    digest: str


class PlanContent(Part):
    """What one cancel would do, as it was read, said and advised; all times are in UTC."""

    site: Literal["real", "mimic"]
    order_id: str
    reverse_line_id: str | None
    trade_line_id: str | None
    item: str
    amount: str
    offers: tuple[str, ...] = ()
    status: str
    status_words: str
    unverified: tuple[str, ...]
    protection_deadline: str | None
    refile_by: str | None
    verdict: str
    findings: tuple[str, ...]
    accepted_risks: tuple[str, ...]
    said: str
    buyer_says: tuple[str, ...] = ()
    rules_version: str
    fingerprint: str
    created: datetime
    expires: datetime


class PlanAnswer(PlanContent):
    """A plan; ``--plan DIGEST`` consents to it until ``expires``.

    The digest covers every field of the content but the two times.
    """

    digest: str
    warnings: tuple[WarningAnswer, ...] = ()


class RequestAnswer(Part):
    """Equal requests that the guard judged, and how many there were."""

    request: str
    host: str
    method: str
    kind: str
    reason: str
    count: int


class HeldBackAnswer(Part):
    """A request that was held back because it could not be told to be harmless.

    A ``negotiable`` one can only read: ``--allow-read NAME`` lets it through.
    """

    name: str
    page: str
    why: str
    method: str
    keys: tuple[str, ...]
    negotiable: bool


class GuardAnswer(Part):
    """The guard's account of a run; ``sent_by`` says who sent the permitted request."""

    allowed: tuple[RequestAnswer, ...] = ()
    refused: tuple[RequestAnswer, ...] = ()
    held_back: tuple[HeldBackAnswer, ...] = ()
    sent_by: Literal["", "browser", "playwright"] = ""
    summary: str = ""


class HeldAtPermitAnswer(Part):
    """What the page wanted to send when one request was permitted, and why it was held back.

    Args:
        count: how often.
    """

    request: Text
    why: Text
    count: int = 1


class StepAnswer(Part):
    """One finished step, its page and its duration in seconds."""

    step: Step
    page: str
    seconds: float
    note: Text = ""


class SeenAnswer(Part):
    """What the order's pages showed.

    ``answer_by`` is when the buyer has to answer the seller, UTC, if the page says so.
    """

    order_status: Text
    item: Text
    disputes: tuple[Text, ...]
    status_words: Text
    status: str
    protection_deadline: str | None
    unverified: tuple[Text, ...]
    edits_used: int | None
    amount: Text
    answer_by: str | None = None


class ChoiceAnswer(Part):
    """One of several disputes; ``--item`` takes its number or one of its ids."""

    item_number: int
    item: Text
    line_id: str | None
    dispute_id: str | None
    status_words: Text


class WordsAnswer(Part):
    """Words of the site that are not verified yet, and the lines that would teach them."""

    lang: str
    what: Text
    seen: tuple[Text, ...]
    lines: tuple[Text, ...]
    where: Text
    choices: tuple[str, ...] = ()


class UnknownStatusAnswer(Part):
    """A status line that no list has, and how to teach it."""

    seen: Text
    teach: Text
    choices: tuple[str, ...]
    where: Text


class DisputeAnswer(Part):
    """The dispute that ``verify`` speaks of."""

    dispute_id: str | None
    line_id: str | None


class PressAnswer(Part):
    """What the buyer pressed by hand: its words, where it stands, and the dialog around it."""

    words: Text
    selector: Text
    page: Text
    dialog: Text = ""


class HeldByHandAnswer(Part):
    """A request that was held back while the buyer pressed by hand, and what caused it.

    Args:
        pressed: what they pressed before the first of its kind.
        line: the line of site data that would let the permit fit it, if one would.
        count: how often it was held back.
    """

    pressed: Text
    request: Text
    why: Text
    line: Text = ""
    count: int = 1


class ByHandAnswer(Part):
    """What the buyer did with ``--by-hand``.

    Args:
        presses: the presses that led to the request that was sent.
        learned: lines for site data, so that the next cancel needs no hand.
        said: what the buyer themselves read words of the page as.
    """

    presses: tuple[PressAnswer, ...] = ()
    held_back: tuple[HeldByHandAnswer, ...] = ()
    learned: tuple[Text, ...] = ()
    said: tuple[Text, ...] = ()


class ErrorAnswer(Part):
    """Why the run ended, what to do next, and where the evidence lies."""

    code: ErrorCode
    message: str
    hint: str
    evidence: str


class Advised(Part):
    """The answer of ``advise`` without ORDER, and a part of every other one.

    Args:
        refile_by: the latest time to file again, UTC; never a promise.
    """

    command: str = "advise"
    verdict: Verdict | None = None
    findings: tuple[FindingAnswer, ...] = ()
    refile_by: str | None = None
    window: str | None = None
    rules_version: str | None = None
    reply: ReplyAnswer | None = None
    exit_code: ExitNumber = 0
    error: ErrorAnswer | None = None

    def as_json(self) -> dict[str, object]:
        """The document: what this run had nothing to say about is left out."""
        told = self.model_dump(mode="json")
        return {key: told[key] for key in told if told[key] is not None or key not in _ONLY_IF_SAID}


def advised(advice: Advice) -> Advised:
    """What the rules say, as a part of the JSON contract."""
    return Advised.model_validate(advice.as_json())


class AdvisedLine(Advised):
    """The advice on one line of ``--facts FILE.jsonl``; lines are counted from 1."""

    line: Annotated[int, Field(ge=1)]


class AdvisedLines(Part):
    """The answer of ``advise --facts FILE.jsonl``; the worst verdict decides the exit code."""

    command: Literal["advise"] = "advise"
    answers: tuple[AdvisedLine, ...]
    exit_code: ExitNumber = 0

    def as_json(self) -> dict[str, object]:
        """The document."""
        answers = [each.as_json() for each in self.answers]
        return {"command": self.command, "answers": answers, "exit_code": self.exit_code}


class ListedAnswer(Part):
    """One dispute of the account, or an order whose disputes could not be read.

    Args:
        item_number: what ``--item`` takes.
        answer_by: when the buyer has to answer the seller, UTC, if the page says so.
        refile_by: the latest time to file again, UTC; never a promise.
        verdict: what ``advise`` would say if the reason were good; ``None`` if not read.
        findings: the rules that apply.
        problem: why this could not be read.
    """

    order: str | None
    item_number: int | None
    item: str
    line_id: str | None
    dispute_id: str | None
    status: DisputeStatus
    status_words: str
    edits_used: int | None
    amount: str
    protection_deadline: str | None
    refile_by: str | None
    verdict: Verdict | None
    findings: tuple[str, ...]
    problem: str | None
    answer_by: str | None = None


class ListAnswer(Part):
    """One run of ``list``, also of one that failed half way.

    Args:
        orders_seen: number of orders in My Orders.
        sources: the lists that were read.
        complete: false if part of the account was not seen; ``notes`` say which.
    """

    command: Literal["list"] = "list"
    disputes: tuple[ListedAnswer, ...]
    orders_seen: int
    sources: tuple[str, ...]
    complete: bool
    notes: tuple[str, ...]
    guard: GuardAnswer = GuardAnswer()
    exit_code: ExitNumber = 0
    error: ErrorAnswer | None = None

    def as_json(self) -> dict[str, object]:
        """The document: without an error if there is none."""
        return self.model_dump(mode="json", exclude=None if self.error else {"error"})


class AttemptAnswer(Part):
    """One attempt of the journal; times are UTC.

    Args:
        outcome: ``None`` while it runs, and after a crash.
        needs_verify: its request may have been sent, and it is not settled.
        receipt: the page of its receipt; ``None`` if it has none.
    """

    attempt: int
    order: str
    dispute: str | None
    line: str | None
    command: str
    site: str
    surface: str
    version: str
    process: int
    started: str
    finished: str | None
    outcome: Outcome | None
    exit_code: int | None
    reason: str | None
    settled: str | None
    settled_how: str | None
    last_event: str
    needs_verify: bool
    receipt: str | None = None


class EventAnswer(Part):
    """One event of an attempt."""

    at: str
    event: str
    details: dict[str, str | int | float | bool | None]


class _Told(Part):
    """An answer that is printed as it is."""

    def as_json(self) -> dict[str, object]:
        """The document."""
        return self.model_dump(mode="json")


class HistoryAnswer(_Told):
    """The answer of ``history``: attempts, newest first."""

    command: Literal["history"] = "history"
    attempts: tuple[AttemptAnswer, ...] = ()
    exit_code: ExitNumber = 0


class AttemptHistoryAnswer(_Told):
    """The answer of ``history ATTEMPT``: the attempt, and its events in order."""

    command: Literal["history"] = "history"
    attempt: AttemptAnswer
    events: tuple[EventAnswer, ...]
    exit_code: ExitNumber = 0


class Answer(Advised):
    """One run of ``cancel``, ``verify`` or ``advise ORDER``; also of one that was refused or failed.

    Args:
        held_at_permit: requests that were held back while one was permitted.
        sent: what was sent that could change anything.
        verify_command: the call that settles a ``cancel``.
        unsettled: earlier attempts whose request may have been sent.
        in_the_way: what prevents carrying out the plan of a dry run now.
        answer: the kind of the site's answer to the one request; ``answer_words``: its own words.
        changes: what differs from the plan.
        new_status_unknown: after the request, the dispute's status is in words that no list has.
    """

    order: str | None = None
    outcome: Outcome
    stopped_at: Step = Step.WORDS
    reason: Text = ""
    plan: PlanAnswer | None = None
    warnings: tuple[WarningAnswer, ...] = ()
    guard: GuardAnswer = GuardAnswer()
    held_at_permit: tuple[HeldAtPermitAnswer, ...] = ()
    attempt: int | None = None
    receipt: str | None = None
    sent: Sent = Sent.NOTHING
    unsettled: tuple[int, ...] = ()
    verify_command: str | None = None
    steps: tuple[StepAnswer, ...] = ()
    seen: SeenAnswer | None = None
    choices: tuple[ChoiceAnswer, ...] | None = None
    words: WordsAnswer | None = None
    unknown_status: UnknownStatusAnswer | None = None
    dispute: DisputeAnswer | None = None
    in_the_way: tuple[Text, ...] = ()
    consent: Text | None = None
    changes: tuple[Text, ...] | None = None
    answer: str | None = None
    answer_words: Text | None = None
    journal_problem: Text | None = None
    receipt_problem: Text | None = None
    stopped_later: Text | None = None
    by_hand: ByHandAnswer | None = None
    new_status_unknown: bool | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether to keep what a cancel by hand taught; ``verify`` needs the new status that was named."""
        named = self.by_hand is not None and bool(self.by_hand.said)
        return self.outcome is Outcome.DONE or (self.outcome is Outcome.UNKNOWN and named)

    @property
    def claim(self) -> str:
        """What this run sent, as text; earlier attempts may have sent something too."""
        return f"{self.sent.words} in this run" if self.unsettled else self.sent.words


_ONLY_IF_SAID = (
    "window", "rules_version", "reply", "seen", "choices", "words", "unknown_status", "dispute",
    "verify_command", "consent", "changes", "answer", "answer_words", "journal_problem",
    "receipt_problem", "stopped_later", "by_hand", "new_status_unknown", "error",
)  # fmt: skip
