"""What a redacted page keeps and what it never keeps, with planted secrets and landmarks."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.pages.redaction.markup import headings, written
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Keep, Redactor
from automation.aliexpress.site import SiteMap

if TYPE_CHECKING:
    import random

SITE = SiteMap.load()
AT = "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000413"

# Letters of a script that no word list has, so that a secret is never a word of the site.
LETTERS = "ՐՑՒՓՔՕՖբգդզէըթժ"
words = st.text(LETTERS, min_size=4, max_size=12)


def digits(length: int) -> st.SearchStrategy[str]:
    """Digits that are in no landmark and in no made-up number."""
    return st.text("56789", min_size=length, max_size=length)


NAMES = st.tuples(words, words).map(" ".join)
SECRETS = st.one_of(
    NAMES,
    st.tuples(digits(2), words).map(lambda parts: f"{parts[0]} {parts[1]} lane"),  # a street
    st.tuples(digits(4), digits(6)).map(lambda parts: f"+44 {parts[0]} {parts[1]}"),
    st.tuples(words, words).map(lambda parts: f"{parts[0]}@{parts[1]}.example"),
    digits(16),  # another order, or a card
    st.lists(digits(4), min_size=4, max_size=4).map(" ".join),
    st.text("789bdf", min_size=20, max_size=40),  # a token or cookie
    digits(5),
    digits(12),  # a phone or account without marks
    st.tuples(digits(4), digits(4), digits(4), digits(4)).map("-".join),  # a card
    st.text("AbCdEf789", min_size=16, max_size=30).map(lambda text: f"eyJ{text}.Q7{text}"),  # a JWT
    st.tuples(st.from_regex(r"[QXZ]{2}[0-9]", fullmatch=True), digits(1)).map(
        lambda parts: f"{parts[0]} {parts[1]}QX"
    ),
)
LANDMARKS = (
    '<div class="order-item-header-status-text">Awaiting delivery</div>',
    '<div class="reminder--statusStr--3xKq9">Waiting for your response</div>',
    '<div class="order-detail-item-content">Order ID:</div>',
    "<span>Sep 13, 2026</span>",
    "<span>Order placed on: Sep 13, 2026</span>",
    "<span>2022-03-23 21:19:58</span>",
    "<span>US $21.40</span>",
    "<span>1.234,56 €</span>",
    '<button class="comet-v2-btn">Cancel Request</button>',
    '<a href="/p/reverse-pages/detail.html">Dispute in Progress</a>',
)
COMMON = {"lane", "example"}
PLACES = (
    "<p>{}</p>",
    "<p>Buyer: {} (verified)</p>",
    "<div><div><span>{}</span></div></div>",
    '<div title="{}">x</div>',
    '<div aria-label="{}">x</div>',
    '<input type="text" value="{}" placeholder="{}">',
    '<div id="{}">x</div>',
    '<img alt="{}" src="/i/{}.png">',
    '<a href="https://example.org/{}?token={}">x</a>',
    '<a href="/p/order/detail.html?orderId={}&session={}">x</a>',
    '<div data-user=\'{}\' data-token="{}" data-state=\'{{"name": "{}"}}\'>x</div>',
    '<div class="order-detail-info-item">{}</div>',
    '<div class="seller-message">{}</div>',
    '<img srcset="https://x.example/{} 2x" src="data:text/plain,{}">',
    "<div style=\"background: url('https://x.example/{}')\">x</div>",
    '<script type="application/json">{{"name": "{}"}}</script><style>.a::before {{ content: "{}" }}</style>',
    "<svg><title>{}</title><text>{}</text></svg><textarea>{}</textarea><noscript>{}</noscript>",
    '<select><option label="{}" value="{}">{}</option></select><template>{}</template>',
    '<a href="mailto:{}">x</a><a href="tel:{}">x</a><a href="javascript:go(\'{}\')">x</a>',
    '<a href="https://{}:{}@x.example/">x</a><a href="https://{}.x.example/p/order/{}/detail.html#{}">x</a>',
    '<span data-dg-drawn="{}" data-dg-before="{}" data-author="{}"></span><iframe src="https://x.example/{}?q={}"></iframe>',
    '<div role="{}">x</div><input type="{}"><p>{} USD</p><dd>Order ID: {}</dd>',
    '<main><x-user><span slot="{}">{}</span></x-user></main>',
    "<ul><li>{}</li></ul><table><tr><td>{}</td></tr></table>",
    "<!-- {} -->",
)


def redacted(html: str, title: str = "My Orders") -> str:
    """One page, redacted."""
    page = Snapshot(AT, html, "en", title)
    return written(page, Redactor(SITE, private_parts([page], SITE))).html


def is_price(place: str, secret: str) -> bool:
    """True if a short number would stand before a currency: amounts are kept, and say nothing."""
    return "{} USD" in place and re.fullmatch(r"[0-9]{5}", secret) is not None


LINK_WITH_PORT = (
    '<a href="http://localhost:8299/p/order/detail.html">x</a>'
    '<a href="https://www.aliexpress.com:443/p/order/index.html">x</a>'
)


def parts_of(secret: str) -> set[str]:
    """A secret, and its parts that say something by themselves."""
    return {secret, *(part for part in re.split(r"[ @.]", secret) if len(part) > 3)} - COMMON


@settings(max_examples=80)
@given(
    secrets=st.lists(SECRETS, min_size=1, max_size=6),
    places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_planted_secrets_never_survive_and_landmarks_always_do(
    secrets: list[str], places: list[str], order: random.Random
) -> None:
    """GIVEN secrets in texts, attributes and JSON, among landmarks THEN only the landmarks are left."""
    planted = [
        place.replace("{{", "{").replace("}}", "}").replace("{}", escape(secret))
        for place in places
        for secret in secrets
        if not is_price(place, secret)
    ]
    parts = [*LANDMARKS, *planted]
    order.shuffle(parts)

    page = redacted("".join(parts), title=f"Orders of {secrets[0]}")

    left = [part for secret in secrets for part in parts_of(secret) if part in page]
    assert left == []
    for landmark in LANDMARKS:
        assert landmark in page, landmark


# Words that begin like names and are in no dictionary.
_NAME_WORDS = st.from_regex(r"[QXZ][aeiou][kvwz]{2,5}[aeiou]", fullmatch=True)
PEOPLE = st.lists(_NAME_WORDS, min_size=1, max_size=3).map(" ".join)
NAMED_PLACES = (
    "<button>{name}</button>",
    "<button>Write to {name}</button>",
    "<button>Ask {name} for another parcel</button>",
    '<a href="/p/reverse-pages/detail.html">Case of {name}</a>',
    "<h2>{name}</h2>",
    '<div class="reminder--statusStr--3xKq9">Waiting for {name}</div>',
    '<div class="card {dashed}">x</div>',
    '<div class="owner_{dashed}--x9">x</div>',
    '<section data-pl="{dashed}">x</section>',
    '<div class="user-{small}"><span>{name}</span></div>',
    '<div class="{small}"><button aria-label="{name}">x</button></div><p>Sent by {name}</p>',
    '<div class="of{joined}2 box_{joined}"><p>Sent by {name}</p></div>',
    '<div data-pl="{joined}77"><p>Sent by {name}</p></div>',
)


@settings(max_examples=80)
@given(
    people=st.lists(PEOPLE, min_size=1, max_size=4),
    places=st.lists(st.sampled_from(NAMED_PLACES), min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_no_name_survives_as_a_label_or_a_class_and_landmarks_always_do(
    people: list[str], places: list[str], order: random.Random
) -> None:
    """GIVEN names that no address block tells, on buttons and in class names THEN none is left."""
    planted = [
        place.format(
            name=name,
            dashed=name.replace(" ", "-"),
            small=name.replace(" ", "-").lower(),
            joined=name.replace(" ", "").lower(),
        )
        for place in places
        for name in people
    ]
    parts = [*LANDMARKS, *planted]
    order.shuffle(parts)

    page = redacted("".join(parts))

    names = {word.casefold() for name in people for word in name.split()}
    assert [name for name in names if name in page.casefold()] == []
    assert all(name in "".join(planted).casefold() for name in names), "control: they were there"
    for landmark in LANDMARKS:
        assert landmark in page, landmark


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("en", "Pull My Claim Back"),
        ("en", "Withdraw"),
        ("en", "Discontinue this request"),
        ("sv", "Ta tillbaka mitt krav"),
        ("sv", "Återkalla"),
        ("de", "Antrag auf Erstattung zurückziehen"),
        ("ru", "Отозвать заявку"),
        ("ja", "申請を取り下げる"),
    ],
)
def test_a_new_label_is_kept_whole(lang: str, label: str) -> None:
    """GIVEN a button in words that no list has THEN a report shows them: it exists to learn them."""
    page = Snapshot(AT, f"<button>{label}</button>", lang)

    told = Redactor(SITE, private_parts([page], SITE))

    assert f"<button>{label}</button>" in written(page, told).html
    assert headings(page, told) == (label,)


@pytest.mark.parametrize(
    ("name", "left"), [("evebo", "xxxxx"), ("prose-line", "prose-line"), ("eve9", "xxx0")]
)
def test_a_short_name_is_hidden_where_it_stands_alone(name: str, left: str) -> None:
    """GIVEN names of a few letters THEN a class of them alone goes, and a plain word with one stays."""
    person = '<div class="order-detail-info-item">Eve Bo Rose, +44 1632 960 417</div>'

    assert f'<div class="{left}">' in redacted(f'{person}<div class="{name}">ok</div>')


def test_the_same_secrets_are_there_without_redaction() -> None:
    """The control of the property: the parts that are looked for are in the page as it was."""
    number = "4111 1111 1111 1111"

    assert parts_of(number) == {number, "4111", "1111"}
    assert all(part in PLACES[0].format(number) for part in parts_of(number))


def test_a_number_is_the_same_made_up_one_wherever_it_stands() -> None:
    """GIVEN an order's number in text, link and address THEN one stand-in, and another for another."""
    page = redacted(
        "<p>Order ID: 8190000000000413</p><p>Ref. 1100482913300042</p>"
        '<a href="/p/order/detail.html?orderId=8190000000000413">Order details</a>'
    )

    assert page.count("8190000000010413") == 3
    assert page.count("8190000000020413") == 1
    assert "8190000000000413" not in page


def test_no_address_keeps_its_port() -> None:
    """GIVEN pages and links of a server with a port THEN the host stays, and no long number is left.

    A page with a long number that is not made up is not saved.
    """
    pages = [Snapshot("http://127.0.0.1:43127/p/order/index.html", LINK_WITH_PORT, "en", "")]

    page = written(pages[0], Redactor(SITE, private_parts(pages, SITE))).html

    assert "<!-- http://127.0.0.1:00000/p/order/index.html -->" in page
    assert 'href="http://localhost:0000/p/order/detail.html"' in page
    assert "https://www.aliexpress.com:000/p/order/index.html" in page


def test_nothing_rides_along_with_a_date() -> None:
    """GIVEN a name in brackets behind a date THEN the date alone is kept."""
    text = Redactor(SITE, private_parts([], SITE)).text

    assert text("2026-10-01 (Dana Quill)", Keep.KNOWN_LABELS) == "2026-10-01 (xxxx xxxxx)"
    assert text("Sep 13, 2026 18:39 PST", Keep.KNOWN_LABELS) == "Sep 13, 2026 18:39 PST"
