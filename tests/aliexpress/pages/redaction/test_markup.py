"""A page as HTML that may be shared: what stays of each part, and what is told of a page in words."""

from __future__ import annotations

import json

import pytest

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.pages.redaction.markup import headings, only_words, written
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Redactor
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
AT = "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000413"


def redacted(html: str, *more: str, lang: str = "en", title: str = "Robin's orders") -> str:
    """One page, redacted together with others."""
    pages = [Snapshot(AT, text, lang, title) for text in (html, *more)]
    return written(pages[0], Redactor(SITE, private_parts(pages, SITE))).html


def test_a_name_is_taken_out_wherever_it_stands() -> None:
    """GIVEN a name in a page's address block WHEN it is on buttons and in classes THEN masked."""
    address = '<div class="order-detail-info-item">Robin Ostertag, Krähenweg 5</div>'

    page = redacted(
        '<button class="for-ostertag comet-btn" title="Robin">Send to Robin OSTERTAG</button>'
        '<a href="/p/order/robin/x.html?to=Robin&orderId=8190000000000413">Kr\u00e4henweg</a>',
        address,
    )

    assert "Send to xxxxx xxxxxxxx" in page
    assert 'class="for-xxxxxxxx comet-btn"' in page
    assert 'href="/p/order/xxxxx/x.html?to=xxxxx&amp;orderId=8190000000010413"' in page
    assert not [w for w in ("robin", "ostertag", "krähenweg") if w in page.casefold()]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>Cancel Request</p>", "<p>Cancel Request</p>"),
        ("<p>Order ID: 8190000000000413</p>", "<p>Order ID: 8190000000010413</p>"),
        ("<p>Call +49 171 5550123</p>", "<p>xxxx +00 000 0000000</p>"),
        ("<p>a.b@c.de</p>", "<p>x.x@x.xx</p>"),
        ("<button>Ask 4 times a@b.de</button>", "<button>Ask 0 times x@x.xx</button>"),
        ("<p>नमस्ते 주문</p>", "<p>xxxxxx xx</p>"),
        ("<p>&lt;script&gt;</p>", "<p>&lt;xxxxxx&gt;</p>"),
        ('<a href="mailto:a@b.de">A</a>', '<a href="mailto:x@x.xx">x</a>'),
        ('<a href="/store/mia-shop?q=Mia">A</a>', '<a href="/xxxxx/xxx-xxxx?q=xxx">x</a>'),
        ('<b data-name="Mia" onclick="x" class="u-12345">A</b>', '<b class="u-00000">x</b>'),
        ("<header><button>Ask Mia</button></header>", "<button>xxx xxx</button>"),
    ],
)
def test_a_text_is_kept_only_for_a_reason(html: str, kept: str) -> None:
    """GIVEN a piece of a page WHEN redacted THEN labels and structure stay, the rest is masked."""
    assert kept in redacted(html)


def test_a_deep_page_is_written() -> None:
    """GIVEN a page nested a thousand deep WHEN redacted THEN it is written completely."""
    deep = "<div>" * 1000 + "<p>Cancel Request</p>"

    assert "<p>Cancel Request</p>" in redacted(deep)


def test_headings_name_what_stands_on_a_page_and_never_the_buyer() -> None:
    """GIVEN headings, a greeting and an address block THEN the page's own headings are told."""
    page = Snapshot(
        AT,
        "<header><h1>Shop</h1></header><main><h1>Your case</h1><h2>Welcome, Dana!</h2>"
        "<section><h3>Dana Quillfeather</h3><p>dana@example.org</p></section>"
        "<h2>Case 81900</h2><button>Withdraw</button></main>",
        "en",
    )

    told = headings(page, Redactor(SITE, private_parts([page], SITE)))

    assert told == ("Your case", "Welcome", "Case 00000", "Withdraw")


def test_the_texts_for_a_picture_are_those_of_the_page() -> None:
    """GIVEN one text in the address block and elsewhere THEN the picture shows neither."""
    page = Snapshot(
        AT,
        '<div class="order-detail-info-item">Sep 13, 2026</div><p>Sep 13, 2026</p><p>US $5.00</p>',
        "en",
    )

    texts = written(page, Redactor(SITE, private_parts([page], SITE))).texts

    assert json.loads(json.dumps(texts)) == {"Sep 13, 2026": "xxx 00, 0000", "US $5.00": "US $5.00"}


@pytest.mark.parametrize("name", ["MuiButton-root", "Modal_wrapper", "caseBoard--Title--x", "zxc"])
def test_class_names_of_components_stay(name: str) -> None:
    """GIVEN class names that name no one THEN they stay: selectors are made of them."""
    assert f'<div class="{name}">' in redacted(f'<div class="{name}">Case Board</div>')


@pytest.mark.parametrize(
    ("lang", "kept"),
    [
        ("en", "en"), ("pt-BR", "pt-BR"), ("zh_TW", "zh_TW"), ("zh-Hant-TW", "zh-Hant"), ("es-419", "es"),
        ("", ""), ("x-default", ""), ("robin", ""), ('en" onload="x', "en"), ("en-robin", "en"),
    ],
)  # fmt: skip
def test_a_page_says_its_language_and_nothing_else_there(lang: str, kept: str) -> None:
    """GIVEN what a document calls its language THEN language and region: its words are read by it."""
    assert f'<html lang="{kept}">' in redacted("<p>x</p>", lang=lang)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<div role="dialog" type="password">x</div>', '<div role="dialog" type="password">'),
        ('<div role="Robin" type="robin">x</div>', '<div role="xxxxx" type="xxxxx">'),
        ('<div class="a@b.de">x</div>', '<div class="x@x.xx">'),
        ('<button disabled="Robin" open>x</button>', '<button disabled="" open="">'),
        ('<button aria-disabled="true" title="Cancel Request">x</button>', '<button title="Cancel Request" aria-disabled="true">'),
        ('<p style="x" data-name="Robin" onclick="go()">x</p>', "<p>x</p>"),
        ("<p>a<br>b<img src='/i/robin.png'>c</p>", '<p>x<br>x<img src="/x/xxxxx.xxx">x</p>'),
        ("<robin9>x</robin9><h2>Case</h2>", "<body><h2>Case</h2>"),
        ("<!-- Robin --><p>1</p>", "<body><p>0</p>"),
        ("<p>a &amp; <b>&quot;b&quot;</b></p>", '<p>x &amp; <b>"x"</b></p>'),
    ],
)  # fmt: skip
def test_what_an_element_keeps(html: str, kept: str) -> None:
    """GIVEN an element THEN its structure and flags stay; values, other attributes and odd tags do not."""
    assert kept in redacted(html)


def test_the_title_and_address_of_a_page_say_what_it_is_and_not_whose() -> None:
    """GIVEN a title with a name, and an address with an order THEN the stand-ins, in one comment."""
    page = redacted("<p>x</p>", title="Robin's -->orders")

    assert "<title>xxxxx&#x27;x --&gt;xxxxxx</title>" in page
    assert (
        "<!-- https://www.aliexpress.com/p/order/detail.html?orderId=8190000000010413 -->" in page
    )
    assert page.count("-->") == 1


def test_the_strictest_part_around_a_text_decides() -> None:
    """GIVEN one label in the frame, messages and a button THEN the button's stays; none of an address does."""
    label = "<button>Pull it back</button>"

    page = redacted(
        f'<header>{label}</header><div class="message-list"><p>Pull it back</p></div>{label}'
        '<div class="order-detail-info-item"><button>Change this</button></div>'
    )

    assert (page.count("Pull it back"), page.count("xxxx xx xxxx")) == (1, 2)
    assert "<button>xxxxxx xxxx</button>" in page


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Something went wrong, please try again.</p>", ("Something went wrong, please try again.",)),
        ("<header>Shop</header><p>Try again</p>", ("Try again",)),
        ("<p>Try again, Xandra</p>", ("Try again, xxxxxx",)),
        ("<p>Write to a@b.example</p>", ()),
        (f"<p>{'try again ' * 9}</p>", ()),
        ("<p>0171</p>", ()),
        ("<header>Shop</header>", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_a_page_of_few_words_is_told_by_them(html: str, told: tuple[str, ...]) -> None:
    """GIVEN a page with a sentence of its own THEN that, without names; a long or empty one has none."""
    page = Snapshot(AT, html, "en")

    assert only_words(page, Redactor(SITE, private_parts([page], SITE))) == told


def test_a_name_in_loose_letters_and_accents_is_a_name() -> None:
    """GIVEN a name whose accent is a letter of its own, on a button THEN none of it is left."""
    page = redacted("<button>Write to E\u0301lodie Q\u0303uillo</button>")

    assert "<button>Write to x" in page
    assert not [part for part in ("lodie", "uillo") if part in page]
