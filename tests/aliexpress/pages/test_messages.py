"""Whose words a page shows: read from structure, never from what the words say."""

from __future__ import annotations

import pytest

from automation.aliexpress.advice.advise import read_facts
from automation.aliexpress.pages import DisputePage, Snapshot, read_dispute, read_order
from automation.aliexpress.pages.messages import Author
from automation.aliexpress.site import SiteMap
from rules import Facts

SITE = SiteMap.load()
ADDRESS = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77"
PLEA = "Please cancel the dispute, then we refund you by PayPal"
REFUSAL = "I will close the dispute only after receiving refund"
REMINDER = (
    "you can modify the details of your dispute or cancel your dispute by clicking the button below"
)


def dispute(html: str, lang: str = "en") -> DisputePage:
    """A dispute page with these words on it."""
    status = '<div class="reminder--statusStr--1">Waiting for your response</div>'
    pack = SITE.pack(lang)
    return read_dispute(Snapshot(ADDRESS, status + html, lang), SITE.hooks, pack)


def author(html: str, words: str = PLEA, lang: str = "en") -> str:
    """Whose the words are."""
    found = [m for m in dispute(html, lang).messages if words in m.text]
    assert len(found) == 1, dispute(html, lang).messages
    return found[0].author.value


OWN_ELEMENT = {
    "label before": "<div class='m'><div class='w'>{who}</div><div class='t'>{text}</div></div>",
    "label and time": "<div><div><span>{who}</span><time>Jun 3, 2026 10:00 PST</time></div><p>{text}</p></div>",
    "label and time in one": "<div><div>{who} · Jun 3, 2026</div><p>{text}</p></div>",
    "label and when": "<div><div><div>{who}</div><div>2 days ago</div></div><p>{text}</p></div>",
    "label with a colon": "<li><p>{who}:</p><p>{text}</p></li>",
    "definition": "<dl><dt>{who}</dt><dd>{text}</dd></dl>",
    "table": "<table><tr><td>{who}</td><td>{text}</td></tr></table>",
    "label below": "<div><p>{text}</p><footer2>{who}</footer2></div>",
    "text beside an element": "<div><div class='w'>{who}</div>{text}</div>",
    "picture": "<div><img alt='{who}'><p>{text}</p></div>",
    "for those who cannot see": "<article aria-label='{who}'><p>{text}</p></article>",
    "two paragraphs": "<div><b>{who}</b><p>Dear friend, how are you today?</p><p>{text}</p></div>",
}


@pytest.mark.parametrize("shape", OWN_ELEMENT.values(), ids=OWN_ELEMENT.keys())
@pytest.mark.parametrize(
    ("who", "expected"),
    [("Seller", "seller"), ("You", "buyer"), ("AliExpress", "site"), ("Sunny Shop 24", "unknown")],
)
def test_a_label_of_its_own_names_the_author(shape: str, who: str, expected: str) -> None:
    """GIVEN a name beside a text THEN it is that author's; an unknown name decides nothing."""
    if shape.startswith("<div><p>") and who == "Sunny Shop 24":
        expected = "unknown"
    assert author(shape.format(who=who, text=PLEA)) == expected


@pytest.mark.parametrize(
    ("lang", "seller", "buyer"),
    [
        ("de", "Verkäufer", "Sie"), ("fr", "Vendeur", "Vous"), ("es", "Vendedor", "Tú"),
        ("pt", "Vendedor", "Você"), ("it", "Venditore", "Tu"), ("nl", "Verkoper", "U"),
        ("pl", "Sprzedawca", "Ty"), ("ru", "Продавец", "Вы"), ("uk", "Продавець", "Ви"),
        ("tr", "Satıcı", "Siz"), ("ko", "판매자", "나"), ("ja", "販売者", "あなた"),
        ("ar", "البائع", "أنت"), ("he", "המוכר", "אתה"), ("th", "ผู้ขาย", "คุณ"),
        ("vi", "Người bán", "Bạn"), ("id", "Penjual", "Anda"), ("en", "Seller", "You"),
    ],
)  # fmt: skip
def test_names_of_authors_in_every_language(lang: str, seller: str, buyer: str) -> None:
    """GIVEN a transcript in any language THEN each text belongs to the name before it."""
    html = f"<dl><dt>{seller}</dt><dd>{PLEA}</dd><dt>{buyer}</dt><dd>{REFUSAL}</dd></dl>"

    assert (author(html, PLEA, lang), author(html, REFUSAL, lang)) == ("seller", "buyer")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div class='negotiation--wrap--1'><div class='msg by-seller'><p>{}</p></div></div>", "seller"),
        ("<div class='x--sellerMsg--9'><p>{}</p></div>", "seller"),
        ("<div data-role='seller'><p>{}</p></div>", "seller"),
        ("<div class='chat--list--1'><div class='bubble is-self'><p>{}</p></div></div>", "buyer"),
        ("<div class='chat--list--1'><div class='buyer--text--3'>{}</div></div>", "buyer"),
        ("<div class='chat--list--1'><div class='platform--text--3'>{}</div></div>", "site"),
        # A page that is labelled the buyer's says nothing about single texts on it.
        ("<div class='buyer-reverse-detail'><section><h2>Messages here</h2><p>{}</p></section></div>", "unknown"),
        ("<div class='seller-buyer-chat'><p>{}</p></div>", "unknown"),
        # The side of the page is not a name.
        ("<div class='chat--list--1'><div class='bubble-left'>{}</div></div>", "unknown"),
        ("<p>{}</p>", "unknown"),
        ("<div class='reminder--desc--1'>{}</div>", "site"),
        # The class is on a name or picture beside the words.
        ("<div class='row'><span class='message--sellerName--1'>Sunny Shop</span><p>{}</p></div>", "seller"),
        ("<div class='row'><div class='sellerAvatar--1'></div><p>{}</p></div>", "seller"),
        ("<div class='chat--row--1'><div class='buyer--name--1'>Dana</div><p>{}</p></div>", "buyer"),
        ("<div class='row'><div class='buyer--name--1'>Dana</div><p>{}</p></div>", "unknown"),
        ("<div class='row'><i class='seller-pic'></i><i class='buyer-pic'></i><p>{}</p></div>", "seller"),
        ("<div class='chat--1'><i class='seller-pic'></i><i class='buyer-pic'></i><p>{}</p></div>", "unknown"),
        # Class and label contradict each other.
        ("<div class='msg by-seller'><b>You</b><p>{}</p></div>", "unknown"),
    ],
)  # fmt: skip
def test_a_class_around_a_text_names_its_author(html: str, expected: str) -> None:
    """GIVEN classes or roles around a text THEN those of one message count, all else is unknown."""
    assert author(html.format(PLEA)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>Seller: {PLEA}</p>", "seller"),
        (f"<p><b>Seller:</b> {PLEA}</p>", "seller"),
        (f"<p>[Seller] {PLEA}</p>", "seller"),
        (f"<p>Seller - {PLEA}</p>", "seller"),
        (f"<p>Buyer: {PLEA}</p>", "unknown"),
        (f"<p>AliExpress: {PLEA}</p>", "unknown"),
        (f"<p><b>You</b> {PLEA}</p>", "unknown"),
        (f"<p>Seller: hello my friend</p><p>Buyer: {PLEA}</p>", "buyer"),
        (f"<div><b>Seller</b><p>Buyer: {PLEA}</p></div>", "seller"),
        (f"<div><b>Seller</b><p>AliExpress: {PLEA}</p></div>", "seller"),
        (f"<div><b>Seller</b><p><i>You</i> {PLEA}</p></div>", "seller"),
    ],
)
def test_what_a_seller_writes_does_not_make_it_anothers(html: str, expected: str) -> None:
    """GIVEN a name inside the text THEN only the seller's counts, unless in a list of messages."""
    assert author(html) == expected


@pytest.mark.parametrize("who", ["Seller", "Buyer"])
@pytest.mark.parametrize(
    "facts",
    [
        "<table><tr><td>{}</td><td>Sunny Shop</td></tr><tr><td>Order ID</td><td>819</td></tr></table>",
        "<div class='info'><div class='seller-name'>Sunny Shop</div><div class='buyer-name'>Dana</div><div>Reason</div></div>",
        "<ul><li>{}: Sunny Shop</li><li>Store rating: 97%</li></ul>",
    ],
)
def test_a_row_of_facts_makes_nobody_the_author(who: str, facts: str) -> None:
    """GIVEN the names of seller and buyer on the page THEN other texts stay unattributed."""
    html = f"<section>{facts.format(who)}<p>{PLEA}</p></section>"

    assert author(html) == "unknown"


def test_each_author_reaches_the_rules_in_its_own_place() -> None:
    """GIVEN all kinds of texts THEN the seller's count, unknown ones are apart, others are out."""
    page = dispute(
        f"<div class='negotiation--wrap--1'>"
        f"<div class='by-buyer'><div>You</div><div>{REFUSAL}</div></div>"
        f"<div class='by-seller'><div>Seller</div><div>{PLEA}</div></div></div>"
        f"<p>{REMINDER}</p><div class='reminder--desc--1'>The seller has 5 days to answer.</div>"
    )
    order = read_order(Snapshot("", "", "en"), SITE.hooks, SITE.pack("en"))

    facts = read_facts(
        Facts(seller_messages=("said",)), order=order, dispute=page, words=SITE.pack("en"),
        open_disputes=1, item_given=True,
    )  # fmt: skip

    assert facts.seller_messages[:1] == ("said",)
    assert PLEA in facts.seller_messages
    assert REMINDER in facts.unattributed_messages
    told = (*facts.seller_messages, *facts.unattributed_messages)
    assert not any(REFUSAL in text or "5 days" in text for text in told)


def test_a_clock_on_the_page_changes_no_message() -> None:
    """GIVEN a countdown in an unattributed text THEN it is the same text; a number differs."""

    def lasting(text: str) -> list[tuple[str, str]]:
        return [each.lasting for each in dispute(text).messages if each.author != Author.SITE]

    assert lasting("<p>Answer within 3 days 04:12:09</p>") == lasting(
        "<p>Answer within 3 days 04:12:08</p>"
    )
    assert lasting("<p>Seller: I pay you 5 USD</p>") != lasting("<p>Seller: I pay you 50 USD</p>")


@pytest.mark.parametrize("who", ["Seller", "You"])
def test_what_an_author_writes_is_no_fact_of_the_page(who: str) -> None:
    """GIVEN a deadline, edits and an amount in a message of any class THEN none of them is read."""
    false = "Buyer protection ends on Dec 31, 2031. 0 of 4 edits used. Refund amount: US $99.00"
    said = dispute(f"<div><b>{who}</b><p>{false}</p></div>")
    names = "<dl><dt>Seller</dt><dd>Hello my dear friend</dd><dt>Buyer</dt><dd>Where is my parcel?</dd></dl>"
    shown = dispute(f"{names}<div><p>{false}</p></div>")

    assert (said.deadline, said.edits_used, said.amount) == (None, None, "")
    assert (shown.deadline, shown.edits_used, shown.amount) == ("2031-12-31", 0, "US $99.00")
