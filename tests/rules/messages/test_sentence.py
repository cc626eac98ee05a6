"""One sentence: how far its words reach, what negates them, and who is to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules.messages.fold import fold
from rules.messages.sentence import Sentence

if TYPE_CHECKING:
    from rules.messages.lexicon import Hit


def of_verb(text: str) -> tuple[Sentence, Hit]:
    """A sentence and its first verb of withdrawing."""
    sentence = Sentence(fold(text))
    return sentence, next(sentence.of("cancel close"))


@pytest.mark.parametrize(
    ("text", "clause", "behind", "object_"),
    [
        ("hi, cancel the dispute, thanks", " cancel the dispute", " the dispute, thanks", " the dispute"),
        ("cancel it and then send or wait", "cancel it and then send or wait", " it and then send or wait", " it "),
        ("cancel extraordinarilylongword", "cancel extraordinarilylongword", " extraordinarilylongword", " extraordinarilylongword"),
        ("cancel", "cancel", "", ""),
        (
            "cancel the dispute of your last order today",
            "cancel the dispute of your last order today",
            " the dispute of your last order",
            " the dispute of your last order",
        ),
    ],
)  # fmt: skip
def test_how_far_a_verb_reaches(text: str, clause: str, behind: str, object_: str) -> None:
    """GIVEN a verb THEN its clause ends at punctuation, its object at the next clause, and six words are near."""
    sentence, verb = of_verb(text)
    start, end = sentence.clause(verb)
    assert sentence.text[start:end] == clause
    assert sentence.text[verb.end : sentence.behind(verb)] == behind
    assert sentence.text[verb.end : sentence.object_end(verb)] == object_


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("请取消纠纷谢谢您的理解和支持我们会尽快处理的", "纠纷谢谢您的理解和支持我们会"),
        ("请取消纠纷", "纠纷"),
        ("请取消 你 的 纠纷 谢谢 您 的 理解 和 支持", " 你 的 纠纷 谢谢 您 的"),
        ("请取消 你的纠纷谢谢您的理解和支持我们会尽快处理的 好", " 你的纠纷谢谢您的理解和支持我们会尽快处理的 好"),
    ],
)  # fmt: skip
def test_without_spaces_signs_count_in_place_of_words(text: str, behind: str) -> None:
    """GIVEN a script without spaces THEN fourteen signs are near; with spaces, six words."""
    sentence, verb = of_verb(text)
    assert sentence.text[verb.end : sentence.behind(verb)] == behind


def test_words_ahead_are_counted_from_the_verb() -> None:
    """GIVEN words before a verb THEN the last ones are near, and none before the first."""
    sentence, verb = of_verb("dear friend please cancel it")
    assert sentence.text[sentence.ahead(verb, 2) : verb.start] == "friend please "
    assert of_verb("cancel it")[0].ahead(of_verb("cancel it")[1], 2) == 0


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("do not cancel the dispute", True),
        ("no one should ever cancel it", True),
        ("if so, do not cancel it", True),  # the condition is of another clause
        ("if you do not cancel it", False),  # a threat
        ("not, cancel it", False),
        ("not please cancel it", False),
        ("not now today tomorrow sunday monday cancel it", True),  # five words between
        ("not now today tomorrow sunday monday tuesday cancel it", False),
        ("cancel it is not necessary", True),
        ("cancel it please is not necessary", True),  # a polite word ends nothing there
        ("cancel it and it is not necessary", False),
        ("please cancel it", False),
    ],
)
def test_what_negates_a_verb(text: str, *, negated: bool) -> None:
    """GIVEN a negation THEN it reaches over a few words of its clause, unless one of them turns it."""
    sentence, verb = of_verb(text)
    assert sentence.is_negated(verb) is negated


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cancel it", True),
        ("we cancel it", False),
        ("we really soon cancel it", False),
        ("we really very soon cancel it", True),  # too far to be its subject
        ("we want you to cancel it", True),
        ("aliexpress will cancel it", False),
        ("aliexpress says, cancel it", True),
        ("we say, cancel it", True),
        ("it will close by itself", False),
        ("close the red box at aliexpress", True),
        ("do not cancel it", False),
    ],
)
def test_who_is_to_act(text: str, *, asked: bool) -> None:
    """GIVEN the writer or the site as the one who does it THEN nothing is asked of the buyer."""
    sentence, verb = of_verb(text)
    assert sentence.is_asked(verb) is asked


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("leave the dispute open", True),
        ("if you keep the dispute we wait", False),
        ("do not keep the dispute", False),
        ("keep the dispute order", False),
        ("keep it until friday", False),
        ("never mind, now today tomorrow sunday keep the dispute", True),
    ],
)
def test_advice_to_keep_the_dispute(text: str, *, keeps: bool) -> None:
    """GIVEN words of keeping it THEN advice, unless negated, a condition, or about an order."""
    assert Sentence(fold(text)).advises_keeping is keeps


@pytest.mark.parametrize(
    ("text", "choice"),
    [("accept or reject", True), ("do not accept or reject", False), ("accept", False)],
)
def test_the_other_choice(text: str, *, choice: bool) -> None:
    """GIVEN two buttons THEN the buyer may choose, unless that is negated."""
    assert Sentence(fold(text)).leaves_choice is choice


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5 usd", True),
        ("pay 15 usd now", True),
        ("$5", True),
        ("5€", True),
        ("usd 5", False),
        ("5 nice usd", False),
        ("usd", False),
        ("5 days", False),
    ],
)
def test_a_sum_of_money(text: str, *, amount: bool) -> None:
    """GIVEN a number THEN a sum only with a sign beside it or a currency's name behind it."""
    sentence = Sentence(fold(text))
    assert sentence.has_amount(0, len(sentence.text)) is amount
