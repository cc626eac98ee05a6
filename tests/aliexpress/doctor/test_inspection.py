"""What ``doctor ORDER`` notes of the pages: their parts, their calls, and the lines that would help."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.doctor import inspection as inspections
from automation.aliexpress.doctor.inspection import Inspection, PageChecked, inspect
from automation.aliexpress.pages.landmarks import PageName, Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap
from automation.engine.guard import GuardReport, RequestRecord
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from automation.aliexpress.walk.progress import Running

SITE = SiteMap.load()
ORDER = "8194370215560042"
ADDRESS = "http://127.0.0.1:1/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
STATUS = '<div class="reminder--statusStr--3xKq9">{}</div>'
DISPUTE = (
    STATUS.format("Waiting for the seller's response")
    + "<div>Refund amount: US $5.00</div><button>Cancel Request</button>"
)
READ = RequestRecord("mtop.a.list", "", "POST", "read", "")
PIXEL = RequestRecord("/log", "", "GET", "telemetry", "telemetry")
MENU = RequestRecord("mtop.a.menu", "", "POST", "unknown", "it is not known")


class Visited:
    """A visit of three pages whose words a test sets; the guard reports what it has seen so far."""

    def __init__(self, dispute: str = DISPUTE, *, reached: bool = True) -> None:
        self.html = {"dispute": dispute}
        self.reached, self.at = reached, ""
        self.ways: tuple[str, ...] = ("one",)
        self.allowed: tuple[RequestRecord, ...] = ()
        self.refused: tuple[RequestRecord, ...] = ()
        self.calls = {"list": (READ, PIXEL), "details": (READ, READ, MENU), "dispute": ()}
        self.steps: list[tuple[str, str]] = []
        guard = SimpleNamespace(report=lambda: GuardReport(self.allowed, self.refused))
        session = SimpleNamespace(guard=guard)
        self.walk = SimpleNamespace(session=session, progress=SimpleNamespace(step=self._step))

    @contextmanager
    def _step(self, _step: object) -> Iterator[Running]:
        running: Any = SimpleNamespace(page="", note="")
        yield running
        self.steps.append((running.page, running.note))

    def _open(self, name: str) -> None:
        self.at = name
        for record in self.calls[name]:
            if record is READ:
                self.allowed += (record,)
            else:
                self.refused += (record,)

    async def my_orders(self) -> None:
        """Open it."""
        self._open("list")

    async def order_details(self) -> None:
        """Open it."""
        self._open("details")

    async def dispute(self, which: Callable[[tuple[str, ...]], Awaitable[int | None]]) -> bool:
        """Open it, if the order shows one."""
        assert await which(self.ways) is None
        if self.reached:
            self._open("dispute")
        return self.reached

    async def seen(self) -> Seen:
        """The open page."""
        html = self.html.get(self.at, "<p>Nothing that anybody knows</p>")
        return Seen(Snapshot(ADDRESS, html, "en"), SITE, ORDER)

    def held_back(self) -> tuple[str, ...]:
        """What a person may allow."""
        return ("mtop.a.menu",)


def inspected(visit: Visited, monkeypatch: pytest.MonkeyPatch, *before: PageChecked) -> Inspection:
    """What is noted of this visit, after pages that were noted before."""
    found = Inspection(list(before))

    async def walked(
        _request: object, _run: object, work: Callable[[Any], Awaitable[None]]
    ) -> None:
        await work(visit.walk)

    monkeypatch.setattr(inspections, "walked", walked)
    monkeypatch.setattr(inspections, "Visit", lambda *_: visit)
    request: Any = SimpleNamespace(order_id=ORDER, item=None)
    in_own_loop(inspect(request, request, found))
    return found


def test_each_page_has_its_parts_and_its_own_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN calls of two pages THEN each is noted at its page, once; telemetry is no finding."""
    visit = Visited()
    visit.ways = ("one", "two", "three")
    found = inspected(visit, monkeypatch)

    assert [each.page for each in found.pages] == list(PageName)[:3]
    assert [each.passed for each in found.pages] == [("mtop.a.list",), ("mtop.a.list",), ()]
    assert [each.held_back for each in found.pages] == [(), (("mtop.a.menu", MENU.reason),), ()]
    assert visit.steps[0] == ("My Orders", "0 of 1 parts recognised")
    assert visit.steps[2] == ("the dispute page", "4 of 4 parts recognised")
    assert (found.others, found.negotiable) == (2, ("mtop.a.menu",))
    assert {each.landmark.page for each in found.missing} == {PageName.ORDERS, PageName.DETAILS}


def test_a_page_that_was_not_reached_lacks_all_that_a_cancel_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN no way to the dispute THEN its parts are missing, with the reason, and no line is proposed."""
    found = inspected(Visited(reached=False), monkeypatch)
    dispute = found.pages[-1]

    assert dispute.page is PageName.DISPUTE
    assert {each.note for each in dispute.findings} == {"the page was not reached"}
    assert {each.landmark.name for each in dispute.findings} == {
        "the status line",
        "what the status means",
        "Cancel Request",
    }
    assert set(dispute.findings) <= set(found.missing)
    assert not [line for line in found.lines if "dispute_status" in line]


@pytest.mark.parametrize(
    ("html", "lines", "choices"),
    [
        (DISPUTE, [], False),
        (
            DISPUTE.replace("Waiting for the seller's response", "Stage \x1b[2J7-B"),
            ['words.en.dispute_status.STATUS = ["Stage 7-B"]'],
            True,
        ),
        (
            DISPUTE.replace("reminder--statusStr", "case--line"),
            ['hooks.dispute_status = [".CLASS-ON-THE-PAGE"]'],
            True,
        ),
        (
            DISPUTE.replace("Cancel Request", "Withdraw it all"),
            ['words.en.labels.cancel_request = ["THE WORDS ON THE PAGE"]'],
            False,
        ),
    ],
)
def test_what_is_missing_has_the_line_that_would_help(
    monkeypatch: pytest.MonkeyPatch, html: str, lines: list[str], *, choices: bool
) -> None:
    """GIVEN one part that is not known THEN its line; a person fills in the class, words or status."""
    found = inspected(Visited(html), monkeypatch)
    mine = [line for line in found.lines if "dispute_status" in line or "cancel_request" in line]

    assert mine == lines
    assert found.choices == (SITE.statuses if choices else ())


def test_after_a_hand_over_the_pages_are_noted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN pages that were read before a human signed in THEN only those read afterwards count."""
    found = inspected(Visited(), monkeypatch, PageChecked(PageName.ORDERS, ()))

    assert len(found.pages) == 3
    assert found.pages[0].findings != ()


def test_the_answer_has_plain_values() -> None:
    """GIVEN a page THEN its JSON names calls and reasons; an inspection adds lines and choices."""
    page = PageChecked(PageName.DETAILS, (), ("a",), (("b", "why"),))
    told = {
        "page": "Order Details",
        "landmarks": [],
        "passed": ["a"],
        "held_back": [{"name": "b", "why": "why"}],
    }

    assert page.as_json() == told
    assert Inspection([page], ["x = 1"], ("closed",)).as_json() == {
        "pages": [told],
        "lines": ["x = 1"],
        "status_choices": ["closed"],
    }
