"""The JSON contract of the commands that look at an order: one frozen value for each run.

Terminal, receipt and scripts say the same because they say what stands here.
``dispute-guard cancel --json-schema`` prints the schema.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from automation.aliexpress.advice_answer import Advised
from automation.aliexpress.answer_parts import GuardAnswer, Part, Text
from automation.engine.outcome import Outcome, Sent


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


class WarningAnswer(Part):
    """A warning of the site, in its dialog or beside the button; ``--accept-warning DIGEST`` accepts it.

    ``means_loss`` says that it speaks of something that the buyer loses, or cannot be read.
    """

    words: str
    digest: str
    means_loss: bool = True


class PlanContent(Part):
    """What one cancel would do, as it was read, said and advised; all times are in UTC.

    ``origin`` is the address of the site: the plan of one mimic is no consent on another.
    """

    site: Literal["real", "mimic"]
    origin: str
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


class NamedStatusAnswer(Part):
    """What the buyer read the dispute's new status as, after a cancel that the tool pressed.

    Args:
        said: in words.
        learned: lines for site data.
    """

    said: tuple[Text, ...] = ()
    learned: tuple[Text, ...] = ()


class Answer(Advised):
    """One run of ``cancel``, ``verify`` or ``advise ORDER``; also of one that was refused or failed.

    Args:
        attempt: its number in ``history``. That of ``verify`` is the attempt that it speaks of,
            which may have sent its request; ``None`` if the journal has no such attempt.
        receipt: the folder of the receipt that this run wrote, with its JSON and pictures.
        receipt_page: the page in that folder, to open in a browser.
        held_at_permit: requests that were held back while one was permitted.
        sent: what was sent that could change anything.
        verify_command: the call that settles a ``cancel``, or an attempt that was made on another
            site than that of this ``verify``.
        unsettled: earlier attempts whose request may have been sent.
        in_the_way: what prevents carrying out the plan of a dry run now.
        answer: the kind of the site's answer to the one request; ``answer_words``: its own words.
        changes: what differs from the plan.
        new_status_unknown: after the request, the dispute's status is in words that no list has.
        named_status: what the buyer said that those words mean.
    """

    ONLY_IF_SAID: ClassVar[tuple[str, ...]] = (
        *Advised.ONLY_IF_SAID,
        "seen", "choices", "words", "unknown_status", "dispute", "verify_command",
        "consent", "changes", "answer", "answer_words", "journal_problem", "receipt_problem", "stopped_later", "by_hand", "new_status_unknown",
        "named_status",
    )  # fmt: skip

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
    receipt_page: str | None = None
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
    named_status: NamedStatusAnswer | None = None

    @property
    def learned(self) -> tuple[str, ...]:
        """Lines for site data that the buyer taught during the cancel."""
        by_hand = self.by_hand or self.named_status
        return by_hand.learned if by_hand else ()

    @property
    def is_worth_keeping(self) -> bool:
        """Whether to keep what the cancel taught: only one that is verified shows that it was the cancel."""
        return self.outcome is Outcome.DONE

    @property
    def claim(self) -> str:
        """What this run sent, as text; earlier attempts may have sent something too."""
        return f"{self.sent.words} in this run" if self.unsettled else self.sent.words
