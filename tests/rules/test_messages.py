"""Seller messages: labelled, disguised and harmless ones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.messages import read_message


def test_label_is_met(message: dict[str, Any]) -> None:
    """Each labelled message is told apart: pressure or benign."""
    assert read_message(message["text"]).is_pressure is (message["label"] == "pressure")


@pytest.mark.parametrize(
    "disguised",
    [
        "PLEASE CANCEL THE DISPUTE",
        "please c.a.n.c.e.l the dispute",
        "please can\u200bcel the dis\u00adpute",
        "please \uff43\uff41\uff4e\uff43\uff45\uff4c the dispute",
        "please c\u0430nc\u0435l the dispute",
        "please canc3l the d1spute",
        "please c a n c e l the dispute",
        "pl\u00e9ase c\u00e0ncel the d\u00efspute",
    ],
)
def test_disguises_come_off(disguised: str) -> None:
    """Case, accents, look-alike and invisible letters do not hide the wish."""
    assert read_message(disguised).is_pressure


@pytest.mark.parametrize(
    ("text", "is_pressure"),
    [
        ("Do not cancel the dispute.", False),
        ("If you do not cancel the dispute, we lose our shop.", True),
        ("Why don't you cancel the dispute?", True),
        ("Don't worry and cancel the dispute.", True),
        ("No, cancel the dispute.", True),
        ("We cannot refund before you cancel the dispute.", True),
        ("You can keep the dispute; it is not necessary to cancel the dispute.", False),
    ],
)
def test_negation_reaches_its_own_verb_only(text: str, is_pressure: bool) -> None:
    """A denied cancel is harmless; a threat or another verb's negation is not a denial."""
    assert read_message(text).is_pressure is is_pressure


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Cancel the dispute and we refund you.", "refund"),
        ("Cancel the dispute, we send a new one.", "resend"),
        ("Cancel the dispute for a coupon.", "gift"),
        ("Cancel the dispute, then we extend the protection.", "extend"),
    ],
)
def test_promise_is_named(text: str, promise: str) -> None:
    """What the seller offers for the cancel is told, since only a kept promise counts."""
    assert promise in read_message(text).promises


def test_words_that_matched_are_shown() -> None:
    """The buyer can see which words of the message gave it away."""
    assert read_message("Please withdraw your claim").words == ("withdraw … claim",)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the reader fail, and the same text always reads the same."""
    assert read_message(text) == read_message(text)


@given(st.text(alphabet="ac. ,'dislptue\n-", max_size=400))
def test_near_words_can_be_read(text: str) -> None:
    """Text made of the very letters that the patterns look for ends too."""
    assert read_message(text).text == text


def test_a_long_message_is_read_quickly() -> None:
    """A huge message ends within the test's time limit, and its wish is still found."""
    assert read_message("please cancel the dispute. " + "a.b " * 20_000).is_pressure
