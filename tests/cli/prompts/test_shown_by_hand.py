"""The person who teaches: only what was typed is a yes, and no answer is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.walk.held_reads import HeldRead
from automation.cli.prompts import shown_by_hand
from automation.cli.prompts.shown_by_hand import AtTerminal
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

CALL = HeldRead("mtop.ae.dispute.detail.query", "/p/order", ("orderId",), names_target=True)
QUESTIONS: dict[str, Callable[[AtTerminal], Coroutine[Any, Any, object]]] = {
    "reads": lambda human: human.allows("My Orders", (CALL,)),
    "more": lambda human: human.shows_more(("amount",)),
    "row": lambda human: human.agrees_on_row("Is this your order?", "order 1"),
    "dialog": lambda human: human.agrees_on_question("Cancel this request?"),
    "open": lambda human: human.agrees_to_open_dialog("Cancel Request"),
}
YES_OR_NO = pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)


@pytest.fixture
def human(tmp_path: Path) -> AtTerminal:
    """A person whose site data is empty."""
    return AtTerminal(tmp_path / "site.toml")


def types(monkeypatch: pytest.MonkeyPatch, typed: str, *, terminal: bool = True) -> list[str]:
    """Say what is typed after each question; the list has a mark for each look at the keyboard."""
    looks: list[str] = []

    async def line(_seconds: float) -> str:
        looks.append("read")
        return typed

    monkeypatch.setattr(shown_by_hand, "typed_line", line)
    monkeypatch.setattr(shown_by_hand, "forget_typed", lambda: looks.append("forget"))
    monkeypatch.setattr(shown_by_hand, "is_terminal", lambda: terminal)
    return looks


@YES_OR_NO
@pytest.mark.parametrize(
    ("typed", "agreed"),
    [
        ("yes\n", True),
        (" YES ", True),
        ("", False),
        ("y", False),
        ("no", False),
        ("yes yes", False),
    ],
)
def test_only_a_whole_yes_agrees(
    monkeypatch: pytest.MonkeyPatch,
    human: AtTerminal,
    ask: Callable[[AtTerminal], Coroutine[Any, Any, object]],
    typed: str,
    agreed: bool,
) -> None:
    """GIVEN any question with yes or no THEN what was typed ahead is dropped, and Enter is a no."""
    looks = types(monkeypatch, typed)

    assert in_own_loop(ask(human)) is agreed
    assert looks == ["forget", "read"]


@YES_OR_NO
def test_elsewhere_there_is_no_question(
    monkeypatch: pytest.MonkeyPatch,
    human: AtTerminal,
    ask: Callable[[AtTerminal], Coroutine[Any, Any, object]],
) -> None:
    """GIVEN no terminal THEN every answer is a no, and nothing is read."""
    looks = types(monkeypatch, "yes", terminal=False)

    assert in_own_loop(ask(human)) is False
    assert looks == []


def test_a_dialog_that_may_be_opened_needs_no_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN consent on the command line THEN the dialog is opened, also without a terminal."""
    looks = types(monkeypatch, "", terminal=False)

    assert in_own_loop(AtTerminal(tmp_path, opens=True).agrees_to_open_dialog("Cancel Request"))
    assert looks == []


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("1", 0), (" 2\n", 1), ("3", None), ("0", None), ("-1", None), ("", None), ("one", None), ("²", None)],
)  # fmt: skip
def test_a_choice_is_one_of_the_numbers(
    monkeypatch: pytest.MonkeyPatch, human: AtTerminal, typed: str, chosen: int | None
) -> None:
    """GIVEN two ways THEN their number picks one; anything else picks none."""
    types(monkeypatch, typed)
    statuses = ("waiting_seller", "final_decision")

    assert in_own_loop(human.which(("first", "second"))) == chosen
    meant = "" if chosen is None else statuses[chosen]
    assert in_own_loop(human.meaning_of("Neue Wörter", statuses)) == meant


def test_a_status_is_shown_with_what_it_means(
    monkeypatch: pytest.MonkeyPatch, human: AtTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN statuses to choose from THEN the page's words, and each in words that a buyer knows."""
    types(monkeypatch, "")

    in_own_loop(human.meaning_of("Neue Wörter", ("mediating", "closed")))

    told = " ".join(capsys.readouterr().err.split())
    assert "The status of your dispute is: Neue Wörter" in told
    assert "1 open: AliExpress looks at the case" in told
    assert "2 closed, not by you" in told


@pytest.mark.parametrize(
    ("typed", "listed"), [("query", True), ("yes", False), ("", False), ("Query", False)]
)
def test_a_call_that_names_the_order_is_listed_by_its_own_name(
    monkeypatch: pytest.MonkeyPatch, human: AtTerminal, typed: str, listed: bool
) -> None:
    """GIVEN such a call THEN only the end of its name writes the line; a yes is too little."""
    types(monkeypatch, typed)

    line = in_own_loop(human.lists(CALL))

    assert (line is not None) is listed
    assert human.site_data.exists() is listed
    assert not listed or CALL.name in human.site_data.read_text("utf-8")


def test_a_name_without_an_end_is_not_listed_by_enter(
    monkeypatch: pytest.MonkeyPatch, human: AtTerminal
) -> None:
    """GIVEN a page's call whose name ends with a dot THEN Enter alone agrees to nothing."""
    types(monkeypatch, "\n")

    assert in_own_loop(human.lists(HeldRead("mtop.ae.query."))) is None
    assert not human.site_data.exists()


def test_without_a_terminal_the_line_is_only_shown(
    monkeypatch: pytest.MonkeyPatch, human: AtTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN no terminal THEN what to check and how to let a call through, and nothing is written."""
    types(monkeypatch, "query", terminal=False)

    assert in_own_loop(human.lists(CALL)) is None
    in_own_loop(human.allows("My Orders", (CALL,)))

    told = capsys.readouterr().err
    assert f'traffic.reads = ["{CALL.name}"]' in told
    assert f"--allow-read {CALL.name}" in told
    assert not human.site_data.exists()
