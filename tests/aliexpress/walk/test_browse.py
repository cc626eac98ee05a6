"""What an error about an unknown page names as its cause, and when a dispute's page is read."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk import browse
from automation.aliexpress.walk.browse import Walk
from automation.aliexpress.walk.my_orders import MyOrders
from automation.aliexpress.walk.progress import Untold
from automation.aliexpress.walk.wait.arrival import End
from automation.aliexpress.walk.wait.deadline import Deadline
from automation.engine.guard import Guard, GuardReport, RequestRecord, SiteOrigins
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.engine.guard.rig.campaign import Bench, launch
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.walk.drift import Drift

SITE = SiteMap.load()

NAMES = ("mtop.shop.tabView", "mtop.shop.cardView")


def error(let_through: frozenset[str]) -> ToolError:
    """The error for a page whose calls were held back before some were let through."""
    refused = tuple(
        RequestRecord(name, "", "GET", "unknown", "", page="/p", negotiable=True) for name in NAMES
    )
    guard = SimpleNamespace(
        allowed_reads=let_through, known_reads=(), report=lambda: GuardReport((), refused)
    )
    walk = cast("Any", Walk.__new__(Walk))
    walk.session = SimpleNamespace(guard=guard)
    walk.page = SimpleNamespace(url="http://127.0.0.1/p?x=1")
    drift = cast("Drift", SimpleNamespace(instead=(), neighbours=""))
    found: ToolError = walk._not_recognised("not recognised", drift)  # noqa: SLF001
    return found


@pytest.mark.parametrize("let_through", [0, 1, 2])
def test_a_call_that_was_let_through_is_no_cause(let_through: int) -> None:
    """GIVEN held-back calls THEN the error names those that are still held back."""
    told = error(frozenset(name.casefold() for name in NAMES[:let_through]))

    text = f"{told.message} {told.hint}"
    assert [name in text for name in NAMES] == [number >= let_through for number in range(2)]


STATUS = '<div class="reminder--statusStr--x">{}</div>'
CONTROL = "<button class=comet-v2-btn>Cancel Request</button>"
KNOWN, UNREAD = "Waiting for the seller to respond", "They look into it"


def read_at(
    monkeypatch: pytest.MonkeyPatch, pages: dict[float, str], *, for_words: bool
) -> tuple[str, int, float]:
    """The status, the controls and the second of the clock at which a dispute's page is read.

    Args:
        pages: what the page shows from a second on.
    """
    walk = cast("Any", Walk.__new__(Walk))
    walk.page, walk.site = None, SITE

    async def work() -> tuple[str, int, float]:
        loop, now = asyncio.get_running_loop(), [0.0]
        monkeypatch.setattr(loop, "time", lambda: now[0])

        async def take(_page: object) -> Snapshot:
            shown = [html for second, html in pages.items() if second <= now[0]][-1]
            return Snapshot(f"http://127.0.0.1/p/reverse-pages/detail.html?t={now[0]}", shown, "en")

        async def there(*_: object, **__: object) -> None:
            return None

        async def changes(_deadline: Deadline) -> None:
            now[0] += 0.5

        monkeypatch.setattr(browse, "take_snapshot", take)
        walk._landmark, walk.changes = there, changes  # noqa: SLF001  there is no page to wait for
        dispute = await Walk.read_dispute_page(walk, Deadline.after(30), for_words=for_words)
        return dispute.status_words, len(dispute.cancel_labels), now[0]

    return in_own_loop(work())


LATE = 4.0


@pytest.mark.parametrize(
    ("pages", "for_words", "found"),
    [
        ({0: STATUS.format(UNREAD)}, True, (UNREAD, 0, 2.0)),
        ({0: STATUS.format(UNREAD)}, False, (UNREAD, 0, 5.0)),
        ({0: STATUS.format("One moment"), 1: STATUS.format(UNREAD)}, True, (UNREAD, 0, 3.0)),
        ({0: STATUS.format(""), 3: STATUS.format(UNREAD)}, True, (UNREAD, 0, 5.0)),
        # Only unknown words are quick: every other state hangs on a control that may come late.
        ({0: STATUS.format(KNOWN), LATE: STATUS.format(KNOWN) + CONTROL}, True, (KNOWN, 1, LATE)),
        ({0: STATUS.format(UNREAD), LATE: STATUS.format(UNREAD) + CONTROL}, False, (UNREAD, 1, LATE)),
    ],
)  # fmt: skip
def test_unknown_words_are_read_once_they_stay(
    monkeypatch: pytest.MonkeyPatch,
    pages: dict[float, str],
    found: tuple[str, int, float],
    *,
    for_words: bool,
) -> None:
    """GIVEN a status that no list has WHEN its words are all that is wanted THEN two quiet seconds do."""
    assert read_at(monkeypatch, pages, for_words=for_words) == found


def order_read_at(monkeypatch: pytest.MonkeyPatch, late: float, ends: float) -> float:
    """The second of the clock at which an order without a dispute is read.

    Args:
        late: seconds that there are for a dispute that comes late.
        ends: when the last answer is there that the page waits for.
    """
    walk = cast("Any", Walk.__new__(Walk))
    walk.page, walk.site, walk.personal = None, SITE, []

    async def work() -> float:
        loop, now = asyncio.get_running_loop(), [0.0]
        monkeypatch.setattr(loop, "time", lambda: now[0])
        walk.under_way = SimpleNamespace(of=lambda _page: (int(now[0] < ends), 1))

        async def take(_page: object) -> Snapshot:
            return Snapshot(
                f"http://127.0.0.1/p/order/detail.html?t={now[0]}", "<p>A lamp</p>", "en"
            )

        async def changes(_deadline: Deadline) -> None:
            now[0] += 0.5

        monkeypatch.setattr(browse, "take_snapshot", take)
        walk.changes = changes
        await Walk._settled_order(walk, Deadline.after(late), Deadline.after(30))  # noqa: SLF001
        return now[0]

    return in_own_loop(work())


NEVER = 1000.0


@pytest.mark.parametrize(
    ("late", "ends", "second"),
    [(5.0, 0.0, 5.0), (5.0, 8.0, 8.0), (5.0, NEVER, 30.0), (0.0, NEVER, 0.0)],
)
def test_whoever_waits_for_no_late_dispute_waits_for_no_answer(
    monkeypatch: pytest.MonkeyPatch, late: float, ends: float, second: float
) -> None:
    """GIVEN an order without a dispute THEN an answer under way is awaited, unless nothing hangs on it."""
    assert order_read_at(monkeypatch, late, ends) == second


@pytest.mark.parametrize(
    ("shown", "refused", "none"),
    [
        ("No orders yet", (), True),
        ("No orders yet", ("mtop.shop.order.list",), False),
        ("No orders yet", ("mtop.shop.order.query",), False),
        # A count brings no orders.
        ("No orders yet", ("mtop.shop.order.count",), True),
        ("No orders yet", ("mtop.shop.order.ofAccount",), False),
        ("No orders yet", ("mtop.shop.order.count", "mtop.shop.order.list"), False),
        ("Hello", (), False),
    ],
)
def test_no_orders_is_believed_only_if_no_call_that_may_bring_some_was_refused(
    shown: str, refused: tuple[str, ...], *, none: bool
) -> None:
    """GIVEN the words for no orders WHEN the site refused a call that may bring some THEN they say nothing."""
    walk = cast("Any", Walk.__new__(Walk))

    async def calls(_page: object, matters: Callable[[str], bool]) -> tuple[str, ...]:
        return tuple(filter(matters, refused))

    walk.site, walk.page, walk.under_way = SITE, None, SimpleNamespace(refused=calls)
    page = Snapshot("http://127.0.0.1/p/order/index.html", f"<main>{shown}</main>", "en")

    assert in_own_loop(walk._says_no_orders(page)) is none  # noqa: SLF001


def test_an_account_without_orders_was_not_loaded_twice() -> None:
    """GIVEN a list that says at once that it is empty THEN the error says so, and of no reload."""
    walk = cast("Any", Walk.__new__(Walk))
    walk.progress, walk.my_orders = Untold(), MyOrders()

    async def empty() -> bool:
        return False

    walk.open_list = empty
    with pytest.raises(ToolError, match=r"^My Orders says that there are no orders$") as stopped:
        in_own_loop(walk.find_order("8190000000000001"))

    assert stopped.value.code is ErrorCode.NO_ORDERS
    assert stopped.value.exit_code is ExitCode.PAGE_NOT_RECOGNISED


def test_my_orders_that_failed_says_what_it_shows(bench: Bench) -> None:
    """GIVEN a failure of the page's own in place of orders THEN the error has its words, and no name."""
    failed = "<main><p>Something went wrong, please try again</p></main><header>Hi, Dana</header>"
    orders = "<main><h1>Bought</h1><p>8194370215560042</p></main>"
    found = [no_cards(bench, html) for html in (failed, "<main></main>", orders)]

    assert [each.code for each in found[:2]] == [ErrorCode.NO_ORDERS] * 2
    assert found[2].code is ErrorCode.PAGE_NOT_RECOGNISED, (
        "it shows some, in cards that are unknown"
    )
    assert "it shows orders, but no card that is known" in found[2].message
    assert "it shows 'Something went wrong, please try again'" in found[0].message
    assert "until it shows your orders" in found[0].hint
    assert "it shows" not in found[1].message


def no_cards(bench: Bench, html: str) -> ToolError:
    """The error for a My Orders that stays like this."""
    found: list[ToolError] = []

    async def work() -> None:
        browser = await launch(bench.playwright, windowless=True)
        page = await browser.new_page()
        await page.set_content(f"<html lang=en><body>{html}")
        guard = Guard(SiteOrigins.only("http://127.0.0.1"), site_traffic())
        walk = cast("Any", Walk.__new__(Walk))
        walk.page, walk.site, walk.session = page, SITE, SimpleNamespace(guard=guard)
        found.append(await walk._no_cards(End.LITTLE))  # noqa: SLF001
        await browser.close()

    bench.run(work())
    return found[0]
