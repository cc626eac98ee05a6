"""The sentences of a dialog: none is lost, and only words about cancelling are plain."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from automation.aliexpress.pages.text.sentences import (
    LONGEST,
    is_plain,
    means_loss,
    sentences,
    sentences_of,
    squeezed_words,
    stands_in_text,
    warnings_in,
)
from automation.aliexpress.site import SiteMap

EN = SiteMap.load().pack("en")
ASKS = "Do you want to cancel this request?"
LOSS = "Your buyer protection will end."


def body(html: str) -> LexborNode:
    """A page's content."""
    found = LexborHTMLParser(f"<body>{html}").body
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One. Two!</p><p>Three</p>", ("One.", "Two!", "Three")),
        ("<div>before<p>in</p>after</div>", ("before", "in", "after")),
        ("one <b>word</b> more", ("one word more",)),
        ("<b>a<p>b</p></b>", ("a", "b")),
        ("\u53d6\u6d88\u3002\u786e\u5b9a", ("\u53d6\u6d88\u3002", "\u786e\u5b9a")),
        ("Version 2.0 is out", ("Version 2.0 is out",)),
        ("<p>--- ... !!!</p>", ()),
        ("&lt;b&gt;not markup&lt;/b&gt;", ("<b>not markup</b>",)),
        ("", ()),
    ],
)
def test_every_sentence_is_there(html: str, found: tuple[str, ...]) -> None:
    """GIVEN markup THEN its sentences in order; a block ends one, and signs alone are none."""
    assert sentences_of(body(html)) == found


def test_no_end_of_a_long_sentence_is_cut_off() -> None:
    """GIVEN a sentence longer than is shown at once THEN it is several, with all of its words."""
    text = "word " * 100 + "loss"
    parts = list(sentences(text))

    assert max(map(len, parts)) <= LONGEST
    assert " ".join(parts) == text


@pytest.mark.parametrize(
    ("text", "told", "plain"),
    [
        (ASKS, (), True),
        ("Cancel request", (), True),
        (LOSS, (), False),
        ("Do you want to cancel this order?", (), False),
        ("Cancel the request for US $5.00?", ("US $5.00",), True),
        ("Cancel the request for US $5.00?", ("US $6.00",), False),
        ("Cancel the request 1100482913300042?", ("1100482913300042",), True),
        ("Cancel the request 1100482913300042?", (), False),
        ("Zxqv", (), False),
        ("123", (), True),
    ],
)
def test_only_words_about_a_cancel_are_plain(
    text: str, told: tuple[str, ...], *, plain: bool
) -> None:
    """GIVEN a sentence THEN plain without any other word, amount or id."""
    assert is_plain(text, EN, told) is plain


def test_a_taught_question_is_read_but_its_losses_are_still_warned_of() -> None:
    """GIVEN a question that a person taught THEN its sentences need no consent, except words of loss."""
    question = f"Zxqv the thing? {LOSS}"
    taught = SiteMap.load().taught("en", {"dialog_questions": (question,)}).pack("en")
    told = ("Zxqv the thing?", LOSS, LOSS)

    assert warnings_in(told, question, taught) == (LOSS,)
    assert warnings_in(told, question, EN) == ("Zxqv the thing?", LOSS)
    assert means_loss(LOSS, EN)
    assert not means_loss(ASKS, EN)


@pytest.mark.parametrize(
    ("html", "stands"),
    [
        ("<p>See <a>the terms</a> first</p>", True),
        ("<p><a>OK</a></p>", False),
        ("<p><a>OK</a> | </p>", False),
        ("<p><a>OK</a><a>Not now</a></p>", False),
        ("<p><span>Hello</span><a>OK</a></p>", True),
        ("<p><a>OK</a><div>Hello</div></p>", False),
    ],
)
def test_a_link_in_a_sentence_is_no_button(html: str, *, stands: bool) -> None:
    """GIVEN a link THEN it stands in text if words are beside it; other links are none."""
    link = body(html).css_first("a")

    assert link is not None
    assert stands_in_text(link) is stands


def test_words_are_compared_without_signs() -> None:
    """GIVEN two ways to write the same THEN they are equal."""
    assert squeezed_words("Cancel, Request!") == squeezed_words("cancel request") == "cancelrequest"
