"""Native dialogs: only one that is expected is accepted, and none hangs the run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error

from automation.engine.guard.browser import dialogs
from automation.engine.guard.browser.dialogs import answer_dialog
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable


class Shown:
    """A dialog that a page shows; it may be gone, or hang."""

    message = "Cancel?"

    def __init__(self, kind: str, ends: str = "") -> None:
        self.type, self.ends = kind, ends
        self.got: list[str] = []

    async def _answer(self, answer: str) -> None:
        if self.ends == "hangs":
            await asyncio.Event().wait()
        if self.ends == "gone":
            raise Error("the page is gone")
        self.got.append(answer)

    async def accept(self) -> None:
        """Say yes."""
        await self._answer("yes")

    async def dismiss(self) -> None:
        """Say no."""
        await self._answer("no")


def answered(shown: Shown, decide: Callable[[Any], bool] | None) -> bool:
    """Whether it was accepted."""
    dialog: Any = shown
    return in_own_loop(answer_dialog(dialog, decide))


@pytest.mark.parametrize(
    ("kind", "decide", "yes"),
    [
        ("confirm", None, False),
        ("confirm", lambda _: False, False),
        ("confirm", lambda _: True, True),
        ("alert", lambda each: each.type == "confirm", False),
        ("beforeunload", None, True),
        ("beforeunload", lambda _: False, True),
    ],
)
def test_only_what_is_expected_gets_a_yes(
    kind: str, decide: Callable[[Any], bool] | None, *, yes: bool
) -> None:
    """GIVEN a dialog THEN a no, unless it is expected; a page may always be left."""
    shown = Shown(kind)

    assert answered(shown, decide) is yes
    assert shown.got == ["yes" if yes else "no"]


def test_a_dialog_is_closed_although_the_decision_fails() -> None:
    """GIVEN an error while it is read THEN it gets a no first."""
    shown = Shown("confirm")

    def fails(_dialog: object) -> bool:
        raise KeyError

    with pytest.raises(KeyError):
        answered(shown, fails)
    assert shown.got == ["no"]


@pytest.mark.parametrize("ends", ["gone", "hangs"])
def test_a_page_that_is_gone_or_hangs_does_not_stop_the_run(
    monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    """GIVEN a dialog that takes no answer THEN the run goes on."""
    monkeypatch.setattr(dialogs, "_SECONDS", 0.01)

    assert answered(Shown("confirm", ends), lambda _: True)
