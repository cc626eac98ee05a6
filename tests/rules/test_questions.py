"""What is asked next: only what decides, and never a question that can change nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from rules import DisputeStatus, Facts, MoneyReceived, Reason, ReplacementTracking, Verdict
from rules.decide import advise_on_words
from rules.questions import (
    OF_THE_BUYER,
    OF_THE_BUYER_IN_FULL,
    QUESTIONS,
    Choice,
    Question,
    next_question,
    on_good_pages,
)
from rules.window import WindowState, window_of

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FAR = (NOW + timedelta(days=30)).isoformat()
NOTHING = Facts(now=NOW)


def asked_for(facts: Facts, *before: str) -> str:
    """The name of the next question; empty if there is none."""
    question = next_question(facts, before)
    return question.name if question else ""


def because(reason: Reason, **more: object) -> Facts:
    """Facts with a reason."""
    return NOTHING.updated(buyer_reason=reason, **more)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (NOTHING, "reason"),
        (because(Reason.PACKAGE_ARRIVED), "received"),
        (because(Reason.PACKAGE_ARRIVED, item_received=True), "checked"),
        (because(Reason.PACKAGE_ARRIVED, item_received=True, item_verified=True), "status"),
        (because(Reason.REPLACEMENT_SENT), "replacement"),
        (
            because(
                Reason.REPLACEMENT_SENT, replacement_tracking=ReplacementTracking(number="LP00987654321CN")
            ),
            "looked_up",
        ),
        (
            because(
                Reason.REPLACEMENT_SENT,
                replacement_tracking=ReplacementTracking(number="LP00987654321CN", checked_by_buyer=True),
            ),
            "extended",
        ),
        (because(Reason.MONEY_RECEIVED_OFF_PLATFORM), "money"),
        (because(Reason.FILED_BY_MISTAKE), "status"),
        (
            because(Reason.FILED_BY_MISTAKE, dispute_status=DisputeStatus.WAITING_SELLER),
            "protection_ends",
        ),
        (
            because(
                Reason.FILED_BY_MISTAKE,
                dispute_status=DisputeStatus.WAITING_SELLER,
                protection_deadline=FAR,
            ),
            "seller",
        ),
    ],
)  # fmt: skip
def test_the_next_question_depends_on_the_answers(facts: Facts, name: str) -> None:
    """GIVEN the answers so far THEN the question that decides next."""
    assert asked_for(facts) == name


@pytest.mark.parametrize(
    "facts",
    [
        because(Reason.FAIR_AGREEMENT),
        because(Reason.START_FRESH),
        because(Reason.PACKAGE_ARRIVED_WRONG_ITEM),
        because(Reason.PACKAGE_ARRIVED, item_received=False),
        because(Reason.MONEY_RECEIVED_OFF_PLATFORM, money_received=MoneyReceived.PARTIAL),
        because(Reason.FILED_BY_MISTAKE, dispute_status=DisputeStatus.FINAL_DECISION),
        because(
            Reason.REPLACEMENT_SENT, replacement_tracking=ReplacementTracking(checked_by_buyer=True)
        ),
    ],
)
def test_nothing_is_asked_once_the_verdict_stands(facts: Facts) -> None:
    """GIVEN a block that no answer can lift THEN no question."""
    assert asked_for(facts) == ""


def test_a_promise_is_settled_but_its_words_are_wanted() -> None:
    """GIVEN a seller's promise THEN only their message is asked for, to answer it, and once."""
    facts = because(Reason.SELLER_PROMISED)

    assert asked_for(facts) == "seller_words"
    assert asked_for(facts, "seller_words") == ""
    assert asked_for(facts.updated(seller_messages=("Please cancel.",))) == ""


@pytest.mark.parametrize("reason", Reason)
def test_every_interview_ends(reason: Reason) -> None:
    """GIVEN any answers THEN it ends, no question comes twice, and Enter alone makes nothing look better."""
    facts, before = because(reason), ["reason"]
    while question := next_question(facts, before):
        assert question.name not in before
        careful = question.choices[-1].change(facts)
        assert badness(careful) >= badness(facts), question.name
        before.append(question.name)
        facts = careful

    assert len(before) <= 7


def badness(facts: Facts) -> int:
    """How bad the verdict is, where pages are good."""
    return list(Verdict).index(advise_on_words(on_good_pages(facts)).verdict)


def test_a_question_that_is_skipped_would_change_nothing() -> None:
    """GIVEN each reason THEN all answers to skipped questions have one verdict (brute force)."""
    for reason in (Reason.FAIR_AGREEMENT, Reason.MONEY_RECEIVED_OFF_PLATFORM):
        facts = because(reason, money_received=MoneyReceived.NONE)
        assert next_question(facts) is None
        still = [each for each in QUESTIONS if each.applies(facts)]
        verdicts = set()
        for choices in product(*(each.choices for each in still)):
            end = facts
            for choice in choices:
                end = choice.change(end)
            verdicts.add(advise_on_words(end).verdict)
        assert verdicts == {Verdict.BLOCK}


def test_a_cancel_asks_only_what_no_page_can_answer() -> None:
    """GIVEN a good reason THEN neither status nor deadline nor messages are asked for."""

    def judge(facts: Facts) -> Verdict:
        return advise_on_words(on_good_pages(facts)).verdict

    def left(facts: Facts) -> Question | None:
        return next_question(facts, (), OF_THE_BUYER, judge)

    assert left(because(Reason.FILED_BY_MISTAKE)) is None
    assert left(because(Reason.CHANGED_MIND)) is None
    in_hand = because(Reason.PACKAGE_ARRIVED, item_received=True, item_verified=True)
    assert left(in_hand) is None
    first = left(NOTHING)
    assert first is not None
    assert first.name == "reason"


def test_an_accepted_risk_leaves_nothing_to_ask() -> None:
    """GIVEN both risks of a replacement are accepted THEN its questions decide nothing."""
    facts = because(Reason.REPLACEMENT_SENT)
    risks = ("replacement-not-proven", "protection-not-extended")

    def judge(known: Facts) -> Verdict:
        return advise_on_words(on_good_pages(known)).accepting(risks).verdict

    still = tuple(each for each in OF_THE_BUYER if each.name != "replacement")
    assert next_question(facts, (), still, judge) is None
    first = next_question(facts, (), OF_THE_BUYER, lambda known: advise_on_words(known).verdict)
    assert first is not None
    assert first.name == "replacement"


def test_every_question_leaves_a_way_out() -> None:
    """GIVEN each question THEN its last answer adds nothing, or says that it is not known."""
    for question in QUESTIONS:
        last = question.choices[-1]
        assert last.change(NOTHING) == NOTHING or "don't know" in last.label


def question(name: str) -> Question:
    """The question of this name."""
    return next(each for each in QUESTIONS if each.name == name)


def answer(name: str, label: str) -> Facts:
    """What is known after one answer to one question."""
    (choice,) = (each for each in question(name).choices if each.label == label)
    return choice.change(NOTHING)


@pytest.mark.parametrize(
    ("name", "label", "known"),
    [
        ("received", "Yes", {"item_received": True}),
        ("received", "No", {"item_received": False}),
        ("checked", "Yes: all there, right, and it works", {"item_verified": True}),
        ("checked", "Not yet", {"item_verified": False}),
        ("checked", "It is wrong or broken", {"buyer_reason": Reason.PACKAGE_ARRIVED_WRONG_ITEM}),
        ("checked", "Part of it is missing", {"buyer_reason": Reason.PACKAGE_ARRIVED_PARTLY}),
        ("extended", "Yes, the order shows the later date", {"protection_extended": True}),
        ("extended", "No", {"protection_extended": False}),
        ("money", "All of it, and it has cleared", {"money_received": MoneyReceived.FULL_CLEARED}),
        ("money", "A part", {"money_received": MoneyReceived.PARTIAL}),
        ("money", "It is only announced", {"money_received": MoneyReceived.ANNOUNCED_ONLY}),
        ("money", "Nothing", {"money_received": MoneyReceived.NONE}),
        (
            "looked_up", "The parcel is moving",
            {"replacement_tracking": ReplacementTracking(checked_by_buyer=True)},
        ),
        (
            "looked_up", "Nothing, or only a label",
            {"replacement_tracking": ReplacementTracking(checked_by_buyer=True, carrier_events=0)},
        ),
        (
            "looked_up", "I have not looked",
            {"replacement_tracking": ReplacementTracking(checked_by_buyer=False)},
        ),
    ],
)  # fmt: skip
def test_an_answer_adds_what_it_says(name: str, label: str, known: dict[str, object]) -> None:
    """GIVEN an answer THEN that fact is known, and no other."""
    assert answer(name, label) == NOTHING.updated(**known)


def test_a_buyer_who_has_said_nothing_is_asked_everything_that_only_they_know() -> None:
    """GIVEN no answer yet THEN all questions of the buyer, and once what the seller wrote."""
    names = [each.name for each in OF_THE_BUYER_IN_FULL]

    assert {each.name for each in OF_THE_BUYER} < set(names)
    assert len(names) == len(set(names))


def test_what_pages_have_shown_is_not_replaced_by_hopes() -> None:
    """GIVEN a decision or a deadline that has passed THEN good pages fill only what is open."""
    known = NOTHING.updated(
        dispute_status=DisputeStatus.FINAL_DECISION, protection_deadline=NOW.isoformat()
    )

    assert on_good_pages(known) == known
    assert on_good_pages(NOTHING) == NOTHING.updated(
        dispute_status=DisputeStatus.WAITING_SELLER, protection_deadline=FAR
    )


def test_only_the_end_of_the_protection_is_typed_as_a_time() -> None:
    """A tracking number or a message is taken as it is written."""
    assert [each.name for each in QUESTIONS if each.is_moment] == ["protection_ends"]


def test_the_end_of_the_protection_may_leave_much_little_or_no_time() -> None:
    """GIVEN that question THEN its examples are far, soon, over and unknown: each may decide."""
    ends = [choice.change(NOTHING) for choice in question("protection_ends").choices]

    assert [window_of(end).state for end in ends] == [
        WindowState.OPEN, WindowState.CLOSING_SOON, WindowState.CLOSED, WindowState.UNKNOWN,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, True),
        ({"seller_messages": ("Hello",)}, False),
        ({"seller_asked_to_cancel": False}, False),
        ({"seller_asked_to_cancel": True}, False),
    ],
)
def test_what_the_seller_wrote_is_asked_while_nothing_is_known_of_it(
    known: dict[str, object], *, asked: bool
) -> None:
    """GIVEN their message, or whether they asked THEN there is nothing to paste any more."""
    assert question("seller").applies(NOTHING.updated(**known)) is asked


def test_an_answer_that_decides_beside_one_other_answer_is_asked_for() -> None:
    """GIVEN a verdict that hangs on the check of a parcel only if it arrived THEN the check is asked for."""

    def known(fact: str, value: bool) -> Choice:
        return Choice(str(value), lambda facts: facts.updated(**{fact: value}))

    def either(name: str, fact: str) -> Question:
        choices = (known(fact, value=True), known(fact, value=False))
        return Question(name, "", choices, lambda facts: getattr(facts, fact) is None)

    def judge(facts: Facts) -> Verdict:
        unchecked = facts.item_received and not facts.item_verified
        return Verdict.WARN if unchecked else Verdict.ALLOW

    verified, received = either("verified", "item_verified"), either("received", "item_received")

    assert next_question(NOTHING, (), (verified, received), judge) is verified
    assert next_question(NOTHING.updated(item_received=False), (), (verified,), judge) is None
