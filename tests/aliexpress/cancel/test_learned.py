"""What a cancel by hand teaches, as lines that the site data's own reader accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.cancel.learned import leading, permitting, selector_of, taught_by
from automation.aliexpress.site import SiteMap
from automation.engine.human import Marks, Press

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
