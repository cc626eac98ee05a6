"""One look at a page that has not shown its landmark: how much there is, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.wait.sight import Content, Sight, take_sight
from tests.engine.guard.rig.campaign import Bench, open_quiet
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

HOOKS = SiteMap.load().hooks
LONG = "about a parcel " * 20
LINK = "/p/order/detail.html?orderId=8190000000000413"


@pytest.mark.parametrize(
    ("sight", "content"),
    [
        (Sight(), Content.NOTHING),
        (Sight(text="Loading…"), Content.NOTHING),
        (Sight(text="x" * 24), Content.NOTHING),
        (Sight(text="x" * 25), Content.LITTLE),
        (Sight(text="Wait", parts=1), Content.LITTLE),
        (Sight(text="x" * 199, parts=9), Content.LITTLE),
        (Sight(text="x" * 200), Content.FULL),
        (Sight(text="Case 819000000000413"), Content.FULL),
        (Sight(text="Call 81900000000413"), Content.NOTHING),
        (Sight(named=True), Content.FULL),
    ],
)
def test_how_much_a_page_shows(sight: Sight, content: Content) -> None:
    """GIVEN words, parts and numbers THEN a page has its content if it is long or names an order."""
    assert sight.content is content


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (Sight(text="Ends in 04:03:59", parts=2, answered=3), True),
        (Sight(text="Ends in 04:03:09", parts=2, answered=3, under_way=4), True),
        (Sight(text="Ends at 04:03:09", parts=2, answered=3), False),
        (Sight(text="Ends in 04:03:09", parts=3, answered=3), False),
        (Sight(text="Ends in 04:03:09", parts=2, answered=4), False),
    ],
)
def test_what_counts_as_a_change(changed: Sight, *, same: bool) -> None:
    """GIVEN two looks THEN the digits of a countdown change nothing; words, parts and answers do."""
    before = Sight(text="Ends in 04:03:10", parts=2, answered=3)

    assert (changed.mark == before.mark) is same


def test_a_page_on_its_way_elsewhere_is_not_complete() -> None:
    """GIVEN a page that cannot be asked THEN nothing is seen of it, and it counts as loading."""

    class Leaves:
        async def evaluate(self, *_: object) -> Any:  # noqa: ANN401  as Playwright's
            raise Error("Execution context was destroyed")

    leaves: Any = Leaves()
    seen = in_own_loop(take_sight(leaves, HOOKS, under_way=0, answered=9, starved=True))

    assert seen == Sight(complete=False)


SHOWN = {
    "<p>Your \n case</p><button>Go</button>": Sight(text="Your case Go", parts=1),
    "<h1>Case</h1><h5>x</h5><a>y</a><a href=/z>z</a>": Sight(text="Case x y z", parts=2),
    f"<header><h1>Shop</h1></header><footer>{LONG}</footer><nav><a href={LINK}>x</a></nav>": Sight(),
    "<p style=display:none>a</p><p style=visibility:hidden>b</p><p style=opacity:0>c</p>": Sight(),
    "<script>var a = 1</script><style>p {}</style><template>t</template>d": Sight(text="d"),
    f"<a href={LINK}>x</a>": Sight(text="x", parts=1, named=True),
    "<div class=my-Skeleton>s</div>": Sight(text="s", busy=True),
    "<div aria-busy=true></div><img class=loading width=9 height=9>": Sight(),
    "<div class=comet-loading-wrap style=height:9px></div>": Sight(busy=True),
}  # fmt: skip


@pytest.mark.further
def test_what_of_a_page_is_seen(bench: Bench) -> None:
    """GIVEN pages THEN what a person could read beside header and footer, and what says "loading"."""
    seen = dict[str, Sight]()

    async def look(page: Page, html: str) -> None:
        await page.set_content(html)
        seen[html] = await take_sight(page, HOOKS, under_way=2, answered=3, starved=True)

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        for html in (*SHOWN, f"<p>{LONG}</p>" * 50):
            await look(page, html)
        await browser.close()

    bench.run(work())
    *found, long = seen.values()

    asked = {"under_way": 2, "answered": 3, "starved": True}
    assert found == [replace(each, **asked) for each in SHOWN.values()]
    assert 4000 < len(long.text) < 5000, "the rest of a long page is not read"
