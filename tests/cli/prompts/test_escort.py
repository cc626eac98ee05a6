"""What a terminal shows while the buyer presses by hand, and what it offers to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.walk.held_reads import HeldRead
from automation.cli.prompts import escort
from automation.cli.prompts.escort import AskedAtTerminal, escort_at_terminal, offer_to_keep
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from pathlib import Path

LEARNED = Additions(words={"en": {"labels.cancel_request": ("Pull my claim back",)}})


def test_a_pipe_gets_the_countdown_every_half_minute(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN no terminal THEN the time left is a line now and then, and none with --quiet."""
    for quiet in (False, True):
        told = escort_at_terminal(quiet=quiet)
        for seconds in range(120, 59, -1):
            told.left("press it", seconds)

    shown = capsys.readouterr().err.split("\n")
    assert [line.strip() for line in shown if line] == [
        "press it: 2:00 left",
        "press it: 1:30 left",
        "press it: 1:00 left",
    ]


@pytest.mark.parametrize(("typed", "kept"), [("yes\n", True), ("", False), ("y\n", False)])
def test_only_a_typed_yes_keeps_what_was_learned(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, *, kept: bool
) -> None:
    """GIVEN lines from a cancel by hand THEN a yes adds them to the site data, anything else none."""
    file = tmp_path / "site.toml"
    monkeypatch.setattr(escort, "is_terminal", lambda: True)
    monkeypatch.setattr(escort, "forget_typed", lambda: None)
    monkeypatch.setattr(escort, "read_line", lambda _: typed)

    offer_to_keep(LEARNED, file)

    assert file.exists() is kept
    if kept:
        assert "Pull my claim back" in str(SiteMap.load(file).pack("en").labels)


def test_a_file_that_cannot_take_it_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a broken file WHEN the buyer says yes THEN it is said, and no error ends the run."""
    file = tmp_path / "site.toml"
    file.write_text("= broken", "utf-8")
    monkeypatch.setattr(escort, "is_terminal", lambda: True)
    monkeypatch.setattr(escort, "forget_typed", lambda: None)
    monkeypatch.setattr(escort, "read_line", lambda _: "yes")

    offer_to_keep(LEARNED, file)

    assert "not kept: " in capsys.readouterr().err
    assert file.read_text("utf-8") == "= broken"


READ = HeldRead("mtop.a.sheetView", "/p/order/detail.html", ("tradeOrderId",), names_target=True)
TAB = HeldRead("mtop.a.tabView", "/p/order/detail.html", ("pageNo",))


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> AskedAtTerminal:
    """A buyer who types these lines, one after the other."""
    left = iter(lines)

    async def typed(_seconds: float) -> str:
        return next(left)

    monkeypatch.setattr(escort, "typed_line", typed)
    monkeypatch.setattr(escort, "forget_typed", lambda: None)
    return AskedAtTerminal()


@pytest.mark.parametrize(
    ("lines", "through"),
    [
        (("yes\n", "sheetView\n"), {TAB, READ}),
        ((" YES \n", "\n"), {TAB}),
        (("y\n", "yes\n", "\n"), set[HeldRead]()),
        (("yes\n", "sheetview\n"), {TAB, READ}),
        (("yes\n", "shetView\n", "sheetView\n"), {TAB, READ}),
        (("yes\n", "shetView\n", "sheet\n"), {TAB}),
        (("sheetView\n", " sheetView \n"), {READ}),
        (("", "mtop.a.sheetView\n", ""), set[HeldRead]()),
    ],
)
def test_a_yes_lets_nameless_calls_through_and_the_typed_name_one_with_an_id(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: tuple[str, ...],
    through: set[HeldRead],
) -> None:
    """GIVEN held-back calls THEN each kind has its own answer, and a yes is not enough for a call with an id."""
    buyer = answers(monkeypatch, *lines)

    assert set(in_own_loop(buyer.may_read("Order Details", (READ, TAB)))) == through

    shown = " ".join(capsys.readouterr().err.split())
    assert "mtop.a.sheetView" in shown
    assert "the number of your own order or dispute in it (it says tradeOrderId)" in shown
    assert "type the end of its name, sheetView," in shown


@pytest.mark.parametrize(("line", "yes"), [("yes\n", True), ("y\n", False), ("", False)])
def test_only_a_typed_yes_ties_a_call_to_what_they_pressed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, *, yes: bool
) -> None:
    """GIVEN a call that their press led to THEN both are named, and only a yes counts."""
    buyer = answers(monkeypatch, line)

    assert in_own_loop(buyer.was_their_cancel("mtop.a.turnBack", "Undo → Yes")) is yes

    shown = " ".join(capsys.readouterr().err.split())
    assert "You pressed Undo → Yes." in shown
    assert "mtop.a.turnBack" in shown


@pytest.mark.parametrize(
    ("line", "status"),
    [("1\n", "waiting_seller"), ("4\n", "cancelled"), ("5\n", ""), ("0\n", ""), ("\n", ""),
     ("one\n", ""), ("²\n", ""), ("", "")],
)  # fmt: skip
def test_a_status_is_what_the_buyer_chooses_by_its_number(
    monkeypatch: pytest.MonkeyPatch, line: str, status: str
) -> None:
    """GIVEN the known statuses, open ones first THEN anything but one of their numbers is no answer."""
    buyer = answers(monkeypatch, line)
    choices = ("cancelled", "mediating", "waiting_seller", "seller_responded")

    assert in_own_loop(buyer.meaning_of("Butiken tittar", choices)) == status
