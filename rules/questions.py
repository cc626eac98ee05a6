"""What to ask a buyer next: one question at a time, and only what decides.

A question is asked if its answer can change the verdict, whatever the answers to the others
are. Every question can be left open, which counts as unknown and never as good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rules.decide import advise_on_words
from rules.facts import Facts, Reason, ReplacementTracking
from rules.outside import revised
from rules.statuses import DisputeStatus, MoneyReceived

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from rules.verdicts import Verdict

    Change = Callable[[Facts], Facts]
    Judge = Callable[[Facts], Verdict]

_A_REAL_NUMBER: Final = "LP00987654321CN"
_DONT_KNOW: Final = "I don't know"
_ARRIVED: Final = (Reason.PACKAGE_ARRIVED, Reason.REPLACEMENT_ARRIVED)


@dataclass(frozen=True)
class Choice:
    """One answer, and what it adds to the facts.

    Args:
        label: the answer; empty for an example of what could be typed.
    """

    label: str
    change: Change


@dataclass(frozen=True)
class Question:
    """One question.

    Args:
        name: what it asks for.
        choices: the answers, the careful one last: it is the default. For typed answers,
            examples of what they could mean; nothing typed leaves the fact open.
        applies: whether the fact is open and matters to the reason.
        typed: the facts with a typed answer; ``None`` if a choice answers it.
        is_moment: a typed answer is a time, in ISO 8601.
        example: how a typed answer can look.
        again: how to ask for a typed answer once more, where a bare yes was typed in its place.
        note: what to know before one answers.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    applies: Callable[[Facts], bool]
    typed: Callable[[Facts, str], Facts] | None = None
    is_moment: bool = False
    example: str = ""
    again: str = ""
    note: str = ""


def next_question(
    facts: Facts,
    asked: Collection[str] = (),
    questions: Sequence[Question] | None = None,
    judge: Judge | None = None,
) -> Question | None:
    """The question to ask now; ``None`` once no answer can change the verdict.

    Args:
        asked: names of questions that were asked already, answered or not.
        questions: those that may be asked, in order; all of them if not given.
        judge: the verdict on some facts.
    """
    judge = judge or (lambda facts: advise_on_words(facts).verdict)
    still = tuple(each for each in questions or QUESTIONS if each.name not in asked)
    now = [each for each in still if each.applies(facts)]
    for question in now:
        others = tuple(each for each in still if each is not question)
        if question.name in _ALWAYS or _decides(question, facts, others, judge):
            return question
    return None


def _decides(question: Question, facts: Facts, others: Sequence[Question], judge: Judge) -> bool:
    """Whether two answers differ in a verdict, with the same answers to all other questions."""
    *better, careful = question.choices
    worst = {judge(end) for end in _completed(careful.change(facts), others)}
    ends = (end for choice in better for end in _completed(choice.change(facts), others))
    if any(judge(end) not in worst for end in ends):
        return True
    return any(
        len({judge(choice.change(end)) for choice in question.choices}) > 1
        for end in _completed(facts, others)
    )


def _completed(facts: Facts, questions: Sequence[Question]) -> Iterator[Facts]:
    """The facts with every combination of answers to the questions that apply."""
    question = next((each for each in questions if each.applies(facts)), None)
    if question is None:
        yield facts
        return
    rest = tuple(each for each in questions if each is not question)
    for choice in question.choices:
        yield from _completed(choice.change(facts), rest)


def _with(**known: object) -> Change:
    return lambda facts: facts.updated(**known)


def _choice(label: str, **known: object) -> Choice:
    return Choice(label, _with(**known))


def _because(label: str, reason: Reason) -> Choice:
    return _choice(label, buyer_reason=reason)


def _values_of(fact: str, values: Mapping[str, object]) -> tuple[Choice, ...]:
    """An answer for each value of one fact, and the one that leaves it open."""
    known = (_choice(label, **{fact: value}) for label, value in values.items())
    return (*known, _choice(_DONT_KNOW))


def _tracking(facts: Facts, **known: object) -> Facts:
    before = facts.replacement_tracking or ReplacementTracking()
    return facts.updated(replacement_tracking=revised(before, **known))


def _looked_up(label: str, **known: object) -> Choice:
    return Choice(label, lambda facts: _tracking(facts, **known))


def _ends_in(days: int) -> Choice:
    def change(facts: Facts) -> Facts:
        at = facts.now and facts.now + timedelta(days=days)
        return facts.updated(protection_deadline=at and at.isoformat())

    return Choice("", change)


def _open(fact: str, *reasons: Reason) -> Callable[[Facts], bool]:
    """Whether a fact is open, and matters to the reason; to any if none is given."""

    def applies(facts: Facts) -> bool:
        matters = not reasons or facts.buyer_reason in reasons
        return matters and getattr(facts, fact) is None

    return applies


_REASON = Question(
    "reason",
    "Why would you cancel the dispute?",
    (
        _because("The seller asks me to, or promises something", Reason.SELLER_PROMISED),
        _because("The parcel arrived", Reason.PACKAGE_ARRIVED),
        _because("A replacement arrived", Reason.REPLACEMENT_ARRIVED),
        _because("A replacement is on its way", Reason.REPLACEMENT_SENT),
        _because("I opened it by mistake", Reason.FILED_BY_MISTAKE),
        _because("We agreed on a solution", Reason.FAIR_AGREEMENT),
        _because("I want to change it or add evidence", Reason.START_FRESH),
        _because("I was paid outside AliExpress", Reason.MONEY_RECEIVED_OFF_PLATFORM),
        _because("I changed my mind, or want to wait", Reason.CHANGED_MIND),
        _because(f"Something else, or {_DONT_KNOW}", Reason.OTHER),
    ),
    _open("buyer_reason"),
)
_RECEIVED = Question(
    "received",
    "Do you have it in your hands?",
    _values_of("item_received", {"Yes": True, "No": False}),
    _open("item_received", *_ARRIVED),
)
_CHECKED = Question(
    "checked",
    "Have you opened it and tried it out?",
    (
        _choice("Yes: all there, right, and it works", item_verified=True),
        _choice("It is wrong or broken", buyer_reason=Reason.PACKAGE_ARRIVED_WRONG_ITEM),
        _choice("Part of it is missing", buyer_reason=Reason.PACKAGE_ARRIVED_PARTLY),
        _choice("Not yet", item_verified=False),
        _choice(_DONT_KNOW),
    ),
    lambda facts: (
        facts.item_verified is None
        and facts.item_received is not False
        and facts.buyer_reason in _ARRIVED
    ),
)
_NUMBER = Question(
    "replacement",
    "Which tracking number did the seller give you?",
    (
        Choice("", lambda facts: _tracking(facts, number=_A_REAL_NUMBER)),
        _choice(""),
    ),
    _open("replacement_tracking", Reason.REPLACEMENT_SENT),
    typed=lambda facts, number: _tracking(facts, number=number),
    example="the number; just Enter if there is none",
    again="Type the number itself, or press Enter if you don't have it",
)
_LOOKED_UP = Question(
    "looked_up",
    "What does the carrier's own page show for it?",
    (
        _looked_up("The parcel is moving", checked_by_buyer=True),
        _looked_up("Nothing, or only a label", checked_by_buyer=True, carrier_events=0),
        _looked_up("I have not looked", checked_by_buyer=False),
        _choice(_DONT_KNOW),
    ),
    lambda facts: (
        facts.buyer_reason is Reason.REPLACEMENT_SENT
        and facts.replacement_tracking is not None
        and facts.replacement_tracking.checked_by_buyer is None
    ),
)
_EXTENDED = Question(
    "extended",
    "Has the seller extended the buyer protection?",
    _values_of("protection_extended", {"Yes, the order shows the later date": True, "No": False}),
    _open("protection_extended", Reason.REPLACEMENT_SENT),
)
_MONEY = Question(
    "money",
    "How much of the money is in your own account?",
    _values_of(
        "money_received",
        {
            "All of it, and it has cleared": MoneyReceived.FULL_CLEARED,
            "A part": MoneyReceived.PARTIAL,
            "It is only announced": MoneyReceived.ANNOUNCED_ONLY,
            "Nothing": MoneyReceived.NONE,
        },
    ),
    _open("money_received", Reason.MONEY_RECEIVED_OFF_PLATFORM),
)
_STATUS = Question(
    "status",
    "What does the dispute page say?",
    _values_of(
        "dispute_status",
        {
            "It is waiting for the seller": DisputeStatus.WAITING_SELLER,
            "The seller has answered": DisputeStatus.SELLER_RESPONDED,
            "AliExpress is deciding": DisputeStatus.MEDIATING,
            "AliExpress has decided": DisputeStatus.FINAL_DECISION,
            "I accepted an offer": DisputeStatus.ACCEPTED_PROPOSAL,
            "A refund or return is under way": DisputeStatus.REFUND_IN_PROGRESS,
            "It is closed": DisputeStatus.CLOSED,
        },
    ),
    _open("dispute_status"),
)
_ENDS = Question(
    "protection_ends",
    "When does the buyer protection end?",
    (_ends_in(30), _ends_in(1), _ends_in(-1), _choice("")),
    _open("protection_deadline"),
    typed=lambda facts, moment: facts.updated(protection_deadline=moment),
    is_moment=True,
    example="24 Dec 2026 18:00 PST, or 12 days; just Enter if you don't know",
    note="Add the time zone that the page shows, such as PST. Without one, the earliest possible time counts.",
)
_SELLER = Question(
    "seller",
    "What did the seller write? Paste it here.",
    (_choice("", seller_asked_to_cancel=True), _choice("")),
    lambda facts: not facts.all_messages and facts.seller_asked_to_cancel is None,
    typed=lambda facts, words: facts.updated(seller_messages=(words,)),
    example="their message; just Enter if there is none",
    again="Paste what they wrote, or press Enter if you don't have it",
)
# The answer decides nothing more, but what to reply to them.
_REPLY = Question(
    "seller_words",
    _SELLER.text,
    (_choice(""),),
    lambda facts: facts.buyer_reason is Reason.SELLER_PROMISED and not facts.all_messages,
    typed=_SELLER.typed,
    example=_SELLER.example,
    again=_SELLER.again,
)
_ALWAYS: Final = frozenset({_REPLY.name})

QUESTIONS: Final = (
    _REASON, _REPLY, _RECEIVED, _CHECKED, _NUMBER, _LOOKED_UP, _EXTENDED, _MONEY,
    _STATUS, _ENDS, _SELLER,
)  # fmt: skip
# What no page can answer. A cancel reads the rest itself.
OF_THE_BUYER: Final = (_REASON, _RECEIVED, _CHECKED, _NUMBER, _LOOKED_UP, _EXTENDED, _MONEY)
# The seller's messages on the dispute page are read there; others only the buyer has.
_ELSEWHERE = replace(
    _SELLER, text="Did the seller write to you outside the dispute page? Paste it here."
)
OF_THE_BUYER_IN_FULL: Final = (_REASON, _REPLY, *OF_THE_BUYER[1:], _ELSEWHERE)
"""The same for a buyer who has said nothing yet: also what the seller wrote, once."""


def on_good_pages(facts: Facts) -> Facts:
    """The facts, with what pages may show at best in place of what is open."""
    far = facts.now and (facts.now + timedelta(days=30)).isoformat()
    return facts.updated(
        dispute_status=facts.dispute_status or DisputeStatus.WAITING_SELLER,
        protection_deadline=facts.protection_deadline or far,
    )
