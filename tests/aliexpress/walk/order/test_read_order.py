"""One loop over an order's disputes: ``list`` and ``cancel`` count them alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.advice.advise import advise_on_pages
from automation.aliexpress.listing.dispute_row import Listing
from automation.aliexpress.listing.search import Search, read_listed_order
from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderLine, OrderPage
from automation.aliexpress.running import Run
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.aliexpress.walk.progress import Untold
from automation.engine.guard import GuardReport, RequestRecord
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import DisputeStatus, Facts
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.request import Request
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.order.reading import Reading

ORDER = "8194370215560042"
LINES = ("8194370215560043", "8194370215560044", "8194370215560045")
DISPUTES = ("1100482913307001", "1100482913307002", "1100482913307003")
PAGE = "https://www.aliexpress.com/p/reverse-pages/detail.html?"
OLD = "https://trade.aliexpress.com/issue/fastissue/Detail.htm?"
SITE, DETAILS = "https://www.aliexpress.com", "/p/order/detail.html"
PACK = SiteMap.load().pack("en")
NOWHERE = ToolError("no dispute page", code=ErrorCode.DISPUTE_NOT_REACHED)
LOST = ToolError("could not load", code=ErrorCode.PAGE_NOT_LOADED)
CAPTCHA = ToolError("a captcha", code=ErrorCode.CAPTCHA, exit_code=ExitCode.HUMAN_NEEDED)


def dispute(number: int, status: DisputeStatus = DisputeStatus.WAITING_SELLER) -> DisputePage:
    """The page of the order's first, second or third dispute."""
    ids = DisputeIds(DISPUTES[number - 1], LINES[number - 1])
    address = f"{PAGE}reverseOrderLineId={ids.reverse_line_id}"
    return DisputePage(address, ids, (ORDER,), (), status, status, (), (), None, None, "", ())


def link(number: int) -> DisputeEntry:
    """A link with the newer id of a dispute."""
    return DisputeEntry("link", "In progress", f"{PAGE}reverseOrderLineId={DISPUTES[number - 1]}")


def old_link(number: int) -> DisputeEntry:
    """A link with the older number of a dispute, which is no id of it."""
    return DisputeEntry("link", "Dispute details", f"{OLD}issueId=55{number}")


def click(kind: str, nth: int = 0) -> DisputeEntry:
    """A box or a button, which must be clicked."""
    return DisputeEntry(kind, "Dispute in Progress", nth=nth)


Leads = DisputePage | ToolError | Error | None


@dataclass
class Pages:
    """Stands in for the walk: where each way leads, and what was done."""

    ways: list[tuple[DisputeEntry, Leads]]
    late: list[tuple[DisputeEntry, Leads]] = field(default_factory=list)
    card: str = ""
    refused: tuple[RequestRecord, ...] = ()
    let_through: frozenset[str] = frozenset()
    did: list[str] = field(default_factory=list)
    progress: Untold = field(default_factory=Untold)
    page: None = None
    album: None = None
    led_away: ToolError | None = None
    lost: ToolError | None = None

    def __post_init__(self) -> None:
        browser = SimpleNamespace(is_connected=lambda: True)
        self.session = SimpleNamespace(
            context=SimpleNamespace(browser=browser),
            loss_behind=self.loss_behind,
            guard=SimpleNamespace(
                refused_navigations=tuple,
                report=lambda: GuardReport((), self.refused),
                allowed_reads=self.let_through,
                known_reads=frozenset(),
            ),
        )
        self.site = SimpleNamespace(hooks=None, traffic={})
        self.watch = SimpleNamespace(check=self.check)
        self.order = self.page_with(self.ways)

    def develop(self) -> None:
        """Have no pictures to cover."""

    def page_with(self, ways: list[tuple[DisputeEntry, Leads]]) -> OrderPage:
        """Order Details with these ways to disputes."""
        lines = tuple(OrderLine(f"item {n}") for n in range(3))
        entries = tuple(entry for entry, _ in ways)
        return OrderPage(f"{SITE}{DETAILS}", (ORDER,), "", lines, entries, None)

    def words(self, _lang: str) -> object:
        """The English pack."""
        return PACK

    def check(self, _page: object) -> None:
        """Whether the guard refused a navigation."""
        if self.led_away:
            raise self.led_away

    async def loss_behind(self, _problem: object) -> ToolError | None:
        """Why the connection to the browser ended, if it did."""
        return self.lost

    async def find_order(self, order_id: str) -> OrderCard:
        """Its card."""
        return OrderCard(order_id, dispute=self.card)

    async def open_order(self, _order_id: str, late: float = 5.0) -> OrderPage:
        """Its page; one that is waited for longer shows its late parts too."""
        self.did.append("order" if late == 5.0 else "order, waiting longer")
        if late > 5.0 and self.late:
            self.ways = self.late
            self.order = self.page_with(self.late)
        return self.order

    async def picture(self, caption: str) -> None:
        """No one wants a picture."""

    async def back_to_own_tab(self) -> None:
        """Close what a click opened."""
        self.did.append("back")

    async def open_dispute(self, entry: DisputeEntry) -> DisputePage | None:
        """Where a way leads."""
        self.did.append(f"{entry.kind} {self.order.entries.index(entry) + 1}")
        end = next(end for way, end in self.ways if way is entry)
        if isinstance(end, Exception):
            raise end
        return end


def chosen(item: str | None, *ways: tuple[DisputeEntry, Leads]) -> DisputePage | None:
    """The dispute that a cancel would take."""
    walk = cast("Walk", Pages([*ways]))
    return in_own_loop(read_disputes(walk, ORDER, item)).chosen


def listed(*ways: tuple[DisputeEntry, Leads]) -> Listing:
    """What ``list`` shows of the order."""
    listing = Listing()
    search = Search(cast("Walk", Pages([*ways])), listing, datetime(2026, 6, 1, tzinfo=UTC))
    in_own_loop(read_listed_order(search, ORDER))
    return listing


SHAPES: dict[str, list[tuple[DisputeEntry, Leads]]] = {
    "links": [(link(1), dispute(1)), (link(2), dispute(2))],
    "an old link and a new one to one dispute": [
        (old_link(1), dispute(1)),
        (link(1), dispute(1)),
        (link(2), dispute(2)),
    ],
    "boxes, two of them to one dispute": [
        (click("box", 0), dispute(1)),
        (click("box", 1), dispute(1)),
        (click("box", 2), dispute(2)),
    ],
    "a closed one before the open one": [
        (link(1), dispute(1, DisputeStatus.CLOSED)),
        (link(2), dispute(2)),
    ],
    "buttons that ask or lead nowhere": [
        (click("button", 0), None),
        (click("button", 1), dispute(1)),
        (click("button", 2), NOWHERE),
        (click("button", 3), dispute(2)),
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_listed_number_names_the_same_dispute_to_cancel(shape: str) -> None:
    """GIVEN ways to disputes WHEN ``list`` numbers one THEN ``--item`` with it takes that one."""
    rows = listed(*SHAPES[shape]).rows

    assert rows
    for row in rows:
        taken = chosen(str(row.number), *SHAPES[shape])
        assert taken is not None
        assert taken.ids.reverse_line_id == row.dispute_id


@pytest.mark.parametrize("shape", SHAPES)
def test_ids_name_a_dispute_whatever_its_number(shape: str) -> None:
    """GIVEN the id of a line or a dispute THEN that dispute."""
    for item in (DISPUTES[1], LINES[1]):
        taken = chosen(item, *SHAPES[shape])
        assert taken is not None
        assert taken.ids.reverse_line_id == DISPUTES[1]


@pytest.mark.parametrize("item", ["0", "3", "9999", "²", "１", "no-such-id", DISPUTES[2]])
def test_an_item_that_names_none_is_an_error(item: str) -> None:
    """GIVEN a number or an id of no dispute of this order THEN exit 5, never another dispute."""
    with pytest.raises(ToolError, match="matches no dispute") as stopped:
        chosen(item, *SHAPES["links"])

    assert stopped.value.exit_code is ExitCode.PAGE_NOT_RECOGNISED
    assert "; --item 2: " in stopped.value.message
    assert f"dispute {DISPUTES[1]}" in stopped.value.message


def test_a_link_that_fails_keeps_its_number_and_stops_a_cancel() -> None:
    """GIVEN a link that cannot be read THEN ``list`` numbers it, a cancel of the order ends."""
    ways = ((link(1), LOST), (link(2), dispute(2)))

    rows = listed(*ways).rows

    assert [(row.number, bool(row.problem)) for row in rows] == [(1, True), (2, False)]
    with pytest.raises(ToolError, match="could not load"):
        chosen(None, *ways)
    assert chosen("2", *ways) == dispute(2)


def test_buttons_that_all_lead_nowhere_say_so_to_a_cancel_and_are_no_rows() -> None:
    """GIVEN only buttons without a dispute THEN the first one's error; ``list`` has no row."""
    ways = ((click("button", 0), NOWHERE), (click("button", 1), None))

    with pytest.raises(ToolError, match="no dispute page"):
        chosen(None, *ways)
    assert listed(*ways).rows == []


def test_a_captcha_ends_both() -> None:
    """GIVEN a captcha on the way THEN neither goes on to the next dispute."""
    ways = ((click("button", 0), CAPTCHA), (click("button", 1), dispute(1)))

    for read in (lambda: chosen(None, *ways), lambda: listed(*ways)):
        with pytest.raises(ToolError, match="captcha"):
            read()


def test_a_script_that_a_refused_navigation_broke_is_named_by_it() -> None:
    """GIVEN a page that leads off the site while it is read THEN that is the error of both."""
    pages = Pages([(link(1), Error("Execution context was destroyed"))])
    pages.led_away = ToolError("refused to open evil.example", code=ErrorCode.FOREIGN_HOST)

    with pytest.raises(ToolError, match=r"evil\.example"):
        in_own_loop(read_disputes(cast("Walk", pages), ORDER, None))


def test_a_click_is_made_on_its_own_page_in_the_tools_own_tab() -> None:
    """GIVEN boxes THEN Order Details is opened again for each; full addresses need no page."""
    boxes = Pages([(click("box", n), dispute(n + 1)) for n in range(2)])
    links = Pages([(link(n), dispute(n)) for n in (1, 2)])
    for pages in (boxes, links):
        in_own_loop(read_disputes(cast("Walk", pages), ORDER, None))

    assert boxes.did == ["order", "box 1", "back", "order", "box 2"]
    assert links.did == ["order", "link 1", "back", "link 2"]


def test_a_relative_address_is_opened_from_its_own_page() -> None:
    """GIVEN an address without a host THEN Order Details is opened again, never another host's page."""
    href = f"/p/reverse-pages/detail.html?reverseOrderLineId={DISPUTES[1]}"
    pages = Pages([(link(1), dispute(1)), (DisputeEntry("link", "In progress", href), dispute(2))])

    in_own_loop(read_disputes(cast("Walk", pages), ORDER, None))

    assert pages.did == ["order", "link 1", "back", "order", "link 2"]


def read(pages: Pages) -> Reading:
    """What a cancel reads of the order."""
    return in_own_loop(read_disputes(cast("Walk", pages), ORDER, None))


BUTTON = (click("button"), None)


@pytest.mark.parametrize("ways", [[], [BUTTON]], ids=["nothing", "a button that asks"])
def test_a_way_that_comes_late_is_no_missing_dispute(
    ways: list[tuple[DisputeEntry, Leads]],
) -> None:
    """GIVEN no way at first and one after a longer wait THEN that dispute; and none where none comes."""
    late = read(Pages([*ways], late=[*ways, (click("box"), dispute(1))]))
    none = Pages([*ways])

    assert late.chosen == dispute(1)
    assert (read(none).chosen, read(none).doubt) == (None, None)
    assert "order, waiting longer" in none.did


def test_an_order_with_a_way_is_opened_once() -> None:
    """GIVEN a dispute at once THEN nothing is waited for."""
    pages = Pages([(click("box"), dispute(1))])

    assert read(pages).chosen == dispute(1)
    assert pages.did == ["order", "box 1"]


def held(name: str, page: str = DETAILS) -> RequestRecord:
    """A call of a page that was held back."""
    return RequestRecord(
        name, "", "POST", "unknown", "not a known reading call", page=page, asks=True
    )


@pytest.mark.parametrize(
    ("card", "refused", "doubted"),
    [
        ("Waiting for AliExpress's feedback.", (), "My Orders says 'Waiting for AliExpress"),
        ("Dispute: new words", (), "My Orders says 'Dispute: new words'"),
        ("Refund complete", (), ""),
        ("", (held("mtop.aliexpress.buyer.reverse.queryEntry"),), "queryEntry, which may bring it"),
        ("", (held("mtop.aliexpress.buyer.reverse.queryEntry", "/p/order/index.html"),), ""),
        ("", (held("mtop.aliexpress.buyer.basket.queryCount"),), ""),
    ],
)  # fmt: skip
def test_none_is_told_from_one_that_may_be_missing(
    card: str, refused: tuple[RequestRecord, ...], doubted: str
) -> None:
    """GIVEN an order without a way WHEN something speaks of a dispute THEN that is a doubt, exit 5."""
    doubt = read(Pages([], card=card, refused=refused)).doubt

    assert bool(doubt) == bool(doubted)
    if doubt:
        assert doubted in doubt.message
        assert doubt.exit_code is ExitCode.PAGE_NOT_RECOGNISED


@pytest.mark.parametrize("let_through", [False, True])
def test_a_call_that_was_let_through_since_is_no_doubt(*, let_through: bool) -> None:
    """GIVEN a call that was held back WHEN the buyer let it through since THEN it hides no dispute."""
    call = replace(held("mtop.aliexpress.buyer.reverse.queryEntry"), negotiable=True)
    allowed = frozenset({call.what.casefold()} if let_through else ())

    doubt = read(Pages([], refused=(call,), let_through=allowed)).doubt

    assert (doubt is None) is let_through


def test_a_doubt_ends_the_advice() -> None:
    """GIVEN an order without a way and a doubt THEN the rules do not say that it has no dispute."""
    pages = Pages([], card="Waiting for AliExpress's feedback.")
    seen, walk = read(pages), cast("Walk", pages)
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    said = {"said": Facts(), "item": None, "escort": None, "accepted": (), "now": lambda: noon}
    request = cast("Request", SimpleNamespace(**said))

    with pytest.raises(ToolError, match="shows no way to a dispute") as stopped:
        advise_on_pages(request, Run("advise", ORDER), walk, seen)

    assert stopped.value.exit_code is ExitCode.PAGE_NOT_RECOGNISED
    certain = replace(seen, doubt=None)
    assert advise_on_pages(request, Run("advise", ORDER), walk, certain).advice.verdict == "block"


def test_a_list_ends_where_its_connection_is_lost() -> None:
    """GIVEN a browser elsewhere that is gone THEN so it says, in place of a row for each order."""
    gone = ToolError("the tab was closed", code=ErrorCode.PAGE_LOST)
    pages = Pages([(link(1), dispute(1)), (link(2), gone)])
    pages.lost = ToolError("HOST ended the connection", code=ErrorCode.CONNECTION_LOST)
    found = Listing()
    search = Search(cast("Walk", pages), found, datetime(2026, 6, 1, tzinfo=UTC))

    with pytest.raises(ToolError, match="HOST ended the connection"):
        in_own_loop(read_listed_order(search, ORDER))

    assert len(found.rows) == 1
