"""What the buyer says that the page says after their cancel."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from automation.aliexpress.answer import ByHandAnswer
from automation.aliexpress.cancel.escort import new_status
from automation.aliexpress.cancel.escort.new_status import (
    NewStatus,
    name_new_status,
    with_new_status,
)
from automation.aliexpress.cancel.verify import Subject
from automation.aliexpress.found import Confirmed
from automation.aliexpress.pages import read_dispute
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.request import Escort
from automation.aliexpress.site import DisputeIds, SiteMap
from rules import DisputeStatus
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

SUBJECT = Subject("8194370215560042", DisputeIds("1100482913300042"), "http://127.0.0.1:1/p")
LINE = '<p class="reminder--statusStr--3xKq9">{}</p>'


class Buyer:
    """Somebody at a terminal who chooses a status."""

    def __init__(self, status: str) -> None:
        self.status, self.asked = status, list[str]()

    async def meaning_of(self, words: str, _choices: tuple[str, ...]) -> str:
        """Answer."""
        self.asked.append(words)
        return self.status


class Walk:
    """A walk whose dispute page shows a line."""

    def __init__(self, line: str) -> None:
        self.site = SiteMap.load()
        self.line = line
        self.page = SimpleNamespace(context=None, bring_to_front=self._nothing)
        self.progress = SimpleNamespace(waiting_for_human=self._waiting)

    async def reload_dispute(self, address: str, *, for_words: bool = False) -> Any:  # noqa: ANN401  as the walk's
        """Read it."""
        assert for_words, "a late control says nothing about the words"
        page = Snapshot(address, LINE.format(self.line), "sv")
        return read_dispute(page, self.site.hooks, self.site.pack("sv"))

    async def _nothing(self) -> None:
        return None

    @contextlib.contextmanager
    def _waiting(self) -> Iterator[None]:
        yield


@pytest.fixture(autouse=True)
def _no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextlib.asynccontextmanager
    async def asking(_context: object) -> AsyncIterator[None]:
        yield

    monkeypatch.setattr(new_status, "asking_at_terminal", asking)


@pytest.mark.parametrize(
    ("line", "chosen", "asked", "named"),
    [
        ("Du tog tillbaka", "cancelled", True, DisputeStatus.CANCELLED),
        ("Du tog tillbaka", "", True, None),
        ("Butiken tittar", "cancelled", False, None),  # as before the request
        ("", "cancelled", False, None),
    ],
)
def test_only_new_words_are_asked_about(
    line: str, chosen: str, asked: bool, named: DisputeStatus | None
) -> None:
    """GIVEN a status that no list has THEN the buyer names it, if it is not the one from before."""
    walk, buyer = Walk(line), Buyer(chosen)
    escort = replace(Escort(), questions=buyer)

    found = in_own_loop(name_new_status(walk, SUBJECT, "Butiken tittar", escort))  # type: ignore[arg-type]

    assert (buyer.asked == [line]) is asked
    assert (found.status if found else None) is named
    reads = walk.site.pack("sv").status(line)
    assert reads is (named or DisputeStatus.UNKNOWN), "it is read like that in this run"


def test_the_answer_says_who_read_it() -> None:
    """GIVEN a status that the buyer named THEN it is a line to keep, and the answer says so."""
    named = NewStatus("sv", "Du tog tillbaka", DisputeStatus.CANCELLED)

    told = with_new_status(Confirmed(by_hand=ByHandAnswer(said=("before",))), named)

    pressed = with_new_status(Confirmed(), named)
    assert pressed.by_hand is None
    assert pressed.named_status is not None
    assert pressed.said == pressed.named_status.said == told.said[1:]
    assert told.by_hand is not None
    assert told.by_hand.learned == ('words.sv.dispute_status.cancelled = ["Du tog tillbaka"]',)
    assert told.by_hand.said[0] == "before"
    assert told.by_hand.said[1].startswith("you read 'Du tog tillbaka' as: ")
