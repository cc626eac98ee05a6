"""Pages that need calls, and a buyer who answers: what a guide and its gaps are tried on."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from automation.aliexpress.cancel.escort import gaps as all_gaps
from automation.aliexpress.cancel.escort import guide as guides
from automation.aliexpress.cancel.escort.gaps import Gaps
from automation.aliexpress.cancel.escort.guide import Guide
from automation.aliexpress.cancel.escort.way_by_hand import WayByHand
from automation.aliexpress.pages import DisputeEntry, OrderCard, read_dispute, read_order
from automation.aliexpress.pages.landmarks import Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.request import Escort
from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.walk.order.reading import Found, Reading
from automation.engine.guard import GuardReport, RequestRecord
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import pytest

    from automation.aliexpress.cancel.escort.taught import Taught
    from automation.aliexpress.walk.held_reads import HeldRead

SITE = SiteMap.load()
ORDER, OTHER = "8194370215560042", "8194370215590042"
ID, LINE = "1100482913300042", "8194370215570042"
DETAILS = f"http://127.0.0.1:1/p/order/detail.html?orderId={ORDER}"
ADDRESS = f"http://127.0.0.1:1/p/reverse-pages/detail.html?reverseOrderLineId={ID}"
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


def gaps(*, questions: object = None, said: str | None = None) -> Gaps:
    """The gaps of a page that no test looks at."""

    @contextlib.contextmanager
    def waiting() -> Iterator[None]:
        yield

    walk: Any = SimpleNamespace(site=SITE, progress=SimpleNamespace(waiting_for_human=waiting))
    return Gaps(walk, ORDER, replace(Escort(), questions=questions), said)
