"""Texts as words: decoded, folded, split, and searched for what must never be sent."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.tokens import (
    DECODE_ROUNDS,
    EncodedTooOftenError,
    decode,
    decodings,
    has_any,
    never_word,
    normalise,
    tokens,
)

TRAFFIC = site_traffic()


def encoded(times: int) -> str:
    """A letter, percent-encoded so often."""
    return f"%{'25' * (times - 1)}61" if times else "a"


def test_every_round_of_encoding_is_undone() -> None:
    """GIVEN a text encoded a few times THEN each form of it; once more than anybody does is an error."""
    assert decodings(encoded(2)) == ["%2561", "%61", "a"]
    assert decode(encoded(DECODE_ROUNDS - 1)) == "a"
    with pytest.raises(EncodedTooOftenError):
        decode(encoded(DECODE_ROUNDS))
    assert decode("100% sure") == "100% sure"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cancelRequest", ("cancel", "request")),
        ("cancel_request", ("cancel", "request")),
        ("CANCEL-REQUEST", ("cancel", "request")),
        ("cancelrequest", ("cancel", "request")),
        ("XMLCancel", ("xml", "cancel")),
        ("cancel2request", ("cancel", "2", "request")),
        ("disagree", ("disagree",)),
        ("payload", ("payload",)),
        ("zzqxcancel", ("zzqxcancel",)),  # not covered by words that are known
        ("\u53d6\u6d88cancel", ("\u53d6\u6d88", "cancel")),
        ("", ()),
    ],
)
def test_a_name_is_split_into_its_words(text: str, words: tuple[str, ...]) -> None:
    """GIVEN a name in any style THEN its words in lower case; harmless words stay whole."""
    assert tokens(text, TRAFFIC) == words


def test_a_long_text_is_split_as_a_short_one() -> None:
    """GIVEN a text that is too long to be kept THEN the same words."""
    assert tokens("cancelRequest " * 9, TRAFFIC) == ("cancel", "request") * 9


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain", "plain"),
        ("\uff23\uff21\uff2e\uff23\uff25\uff2c", "CANCEL"),
        ("c\u00e4nc\u00e9l", "cancel"),
        ("can\u200bcel\u00ad", "cancel"),
        ("c\u0430ncel", "cancel"),  # one Cyrillic letter among Latin ones
        ("\u0410ccept", "Accept"),
        ("\u043e\u0440", "op"),  # look-alikes alone
        (
            "\u0437\u0430\u043a\u0440\u044b\u0442\u044c",
            "\u0437\u0430\u043a\u0440\u044b\u0442\u044c",
        ),
        ("\u03bfperation", "operation"),
        ("operat\u0131on", "operation"),
    ],
)
def test_letters_that_look_alike_are_the_same(text: str, read: str) -> None:
    """GIVEN letters of other scripts THEN they are read as they look; a real foreign word stays."""
    assert normalise(text) == read


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("accept_solution", True),
        ("aCCept", True),
        ("a\u0441cept", True),
        ("confirmReceipt", True),
        ("receipt, then confirm", False),
        ("acc ept", False),
        ("disagree", False),
        ("payload", False),
        ("cancel", False),
        ("pay", True),
        ("release_funds", True),
        ("please releaseFunds", True),
        ("release the funds", False),
        ("order.operation", True),
        ("reverse.order.operation", False),  # a word of disputes beside it
        ("paying", False),
    ],
)
def test_words_that_are_never_sent(text: str, *, never: bool) -> None:
    """GIVEN a text THEN a never-word is found in any letters; words that only contain one are not."""
    assert bool(never_word(text, TRAFFIC)) is never
    assert bool(never_word(f"{text} {'of a parcel ' * 9}", TRAFFIC)) is never


def test_what_is_only_told_is_no_order() -> None:
    """GIVEN a word that states something THEN it counts, unless the text is known to tell."""
    assert never_word("agreement", TRAFFIC) != ""
    assert never_word("agreement", TRAFFIC, told=True) == ""
    assert never_word("accept", TRAFFIC, told=True) != ""


def test_the_first_wanted_word_is_named() -> None:
    """GIVEN several words THEN the first of the wanted ones, in the order of the text."""
    assert has_any(("a", "b", "c"), frozenset("cb")) == "b"
    assert has_any(("a",), frozenset("cb")) == ""
