"""What a cancel by hand teaches, as lines that the site data's own reader accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.cancel.escort.learned import (
    hook_of_number,
    hook_of_pick,
    leading,
    meaning,
    permitting,
    reading,
    selector_of,
    taught_by,
    way_pressed,
)
from automation.aliexpress.cancel.escort.taught import Taught
from automation.aliexpress.pages.landmarks import LANDMARKS, By, Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.held_reads import HeldRead
from automation.engine.human import Marks, Press
from automation.engine.session.picker import Element
from rules import DisputeStatus

if TYPE_CHECKING:
    from pathlib import Path

SITE = SiteMap.load()
EN = SITE.pack("en")
CONTROL = Press(tag="a", words="Pull my claim back", classes=("row--undo--3kX9",))
SHEET = Marks(tag="div", classes=("sheet--panel--Q1",))
YES = Press(tag="button", words="Go on", dialog="Shall it end?", around=SHEET)
NOISE = Press(tag="p", words="We use cookies", control=False)


def lines(*presses: Press, native: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What these presses teach."""
    return tuple(taught_by(leading(presses), native, EN, SITE.hooks).lines)


def test_everything_unknown_becomes_a_line_that_can_be_loaded(tmp_path: Path) -> None:
    """GIVEN unknown control, dialog and call THEN the lines are site data that knows them all."""
    told = (*lines(CONTROL, YES), *permitting("mtop.a.b").lines)
    file = tmp_path / "site.toml"
    file.write_text("\n".join(told), "utf-8")

    taught = SiteMap.load(file)

    assert told == (
        'words.en.labels.cancel_request = ["Pull my claim back"]',
        'words.en.dialog_questions = ["Shall it end?"]',
        'words.en.labels.confirm = ["Go on"]',
        "hooks.modal = [\"[class*='sheet--panel--']\"]",
        'traffic.permitted_apis = ["mtop.a.b"]',
    )
    assert not taught_by((CONTROL, YES), (), taught.pack("en"), taught.hooks)


def test_words_of_a_translator_are_not_kept() -> None:
    """GIVEN presses on a translated page THEN the markup of its dialog is kept, and no word."""
    pressed = [each.model_copy(update={"translated": True}) for each in (CONTROL, YES)]

    assert lines(*pressed) == ("hooks.modal = [\"[class*='sheet--panel--']\"]",)
    assert lines(CONTROL, pressed[1]) == lines(*pressed), "they may have translated it halfway"


def test_what_is_known_teaches_nothing() -> None:
    """GIVEN the words and markup that are known THEN there is no line."""
    about = "Are you sure you want to cancel this request?"
    modal = Marks(tag="div", classes=("comet-v2-modal",))
    known = Press(tag="button", words="Cancel Request")

    assert lines(known, Press(tag="button", words="Confirm", dialog=about, around=modal)) == ()
    assert lines(known) == ()
    assert lines() == ()


@pytest.mark.parametrize("words", ["Accept", "Confirm received", "x" * 61, ""])
def test_a_label_that_must_never_be_pressed_is_not_taught(words: str) -> None:
    """GIVEN a press on such a button THEN no line makes the tool press it."""
    assert not any("labels" in line for line in lines(Press(tag="button", words=words)))


def test_a_native_question_is_taught_as_the_dialog() -> None:
    """GIVEN the browser's own question THEN its words are the dialog's."""
    assert lines(CONTROL, native=("End it?",))[1] == 'words.en.dialog_questions = ["End it?"]'


def test_the_presses_that_led_to_the_request_begin_at_its_control() -> None:
    """GIVEN earlier presses, a double click and one beside any control THEN those do not count."""
    earlier = Press(tag="button", words="Accept")
    reason = Press(tag="label", words="Other", dialog="Why?")

    assert leading((earlier, CONTROL, reason, YES, YES, NOISE)) == (CONTROL, reason, YES)
    assert leading((NOISE,)) == (NOISE,)
    assert leading(()) == ()


@pytest.mark.parametrize(
    ("marks", "selector"),
    [
        (
            Marks(tag="div", classes=("a1b2c3", "cancel--button--9Zk2")),
            "[class*='cancel--button--']",
        ),
        (Marks(tag="div", data={"data-pl": "undo"}, classes=("x",)), "[data-pl='undo']"),
        (Marks(tag="button", classes=("1x", "comet-v2-btn")), ".comet-v2-btn"),
        (Marks(tag="div", role="button"), "[role='button']"),
        (Marks(tag="button", classes=("_3fK9d",)), "button"),
        (Marks(tag="p", role="x'] , *", data={"data-pl": "a'] *"}), "p"),
    ],
)
def test_a_selector_is_in_the_style_of_the_hooks(marks: Marks, selector: str) -> None:
    """GIVEN marks THEN stems of hashed classes come first, and no page chooses the selector."""
    assert selector_of(marks) == selector


ORDER, OTHER = "8194370215560042", "8194370215570042"
LIST = "http://127.0.0.1:1/p/order/index.html"
DETAILS = f"http://127.0.0.1:1/p/order/detail.html?orderId={ORDER}"
DISPUTE = "http://127.0.0.1:1/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
LINK = '<section class="tray"><a href="/p/order/detail.html?orderId={0}">Nr {0}</a></section>'
CARDS = f'<main class="shelf">{LINK.format(ORDER)}{LINK.format(OTHER)}</main>'
ROWS = f"""<div class="facts"><div class="fact-line">Nummer: {ORDER}</div></div>
<div class="box-of-case" role="button"><span>Din</span> <span>sak</span></div>"""


def seen(html: str, address: str) -> Seen:
    """A page of which nothing is known, in a language that nobody knows."""
    return Seen(Snapshot(address, html, "sv"), SITE, ORDER)


@pytest.mark.parametrize(
    ("key", "html", "address", "line"),
    [
        ("card", CARDS, LIST, 'hooks.card = [".tray"]'),
        ("order_info", ROWS, DETAILS, 'hooks.order_info = [".fact-line"]'),
        ("card", CARDS.replace(ORDER, OTHER), LIST, ""),
        ("card", CARDS.replace(' class="tray"', ""), LIST, ""),
    ],
)
def test_the_part_with_the_number_is_found_by_it(
    key: str, html: str, address: str, line: str
) -> None:
    """GIVEN unknown markup THEN a lasting name around the order's own number is the hook, or none."""
    [landmark] = [each for each in LANDMARKS if each.key == key and each.by is By.HOOK]

    assert "".join(hook_of_number(landmark, seen(html, address)).lines) == line


def test_the_line_that_was_pointed_at_is_the_status() -> None:
    """GIVEN a click on a line THEN its name is the hook if the reader finds those words by it."""
    page = seen('<p class="state-line">Butiken tittar</p><p class="other">Annat</p>', DISPUTE)
    [landmark] = [x for x in LANDMARKS if x.key == "dispute_status" and x.by is By.HOOK]
    around = (Element("p", {"class": "state-line"}, (), "p"),)

    assert hook_of_pick(landmark, around, "Butiken tittar", page).lines == [
        'hooks.dispute_status = [".state-line"]'
    ]
    assert not hook_of_pick(landmark, around, "Annat", page)
    assert not hook_of_pick(landmark, around, " ", page)  # a picture


@pytest.mark.parametrize(
    ("press", "known"),
    [
        (Press(tag="div", words="Din sak", names=("Din sak", "sak"), page="/p/order/detail.html"), True),
        (Press(tag="div", words="Din sak", page="/p/order/index.html"), False),
        (Press(tag="div", words="Accept", page="/p/order/detail.html"), False),
        (Press(tag="div", words="Elsewhere", page="/p/order/detail.html"), False),
    ],
)  # fmt: skip
def test_what_was_pressed_on_the_order_is_the_way(press: Press, *, known: bool) -> None:
    """GIVEN the press that opened the dispute THEN its words are the way if the reader finds them."""
    line = ['words.sv.labels.dispute_entry = ["Din sak"]']

    assert way_pressed((NOISE, press), seen(ROWS, DETAILS)).lines == (line if known else [])


def test_calls_are_named_by_what_they_say() -> None:
    """GIVEN reads that were let through THEN only those that name the target are known reads."""
    held = (HeldRead("mtop.a.view", names_target=True), HeldRead("mtop.b.view"))

    assert reading(held).lines == [
        'traffic.reads = ["mtop.a.view"]',
        'traffic.allowed_reads = ["mtop.b.view"]',
    ]


def test_it_is_kept_who_said_what_a_status_means() -> None:
    """GIVEN a status that the buyer named THEN the words and the reader of them are known."""
    taught = Taught().plus(meaning("sv", "waiting_seller", "Butiken tittar"))
    taught = taught.naming("Butiken tittar", DisputeStatus.WAITING_SELLER)

    assert taught.additions.lines == ['words.sv.dispute_status.waiting_seller = ["Butiken tittar"]']
    [said] = taught.in_words
    assert said.startswith("you read 'Butiken tittar' as: ")
