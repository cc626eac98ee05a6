"""What is kept of an order's pages: which of them, in which files, and what is said of problems."""

from __future__ import annotations

import json
import stat
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.doctor import capture as captures
from automation.aliexpress.doctor.call_shapes import CallShape
from automation.aliexpress.doctor.capture import (
    SCENARIO,
    Captured,
    CapturedPage,
    capture,
    check_new_folder,
    first_problem,
    keep,
    walk_pages,
)
from automation.aliexpress.pages import Snapshot
from automation.aliexpress.pages.order_details import DisputeEntry
from automation.aliexpress.pages.redaction.markup import written
from automation.aliexpress.running import Run
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.aliexpress.walk.order.reading import Found, NotFound
from automation.engine.guard import GuardReport, RequestRecord
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from automation.aliexpress.doctor.call_shapes import CallShapes
    from automation.aliexpress.request import Request
    from automation.aliexpress.walk.browse import Walk

SITE = SiteMap.load()
ORDER, LINE, DISPUTE = "8190000000000413", "8194370215570042", "1100482913300042"
ORIGIN = "https://www.aliexpress.com"
DETAILS = f"{ORIGIN}/p/order/detail.html?orderId={ORDER}"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def stopped(exit_code: ExitCode = ExitCode.PAGE_NOT_RECOGNISED, message: str = "odd.") -> ToolError:
    """What stopped a step of the walk."""
    return ToolError(message, code=ErrorCode.PAGE_NOT_RECOGNISED, exit_code=exit_code, hint="look")


def request() -> Request:
    """A capture of the order."""
    told = SimpleNamespace(site=SITE, order_id=ORDER, now=lambda: NOW)
    return cast("Request", told)


def page(html: str, title: str = "Order Details", opened_by: str = "", at: str = DETAILS) -> CapturedPage:  # fmt: skip
    """One page as it was seen."""
    return CapturedPage(title, Snapshot(at, html, "en"), opened_by)


def kept(folder: Path, *pages: CapturedPage, **more: Any) -> Captured:  # noqa: ANN401  fields of a capture
    """These pages, written to a folder."""
    captured = Captured(folder, seen=list(pages), **more)
    keep(captured, request(), "1.2.3")
    return captured


# Which pages


class Walked:
    """The walk over an order whose steps end as told; each page is called by its step."""

    def __init__(self, **ends: Exception) -> None:
        self.ends, self.at = ends, "blank"
        self.tabs: list[Any] = [self]
        self.page = SimpleNamespace(context=SimpleNamespace(pages=self.tabs), walk=self)

    async def find_order(self, _order: str) -> object:
        """Open My Orders."""
        return self._open("orders")

    async def open_order(self, _order: str) -> object:
        """Open Order Details."""
        self._open("details")
        return SimpleNamespace(entries=("one", "two"))

    def _open(self, name: str) -> object:
        self.at = name
        if name in self.ends:
            raise self.ends[name]
        return object()


def found(number: int, label: str = "View", href: str = "") -> Found:
    """A dispute that a way led to."""
    ids = DisputeIds(f"110048291330004{number}", LINE)
    entry = DisputeEntry("box", label, href)
    return Found(entry, number, cast("Any", SimpleNamespace(ids=ids)))


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Captured]:
    """Walk over the pages of the order, once or, after a hand-over, again."""

    def walked(
        walk: Walked, *ways: Found | NotFound, again: bool = False, into: Captured | None = None
    ) -> Captured:
        async def each_way(
            _walk: object, _order: str, entries: tuple[str, ...]
        ) -> AsyncIterator[Found | NotFound]:
            for number, way in enumerate(ways if entries else (), start=1):
                walk.at = f"dispute {number}"
                yield way

        async def snapshot(tab: Any) -> Snapshot:  # noqa: ANN401  a stand-in
            seen = tab if isinstance(tab, str) else walk.at
            return Snapshot(DETAILS, f"<p>{seen}</p>", "en")

        monkeypatch.setattr(captures, "open_each", each_way)
        monkeypatch.setattr(captures, "take_snapshot", snapshot)
        captured = into or Captured(Path("folder"))

        async def work() -> None:
            for _ in range(2 if again else 1):
                await walk_pages(cast("Walk", walk), ORDER, captured)

        in_own_loop(work())
        return captured

    return walked


def seen_in(captured: Captured) -> list[tuple[str, str, str]]:
    """Title, content and opener of each page."""
    return [(each.title, each.snapshot.text, each.opened_by) for each in captured.seen]


def test_each_page_is_kept_with_what_led_to_it(walk: Callable[..., Captured]) -> None:
    """GIVEN two disputes THEN four pages; a link needs no opener, and each dispute its line."""
    captured = walk(Walked(), found(1), found(2, href="/p/reverse-pages/detail.html"))

    assert seen_in(captured) == [
        ("My Orders", "orders", ""),
        ("Order Details", "details", ""),
        ("Dispute 1", "dispute 1", "View"),
        ("Dispute 2", "dispute 2", ""),
    ]
    assert captured.lines == [(LINE, "1100482913300041"), (LINE, "1100482913300042")]
    assert captured.problems == []


def test_pages_that_are_not_recognised_are_kept_and_the_walk_goes_on(
    walk: Callable[..., Captured],
) -> None:
    """GIVEN an unknown list, order and link THEN their pages, and each problem in turn."""
    problems = [stopped(message=name) for name in ("list", "way")]
    entry = DisputeEntry("button", "Returns")

    captured = walk(Walked(orders=problems[0]), NotFound(entry, None, problems[1]), NotFound(entry))

    assert [each[0] for each in seen_in(captured)] == [
        "My Orders", "Order Details", "Dispute 1", "Dispute 2",
    ]  # fmt: skip
    assert captured.problems == problems
    assert captured.lines == []
    alone = walk(Walked(details=problems[0]), found(1))
    assert [each[0] for each in seen_in(alone)] == ["My Orders", "Order Details"]


@pytest.mark.parametrize(
    ("end", "pages"),
    [
        (stopped(ExitCode.HUMAN_NEEDED), ["My Orders"]),
        (stopped(ExitCode.FAILED), ["My Orders", "Order Details"]),
    ],
)
def test_a_page_that_asks_for_a_human_is_not_kept(
    walk: Callable[..., Captured], end: ToolError, pages: list[str]
) -> None:
    """GIVEN a sign-in or a failure on the way THEN it ends the walk; only a sign-in's page is left out."""
    captured = Captured(Path("folder"))

    with pytest.raises(ToolError) as caught:
        walk(Walked(details=end), into=captured)

    assert caught.value is end
    assert [each.title for each in captured.seen] == pages


def test_a_browser_that_fails_at_a_dispute_ends_the_walk(walk: Callable[..., Captured]) -> None:
    """GIVEN an error of the browser at a way THEN that, and the pages of before are there."""
    captured, entry = Captured(Path("folder")), DisputeEntry("box", "View")

    with pytest.raises(Error, match="closed"):
        walk(Walked(), NotFound(entry, None, Error("Target closed")), into=captured)

    assert [each.title for each in captured.seen] == ["My Orders", "Order Details"]


def test_what_opened_in_a_tab_of_its_own_is_kept(walk: Callable[..., Captured]) -> None:
    """GIVEN a way that led to another tab THEN that one is kept; without any tab the walk's own."""
    entry, walked = DisputeEntry("box", "View"), Walked()
    walked.tabs.append("the other tab")

    assert seen_in(walk(walked, NotFound(entry, 1, stopped())))[2][1] == "the other tab"
    assert seen_in(walk(walked, found(1)))[2][1] == "dispute 1"
    walked.tabs.clear()
    assert seen_in(walk(walked, NotFound(entry, 1, stopped())))[2][1] == "dispute 1"


def test_after_a_hand_over_only_the_pages_read_then_count(walk: Callable[..., Captured]) -> None:
    """GIVEN a walk that began again THEN each page, dispute and problem is there once."""
    entry = DisputeEntry("box", "View")

    once = walk(Walked(), found(1), NotFound(entry, 2, stopped()))
    twice = walk(Walked(), found(1), NotFound(entry, 2, stopped()), again=True)

    assert seen_in(twice) == seen_in(once)
    assert (twice.lines, len(twice.problems)) == (once.lines, 1)


# What is written


def test_the_folder_is_a_scenario_without_the_orders_data(tmp_path: Path) -> None:
    """GIVEN a page THEN the page, a scenario that is TOML, and a note, for their owner alone."""
    folder = tmp_path / "my report"

    captured = kept(
        folder,
        page("<p>Order ID: 8190000000000413</p><p>Dana Quillfeather</p>", opened_by="View Xandra's case"),
        lines=[(LINE, DISPUTE), ("", "")],
    )  # fmt: skip

    assert captured.problems == []
    assert captured.pages == {"1-order-details.html": "Order Details"}
    assert sorted(path.name for path in folder.iterdir()) == [
        "1-order-details.html", "README.txt", SCENARIO,
    ]  # fmt: skip
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    texts = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    for secret in (ORDER, LINE, DISPUTE, "Dana", "Xandra"):
        assert not [name for name, text in texts.items() if secret in text], secret
    told = tomllib.loads(texts[SCENARIO])
    [order] = told["order"]
    assert order["id"] == captured.order != ORDER
    assert set(order["line"][0]) == {"id", "dispute"}
    assert order["line"][1] == {"dispute": {}}
    [shown] = told["captured"]
    assert shown["address"] == f"/p/order/detail.html?orderId={captured.order}"
    assert shown["opened_by"] == "View xxxxxx's case"
    assert f"Order ID: {captured.order}" in texts["1-order-details.html"]
    note = texts["README.txt"]
    assert "saved by dispute-guard 1.2.3 on 2026-03-02" in note
    assert "dispute-guard serve 'my report'" in note
    assert "Every page was recognised." in note


@pytest.mark.parametrize("words", ['a"b\\c', "Vi\x7few", "Vi\ud83dew", "zur 😀 Seite", "a\nb"])
def test_any_words_of_a_control_make_a_scenario(tmp_path: Path, words: str) -> None:
    """GIVEN quotes, control characters or half of one THEN the file is TOML, and says the rest."""
    kept(tmp_path / "report", page("<p>x</p>", opened_by=words))

    text = (tmp_path / "report" / SCENARIO).read_text("utf-8")
    assert tomllib.loads(text)["captured"][0]["opened_by"]


def test_a_page_with_half_a_character_is_written(tmp_path: Path) -> None:
    """GIVEN half of an emoji in a page's own label THEN the page is kept all the same."""
    captured = kept(tmp_path / "report", page("<button>Pull \ud83d back</button>"))

    assert list(captured.pages) == ["1-order-details.html"]


def test_a_folder_whose_name_is_no_utf_8_is_written(tmp_path: Path) -> None:
    """GIVEN a byte in its name that is no character THEN the README has a mark in its place."""
    folder = tmp_path / "a\udcff"
    kept(folder, page("<p>x"))
    assert "'a?'" in (folder / "README.txt").read_text("utf-8")


def test_a_folder_here_is_named_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN the folder one stands in THEN the note names it, not a dot."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    kept(Path(), page("<p>x</p>"))

    assert "dispute-guard serve here\n" in Path("README.txt").read_text("utf-8")


def test_calls_are_told_by_their_shape_and_whether_they_are_known_reads(tmp_path: Path) -> None:
    """GIVEN the calls of a page THEN names, ways and keys; one that was held back is no read."""
    path = "/p/order/detail.html"
    shapes = {
        path: (
            CallShape(path, "mtop.a.read", "POST", "xhr", ("orderId", "page")),
            CallShape(path, "mtop.a.menu", "GET", "script"),
        )
    }
    calls = cast("CallShapes", SimpleNamespace(of=lambda at: shapes.get(at, ())))
    held = RequestRecord("mtop.a.menu", "x", "GET", "unknown", "")
    captured = Captured(tmp_path / "report", seen=[page("<p>x</p>")], calls=calls)

    keep(captured, request(), "1", GuardReport((), (held,)))

    told = tomllib.loads((tmp_path / "report" / SCENARIO).read_text("utf-8"))
    assert told["captured"][0]["call"] == [
        {"name": "mtop.a.read", "method": "POST", "way": "xhr", "keys": ["orderId", "page"], "read": True},
        {"name": "mtop.a.menu", "method": "GET", "way": "script", "keys": [], "read": False},
    ]  # fmt: skip


def test_a_page_with_a_number_that_was_left_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a redaction that missed a number THEN that page is not saved, and the others are."""

    def misses(snapshot: Snapshot, redactor: Any) -> Any:  # noqa: ANN401  as the function it stands for
        told = written(snapshot, redactor)
        missed = "0171" + "5550123" if "secret" in snapshot.html else "US $81900.00, 00000"
        return SimpleNamespace(html=told.html + missed)

    monkeypatch.setattr(captures, "written", misses)

    captured = kept(tmp_path / "report", page("<p>secret</p>", "My Orders"), page("<p>x</p>"))

    assert list(captured.pages.values()) == ["Order Details"]
    [problem] = captured.problems
    assert (problem.code, problem.message) == (
        ErrorCode.PAGE_NOT_SAFE, "My Orders was not saved: a long number was left after redaction",
    )  # fmt: skip
    assert "page_not_safe" in (tmp_path / "report" / "README.txt").read_text("utf-8")
    assert not (tmp_path / "report" / "1-my-orders.html").exists()


def test_nothing_that_was_seen_leaves_no_folder(tmp_path: Path) -> None:
    """GIVEN no page THEN no file and no folder."""
    kept(tmp_path / "report")

    assert list(tmp_path.iterdir()) == []


# Where


def test_only_a_new_or_empty_folder_is_taken(tmp_path: Path) -> None:
    """GIVEN a folder with something in it, a file or a link THEN exit 2; a new or an empty one is fine."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("new", "empty"):
        check_new_folder(tmp_path / name)

    for taken in (tmp_path, tmp_path / "file", tmp_path / "link"):
        with pytest.raises(ToolError) as caught:
            check_new_folder(taken)
        assert (caught.value.code, caught.value.exit_code) == (
            ErrorCode.FOLDER_NOT_EMPTY, ExitCode.USAGE,
        )  # fmt: skip


def test_a_folder_that_cannot_be_looked_at_is_a_clear_error(tmp_path: Path) -> None:
    """GIVEN a name that is too long for the disk THEN an error that says so, and no fault."""
    with pytest.raises(ToolError, match="cannot use the folder") as caught:
        check_new_folder(tmp_path / ("x" * 300))

    assert caught.value.hint == "name another one"


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    """GIVEN a file where the folder should be THEN an error that names it."""
    (tmp_path / "file").write_text("mine", "utf-8")

    with pytest.raises(ToolError, match="cannot use the folder"):
        kept(tmp_path / "file", page("<p>x</p>"))


# What is said of problems


def test_the_first_problem_says_what_was_saved_in_spite_of_it() -> None:
    """GIVEN problems THEN the first, with the folder as evidence if a page is in it."""
    problems = [stopped(message="odd."), stopped(message="second")]
    some = Captured(Path("report"), pages={"1.html": "My Orders"}, problems=problems)
    none = Captured(Path("report"), problems=problems)

    told, alone = first_problem(some), first_problem(none)

    assert told is not None
    assert alone is not None
    assert (told.message, told.evidence) == ("odd; saved 1 page(s)", "report")
    assert "attach them to a report" in told.hint
    assert (alone.message, alone.evidence, alone.hint) == ("odd; no page was saved", "", "look")
    assert first_problem(Captured(Path("report"), pages={"1.html": "My Orders"})) is None


@pytest.mark.parametrize(
    "exit_code", [ExitCode.HUMAN_NEEDED, ExitCode.FAILED, ExitCode.INTERRUPTED]
)
def test_what_was_seen_is_saved_however_the_walk_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exit_code: ExitCode
) -> None:
    """GIVEN a walk that is stopped half way THEN its pages are saved, and its error comes first."""

    async def walked(
        _request: object, _run: object, _work: Callable[[Any], Awaitable[None]]
    ) -> None:
        captured.seen.append(page("<p>x</p>"))
        captured.problems.append(stopped(message="a page"))
        raise stopped(exit_code, "the end")

    monkeypatch.setattr(captures, "walked", walked)
    captured = Captured(tmp_path / "report")

    with pytest.raises(ToolError, match="the end; saved 1 page") as caught:
        in_own_loop(capture(request(), Run("capture"), captured, "1"))

    assert caught.value.exit_code is exit_code
    assert (tmp_path / "report" / "1-order-details.html").is_file()


def test_a_walk_without_problems_ends_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN pages that are all recognised THEN the folder, and no error."""

    async def walked(
        _request: object, _run: object, _work: Callable[[Any], Awaitable[None]]
    ) -> None:
        captured.seen.append(page("<p>x</p>"))

    monkeypatch.setattr(captures, "walked", walked)
    captured = Captured(tmp_path / "report")

    in_own_loop(capture(request(), Run("capture"), captured, "1"))

    assert json.dumps(captured.pages) == '{"1-order-details.html": "Order Details"}'
