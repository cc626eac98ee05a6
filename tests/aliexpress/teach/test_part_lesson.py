"""What a click could mean for one part of a page: only what the reader of a cancel then finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.pages.landmarks import LANDMARKS, By, Landmark
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.teach.part_lesson import PartLesson, lesson_of
from tests.aliexpress.teach.pointing import ORDER, Pointing, element, person, pointer
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.engine.session.picker import Element

DISPUTE = (
    "https://www.aliexpress.com/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
)
DETAILS = f"https://www.aliexpress.com/p/order/detail.html?orderId={ORDER}"


def landmark(name: str) -> Landmark:
    """A part of a page."""
    return next(each for each in LANDMARKS if each.name == name)


def taught(pointing: Pointing, name: str, *around: tuple[Element, str]) -> Additions | None:
    """What a click teaches."""
    part = landmark(name)

    async def lesson() -> Additions | None:
        seen = await pointing.visit.seen()
        return await lesson_of(part, pointing)(part, pointing.points_at(*around), seen)

    return in_own_loop(lesson())


def refused(pointing: Pointing) -> str:
    """Why the click did not count."""
    return person(pointing).heard[-1].strip()


def test_each_kind_of_part_has_its_own_lesson() -> None:
    """GIVEN the parts of all pages THEN rows, parts within parts, selectors and labels differ."""
    lessons = {each.name: lesson_of(each, pointer()).__name__ for each in LANDMARKS}

    assert lessons["the end of your protection"] == lessons["the amount of your claim"] == "row"
    assert lessons["the title of an item"] == "inside"
    assert lessons["the status line"] == lessons["the card of an order"] == "hook"
    assert lessons["Cancel Request"] == lessons["the way to your dispute"] == "label"
    assert {each.by for each in LANDMARKS} == set(By)


# A selector

STATUS = (
    "<div class='case-board'><p class='case-state'>Waiting</p><p>Other words of the page</p></div>"
)


def test_a_selector_is_the_innermost_that_shows_what_was_clicked() -> None:
    """GIVEN a click on the status THEN a lasting name of it, and nothing around it."""
    words = element("p", "Waiting", class_="case-state")
    around = element("div", "Waiting Other words of the page", class_="case-board")

    assert taught(pointer(STATUS, address=DISPUTE), "the status line", words, around) == Additions(
        hooks={"dispute_status": (".case-state",)}
    )


def test_a_name_that_shows_much_more_than_the_click_does_not_count() -> None:
    """GIVEN only a name of the whole page THEN the click is refused: no status is so long."""
    html = f"<div class='whole-page'><p>Waiting</p>{'<p>Other words</p>' * 9}</div>"
    pointing = pointer(html, address=DISPUTE)
    around = (
        element("p", "Waiting"),
        element("div", "Waiting" + " Other words" * 9, class_="whole-page"),
    )

    assert taught(pointing, "the status line", *around) is None
    assert refused(pointing).startswith("No lasting name was found around it")


def test_the_card_is_that_of_the_order() -> None:
    """GIVEN a click on another order's card THEN it is refused; on this one's THEN the widest part."""
    html = (
        f"<div class='purchase-box'><a class='purchase-info' href='/p/order/detail.html?orderId={ORDER}'>Kettle</a></div>"
        "<div class='purchase-box'><a href='/p/order/detail.html?orderId=8194370215560999'>Mug</a></div>"
    )
    other, mine = pointer(html), pointer(html)

    assert taught(other, "the card of an order", element("div", "x", "8194370215560999")) is None
    assert refused(other) == f"That is not the card of order {ORDER}."
    additions = taught(
        mine, "the card of an order",
        element("a", "Kettle", ORDER, class_="purchase-info"),
        element("div", "Kettle", ORDER, class_="purchase-box"),
        element("body", "all of it", ORDER, "8194370215560999"),
    )  # fmt: skip
    assert additions == Additions(hooks={"card": (".purchase-box",)})


# A selector inside another


def test_a_title_is_taught_with_the_line_around_it() -> None:
    """GIVEN a click on an item's title THEN its name and that of its line; all else reads as before."""
    html = (
        f"<div class='order-detail-order-info'><div class='info-row'>Order ID: {ORDER}</div></div>"
        "<section class='goods-row'><h4 class='goods-name'>Kettle</h4><p>US $9.00</p></section>"
    )
    pointing = pointer(html, address=DETAILS)
    around = (
        element("h4", "Kettle", class_="goods-name"),
        element("section", "Kettle US $9.00", class_="goods-row"),
    )

    assert taught(pointing, "the title of an item", *around) == Additions(
        hooks={"order_line": (".goods-row",), "line_title": (".goods-name",)}
    )
    nameless = pointer(html, address=DETAILS)
    assert taught(nameless, "the title of an item", element("h4", "Kettle")) is None
    assert "Click the title itself" in refused(nameless)


def test_a_title_that_would_change_how_the_rest_is_read_is_refused() -> None:
    """GIVEN a title beside the end of the protection THEN nothing: no line of an order is read for that."""
    html = (
        f"<div class='order-detail-order-info'><div class='info-row'>Order ID: {ORDER}</div></div>"
        "<div class='goods-row'><h4 class='goods-name'>Kettle</h4>"
        "<p>Purchase protection until Dec 15, 2026</p></div>"
    )
    pointing = pointer(html, address=DETAILS)
    around = (
        element("h4", "Kettle", class_="goods-name"),
        element("div", "Kettle Purchase protection until Dec 15, 2026", class_="goods-row"),
    )

    assert taught(pointing, "the title of an item", *around) is None


# The words of a control

BUTTON = "<div class='reminder--statusStr--1'>Waiting</div><button>{}</button>"


def test_a_label_is_the_whole_words_of_the_control() -> None:
    """GIVEN a click on one word of a button THEN the words of the whole button."""
    pointing = pointer(BUTTON.format("<b>Pull</b> <b>it back</b>"), address=DISPUTE)

    assert taught(
        pointing, "Cancel Request", element("b", "Pull"), element("button", "Pull it back")
    ) == Additions(words={"en": {"labels.cancel_request": ("Pull it back",)}})


@pytest.mark.parametrize(
    ("html", "around"),
    [
        ("Accept offer", (("button", "Accept offer"),)),
        ("Acceptera", (("button", "Acceptera"),)),
        # The words of the click alone say nothing; those of what it would press do.
        ("Accept offer <i>See details</i>", (("i", "See details"), ("button", "Accept offer See details"))),
        ("<i>Now</i> accept the refund", (("i", "Now"), ("button", "Now accept the refund"))),
    ],
)  # fmt: skip
def test_what_is_never_pressed_is_never_taught(
    html: str, around: tuple[tuple[str, str], ...]
) -> None:
    """GIVEN a click on or inside Accept, in any language THEN it is refused, and nothing else is tried."""
    pointing = pointer(BUTTON.format(html), address=DISPUTE)

    assert taught(pointing, "Cancel Request", *(element(*each) for each in around)) is None
    assert "that is never pressed" in refused(pointing)


@pytest.mark.parametrize(
    "html", ["<button disabled>Pull it back</button>", "<p>Pull it back</p>", "<img>"]
)
def test_what_is_no_control_is_refused(html: str) -> None:
    """GIVEN a click on words that cannot be pressed, or on nothing THEN it says so."""
    pointing = pointer(f"<div class='reminder--statusStr--1'>Waiting</div>{html}", address=DISPUTE)

    words = "" if html == "<img>" else "Pull it back"
    assert taught(pointing, "Cancel Request", element("p", words)) is None
    assert refused(pointing).startswith("This cannot be used")


# A row

PROTECTED = (
    f"<div class='order-detail-order-info'><div class='info-row'>Order ID: {ORDER}</div>"
    "<div class='info-row'>{}</div></div>"
)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Safe until 2026-12-15", "Safe until"),
        ("Safe until: Dec 15, 2026", "Safe until"),
        ("Safe until 15 Dec 2026", "Safe until"),
        ("Safe until Tue, Dec 15, 2026", "Safe until"),
    ],
)
def test_a_row_teaches_the_words_before_its_value(row: str, words: str) -> None:
    """GIVEN a row that a human says ends the protection THEN its words, without a part of the date."""
    pointing = pointer(PROTECTED.format(row), address=DETAILS, agrees_on_row=True)

    assert taught(pointing, "the end of your protection", element("div", row)) == Additions(
        words={"en": {"protection": (words,)}}
    )
    [(_, question, shown)] = cast("list[tuple[str, str, str]]", person(pointing).asked)
    assert "buyer protection ends" in question
    assert shown == row
    assert pointing.asks == ["at the terminal"]


def test_a_row_that_means_something_else_is_not_taught() -> None:
    """GIVEN a human who says no THEN nothing, also of the rows around it."""
    row = "Open until 2026-12-15"
    pointing = pointer(PROTECTED.format(row), address=DETAILS, agrees_on_row=False)

    assert taught(pointing, "the end of your protection", element("div", row), element("section", f"x {row}")) is None  # fmt: skip
    assert refused(pointing) == "It is not remembered."
    assert len(person(pointing).asked) == 1


@pytest.mark.parametrize("row", ["Safe for ever", "2026-12-15", "On 2026-12-15", "US $9.00", ""])
def test_a_row_without_words_or_a_value_is_refused(row: str) -> None:
    """GIVEN a row with no value, or none of its own words THEN no question about it."""
    pointing = pointer(PROTECTED.format(row), address=DETAILS, agrees_on_row=True)

    assert taught(pointing, "the end of your protection", element("div", row)) is None
    assert refused(pointing) == "No value that can be read stands beside these words."
    assert person(pointing).asked == []


def test_an_amount_is_taught_by_the_words_before_it() -> None:
    """GIVEN the row of the claim THEN its words, without the currency."""
    html = "<div class='reminder--statusStr--1'>Waiting</div><div class='row'><p>Money I want</p><p>US $9.00</p></div>"
    pointing = pointer(html, address=DISPUTE, agrees_on_row=True)

    assert taught(
        pointing, "the amount of your claim",
        element("p", "US $9.00"), element("div", "Money I want US $9.00"),
    ) == Additions(words={"en": {"claim_amount": ("Money I want",)}})  # fmt: skip


def test_a_lesson_is_a_value() -> None:
    """GIVEN one pointer THEN its lessons are equal: they keep nothing between two clicks."""
    pointing = pointer()

    assert PartLesson(pointing) == PartLesson(pointing)
