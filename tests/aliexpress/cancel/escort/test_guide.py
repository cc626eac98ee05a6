"""What a guide takes for the buyer's dispute, and whom it believes about its status."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel.escort import gaps as all_gaps
from automation.aliexpress.cancel.escort import guide as guides
from automation.aliexpress.cancel.escort.gaps import Gaps
from automation.aliexpress.cancel.escort.guide import Guide
from automation.aliexpress.cancel.escort.learned import Taught
from automation.aliexpress.cancel.escort.way_by_hand import WayByHand
from automation.aliexpress.pages import DisputeEntry, OrderCard, read_dispute, read_order
from automation.aliexpress.pages.landmarks import Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.request import Escort
from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.walk.order_reading import Found, Reading
from automation.aliexpress.walk.responses import Heard
from automation.engine.guard import GuardReport, RequestRecord
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from automation.aliexpress.walk.held_reads import HeldRead

SITE = SiteMap.load()
ORDER, OTHER = "8194370215560042", "8194370215590042"
ID, LINE = "1100482913300042", "8194370215570042"
DETAILS = f"http://127.0.0.1:1/p/order/detail.html?orderId={ORDER}"
ADDRESS = f"http://127.0.0.1:1/p/reverse-pages/detail.html?reverseOrderLineId={ID}"
CALL = "http://127.0.0.1:2/h5/mtop.ae.matter.boardView/1.0/"


def gaps(*, questions: object = None, said: str | None = None) -> Gaps:
    """The gaps of a page that no test looks at."""

    @contextlib.contextmanager
    def waiting() -> Iterator[None]:
        yield

    walk: Any = SimpleNamespace(site=SITE, progress=SimpleNamespace(waiting_for_human=waiting))
    return Gaps(walk, ORDER, replace(Escort(), questions=questions), said)  # type: ignore[arg-type]


def way() -> WayByHand:
    """The way by hand to a page that no test looks at."""
    known = gaps()
    return WayByHand(known.walk, ORDER, None, known.escort, known)


def heard(**named: str) -> tuple[Heard, ...]:
    """One read of the page: it asks for the dispute, and the answer names more."""
    body = f"data=%7B%22reverseOrderLineId%22%3A%22{ID}%22%7D".encode()
    return (Heard(CALL, body, {"data": {"reverseOrderLineId": ID, **named}}),)


@pytest.mark.parametrize(
    ("calls", "came_from", "wrong"),
    [
        (heard(tradeOrderId=ORDER), "", ""),
        (heard(), DETAILS, ""),
        ((), DETAILS, ""),
        (heard(), "", "nothing on it names this order"),
        (heard(tradeOrderId=OTHER), DETAILS, OTHER),
        (heard(tradeOrderId=OTHER), "", OTHER),
        ((), DETAILS.replace(ORDER, OTHER), "nothing on it names this order"),
    ],
)
def test_whose_dispute_it_is_comes_from_the_page(
    calls: tuple[Heard, ...], came_from: str, wrong: str
) -> None:
    """GIVEN a page that the buyer opened THEN its order is named, by it or by the way, and no other."""
    page = read_dispute(Snapshot(ADDRESS, "<p>x</p>", "sv"), SITE.hooks, SITE.pack("sv"))

    with pytest.raises(ToolError) if wrong else contextlib.nullcontext() as stopped:
        way()._check_whose(page, came_from, calls)  # noqa: SLF001

    if wrong:
        assert stopped is not None
        assert stopped.value.code is ErrorCode.WRONG_DISPUTE
        assert wrong in stopped.value.message


@pytest.mark.parametrize(
    ("said", "status"),
    [("waiting_seller", "waiting_seller"), (None, ""), ("unknown", ""), ("none", "")],
)
def test_without_a_terminal_only_the_command_line_names_a_status(
    said: str | None, status: str
) -> None:
    """GIVEN nobody to ask THEN a known status that the call named counts, and nothing else."""
    assert in_own_loop(gaps(said=said).meaning_of("Butiken tittar")) == status


LIST = "http://127.0.0.1:1/p/order/index.html"
SHEET = RequestRecord(
    "mtop.ae.shelf.sheetView", "", "POST", "unknown", "", page="/p/order/index.html",
    keys=("tradeOrderId",), teachable=True,
)  # fmt: skip
TABS = replace(SHEET, what="mtop.ae.shelf.tabView", teachable=False, negotiable=True)
WRITE = replace(SHEET, what="mtop.ae.shelf.acceptIt", kind="write", teachable=False)
UNKNOWN_PAGE = ToolError("unknown", code=ErrorCode.PAGE_NOT_RECOGNISED)
STATUS = '<p class="reminder--statusStr--3xKq9">{}</p>'
BY_HAND = "opened by hand"
DETAILS_PAGE = read_order(Snapshot(DETAILS, "<p>x</p>", "en"), SITE.hooks, SITE.pack("en"))


class World:
    """Pages that need calls, and a buyer who answers; every question and step is noted.

    Args:
        held: the calls that the open page makes and that were held back.
        needs: those without which it is not recognised.
        knows: the ends of the names that the buyer types.
        status: the words of the dispute's status.
        means: what the buyer says that they mean.
    """

    def __init__(
        self,
        *held: RequestRecord,
        needs: tuple[RequestRecord, ...] = (),
        knows: tuple[str, ...] = (),
        status: str = "Waiting for the seller's response",
        means: str = "",
    ) -> None:
        self.site, self.status, self.means = SITE, status, means
        self.held, self.needs, self.knows = held, {each.what for each in needs}, knows
        self.read = set[str]()
        self.asked = list[str]()
        self.told = list[str]()
        self.shows = ""
        self.times = 0
        self.offers = None
        self.page = SimpleNamespace(url=LIST, context=None)
        self.addresses = SimpleNamespace(my_orders=LIST)
        self.watch = SimpleNamespace(hooks=SITE.hooks)
        self.progress = SimpleNamespace(waiting_for_human=_waiting)
        self.session = SimpleNamespace(guard=self)
        self.allowed_reads = frozenset[str]()

    # The guard

    def is_about(self, ids: set[str]) -> None:
        """Only the order of the run may be asked about."""
        assert ids == {ORDER}

    def know(self, traffic: dict[str, tuple[str, ...]]) -> None:
        """Know more calls as reads."""
        self.read |= {name for names in traffic.values() for name in names}

    def report(self) -> GuardReport:
        """What was held back so far; a report forgets nothing."""
        return GuardReport((), self.held)

    # The walk

    async def back_to_own_tab(self) -> None:
        """Have no other tab."""

    async def reload_dispute(self, address: str, *, for_words: bool = False) -> Any:  # noqa: ANN401  as the walk's
        """Read the dispute."""
        del for_words
        page = Snapshot(address, STATUS.format(self.status), "en")
        return read_dispute(page, self.site.hooks, self.site.pack("en"))

    async def read_disputes(self, *_: object) -> Reading:
        """Read the order, if its page has what it needs."""
        self.times += 1
        if not self.needs <= self.read:
            raise UNKNOWN_PAGE
        found = Found(DisputeEntry("link", "Dispute"), 1, await self.reload_dispute(ADDRESS))
        return Reading(OrderCard(ORDER), DETAILS_PAGE, (found,), found)

    # The buyer

    async def may_read(self, _page: str, calls: tuple[HeldRead, ...]) -> tuple[HeldRead, ...]:
        """Type the names that they know."""
        self.asked += [each.last_part for each in calls]
        return tuple(each for each in calls if each.last_part in self.knows)

    async def meaning_of(self, words: str, _choices: tuple[str, ...]) -> str:
        """Say what it means."""
        self.asked.append(words)
        return self.means


@contextlib.contextmanager
def _waiting() -> Iterator[None]:
    yield


@contextlib.asynccontextmanager
async def _asking(*_: object) -> AsyncIterator[None]:
    yield


def guided(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[Reading, Taught]:
    """What the guide reads in that world, and what it learned."""

    async def by_hand(_self: WayByHand) -> Reading:
        world.asked.append(BY_HAND)
        return Reading(OrderCard(ORDER), DETAILS_PAGE, (), None)

    async def seen(_self: Gaps) -> Seen:
        return Seen(Snapshot(LIST, f"<p>{world.shows}</p>", "en"), SITE, ORDER)

    monkeypatch.setattr(guides, "read_disputes", lambda walk, *_: walk.read_disputes())
    monkeypatch.setattr(all_gaps, "asking_at_terminal", _asking)
    monkeypatch.setattr(all_gaps, "hook_of_number", lambda *_: Additions())
    monkeypatch.setattr(WayByHand, "read", by_hand)
    monkeypatch.setattr(Gaps, "seen", seen)
    stand_in: Any = world
    escort = replace(Escort(), questions=stand_in, say=world.told.append)
    own = Guide(stand_in, ORDER, None, escort)
    return in_own_loop(own.read()), own.taught


def test_a_known_site_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN pages that are recognised THEN they are read once, and nothing is asked or learned."""
    world = World(SHEET)

    found, taught = guided(world, monkeypatch)

    assert found.chosen is not None
    assert found.chosen.status is DisputeStatus.WAITING_SELLER
    assert (world.times, world.asked, taught) == (1, [], Taught())


@pytest.mark.parametrize(
    ("knows", "asked", "known"),
    [
        (("tabView", "sheetView"), ["tabView", "sheetView"], {TABS.what, SHEET.what}),
        (("sheetView",), ["tabView", "sheetView", BY_HAND], {SHEET.what}),
        ((), ["tabView", "sheetView", BY_HAND], set[str]()),
    ],
)
def test_only_what_the_buyer_names_is_known_and_nothing_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch, knows: tuple[str, ...], asked: list[str], known: set[str]
) -> None:
    """GIVEN a page that needs two calls THEN each is asked about once; without both, by hand."""
    world = World(TABS, SHEET, needs=(TABS, SHEET), knows=knows)

    _, taught = guided(world, monkeypatch)

    assert world.asked == asked
    assert world.read == known
    assert {name for names in taught.additions.traffic.values() for name in names} == known


@pytest.mark.parametrize(
    ("shows", "told"), [(OTHER, [ORDER]), (f"{OTHER} {ORDER}", []), ("Something went wrong", [])]
)
def test_a_page_with_other_numbers_asks_for_a_look_at_the_number(
    monkeypatch: pytest.MonkeyPatch, shows: str, told: list[str]
) -> None:
    """GIVEN an unknown My Orders THEN a number that it does not show is said, once, among others."""
    world = World(TABS, SHEET, needs=(TABS, SHEET), knows=("tabView",))
    world.shows = shows

    guided(world, monkeypatch)

    assert [each for each in world.told if "check the number" in each] == [
        f"My Orders does not show {number}: check the number first." for number in told
    ]


def test_a_call_that_may_write_is_never_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a held-back call that the guard calls a write THEN no answer lets it through.

    Control: the same call, if the guard says that it can only read, is asked about.
    """
    world = World(WRITE, needs=(WRITE,), knows=("acceptIt",))
    guided(world, monkeypatch)
    assert (world.asked, world.read) == ([BY_HAND], set())

    control = World(replace(WRITE, teachable=True), needs=(WRITE,), knows=("acceptIt",))
    guided(control, monkeypatch)
    assert (control.asked, control.read) == (["acceptIt"], {WRITE.what})


@pytest.mark.parametrize(
    ("code", "goes_on"),
    [
        (ErrorCode.DISPUTE_NOT_REACHED, True),
        (ErrorCode.LANGUAGE_UNKNOWN, True),
        (ErrorCode.SIGNED_OUT, False),
        (ErrorCode.WRONG_ORDER, False),
        (ErrorCode.PAGE_NOT_LOADED, False),
    ],
)
def test_only_an_unknown_way_is_for_the_buyer(
    monkeypatch: pytest.MonkeyPatch, code: ErrorCode, *, goes_on: bool
) -> None:
    """GIVEN an error of the walk THEN the buyer opens the dispute only where the way is unknown."""
    world = World()

    async def stopped(*_: object) -> Reading:
        raise ToolError("stopped", code=code)

    monkeypatch.setattr(World, "read_disputes", stopped)
    with contextlib.nullcontext() if goes_on else pytest.raises(ToolError):
        guided(world, monkeypatch)

    assert world.asked == ([BY_HAND] if goes_on else [])


@pytest.mark.parametrize(
    ("means", "status"),
    [("mediating", DisputeStatus.MEDIATING), ("", DisputeStatus.UNKNOWN)],
)
def test_an_unknown_status_is_what_the_buyer_says(
    monkeypatch: pytest.MonkeyPatch, means: str, status: DisputeStatus
) -> None:
    """GIVEN words that no list has THEN their answer is read from the page, and said to be theirs."""
    world = World(status="They look into it", means=means)

    found, taught = guided(world, monkeypatch)

    assert world.asked == ["They look into it"]
    assert found.chosen is not None
    assert found.chosen.status is status
    assert bool(taught.in_words) is bool(means)
