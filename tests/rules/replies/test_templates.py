"""What to answer the seller: every language, every ask, and never a word that harms the buyer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules import Facts, Reason, advise_on_words
from rules.messages import read_message
from rules.messages.fold import fold
from rules.messages.lexicon import hits_in
from rules.replies import LANGUAGES, asks, language_of, replies_in, reply_to

HERE = Path(__file__).parents[1]
SETS = ("seller_messages", "composed_messages", "held_out_messages")
# One message a language: the seller wants the cancel first, for a refund.
PLEAS = {
    "en": "Please cancel the dispute first, then we refund you.",
    "es": "Por favor, cancele primero la disputa y luego le hacemos el reembolso.",
    "pt": "Por favor, cancele primeiro a disputa e depois fazemos o reembolso.",
    "fr": "Merci d'annuler d'abord le litige, ensuite nous vous remboursons.",
    "de": "Bitte brechen Sie zuerst den Streitfall ab, dann erstatten wir das Geld.",
    "it": "Per favore annulli prima la controversia, poi la rimborsiamo.",
    "ru": "Пожалуйста, сначала отмените спор, и мы вернём вам деньги.",
    "pl": "Proszę najpierw anulować spór, potem zwrócimy pieniądze.",
    "nl": "Annuleer eerst het geschil, dan betalen wij u terug.",
    "uk": "Будь ласка, спочатку скасуйте суперечку, і ми повернемо гроші.",
    "tr": "Lütfen önce anlaşmazlığı iptal edin, sonra paranızı iade edeceğiz.",
    "ar": "يرجى إلغاء النزاع أولا وسنعيد لك المال.",
    "ko": "먼저 분쟁을 취소해 주시면 환불해 드리겠습니다.",
    "ja": "まず紛争をキャンセルしてください。その後返金します。",
    "zh": "请先取消纠纷，然后我们给您退款。",
}


def labelled(name: str) -> list[dict[str, str]]:
    """The messages of one labelled set."""
    lines = (HERE / "messages" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plea_is_answered_in_its_language(language: str) -> None:
    """GIVEN a refund for the cancel THEN a reply in that language asks to accept the dispute."""
    reply = reply_to([read_message(PLEAS[language])])

    words = replies_in(language)
    assert reply == (language, f"{words.greeting}{words.between}{words.refund}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_is_in_the_language_of_its_file(language: str) -> None:
    """GIVEN each text THEN it is read as that language: no file has another's sentences."""
    texts = [getattr(replies_in(language), ask) for ask in asks()]

    assert {language_of([text]) for text in texts} == {language}
    assert len(set(texts)) == len(asks())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_harms_the_buyer(language: str) -> None:
    """GIVEN each reply THEN it offers no cancel, does not say that the parcel arrived, and is no pressure.

    A pasted reply is read again with the page, maybe as a text of an unknown author.
    """
    words = replies_in(language)
    for ask in asks():
        text = f"{words.greeting}{words.between}{getattr(words, ask)}"
        message = read_message(text)
        assert (message.is_pressure, message.outside) == (False, ""), text
        assert not admits(text), text


def admits(text: str) -> bool:
    """Whether a text has a word for having received it."""
    return any(hit.concept == "arrived" for hit in hits_in(fold(text)))


def test_an_admission_would_be_noticed() -> None:
    """The control: words that would harm the buyer."""
    assert admits("I have received the parcel.")
    assert read_message("Please cancel the dispute for me.").kind == "cancel"


@pytest.mark.parametrize(
    ("wish", "ask"),
    [
        ("Please cancel the dispute, I refund you by PayPal.", "outside"),
        ("Add my WeChat please.", "outside"),
        ("Please confirm receipt first.", "confirm"),
        ("Please change the reason of the dispute to personal reason.", "reason"),
        ("Please accept the solution of 50 % refund.", "proposal"),
        ("Please cancel the dispute, then we refund you 50 %.", "proposal"),
        ("Please cancel the dispute, then we refund you 100 %.", "refund"),
        ("Please close the dispute, we will resend the parcel.", "resend"),
        ("Cancel the dispute and we extend the protection for 30 days.", "extend"),
        ("Cancel the dispute and we send you a gift.", "gift"),
        ("Please do not open a dispute, only wait.", "wait"),
        ("Please cancel the dispute.", "cancel"),
    ],
)
def test_the_reply_fits_what_was_asked(wish: str, ask: str) -> None:
    """GIVEN an ask THEN its own answer, after the greeting."""
    reply = reply_to([read_message(wish)])

    assert reply is not None
    assert reply.text.endswith(getattr(replies_in("en"), ask))


def test_an_agreement_belongs_into_the_dispute() -> None:
    """GIVEN a buyer who would accept the offer THEN they ask for it in the dispute."""
    message = read_message("Please cancel the dispute, then we refund you half.")

    reply = reply_to([message], agreed=True)

    assert reply is not None
    assert reply.text.endswith(replies_in("en").proposal)
    assert reply_to([message]) != reply


def test_a_reply_is_in_the_language_of_the_message_that_asks() -> None:
    """GIVEN much harmless English before a plea in German THEN the reply is German."""
    harmless = [
        "We accept the dispute. AliExpress will refund the money, you do not have to cancel it.",
        "You do not have to cancel the dispute, we accept it and you get the full refund.",
        "The refund of your order was sent, please wait until the bank has it.",
    ]
    texts = [*harmless, PLEAS["de"]]
    assert language_of(texts) == "en"  # control

    reply = reply_to([read_message(text) for text in texts])

    assert reply is not None
    assert reply.language == "de"


def test_the_most_dangerous_ask_is_answered() -> None:
    """GIVEN two messages THEN money outside the site is answered first."""
    messages = ["Please cancel the dispute.", "I pay you by PayPal, tell me your PayPal email."]

    reply = reply_to([read_message(text) for text in messages])

    assert reply is not None
    assert reply.text.endswith(replies_in("en").outside)


def test_who_asks_for_nothing_gets_no_reply() -> None:
    """GIVEN a harmless message, a fixed problem, or none THEN no reply; else one (control).

    Where the plea itself blocks the cancel, it is answered though the problem is fixed.
    """
    plea = "Please cancel the dispute, we refund you."
    assert reply_to([read_message("Your parcel was sent today.")]) is None
    assert advise_on_words(Facts(seller_messages=(plea,))).reply is not None
    mild = ("Please cancel the dispute.",)
    fixed = Facts(buyer_reason=Reason.FILED_BY_MISTAKE, seller_messages=mild)
    assert advise_on_words(fixed).reply is None
    promised = Facts(buyer_reason=Reason.FILED_BY_MISTAKE, seller_messages=(plea,))
    assert advise_on_words(promised).reply is not None
    assert advise_on_words(Facts(unattributed_messages=(plea,))).reply is None


@pytest.mark.parametrize("name", SETS)
def test_the_language_of_labelled_messages(name: str) -> None:
    """GIVEN labelled messages THEN their language, or English if there are no replies in it."""
    messages = labelled(name)
    wrong = [
        each["text"]
        for each in messages
        if language_of([each["text"]]) != (each["lang"] if each["lang"] in LANGUAGES else "en")
    ]

    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("name", SETS)
def test_all_pressure_has_an_answer(name: str) -> None:
    """GIVEN each message that presses THEN there is a reply."""
    messages = [read_message(each["text"]) for each in labelled(name)]

    assert all(reply_to([each]) for each in messages if each.is_pressure)
