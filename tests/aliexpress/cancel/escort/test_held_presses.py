"""What was held back while the buyer pressed: which of it is theirs, and how it is counted."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from automation.aliexpress.cancel.escort.held_presses import HeldPresses, in_words
from automation.engine.guard import RequestRecord
from automation.engine.human import Press

RECORD = RequestRecord("/h5/x", "h", "POST", "write", "no", page="/p", under_permit=True)
PAGE = "/p/detail.html"
ACCEPT = Press(tag="button", words="Accept", page=PAGE)
MENU = Press(tag="button", words="Menu", page=PAGE)
YES = Press(tag="button", words="Yes", dialog="Really?", page="/p/last.html")


@pytest.mark.parametrize(
    ("record", "theirs"),
    [
        (RECORD, True),
        (replace(RECORD, kind="unknown"), True),
        (replace(RECORD, under_permit=False), False),
        (replace(RECORD, permitted=True), False),
        (replace(RECORD, negotiable=True), False),
        (replace(RECORD, teachable=True), False),
        (replace(RECORD, kind="telemetry"), False),
        (replace(RECORD, kind="foreign", main_frame=True, under_permit=False), True),
        (replace(RECORD, kind="foreign"), False),
        (replace(RECORD, main_frame=True, under_permit=False), False),
    ],
)
def test_whose_it_is(record: RequestRecord, *, theirs: bool) -> None:
    """GIVEN a refused request THEN it is the buyer's if a press can have made it while the permit was open."""
    assert (HeldPresses().add(record, (ACCEPT,)) is not None) is theirs


def test_the_same_call_again_is_one_kind_with_a_count() -> None:
    """GIVEN the same call after other presses THEN it is said once and counted; another is new."""
    held = HeldPresses()
    again = replace(RECORD, keys=("a", "b"))
    other = replace(RECORD, reason="it says 'accept'")

    news = [held.add(each, (ACCEPT,) * n) for n, each in enumerate((RECORD, again, other, again))]

    assert [bool(each) for each in news] == [True, False, True, False]
    assert [each.count for each in held.answers] == [3, 1]
    assert held.nameable is None


@pytest.mark.parametrize(("presses", "named"), [((ACCEPT,), True), ((), False)])
def test_a_call_is_asked_about_only_after_a_press(
    presses: tuple[Press, ...], *, named: bool
) -> None:
    """GIVEN a call that the permit would fit by its name THEN it is theirs only if they pressed."""
    held = HeldPresses()

    held.add(replace(RECORD, what="mtop.a.turnBack", nameable=True), presses)

    assert (held.nameable is not None) is named


def test_an_entry_says_what_was_pressed_and_what_came_of_it() -> None:
    """GIVEN a control and the button of its dialog THEN both, in order, and the request in words."""
    held = HeldPresses()
    entry = held.add(replace(RECORD, keys=("a", "b")), (MENU, ACCEPT, YES))

    assert entry is not None
    assert (entry.pressed, entry.request) == ("Accept → Yes", "POST /h5/x (a, b) on /p")
    assert (entry.why, entry.line, entry.count) == ("no", "", 1)
    assert in_words(entry) == "held back: 'Accept → Yes': POST /h5/x (a, b) on /p (no)"
    assert in_words(entry.model_copy(update={"pressed": ""})).startswith("held back: POST")


@pytest.mark.parametrize(
    ("asking", "presses", "page"),
    [
        ("", (ACCEPT,), PAGE),
        ("/", (ACCEPT, YES), "/p/last.html"),
        ("/", (), "/"),
        ("/p/own.html", (ACCEPT,), "/p/own.html"),
    ],
)
def test_the_page_is_the_one_of_the_press_where_only_its_origin_is_known(
    asking: str, presses: tuple[Press, ...], page: str
) -> None:
    """GIVEN a request seen beneath the routes THEN its page is where they pressed last."""
    entry = HeldPresses().add(replace(RECORD, page=asking), presses)

    assert entry is not None
    assert entry.request == f"POST /h5/x on {page}"


def test_a_call_that_only_lacks_its_name_has_the_line_that_would_name_it() -> None:
    """GIVEN calls that the permit would fit by name THEN the newest is asked about, each has its line."""
    held = HeldPresses()
    first, second = (replace(RECORD, what=f"mtop.a.{x}", nameable=True) for x in ("one", "two"))

    for record in (first, second, replace(RECORD, what="mtop.a.three")):
        held.add(record, (ACCEPT,))

    assert [each.line for each in held.answers] == [
        'traffic.permitted_apis = ["mtop.a.one"]',
        'traffic.permitted_apis = ["mtop.a.two"]',
        "",
    ]
    assert held.nameable is not None
    assert (held.nameable.api, held.nameable.pressed) == ("mtop.a.two", "Accept")


def test_a_page_that_never_stops_fills_a_list_of_twenty() -> None:
    """GIVEN more kinds than a person reads THEN the first twenty are kept, and still counted."""
    held = HeldPresses()
    assert HeldPresses().last is None
    kinds = [replace(RECORD, what=f"/h5/{number}") for number in range(22)]

    news = [held.add(each, ()) for each in (*kinds, kinds[0])]

    assert [each is not None for each in news] == [True] * 20 + [False] * 3
    assert [each.count for each in held.answers] == [2, *[1] * 19]
    assert held.last is not None
    assert held.last.request == "POST /h5/19 on /p"
