"""Held-back calls: offered once each, let through by name, and never where they could write."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from automation.aliexpress.pages.landmarks import PageName
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.teach.call_lesson import CallLesson
from automation.engine.guard import GuardReport, RequestRecord
from tests.aliexpress.teach.pointing import Places, Pointing, person, pointer
from tests.own_loop import in_own_loop

PATH = "/p/reverse-pages/detail.html"
LISTED = Additions(traffic={"reads": ("mtop.b.query",)})


def held(name: str, **more: Any) -> RequestRecord:  # noqa: ANN401  fields of a record
    """A call of the page that was held back."""
    return RequestRecord(name, "x", "GET", "unknown", "", page=PATH, **more)


READS = held("mtop.a.query", negotiable=True)
NAMES_ORDER = held("mtop.b.query", teachable=True)
WRITES = held("mtop.c.submit")
ELSEWHERE = RequestRecord("mtop.d.query", "x", "GET", "unknown", "", page="/other", negotiable=True)


class Guard:
    """A guard that holds back some calls at each load of the page."""

    def __init__(self, *loads: tuple[RequestRecord, ...]) -> None:
        self.loads = list(loads)
        self.allowed: list[str] = []
        self.known: list[object] = []

    def report(self) -> GuardReport:
        """What it has held back so far."""
        return GuardReport((), self.loads[0] if self.loads else ())

    def allow_reads(self, names: tuple[str, ...]) -> None:
        """Let them through in this run."""
        self.allowed += names

    def know(self, traffic: object) -> None:
        """Judge by these tables from now on."""
        self.known.append(traffic)


def learned(guard: Guard, **says: Any) -> tuple[Pointing, list[str]]:  # noqa: ANN401  answers
    """A lesson about the calls of a page, and how often the page was loaded again."""
    pointing, loads = pointer(**says), list[str]()
    visit = cast("Any", pointing.visit)
    assert visit.walk.page.url == Places.url

    async def load_again(landmark: str) -> None:
        loads.append(landmark)
        guard.loads.pop(0)

    visit.walk.session, visit.load_again = SimpleNamespace(guard=guard), load_again
    in_own_loop(CallLesson(pointing).learn(PageName.DISPUTE, "dispute_status"))
    return pointing, loads


def questions(pointing: Pointing) -> list[tuple[str, tuple[str, ...]]]:
    """What was asked, and about which calls."""
    told: list[tuple[str, tuple[str, ...]]] = []
    for name, *about in cast("list[tuple[str, Any]]", person(pointing).asked):
        calls = about[-1] if isinstance(about[-1], (list, tuple)) else [about[-1]]
        told.append((name, tuple(each.name for each in calls)))
    return told


def test_a_call_that_can_only_read_is_let_through_and_kept() -> None:
    """GIVEN a yes THEN the guard lets it through, the page is loaded again, and the file learns it."""
    guard = Guard((READS, WRITES, ELSEWHERE), (READS,))

    pointing, loads = learned(guard, allows=True)

    assert questions(pointing) == [("allows", ("mtop.a.query",))]
    assert (guard.allowed, guard.known, loads) == (["mtop.a.query"], [], ["dispute_status"])
    assert pointing.lessons.additions == Additions(traffic={"allowed_reads": ("mtop.a.query",)})
    assert not pointing.lessons.calls


def test_a_call_that_names_the_order_is_never_let_through_by_a_yes_to_others() -> None:
    """GIVEN such a call THEN it has a question of its own: it counts only once site data lists it."""
    guard = Guard((READS, NAMES_ORDER), ())

    pointing, loads = learned(guard, allows=True)

    assert questions(pointing) == [("allows", ("mtop.a.query",)), ("lists", ("mtop.b.query",))]
    assert (guard.allowed, guard.known, len(loads)) == (["mtop.a.query"], [], 1)

    listing = Guard((NAMES_ORDER,), ())
    listed, again = learned(listing, lists=LISTED)
    assert (listing.allowed, listing.known, len(again)) == ([], [LISTED.traffic], 1)
    assert listed.lessons.calls == LISTED
    assert not listed.lessons.additions


@pytest.mark.parametrize("calls", [(), (WRITES,), (ELSEWHERE,)])
def test_a_page_without_such_calls_asks_nothing(calls: tuple[RequestRecord, ...]) -> None:
    """GIVEN no held-back read of this page THEN no question: a write is never taught here."""
    pointing, loads = learned(Guard(calls), allows=True, lists=LISTED)

    assert (questions(pointing), loads) == ([], [])


def test_a_no_changes_nothing_and_is_not_asked_again() -> None:
    """GIVEN a no THEN nothing is let through, and the page stays as it is."""
    guard = Guard((READS, NAMES_ORDER))

    pointing, loads = learned(guard, allows=False)

    assert (guard.allowed, guard.known, loads) == ([], [], [])
    assert not pointing.lessons.anything
    assert len(questions(pointing)) == 2


def test_further_calls_of_a_page_are_asked_about_in_turn_and_not_for_ever() -> None:
    """GIVEN a page that makes another call each time THEN four rounds, each about the new one."""
    loads_of = [(held(f"mtop.{number}.query", negotiable=True),) for number in range(9)]

    pointing, loads = learned(Guard(*loads_of), allows=True)

    assert [calls for _, calls in questions(pointing)] == [(f"mtop.{n}.query",) for n in range(4)]
    assert len(loads) == 4
