"""The page of a receipt: it counts right, loads nothing, and no text of a site becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from automation.engine.receipts import Face
from automation.engine.receipts.model import GuardedRequest, GuardSummary, HeldCall
from automation.engine.receipts.page import Embedded, Group, counted, groups, render
from tests.engine.receipts.address_receipt import NOW, AddressReceipt, face_of

HOSTILE = """<script>alert(1)</script><img src=//evil.example onerror=x>"'{{ 7 * 7 }}"""


class Tags(HTMLParser):
    """The elements of a page, with what they name or load."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.names.append(tag)
        self.addresses += [v or "" for k, v in attrs if k in {"src", "href", "action", "data"}]
        assert not [k for k, _ in attrs if k.startswith("on")]


def request(target: str = "/p", kind: str = "", times: int = 1, why: str = "") -> GuardedRequest:
    """One that the guard judged."""
    return GuardedRequest(method="GET", target=target, kind=kind, times=times, why=why)


def receipt(**more: Any) -> AddressReceipt:  # noqa: ANN401  values of a receipt
    """A receipt of the toy site."""
    known = {"attempt": 3, "created": NOW, "outcome": "done", "address_id": "17"}
    return AddressReceipt.model_validate({**known, **more})


def shown(made: AddressReceipt, *pictures: Embedded, face: Face | None = None) -> str:
    """Its page."""
    return render(made, face or face_of(made), pictures, None)


def told(guard: GuardSummary) -> dict[str, int]:
    """The total of each group by its title."""
    return {group.title: group.total for group in groups(guard)}


def test_every_request_is_in_one_group() -> None:
    """GIVEN requests of every kind, also of one that is not known THEN each is counted once."""
    kinds = ("change", "", "read", "asset", "telemetry", "write", "something new")
    guard = GuardSummary(
        allowed=tuple(request(kind=kind, times=10**n) for n, kind in enumerate(kinds)),
        refused=tuple(request(kind=kind, times=10**n) for n, kind in enumerate(kinds)),
    )

    assert told(guard) == {
        "Changes let through": 1,
        "Reads and pages let through": 1_110_110 + 4,
        "Files of the pages let through": 1_000,
        "Requests refused": 1_100_111,
        "Telemetry dropped": 10_000,
        "Files refused": 1_000,
    } | {"Reads and pages let through": 1_110_110}


def test_a_change_is_counted_even_where_there_is_none() -> None:
    """GIVEN a run that sent nothing THEN the page says so; files that never were are not named."""
    assert told(GuardSummary()) == {
        "Changes let through": 0,
        "Reads and pages let through": 0,
        "Requests refused": 0,
    }
    page = shown(receipt())
    assert '<h3>Changes let through (0)</h3>\n    <p class="faint">None.</p>' in page


def test_equal_requests_are_one_line_with_their_count() -> None:
    """GIVEN requests that are alike THEN one line in order of the first, whatever each one's count."""
    found = counted(
        [request("/a", times=2), request("/b"), request("/a", times=3), request("/a", why="x")]
    )

    assert [(each.target, each.times, count) for each, count in found] == [
        ("/a", 1, 5), ("/b", 1, 1), ("/a", 1, 1),
    ]  # fmt: skip


def test_a_total_is_the_sum_of_its_list() -> None:
    """GIVEN a group as it is shown THEN heading and lines agree; files are counted, not listed."""
    guard = GuardSummary(
        allowed=(request("/a", times=2), request("/b", times=40), request("/c.js", "asset", 7))
    )
    page = shown(receipt(guard=guard))

    (reads,) = [group for group in groups(guard) if group.title.startswith("Reads")]
    assert isinstance(reads, Group)
    assert reads.total == sum(count for _, count in reads.requests) == 42
    assert "Reads and pages let through (42)" in page
    assert "2 times" in page
    assert "40 times" in page
    assert "Files of the pages let through (7)" in page
    assert "/c.js" not in page


def test_no_text_of_a_page_becomes_markup() -> None:
    """GIVEN hostile text in every place that a site's words get to THEN it is text there."""
    made = receipt(
        reason=HOSTILE,
        stop={"code": "x", "message": HOSTILE, "hint": HOSTILE, "evidence": HOSTILE},
        buyer_says=[HOSTILE],
        accepted_risks=[HOSTILE],
        accepted_warnings=[HOSTILE],
        findings=[{"rule": HOSTILE, "severity": HOSTILE, "meaning": HOSTILE, "instead": HOSTILE}],
        consent=HOSTILE,
        verified_by=[HOSTILE],
        answer={"status": 200, "ret": HOSTILE},
        steps=[{"name": HOSTILE, "page": HOSTILE, "seconds": 1, "note": HOSTILE}],
        guard=GuardSummary(
            allowed=(request(HOSTILE, why=HOSTILE),),
            refused=(request(HOSTILE, HOSTILE),),
            held_back=(HeldCall(name=HOSTILE, negotiable=True),),
        ),
        version=HOSTILE,
    )
    face = Face(HOSTILE, "17", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    page = shown(made, Embedded("a.png", "image/png", b"x", HOSTILE), face=face)

    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.names
    assert tags.names.count("img") == 1
    assert "49" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert page.count("&lt;script&gt;") >= 15


def test_a_page_loads_nothing() -> None:
    """GIVEN pictures and a calendar file THEN both are in the page, and no address leads out of it."""
    made, calendar = receipt(), Embedded("a.ics", "text/calendar", b"BEGIN")
    page = render(
        made, face_of(made), [Embedded("a.png", "image/png", b"\x89PNG", "Order")], calendar
    )

    tags = Tags()
    tags.feed(page)
    assert [each for each in tags.addresses if not each.startswith(("data:", "#"))] == []
    assert "data:image/png;base64,iVBORw==" in page
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\(", page)


@pytest.mark.parametrize(
    ("outcome", "mark"), [("done", "\N{CHECK MARK}"), ("not_done", "\N{EN DASH}"), ("unknown", "?")]
)
def test_an_outcome_has_a_mark_and_not_only_a_colour(outcome: str, mark: str) -> None:
    """GIVEN each outcome THEN a symbol of its own, and its name in the title."""
    page = shown(receipt(outcome=outcome))

    assert f'aria-hidden="true">{mark}<' in page
    assert f"{outcome.replace('_', ' ')}</title>" in page


def test_only_calls_that_may_be_let_through_are_offered() -> None:
    """GIVEN calls that were held back THEN each that can only read is named once."""
    calls = [("mtop.look", True), ("mtop.look", True), ("mtop.cancel", False)]
    held = tuple(HeldCall(name=name, negotiable=may) for name, may in calls)
    page = shown(receipt(guard=GuardSummary(held_back=held)))

    assert re.findall(r"--allow-read ([\w.]+)", page) == ["mtop.look"]
